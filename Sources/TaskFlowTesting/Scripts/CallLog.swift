import Synchronization
public import TaskFlow

/// Writes down which methods of which tasks are called, in order, whichever task calls.
///
/// The tasks of a ``TaskScript`` write their calls in it by themselves; bodies of one's own can
/// ``record(_:)`` theirs or ``note(_:)`` what they like.
///
/// ```swift
/// let script = TaskScript()
/// // … run tasks of the script, then:
/// #expect(script.log.lines == ["load+", "verify+", "verify-", "load-"])
/// ```
public final class CallLog: Sendable {
  /// One call of a method of a task.
  public struct Call: Sendable, CustomStringConvertible {
    /// The task's name.
    public var atom: String
    /// Which of its methods was called.
    public var action: TaskContext.Action
    /// The attempt, from 1.
    public var attempt: Int
    /// What the method was given.
    public var arguments: Arguments

    /// The task's name with `+` for `execute` or `-` for `revert`.
    public var description: String { atom + (action == .execute ? "+" : "-") }
  }

  private enum Entry {
    case call(Call)
    case note(String)
  }

  private let entries = Mutex<[Entry]>([])

  /// A log of nothing.
  public init() {}

  /// The calls, in order.
  ///
  /// Complexity: linear in what was written.
  public var calls: [Call] {
    entries.withLock { entries in
      entries.compactMap { entry in
        if case .call(let call) = entry { call } else { nil }
      }
    }
  }

  /// The calls of one task, in order.
  ///
  /// Complexity: linear in what was written.
  public func calls(of atom: String) -> [Call] { calls.filter { $0.atom == atom } }

  /// All that was written, in order: each call as its description, each note as it is.
  ///
  /// Complexity: linear in what was written.
  public var lines: [String] {
    entries.withLock { entries in
      entries.map { entry in
        switch entry {
        case .call(let call): call.description
        case .note(let text): text
        }
      }
    }
  }

  /// Writes down the call that a body or a hook runs in.
  public func record(_ context: TaskContext) {
    let call = Call(
      atom: context.atom, action: context.action, attempt: context.attempt,
      arguments: context.arguments)
    entries.withLock { $0.append(.call(call)) }
  }

  /// Writes down a text.
  public func note(_ text: String) { entries.withLock { $0.append(.note(text)) } }
}
