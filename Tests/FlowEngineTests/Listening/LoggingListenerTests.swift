import FlowEngine
import Logging
import TaskFlow
import TaskFlowTesting
import Testing

struct LoggingListenerTests {
  /// Writes down what is logged.
  private struct Recorder: LogHandler {
    let log: CallLog
    var logLevel = Logger.Level.trace
    var metadata = Logger.Metadata()

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
      let atom = event.metadata?["atom"].map { " atom=\($0)" } ?? ""
      log.note("\(event.level) \(event.message)\(atom)")
    }
  }

  private func lines(from level: Logger.Level) async throws -> [String] {
    let log = CallLog()
    let script = TaskScript()
    let plan = try compile(
      .linear("all", retry: .times("again", attempts: 1)) {
        script.task("a")
        script.task("b", executes: .fails("b broke"), reverts: .fails("stuck"))
      })
    let logger = Logger(label: "test") { _ in Recorder(log: log, logLevel: level) }
    _ = try await Engine(plan: plan).run(listeners: [LoggingListener(plan: plan, logger: logger)])
    return log.lines
  }

  @Test func `failures are errors, decisions notices, and changes of the run infos`() async throws {
    #expect(
      try await lines(from: .info) == [
        "info flow 'all' running", "error 'b' failed: b broke atom=b",
        "notice 'again' decided: revert atom=again", "error 'b' revert failed: stuck atom=b",
        "error flow 'all' failed",
      ])
  }

  @Test func `below that each change of an atom and its progress are logged`() async throws {
    let lines = try await lines(from: .trace)
    #expect(lines.contains("debug 'a' running atom=a"))
    #expect(lines.contains("trace 'a' is done to 100 % atom=a"))
    #expect(lines.count > 10)
  }
}
