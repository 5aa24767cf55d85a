import TaskFlow
import Testing

struct HistoryTests {
  struct Low: Error {}
  struct High: CausedError {
    var cause: (any Error)? { Low() }
  }
  struct Unrelated: Error {}

  /// Two attempts: "a" and "b" fail in the first, "a" with a chain of causes in the second.
  private var history: History {
    var history = History()
    history.begin(value: BoxedValue("first"))
    history.file(Failure("plain"), of: "b")
    history.file(Failure(Unrelated()), of: "a")
    history.file(Failure("not kept"), of: "b")
    history.begin(value: nil)
    history.file(Failure(High()), of: "a")
    return history
  }

  @Test func `it counts its attempts and gives each by its index`() {
    #expect(History().count == 0)
    #expect(history.count == 2)
    #expect(history.entry(at: 0)?.failures.map(\.atom) == ["b", "a"])
    #expect(history.entry(at: 1)?.failure(of: "a")?.message == "High()")
    #expect(history.entry(at: 1)?.failure(of: "b") == nil)
    #expect(history.entry(at: 2) == nil)
    #expect(history.entry(at: -1) == nil)
  }

  @Test func `it gives the values that were provided`() throws {
    #expect(try history.providedValues.map { try $0.value(as: String.self) } == ["first"])
  }

  @Test func `it gives the failures of all attempts or of one, in order`() {
    #expect(history.outcomes().map(\.atom) == ["b", "a", "a"])
    #expect(history.outcomes(ofEntry: 0).map(\.failure.message) == ["plain", "Unrelated()"])
    #expect(history.outcomes(ofEntry: 1).map(\.failure.message) == ["High()"])
    #expect(history.outcomes(ofEntry: 2).isEmpty)
  }

  @Test func `it knows which error types led to the failures`() {
    #expect(history.isCaused(by: Failure.self))
    #expect(history.isCaused(by: High.self))
    #expect(history.isCaused(by: Low.self))
    #expect(history.isCaused(byTypeNamed: "TaskFlowTests.HistoryTests.Low"))
    #expect(!history.isCaused(byTypeNamed: "Low"))
    #expect(!history.isCaused(by: CancellationError.self))
    #expect(!History().isCaused(by: Low.self, includingOwn: true))
  }

  @Test func `it can be asked about one attempt only`() {
    #expect(history.isCaused(by: Unrelated.self, inEntry: 0))
    #expect(!history.isCaused(by: Unrelated.self, inEntry: 1))
    #expect(history.isCaused(by: Low.self, inEntry: 1))
    #expect(!history.isCaused(by: Low.self, inEntry: 2))
  }

  @Test func `the controller's own failure counts when it is asked for`() {
    var history = history
    history.ownFailure = Failure(CancellationError())
    #expect(history.ownFailure?.type == "Swift.CancellationError")
    #expect(!history.isCaused(by: CancellationError.self))
    #expect(history.isCaused(by: CancellationError.self, includingOwn: true))
    #expect(history.isCaused(by: CancellationError.self, inEntry: 0, includingOwn: true))
    history.begin(value: nil)
    #expect(history.ownFailure == nil)
  }
}
