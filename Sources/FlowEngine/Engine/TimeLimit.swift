import TaskFlow

/// Cancels a body that takes too long.
struct TimeLimit {
  private let limit: Duration?
  private let clock: any Clock<Duration>

  private enum End: Sendable {
    case body(Result<AtomResult, any Error>)
    case timeOver
    case givenUp
  }

  init(_ limit: Duration?, _ clock: any Clock<Duration>) {
    self.limit = limit
    self.clock = clock
  }

  /// Runs a body. It is cancelled when the time is over and waited for, since nothing may be undone while
  /// it still works; what it returns or throws after that does not count. Without any time left it is not
  /// begun.
  ///
  /// When the caller is cancelled so is the body, and what it then returns or throws counts.
  ///
  /// - Throws: a ``Failure`` for the timeout, or what the body throws.
  func run(
    _ body: @escaping @concurrent @Sendable () async throws -> AtomResult
  ) async throws -> AtomResult {
    guard let limit else { return try await body() }
    let timeout = Failure(
      "took longer than \(DurationText.text(of: limit))", type: "TaskFlow.Timeout",
      reason: .timeout)
    guard limit > .zero else { throw timeout }
    return try await withTaskGroup(of: End.self) { [clock] group -> Result<AtomResult, any Error> in
      group.addTask {
        do {
          return .body(.success(try await body()))
        } catch {
          return .body(.failure(error))
        }
      }
      group.addTask {
        do {
          try await clock.sleep(for: limit)
          return .timeOver
        } catch {
          return .givenUp
        }
      }
      var isOver = false
      while let end = await group.next() {
        switch end {
        case .body(let result):
          group.cancelAll()
          return isOver ? .failure(timeout) : result
        case .timeOver:
          isOver = true
          group.cancelAll()
        case .givenUp:
          break
        }
      }
      return .failure(timeout)
    }.get()
  }
}
