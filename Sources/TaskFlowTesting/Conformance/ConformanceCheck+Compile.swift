import FlowDiagnostics
import TaskFlow

extension ConformanceCheck {
  /// What differs in how a case compiles, one phrase each; empty when all is as recorded.
  public static func compiledDifferences(of recorded: ConformanceCase) -> [String] {
    let compilation: Compilation
    do {
      let flow = try ConformanceScript().flow(of: recorded.flow)
      compilation = Compiler(store: Set(recorded.store.keys)).compile(flow)
    } catch {
      return ["can't be read: \(error)"]
    }
    var differences = rejectionDifferences(of: recorded, compilation)
    if let compiled = recorded.compiled {
      differences += compilation.sketch.differences(from: compiled)
    }
    return differences
  }

  private static func rejectionDifferences(
    of recorded: ConformanceCase, _ compilation: Compilation
  ) -> [String] {
    let errors = compilation.findings.filter { $0.severity == .error }
    guard let rejected = recorded.rejected else {
      return errors.map { "refused: \($0.message)" }
    }
    guard !errors.isEmpty else {
      return ["not refused: \(rejected["kind"]?.text ?? "")"]
    }
    guard let missing = rejected["missing"]?.elements?.compactMap(\.text) else { return [] }
    let found = compilation.sketch.missingParameters
    return Set(missing) == Set(found)
      ? [] : ["missing \(found.sorted()), recorded \(missing.sorted())"]
  }
}

extension Plan {
  /// The local names of all parameters that nothing gives.
  fileprivate var missingParameters: [String] {
    atoms.flatMap { atom in
      Method.allCases.flatMap { method in
        zip(requirements(of: atom, for: method), bindings(of: atom, for: method))
          .filter { $1 == .absent && !$0.isOptional }.map(\.0.parameter)
      }
    }
  }

  fileprivate func differences(from compiled: FlowValue) -> [String] {
    var differences: [String] = []
    func compare(_ what: String, _ ours: FlowValue, _ recorded: FlowValue?) {
      guard ours != recorded else { return }
      let text = FlowValueJSON.text(of: recorded ?? .null)
      differences.append("\(what): \(FlowValueJSON.text(of: ours)), recorded \(text)")
    }
    let names = nodes.indices.map { recordedName(of: NodeIndex($0)) }
    let ours = edges.map { [names[Int($0.source)], names[Int($0.target)]] }
    let recorded = (compiled["edges"]?.elements ?? []).map { edge in
      (edge.elements ?? []).compactMap(\.text)
    }
    for edge in Set(ours).symmetricDifference(recorded).sorted(by: { $0.joined() < $1.joined() }) {
      let side = recorded.contains(edge) ? "lacks" : "has"
      differences.append("\(side) edge \(edge.joined(separator: " → "))")
    }
    for index in nodes.indices {
      let node = compiled["nodes"]?[names[index]]
      compare("kind of \(names[index])", .string(nodes[index].recordedKind), node?["kind"])
      let controller = nodes[index].controller.map { FlowValue.string(name(of: $0)) } ?? .null
      compare("controller of \(names[index])", controller, node?["retry"] ?? .null)
    }
    for atom in atoms {
      let scopes = scopes(of: atom).map { FlowValue.list($0.map { .string(name(of: $0)) }) }
      compare("scopes of \(name(of: atom))", .list(scopes), compiled["scopes"]?[name(of: atom)])
    }
    return differences
  }

  private func recordedName(of node: NodeIndex) -> String {
    if case .flowEnd = nodes[Int(node)].kind { "\(name(of: node))[$]" } else { name(of: node) }
  }
}

extension PlanNode {
  fileprivate var recordedKind: String {
    switch kind {
    case .task: "task"
    case .retry: "retry"
    case .flowStart: "flow"
    case .flowEnd: "flow_end"
    }
  }
}
