import FlowEngine
import Foundation
import Glibc
import Synchronization
import TaskFlowTesting

/// A directory that is removed with the last reference to it.
final class TemporaryDirectory: Sendable {
  let path: String

  init() throws {
    path =
      FileManager.default.temporaryDirectory
      .appending(path: "tfgraph-test-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ text: String, to name: String, mode: Int = 0o644) throws -> String {
    let file = path + "/" + name
    try Data(text.utf8).write(to: URL(filePath: file))
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file)
    return file
  }
}

/// Tells whether processes that hold its writing end still live: its end comes when none does.
struct LifeLine {
  let path: String
  private let descriptor: Int32

  init(in directory: TemporaryDirectory) {
    path = directory.path + "/life-line"
    mkfifo(path, 0o600)
    descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
  }

  /// Waits until no process holds it; for ever if one does not end (the test's time limit tells).
  func waitForEnd() -> String {
    _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) & ~O_NONBLOCK)
    var text: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      guard count > 0 else { break }
      text += buffer[..<count]
    }
    close(descriptor)
    return String(decoding: text, as: UTF8.self)
  }
}

/// Collects chunks, and opens gates when their word is seen.
final class Listener: Sendable {
  private struct State {
    var chunks: [OutputChunk] = []
    var gates: [(word: String, gate: Gate)] = []
  }

  private let state = Mutex(State())

  var chunks: [OutputChunk] { state.withLock { $0.chunks } }

  func text(_ stream: FlowEngine.OutputStream = .standardOutput) -> String {
    chunks.filter { $0.stream == stream }.map(\.text).joined()
  }

  func gate(_ word: String) -> Gate {
    let gate = Gate()
    state.withLock { $0.gates.append((word, gate)) }
    return gate
  }

  func hear(_ chunk: OutputChunk) {
    let gates = state.withLock { state in
      state.chunks.append(chunk)
      return state.gates.filter { chunk.text.contains($0.word) }
    }
    for gate in gates { gate.gate.open() }
  }
}

/// A clock that stands still until it is told to go on.
final class StandingClock: Clock, Sendable {
  struct Instant: InstantProtocol {
    var offset: Duration
    func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
    func duration(to other: Instant) -> Duration { other.offset - offset }
    static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
  }

  private struct State {
    var now = Instant(offset: .zero)
    var next = 0
    var sleepers: [Int: (deadline: Instant, continuation: CheckedContinuation<Bool, Never>)] = [:]
    var seen: [Duration: Int] = [:]
    var watchers: [(period: Duration, count: Int, gate: Gate)] = []
  }

  private let state = Mutex(State())

  var now: Instant { state.withLock { $0.now } }
  var minimumResolution: Duration { .nanoseconds(1) }

  func sleep(until deadline: Instant, tolerance: Duration?) async throws {
    let id = state.withLock { state in
      state.next += 1
      return state.next
    }
    let wasReached = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isOver = state.withLock { state in
          let period = state.now.duration(to: deadline)
          let count = state.seen[period, default: 0] + 1
          state.seen[period] = count
          for watcher in state.watchers where watcher.period == period && watcher.count == count {
            watcher.gate.open()
          }
          if period <= .zero || Task.isCancelled { return true }
          state.sleepers[id] = (deadline, continuation)
          return false
        }
        if isOver { continuation.resume(returning: !Task.isCancelled) }
      }
    } onCancel: {
      state.withLock { $0.sleepers.removeValue(forKey: id) }?.continuation
        .resume(returning: false)
    }
    if !wasReached { throw CancellationError() }
  }

  /// Waits until this period has been asked for so many times.
  func waitForSleep(of period: Duration, count: Int = 1) async {
    let gate = Gate()
    state.withLock { state in
      if state.seen[period, default: 0] >= count { gate.open() }
      state.watchers.append((period, count, gate))
    }
    await gate.passRegardless()
  }

  func advance(by period: Duration) {
    let woken = state.withLock { state in
      state.now = state.now.advanced(by: period)
      let now = state.now
      let due = state.sleepers.filter { $0.value.deadline <= now }
      for id in due.keys { state.sleepers.removeValue(forKey: id) }
      return due.values.map(\.continuation)
    }
    for continuation in woken { continuation.resume(returning: true) }
  }
}

/// A request for a shell text, with an environment of nothing but `PATH`.
func shell(
  _ text: String, _ environment: [String: String] = [:], timeout: Duration? = nil,
  grace: Duration = .seconds(60), drain: Duration = .milliseconds(200),
  limits: OutputLimits = OutputLimits(), in directory: String = "/"
) -> ProcessRequest {
  ProcessRequest(
    executable: "bash", arguments: ["-c", text],
    environment: environment.merging(["PATH": "/usr/local/bin:/usr/bin:/bin"]) { own, _ in own },
    workingDirectory: directory, timeout: timeout, gracePeriod: grace, drainPeriod: drain,
    outputLimits: limits)
}

/// Runs a request without a registry to share.
func run(
  _ request: ProcessRequest, clock: any Clock<Duration> = ContinuousClock(),
  _ onOutput: @escaping @Sendable (OutputChunk) -> Void = { _ in }
) async throws(ProcessFailure) -> ProcessOutcome {
  try await ProcessRunner(clock: clock, groups: ProcessGroups()).run(request, onOutput: onOutput)
}
