import FlowDiagnostics
import TaskFlow
import Testing

struct ControllerDeclarationTests {
  private let value = Symbol<String>("value")

  private func history(_ values: [BoxedValue?]) -> History {
    var history = History()
    for value in values { history.begin(value: value) }
    return history
  }

  @Test func `times counts attempts, and retries are the attempts after the first`() throws {
    let attempts = RetryController.times("r", attempts: 5, provides: Symbol<Int>("n"))
    let retries = RetryController.times("r", retries: 5)
    #expect(attempts.provision.items.map(\.symbol) == ["n"])
    #expect(retries.provision.items == [])
    for failures in 1...6 {
      let past = history((1...failures).map { BoxedValue($0) })
      let first = try attempts.decision(history: past, arguments: .none)
      let second = try retries.decision(history: past, arguments: .none)
      #expect(first == (failures < 5 ? .retry : .revert))
      #expect(second == (failures < 6 ? .retry : .revert))
    }
    let third = try attempts.strategy.execute(
      history: history([BoxedValue(1), BoxedValue(2)]), arguments: .none)
    #expect(try third?.value(as: Int.self) == 3)
  }

  @Test func `the most retries there can be are not one too many`() {
    guard case .times(.max) = RetryController.times("r", retries: .max).strategy else {
      Issue.record("expected as many attempts as there can be")
      return
    }
  }

  @Test func `for each gives one value after another, equal ones as often as they are listed`()
    throws
  {
    let controller = RetryController.forEach("r", values: ["a", "b", "a"], provides: value)
    #expect(controller.provision.items.map(\.symbol) == ["value"])
    var past: [BoxedValue?] = []
    var given: [String] = []
    for _ in 0..<3 {
      let next = try controller.strategy.execute(history: history(past), arguments: .none)
      given.append(try next?.value(as: String.self) ?? "")
      past.append(next)
      let decision = try controller.decision(history: history(past), arguments: .none)
      #expect(decision == (past.count < 3 ? .retry : .revert))
    }
    #expect(given == ["a", "b", "a"])
    #expect(throws: Failure.self) {
      try controller.strategy.execute(history: history(past), arguments: .none)
    }
  }

  @Test func `for each over a symbol requires it and reads it`() throws {
    let controller = RetryController.forEach(
      "r", valuesOf: Symbol<[String]>("list"), provides: value)
    #expect(controller.requirements.map(\.symbol) == ["list"])
    let arguments = Arguments(controller.requirements, [BoxedValue(["p", "q"])])
    let second = try controller.strategy.execute(
      history: history([BoxedValue("p")]), arguments: arguments)
    #expect(try second?.value(as: String.self) == "q")
  }

  @Test func `an empty collection makes the controller fail`() {
    let controller = RetryController.forEach("r", values: [String](), provides: value)
    #expect(throws: Failure.self) {
      try controller.strategy.execute(history: History(), arguments: .none)
    }
  }

  @Test func `the end decision can be to revert everything`() throws {
    let one = RetryController.times("r", attempts: 1, revertsAll: true)
    #expect(try one.decision(history: history([nil]), arguments: .none) == .revertAll)
    let always = RetryController.alwaysRevert("r")
    #expect(try always.decision(history: history([nil]), arguments: .none) == .revert)
    let all = RetryController.alwaysRevertAll("r")
    #expect(try all.decision(history: history([nil]), arguments: .none) == .revertAll)
  }

  @Test func `rules of one's own are asked, and can provide a symbol`() throws {
    struct Once: RetryPolicy {
      func execute(history: History, arguments: Arguments) throws -> BoxedValue? {
        BoxedValue("v\(history.count)")
      }
      func onFailure(history: History, arguments: Arguments) throws -> RetryDecision {
        history.count < 2 ? .retry : .revertAll
      }
    }
    let controller = RetryController.custom("r", policy: Once(), provides: value)
    #expect(controller.provision.items.map(\.symbol) == ["value"])
    let first = try controller.strategy.execute(history: History(), arguments: .none)
    #expect(try first?.value(as: String.self) == "v0")
    #expect(try controller.decision(history: history([first]), arguments: .none) == .retry)
    #expect(
      try controller.decision(history: history([first, nil]), arguments: .none) == .revertAll)
    #expect(RetryController.custom("r", policy: Once()).provision.items == [])
  }

  @Test func `rules of one's own are given what they require`() throws {
    struct UpTo: RetryPolicy {
      let limit: Symbol<Int>
      func execute(history: History, arguments: Arguments) throws -> BoxedValue? { nil }
      func onFailure(history: History, arguments: Arguments) throws -> RetryDecision {
        history.count < (try arguments.value(of: limit)) ? .retry : .revert
      }
    }
    let limit = Symbol<Int>("limit")
    let controller = RetryController.custom(
      "r", policy: UpTo(limit: limit), requires: limit, Symbol<String>("name").optional,
      provides: value)
    #expect(controller.requirements.map(\.symbol) == ["limit", "name"])
    #expect(controller.requirements.map(\.isOptional) == [false, true])
    let arguments = Arguments(controller.requirements, [BoxedValue(2), nil])
    #expect(try controller.decision(history: history([nil]), arguments: arguments) == .retry)
    #expect(try controller.decision(history: history([nil, nil]), arguments: arguments) == .revert)
  }

  @Test func `a controller knows its place`() {
    let line = #line + 1
    let controller = RetryController.times("r", attempts: 2)
    #expect(controller.span.file == #fileID)
    #expect(controller.span.line == line)
  }

  @Test func `a failure that the filter does not accept ends the attempts`() throws {
    var controller = RetryController.times("r", attempts: 5)
    controller.filter = FailureFilter(summary: "timeouts") { $0.reason == .timeout }
    var past = history([nil])
    past.file(Failure("late", reason: .timeout), of: "t")
    #expect(try controller.decision(history: past, arguments: .none) == .retry)
    past.file(Failure("broken"), of: "u")
    #expect(try controller.decision(history: past, arguments: .none) == .revert)
  }
}
