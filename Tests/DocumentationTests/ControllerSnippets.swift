import FlowEngine
import TaskFlow
import Testing

// snippet: policy
/// Tries again while the failures are timeouts, three times in all.
struct RetriesTimeouts: RetryPolicy {
  func execute(history: History, arguments: Arguments) throws -> BoxedValue? {
    BoxedValue(history.count + 1)
  }

  func onFailure(history: History, arguments: Arguments) throws -> RetryDecision {
    let failures = history.entries.last?.failures ?? []
    let areTimeouts = failures.allSatisfy { $0.failure.reason == .timeout }
    return areTimeouts && history.count < 3 ? .retry : .revert
  }
}
// end snippet

/// The Swift of the article "Writing a controller".
struct ControllerSnippets {
  @Test(arguments: [(Failure("slow", reason: .timeout), 3), (Failure("broken"), 1)])
  func `the controller decides from the history`(failure: Failure, tries: Int) async throws {
    let notes = Notes()
    // snippet: use
    let attempt = Symbol<Int>("attempt")
    let flow = Flow.linear(
      "upload",
      retry: .custom("upload-retry", policy: RetriesTimeouts(), provides: attempt)
    ) {
      FlowTask("send", requires: attempt) { attempt in
        notes.add("attempt \(attempt)")
        throw failure
      }
    }
    // end snippet
    let plan = try #require(Compiler().compile(flow).plan)
    let report = try await Engine(plan: plan).run()
    #expect(report.state == .reverted)
    #expect(notes.lines == (1...tries).map { "attempt \($0)" })
  }
}
