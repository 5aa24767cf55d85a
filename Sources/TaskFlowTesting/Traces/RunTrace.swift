public import FlowEngine
import Synchronization
public import TaskFlow

/// Writes down what happens in a run, and draws it as one line that a test compares and a person reads.
///
/// Each change of an atom's state is the atom's name and the new state's glyph: `▶` running, `✓` success,
/// `✗` failure, `↻` retrying, `↩` reverting, `↩✓` reverted, `⚠` revert failure, `⤼` ignored. At the end
/// stands the state of the flow.
///
/// ```swift
/// let trace = RunTrace(of: plan)
/// _ = try await Engine(plan: plan).run(listeners: [trace])
/// #expect(trace.line() == "load▶ load✗ load↩ load↩✓ again↻ load▶ load✓ · success")
/// #expect(trace.byAtom(of: ["load"]) == ["load: ▶✗↩↩✓ ▶✓"])
/// ```
///
/// Atoms that run side by side end in any order. ``line(of:)`` has the order in which it happened, so it is
/// for runs where that can't vary: serial ones, and those whose gates a test opens one by one.
/// ``steps(of:)`` and ``byAtom(of:)`` are the same whenever the same happened to each atom.
public final class RunTrace: RunListener {
  struct Change: Sendable {
    var node: NodeIndex
    var state: AtomState
  }

  let plan: Plan
  private let log = Mutex<[RunEvent]>([])

  /// A trace of a run of a plan, empty until it is among the listeners of the run.
  public init(of plan: Plan) { self.plan = plan }

  /// Writes down an event.
  public func receive(_ event: RunEvent) { log.withLock { $0.append(event) } }

  /// What happened so far, in order.
  public var events: [RunEvent] { log.withLock { $0 } }

  /// What happened, in order.
  ///
  /// That a controller runs and succeeds is left out, for it does so whenever its flow starts, and that an
  /// atom becomes pending again, for it does so whenever its controller retries.
  ///
  /// - Parameter atoms: the names of the atoms that are shown; all without it.
  public func line(of atoms: Set<String>? = nil) -> String {
    line(changes.compactMap { word(of: $0, among: atoms) })
  }

  /// What happened to each atom, one line for each in declaration order: `load: ▶✗↩↩✓ ▶✓`.
  ///
  /// A space is before each attempt but the first. `○` stands for an atom that is pending at the end, with
  /// nothing before it when the atom never ran. What controllers do is all shown: `again: ▶✓ ↻▶✓`.
  ///
  /// - Parameter atoms: the names of the atoms that are shown; all without it.
  public func byAtom(of atoms: Set<String>? = nil) -> [String] {
    let changes = Dictionary(grouping: changes, by: \.node)
    return plan.atoms.filter { atoms?.contains(plan.name(of: $0)) ?? true }.map { node in
      "\(plan.name(of: node)): \((changes[node] ?? []).map(\.state).attempts)"
    }
  }

  var changes: [Change] {
    events.compactMap { event in
      guard case .atomChanged(let node, _, let state, _, _) = event.kind else { return nil }
      return Change(node: node, state: state)
    }
  }

  /// How a change is written; `nil` if it is left out.
  func word(of change: Change, among atoms: Set<String>?) -> String? {
    let name = plan.name(of: change.node)
    guard atoms?.contains(name) ?? true else { return nil }
    switch change.state {
    case .pending: return nil
    case .running, .success:
      return plan.nodes[Int(change.node)].isTask ? name + change.state.glyph : nil
    default: return name + change.state.glyph
    }
  }

  /// Words and the state of the flow.
  func line(_ words: [String]) -> String {
    var state = FlowState.pending
    for case .flowChanged(_, let next) in events.map(\.kind) { state = next }
    return (words + ["· \(state.word)"]).joined(separator: " ")
  }
}
