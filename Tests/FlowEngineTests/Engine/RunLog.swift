import FlowDiagnostics
import FlowEngine
import Synchronization
import TaskFlow

/// Writes down what a run tells, in order, and how much of it goes on at once.
final class RunLog: Sendable {
  private let state = Mutex<(events: [RunEvent], running: Int, peak: Int)>(([], 0, 0))

  var events: [RunEvent] { state.withLock(\.events) }
  /// The most calls of ``during(_:)`` that there were at once.
  var peak: Int { state.withLock(\.peak) }

  func during<Value>(_ body: () async throws -> Value) async rethrows -> Value {
    state.withLock { state in
      state.running += 1
      state.peak = max(state.peak, state.running)
    }
    defer { state.withLock { $0.running -= 1 } }
    return try await body()
  }

  var listener: @Sendable (RunEvent) -> Void {
    { event in self.state.withLock { $0.events.append(event) } }
  }

  /// The states of an atom, in order.
  func states(of node: NodeIndex) -> [AtomState] {
    events.compactMap { event in
      if case .atomChanged(node, _, let state, _, _) = event.kind { state } else { nil }
    }
  }

  func progress(of node: NodeIndex) -> [Double] {
    events.compactMap { event in
      if case .progress(node, let fraction) = event.kind { fraction } else { nil }
    }
  }

  var pauses: [Duration] {
    events.compactMap { event in
      if case .pausing(_, let delay) = event.kind { delay } else { nil }
    }
  }
}

/// The plan of a flow without mistakes.
func compile(_ flow: Flow, store: Set<String> = []) throws -> Plan {
  let compilation = Compiler(store: store).compile(flow)
  guard let plan = compilation.plan else {
    throw Failure(compilation.findings.map(\.message).joined(separator: "; "))
  }
  return plan
}

/// Runs a flow to its end.
@discardableResult
func run(
  _ flow: Flow, inputs: [String: BoxedValue] = [:], options: RunOptions = RunOptions(),
  log: RunLog = RunLog()
) async throws -> RunReport {
  let plan = try compile(flow, store: Set(inputs.keys))
  return try await Engine(plan: plan, options: options).run(inputs: inputs, listener: log.listener)
}

extension RunOptions {
  static let serial = RunOptions(concurrencyLimit: 1)
}

extension RunReport {
  /// The state of each atom by its name.
  var states: [String: AtomState] {
    Dictionary(uniqueKeysWithValues: atoms.map { ($0.name, $0.state) })
  }

  func attempts(of name: String) -> Int? { atoms.first { $0.name == name }?.attempts }

  func node(_ name: String) -> NodeIndex { atoms.first { $0.name == name }?.node ?? -1 }

  func value<Value: Codable & Sendable>(of symbol: Symbol<Value>) throws -> Value? {
    try values[symbol.name]?.value(as: Value.self)
  }
}
