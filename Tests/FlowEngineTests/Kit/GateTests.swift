import TaskFlowTesting
import Testing

struct GateTests {
  private let gate = Gate()

  @Test func `an open gate lets everybody pass`() async throws {
    gate.open()
    try await gate.pass()
    await gate.passRegardless()
    #expect(gate.arrivals == 2)
    #expect(gate.waitingCount == 0)
  }

  @Test func `a closed gate holds until it is opened`() async throws {
    let passes = (0..<10).map { _ in Task { try await gate.pass() } }
    await gate.waitForArrivals(10)
    #expect(gate.waitingCount == 10)
    gate.open()
    for pass in passes { try await pass.value }
  }

  @Test func `who is cancelled does not pass`() async throws {
    let pass = Task { try await gate.pass() }
    await gate.waitForArrivals(1)
    pass.cancel()
    await #expect(throws: CancellationError.self) { try await pass.value }
    #expect(gate.waitingCount == 0)
    #expect(gate.arrivals == 1)
  }

  @Test func `who passes regardless waits even when cancelled`() async throws {
    let log = CallLog()
    let pass = Task {
      await gate.passRegardless()
      log.note("passed")
    }
    await gate.waitForArrivals(1)
    pass.cancel()
    #expect(log.lines.isEmpty)
    gate.open()
    await pass.value
    #expect(log.lines == ["passed"])
  }
}
