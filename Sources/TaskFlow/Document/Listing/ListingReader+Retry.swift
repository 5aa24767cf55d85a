extension ListingReader {
  static func controller(_ retry: ListingObject) throws(ListingError) -> RetryController {
    var controller = RetryController(
      name: try retry.require(retry.text("name"), "name"), strategy: try strategy(retry),
      requirements: try requirements(retry), provision: try provision(retry),
      revertsAll: try retry.flag("revert-all"), span: try retry.span())
    controller.priority = try retry.int("priority") ?? 0
    if let backoff = try retry.object("backoff") { controller.backoff = try self.backoff(backoff) }
    if let summary = try retry.text("on") {
      controller.filter = FailureFilter(summary: summary) { _ in true }
    }
    return controller
  }

  private static func strategy(
    _ retry: ListingObject
  ) throws(ListingError) -> RetryController.Strategy {
    if let attempts = try retry.int("times") { return .times(attempts: attempts) }
    if retry["values"] != nil {
      return .forEach(try retry.list("values").map { BoxedValue($0) })
    }
    if try retry.flag("for_each") { return .parameterizedForEach }
    if try retry.flag("never") { return .alwaysRevert }
    if try retry.flag("never-all") { return .alwaysRevertAll }
    return .custom(Foreign.Policy(name: try retry.require(retry.text("swift"), "times")))
  }

  private static func backoff(_ backoff: ListingObject) throws(ListingError) -> Backoff {
    guard case .float(let factor) = backoff["factor"] else { throw backoff.wrong("factor") }
    return Backoff(
      initial: try backoff.require(backoff.duration("initial"), "initial"), factor: factor,
      maximum: try backoff.require(backoff.duration("max"), "max"),
      jitter: try backoff.word("jitter", as: Backoff.Jitter.self) ?? .none)
  }
}

/// What stands for the Swift code of another program.
enum Foreign {
  /// What its code fails with here.
  static func failure(_ what: String) -> Failure {
    Failure("\(what) is Swift code of another program; run the flow with that program")
  }

  /// Rules that are not known here: a failure is taken to be the last.
  struct Policy: RetryPolicy {
    /// What they are called there.
    let name: String

    func execute(history: History, arguments: Arguments) throws -> BoxedValue? { nil }
    func onFailure(history: History, arguments: Arguments) throws -> RetryDecision { .revert }
  }
}
