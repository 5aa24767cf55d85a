import TaskFlow
import TaskFlowTesting
import Testing

struct HistoryScriptTests {
  @Test func `a policy is tested with a history that is made for it`() throws {
    struct Patient: RetryPolicy {
      func execute(history: History, arguments: Arguments) -> BoxedValue? { nil }
      func onFailure(history: History, arguments: Arguments) -> RetryDecision {
        history.outcomes().contains { $0.failure.message == "fatal" } ? .revertAll : .retry
      }
    }
    let first = History.Entry(value: BoxedValue(1), failures: ["load": Failure("disk full")])
    let second = History.Entry(failures: ["load": Failure("fatal"), "load": Failure("later")])
    let policy = Patient()
    #expect(policy.onFailure(history: History([first]), arguments: .none) == .retry)
    #expect(policy.onFailure(history: History([first, second]), arguments: .none) == .revertAll)
  }

  @Test func `a history that is made has its values, failures and own failure`() throws {
    let entry = History.Entry(
      value: BoxedValue(1), failures: ["a": Failure("first"), "b": Failure("b"), "a": Failure("a")])
    let history = History([entry, History.Entry(value: nil)], ownFailure: Failure("own"))
    #expect(history.count == 2)
    #expect(history.outcomes().map(\.failure.message) == ["first", "b"])
    #expect(try history.providedValues.map { try $0.value(as: Int.self) } == [1])
    #expect(history.ownFailure?.message == "own")
  }
}
