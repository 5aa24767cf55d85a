import FlowEngine
import TaskFlow

/// What the saves of a run have changed, one after another.
struct SavedChanges {
  private struct CallKey: Hashable {
    var atom: String
    var action: TaskContext.Action
    var attempt: Int
  }

  private var run: StoredRun
  /// The histories of atoms lie beside the saves, as they are now.
  private let histories: [String: StoredHistory]
  private var places: [CallKey: Int] = [:]

  /// A run before its first save.
  init(to run: StoredRun) {
    self.run = run
    histories = run.atoms.compactMapValues(\.history)
    for (place, call) in run.calls.enumerated() { places[Self.key(of: call)] = place }
  }

  /// The run after the saves that were applied; its calls are in the order in which they began.
  var result: StoredRun {
    var run = run
    run.calls.sort { ($0.began, $0.atom) < ($1.began, $1.atom) }
    return run
  }

  /// Applies a save.
  ///
  /// - Parameters:
  ///   - text: as of ``SaveText``.
  ///   - standing: how the run stands after it.
  mutating func apply(_ text: String, standing: RunStanding) throws {
    run.standing = standing
    guard case .list(let entries) = try? FlowValueJSON.parse(containingValues: text) else {
      throw JSON.damaged
    }
    for entry in entries {
      guard case .list(let parts) = entry, parts.count > 3, case .string(let name) = parts[0],
        case .int(let third) = parts[2], case .int(let fourth) = parts[3]
      else { throw JSON.damaged }
      switch parts[1] {
      case .int(let state):
        try apply(parts, to: name, state: state, intention: third, attempts: fourth)
      case .string(let action):
        try apply(parts, to: name, action, attempt: third, began: Int64(fourth))
      default: throw JSON.damaged
      }
    }
  }

  private mutating func apply(
    _ parts: [FlowValue], to name: String, state: Int, intention: Int, attempts: Int
  ) throws {
    guard parts.count < 8, let state = UInt8(exactly: state).flatMap(AtomState.init(rawValue:)),
      let intention = UInt8(exactly: intention).flatMap(Intention.init(rawValue:))
    else { throw JSON.damaged }
    var history: StoredHistory?
    if parts.count > 6 {
      guard parts[6] == .bool(true), let kept = histories[name] else { throw JSON.damaged }
      history = kept
    }
    run.atoms[name] = StoredAtom(
      state: state, intention: intention, attempts: attempts,
      result: try Self.result(at: 4, in: parts), failure: try Self.value(at: 5, in: parts),
      history: history)
  }

  private mutating func apply(
    _ parts: [FlowValue], to name: String, _ action: String, attempt: Int, began: Int64
  ) throws {
    guard parts.count < 7, let action = TaskContext.Action(rawValue: action) else {
      throw JSON.damaged
    }
    let call = StoredCall(
      atom: name, action: action, attempt: attempt, began: began,
      ended: try Self.value(at: 4, in: parts), failure: try Self.value(at: 5, in: parts))
    if let place = places[Self.key(of: call)] {
      run.calls[place] = call
    } else {
      places[Self.key(of: call)] = run.calls.count
      run.calls.append(call)
    }
  }

  private static func key(of call: StoredCall) -> CallKey {
    CallKey(atom: call.atom, action: call.action, attempt: call.attempt)
  }

  /// Most results say nothing, which needs no decoding.
  private static func result(at index: Int, in parts: [FlowValue]) throws -> StoredResult? {
    if parts.count > index, parts[index] == .map([:]) { return try StoredResult(AtomResult()) }
    return try value(at: index, in: parts)
  }

  private static func value<Value: Decodable>(
    at index: Int, in parts: [FlowValue]
  ) throws -> Value? {
    guard parts.count > index, parts[index] != .null else { return nil }
    do {
      return try parts[index].decoded(as: Value.self)
    } catch {
      throw JSON.damaged
    }
  }
}
