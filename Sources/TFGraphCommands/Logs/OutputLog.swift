import FlowEngine
import Glibc
import Synchronization
import SystemPackage
import TaskFlow

/// Keeps what the tasks of a run write, line by line, in a file beside the store.
///
/// A line is there when it was written, whatever happens to this process; a power cut can take the last ones.
final class OutputLog: RunListener {
  /// The most bytes of text that are kept of one call.
  static let largestCall = 4 << 20

  private struct State {
    let descriptor: FileDescriptor
    /// The calls under way, with how much they have written.
    var calls: [NodeIndex: (call: LoggedLine.Call, size: Int)] = [:]
    var problem: String?
  }

  private let plan: Plan
  private let path: String
  private let state: Mutex<State>

  /// Opens the file of a run, and makes it if there is none.
  ///
  /// - Throws: ``StoreFailure`` when it can't be written.
  init(path: String, plan: Plan) throws(StoreFailure) {
    self.path = path
    self.plan = plan
    do {
      let descriptor = try FileDescriptor.open(
        path, .readWrite, options: [.create, .append, .closeOnExec],
        permissions: [.ownerReadWrite])
      try Self.endLastLine(of: descriptor)
      state = Mutex(State(descriptor: descriptor))
    } catch {
      throw StoreFailure(.broken, "'\(path)' can't be written: \(error)")
    }
  }

  deinit { state.withLock { try? $0.descriptor.close() } }

  /// Removes the file if nothing was ever written to it, as when its run could not be made.
  func discardIfEmpty() {
    let size = state.withLock { try? $0.descriptor.seek(offset: 0, from: .end) }
    if size == 0 { unlink(path) }
  }

  /// Whoever was killed may have been writing one.
  private static func endLastLine(of descriptor: FileDescriptor) throws {
    let size = try descriptor.seek(offset: 0, from: .end)
    guard size > 0 else { return }
    var last: [UInt8] = [0]
    _ = try last.withUnsafeMutableBytes {
      try descriptor.read(fromAbsoluteOffset: size - 1, into: $0)
    }
    if last != [UInt8(ascii: "\n")] { _ = try descriptor.writeAll("\n".utf8) }
  }

  /// Why something could not be kept, if something could not.
  var problem: String? { state.withLock(\.problem) }

  /// Keeps the line of an event that has one.
  func receive(_ event: RunEvent) {
    switch event.kind {
    case .atomChanged(let node, _, .running, let attempt, _): begin(node, .execute, attempt)
    case .atomChanged(let node, _, .reverting, let attempt, _): begin(node, .revert, attempt)
    case .calledAgain(let node, let action, let attempt): begin(node, action, attempt)
    case .output(let node, let output): write(output, of: node)
    default: break
    }
  }

  private func begin(_ node: NodeIndex, _ action: TaskContext.Action, _ attempt: Int) {
    guard plan.nodes[Int(node)].isTask else { return }
    let call = LoggedLine.Call(task: plan.name(of: node), action: action, attempt: attempt)
    state.withLock { $0.calls[node] = (call, 0) }
  }

  private func write(_ output: TaskOutput, of node: NodeIndex) {
    state.withLock { state in
      guard let (call, size) = state.calls[node], size <= Self.largestCall, state.problem == nil
      else { return }
      let newSize = size + output.text.utf8.count + 1
      state.calls[node] = (call, newSize)
      let isLast = newSize > Self.largestCall
      let line = LoggedLine(
        time: WallTime.now, call: call, stream: output.stream,
        text: isLast ? "… what it wrote after 4 MiB is not kept" : output.text)
      do {
        try state.descriptor.writeAll(line.json.utf8)
      } catch {
        state.problem = "'\(path)' can't be written: \(error)"
      }
    }
  }
}

/// Reads what the tasks of a run wrote, also while more comes.
struct OutputLogReader {
  private let descriptor: FileDescriptor?
  private var rest: [UInt8] = []

  /// Whether there is no file.
  var isMissing: Bool { descriptor == nil }

  /// How many lines made no sense so far, and were left out.
  private(set) var unreadableCount = 0

  /// A reader from the first line on; a file that is not there has no lines.
  init(path: String) {
    descriptor = try? FileDescriptor.open(path, .readOnly, options: [.closeOnExec])
  }

  /// Gives the file back.
  func close() { try? descriptor?.close() }

  /// The next lines; empty when there are no more yet.
  mutating func next() -> [LoggedLine] {
    guard let descriptor else { return [] }
    var buffer = [UInt8](repeating: 0, count: 256 << 10)
    while true {
      let count = (try? buffer.withUnsafeMutableBytes { try descriptor.read(into: $0) }) ?? 0
      guard count > 0 else { return [] }
      rest += buffer[..<count]
      let lines = takeLines()
      if !lines.isEmpty { return lines }
    }
  }

  /// All lines that are whole.
  private mutating func takeLines() -> [LoggedLine] {
    guard let end = rest.lastIndex(of: UInt8(ascii: "\n")) else { return [] }
    let text = String(decoding: rest[..<end], as: UTF8.self)
    rest.removeFirst(end + 1)
    return text.split(separator: "\n").compactMap { text in
      let line = LoggedLine(json: text)
      if line == nil { unreadableCount += 1 }
      return line
    }
  }
}

/// The last lines that the calls of a run's tasks wrote.
struct OutputTails {
  private static let count = 10

  private var tails: [String: [String]] = [:]

  /// Reads them.
  ///
  /// Complexity: linear in what was written.
  init(path: String) {
    var reader = OutputLogReader(path: path)
    defer { reader.close() }
    var calls: [String: LoggedLine.Call] = [:]
    while case let lines = reader.next(), !lines.isEmpty {
      for line in lines {
        let key = Self.key(line.call.task, line.call.action)
        // Only the last attempt counts.
        if calls[key] != line.call {
          calls[key] = line.call
          tails[key] = []
        }
        tails[key, default: []].append(line.text)
        if tails[key, default: []].count > Self.count { tails[key]?.removeFirst() }
      }
    }
  }

  /// The last lines that the last attempt of a task wrote.
  func last(of task: String, _ action: TaskContext.Action) -> [String] {
    tails[Self.key(task, action)] ?? []
  }

  private static func key(_ task: String, _ action: TaskContext.Action) -> String {
    "\(action.rawValue) \(task)"
  }
}
