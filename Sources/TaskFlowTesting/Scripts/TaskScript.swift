import Synchronization
public import TaskFlow

/// Makes tasks that do what a test says, call by call, and write each call down.
///
/// ```swift
/// let script = TaskScript()
/// let flow = Flow.linear("release", retry: .times("again", attempts: 2)) {
///   script.task("load", executes: .fails("disk full"), .succeeds)
///   script.task("verify", reverts: .fails("stuck"))
/// }
/// // … run the flow, then:
/// #expect(script.log.lines == ["load+", "load-", "load+", "verify+"])
/// ```
public struct TaskScript: Sendable {
  /// Where the calls of all its tasks are written down.
  public let log: CallLog

  /// A script whose tasks write down their calls in a log.
  public init(log: CallLog = CallLog()) { self.log = log }

  /// A task whose n-th call of a method does what the n-th entry for the method says.
  ///
  /// The last entry repeats, and a method without entries succeeds. The calls are counted over the life of
  /// the task, whether a controller retries it or it is run again by another engine.
  ///
  /// - Parameters:
  ///   - name: its name, unique in the whole flow.
  ///   - inputs: the symbols that it requires; the log has their values.
  ///   - outputs: the symbols that it provides; see ``ScriptedCall/provides(_:)``.
  ///   - executions: what the calls of `execute` do.
  ///   - reverts: what the calls of `revert` do.
  public func task<each Input: Codable & Sendable, each Output: Codable & Sendable>(
    _ name: String,
    requires inputs: repeat Symbol<each Input>,
    provides outputs: repeat Symbol<each Output>,
    executes executions: ScriptedCall...,
    reverts: ScriptedCall...,
    fileID: String = #fileID,
    line: Int = #line,
    column: Int = #column
  ) -> FlowTask {
    var task = FlowTask(
      name, requires: repeat each inputs, provides: repeat each outputs, fileID: fileID, line: line,
      column: column
    ) { (_: repeat each Input) async throws -> (repeat each Output) in
      throw Failure("task '\(name)' is not scripted")
    }
    let scripted = ScriptedTask(
      executions: executions, reverts: reverts, provision: task.provision, log: log)
    task.action = .body { try await scripted.run($0) }
    let span = task.span
    return task.changing { traits in
      traits.revert = TaskTraits.Revert(
        action: .body { try await scripted.run($0) }, span: span)
    }
  }
}

/// Counts the calls of a task, and does what its script has for each.
private final class ScriptedTask: Sendable {
  private let executions: [ScriptedCall]
  private let reverts: [ScriptedCall]
  private let provision: Provision
  private let log: CallLog
  private let counts = Mutex((executions: 0, reverts: 0))

  init(
    executions: [ScriptedCall], reverts: [ScriptedCall], provision: Provision, log: CallLog
  ) {
    self.executions = executions
    self.reverts = reverts
    self.provision = provision
    self.log = log
  }

  func run(_ context: TaskContext) async throws -> AtomResult {
    log.record(context)
    let values = try await next(context.action).body()
    guard context.action == .execute else { return AtomResult(whole: values.first) }
    let count = provision.items.count
    guard values.count <= count else {
      throw Failure("\(values.count) values for \(count) symbols of task '\(context.atom)'")
    }
    let elements = provision.items.indices.map { $0 < values.count ? values[$0] : nil }
    return AtomResult(whole: count == 1 ? elements[0] : nil, elements: elements)
  }

  private func next(_ action: TaskContext.Action) -> ScriptedCall {
    switch action {
    case .execute:
      executions.call(
        number: counts.withLock { counts in
          counts.executions += 1
          return counts.executions
        })
    case .revert:
      reverts.call(
        number: counts.withLock { counts in
          counts.reverts += 1
          return counts.reverts
        })
    }
  }
}

extension [ScriptedCall] {
  /// The entry of the n-th call, from 1.
  fileprivate func call(number: Int) -> ScriptedCall {
    var left = number
    for entry in self {
      left -= entry.count
      if left <= 0 && entry.count > 0 { return entry }
    }
    return last { $0.count > 0 } ?? .succeeds
  }
}
