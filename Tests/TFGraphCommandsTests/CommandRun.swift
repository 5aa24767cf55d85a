import Foundation
import Synchronization
import Testing

/// One call of the built `tfgraph`, as a user makes it.
struct CommandRun {
  let code: Int32
  let output: String
  let complaints: String

  /// The folder of the repository.
  static let repository = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The built command, beside the test bundle.
  static var executable: URL { product("tfgraph") }

  /// A program of the package, beside the test bundle.
  static func product(_ name: String) -> URL {
    let arguments = ProcessInfo.processInfo.arguments
    let products = URL(filePath: arguments[0]).deletingLastPathComponent()
    let beside = products.appending(path: name)
    if FileManager.default.isExecutableFile(atPath: beside.path) { return beside }
    return repository.appending(path: ".build/debug/\(name)")
  }

  /// Calls `tfgraph` and waits for its end.
  init(
    _ arguments: String..., in folder: URL = CommandRun.repository,
    environment: [String: String] = [:]
  ) async throws {
    try await self.init(arguments, in: folder, environment: environment)
  }

  /// Calls `tfgraph` and waits for its end.
  init(
    _ arguments: [String], in folder: URL, environment: [String: String] = [:]
  ) async throws {
    self = await (try Self.start(arguments, in: folder, environment: environment)).end()
  }

  init(code: Int32, output: String, complaints: String) {
    self.code = code
    self.output = output
    self.complaints = complaints
  }

  /// A call that goes on.
  struct Call {
    let process: Process
    fileprivate let texts: [Task<String, Never>]
    fileprivate let complained: AsyncStream<Void>

    /// Waits for the first thing that it complains about, or for its end.
    func complaint() async {
      for await _ in complained { return }
    }

    /// Waits for its end.
    func end() async -> CommandRun {
      let output = await texts[0].value
      let complaints = await texts[1].value
      process.waitUntilExit()
      return CommandRun(
        code: process.terminationStatus, output: output, complaints: complaints)
    }
  }

  /// Starts a call.
  static func start(
    _ arguments: [String], of program: URL = executable, in folder: URL,
    environment: [String: String] = [:]
  ) throws -> Call {
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.standardInput = FileHandle.nullDevice
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    let pipes = [Pipe(), Pipe()]
    process.standardOutput = pipes[0]
    process.standardError = pipes[1]
    try process.run()
    let (complained, sink) = AsyncStream.makeStream(of: Void.self)
    let texts = zip(pipes, [false, true]).map { pipe, isComplaint in
      let handle = pipe.fileHandleForReading
      return Task.detached {
        await withCheckedContinuation { continuation in
          Thread.detachNewThread {
            var data = Data()
            while case let more = handle.availableData, !more.isEmpty {
              data += more
              if isComplaint { sink.yield() }
            }
            if isComplaint { sink.finish() }
            continuation.resume(returning: String(decoding: data, as: UTF8.self))
          }
        }
      }
    }
    return Call(process: process, texts: texts, complained: complained)
  }
}

/// A folder that goes when the test ends.
final class Scratch: Sendable {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(
      path: "tfgraph-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// Writes a file, and gives its name.
  @discardableResult
  func write(_ text: String, to name: String) throws -> String {
    try Data(text.utf8).write(to: url.appending(path: name))
    return name
  }

  /// Runs a flow with a task that says `echo > started; read line < gate`, up to where it waits there.
  func runToGate(_ flow: String) throws -> CommandRun.Call {
    for pipe in ["started", "gate"] { mkfifo(url.appending(path: pipe).path, 0o600) }
    let call = try CommandRun.start(["run", flow], in: url)
    // Opening the pipe waits until the task has opened its end.
    _ = try FileHandle(forReadingFrom: url.appending(path: "started")).readToEnd()
    return call
  }

  /// Runs a flow with a task that says `echo $$ > started`, up to there.
  ///
  /// - Returns: the call, and the process of the task.
  func runToStart(
    _ flow: String, environment: [String: String] = [:]
  ) throws -> (call: CommandRun.Call, task: pid_t) {
    let started = url.appending(path: "started")
    mkfifo(started.path, 0o600)
    let call = try CommandRun.start(["run", flow], in: url, environment: environment)
    let text = String(
      decoding: try FileHandle(forReadingFrom: started).readToEnd() ?? Data(), as: UTF8.self)
    let task = try #require(pid_t(text.trimmingCharacters(in: .whitespacesAndNewlines)))
    return (call, task)
  }

  /// Lets the task at the gate go on.
  func openGate() throws {
    let gate = try FileHandle(forWritingTo: url.appending(path: "gate"))
    try gate.write(contentsOf: Data("go\n".utf8))
    try gate.close()
  }

  func read(_ name: String) -> String? {
    try? String(contentsOf: url.appending(path: name), encoding: .utf8)
  }
}

/// Whether a process lives; one that has ended may wait for its parent to notice.
enum ProcessLife {
  case lives, ended

  static func of(_ process: pid_t) -> ProcessLife {
    guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
      let state = text.split(separator: ")").last?.split(separator: " ").first
    else { return .ended }
    return state == "Z" ? .ended : .lives
  }
}
