import FlowEngine
import SampleFlows
import Synchronization
import TaskFlow
import Testing

struct SampleFlowsTests {
  /// Remembers what the tasks of a flow say.
  private final class Record: Sendable {
    private let lines = Mutex<[String]>([])
    func say(_ line: String) { lines.withLock { $0.append(line) } }
    var all: [String] { lines.withLock { $0 } }
  }

  private func run(
    _ flow: Flow, inputs: [String: BoxedValue] = [:]
  ) async throws -> RunReport {
    let compilation = Compiler().compile(flow)
    #expect(compilation.findings == [])
    return try await Engine(plan: try #require(compilation.plan)).run(inputs: inputs)
  }

  @Test func `each sample compiles without a finding`() {
    for sample in Sample.all {
      #expect(Compiler().compile(sample.flow { _ in }).findings == [], "\(sample.name)")
    }
  }

  @Test func `letters are tried in order until one suits, and what came before stays done`()
    async throws
  {
    let record = Record()
    let report = try await run(lettersFlow(say: record.say))
    #expect(report.state == .success)
    #expect(
      record.all == [
        "opens the book", "writes a", "wipes a out", "writes b", "wipes b out", "writes c",
        "reads c, which is right", "puts the book away",
      ])
  }

  @Test func `after the last letter the nested flow is undone, and what came before stays done`()
    async throws
  {
    let record = Record()
    let report = try await run(lettersFlow(suits: { _ in false }, say: record.say))
    #expect(report.state == .reverted)
    #expect(
      record.all == [
        "opens the book", "writes a", "wipes a out", "writes b", "wipes b out", "writes c",
        "wipes c out",
      ])
  }

  @Test func `the sixth failure to send a message reverts`() async throws {
    let record = Record()
    let report = try await run(sendMessageFlow(say: record.say))
    #expect(report.state == .reverted)
    #expect(
      record.all
        == (1...6).flatMap {
          ["writes the message", "sends the message, attempt \($0)", "tears the message up"]
        })
  }

  @Test func `the sixth attempt to send a message can be the one that arrives`() async throws {
    let record = Record()
    let report = try await run(sendMessageFlow(arrives: { $0 == 6 }, say: record.say))
    #expect(report.state == .success)
    #expect(record.all.suffix(2) == ["sends the message, attempt 6", "the message arrived"])
    #expect(record.all.count { $0 == "tears the message up" } == 5)
  }

  @Test func `servers are called in order until one answers`() async throws {
    let record = Record()
    let report = try await run(
      connectFlow(say: record.say),
      inputs: ["server_ips": BoxedValue(["10.0.0.1", "10.0.0.3", "10.0.0.2"])])
    #expect(report.state == .success)
    #expect(
      record.all == [
        "calls 10.0.0.1", "hangs up", "calls 10.0.0.3", "has a connection to 10.0.0.3",
      ])
    #expect(try report.values["ip"]?.value(as: String.self) == "10.0.0.3")
  }

  @Test func `without a server that answers the flow is undone`() async throws {
    let record = Record()
    let report = try await run(
      connectFlow(answers: { _ in false }, say: record.say),
      inputs: ["server_ips": BoxedValue(["10.0.0.1", "10.0.0.2"])])
    #expect(report.state == .reverted)
    #expect(record.all == ["calls 10.0.0.1", "hangs up", "calls 10.0.0.2", "hangs up"])
  }
}
