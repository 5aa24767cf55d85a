import FlowDiagnostics
import FlowGraph
import TaskFlow
import Testing

struct CompileLawTests {
  private static let seeds: [UInt64] = [1, 2, 3, 4, 5, 6]

  /// Calls `body` with 500 flows without cycles.
  private func withFlows(
    seed: UInt64, _ body: (Flow, Set<String>, Compilation, Comment) throws -> Void
  ) rethrows {
    var compiled = 0
    for number in 0..<UInt64(500) {
      var random = RandomFlow(seed: seed << 32 | number)
      let flow = random.flow()
      let compilation = Compiler(store: random.store).compile(flow)
      if compilation.findings.contains(where: { $0.rule == "dependency-cycle" }) { continue }
      compiled += 1
      try body(flow, random.store, compilation, "seed \(seed) << 32 | \(number)")
    }
    #expect(compiled > 300)
  }

  private func names(of plan: Plan) -> [String] {
    plan.nodes.indices.map { index in
      if case .flowEnd = plan.nodes[index].kind { return plan.name(of: NodeIndex(index)) + "$" }
      return plan.name(of: NodeIndex(index))
    }
  }

  private func edges(of plan: Plan) -> [FlowReference.Edge] {
    let names = names(of: plan)
    return plan.edges.map {
      FlowReference.Edge(source: names[Int($0.source)], target: names[Int($0.target)])
    }
  }

  @Test(arguments: seeds)
  func `compiling twice gives the same plan and the same findings`(seed: UInt64) {
    withFlows(seed: seed) { flow, store, first, comment in
      let second = Compiler(store: store).compile(flow)
      #expect(first.findings == second.findings, comment)
      #expect(first.sketch.edges == second.sketch.edges, comment)
      #expect(first.sketch.nodes == second.sketch.nodes, comment)
      #expect(first.sketch.bindings.bindings == second.sketch.bindings.bindings, comment)
      #expect(first.sketch.bindings.slices == second.sketch.bindings.slices, comment)
      #expect(first.sketch.problems == second.sketch.problems, comment)
    }
  }

  @Test(arguments: seeds)
  func `edges and controllers are those of the rules`(seed: UInt64) {
    withFlows(seed: seed) { flow, _, compilation, comment in
      let reference = FlowReference(of: flow)
      let plan = compilation.sketch
      let edges = edges(of: plan)
      #expect(Set(edges) == reference.edges, comment)
      #expect(edges.count == reference.edges.count, comment)
      let isAmbiguous = compilation.findings.contains {
        $0.rule == "conflicting-provides" && $0.severity == .error
      }
      #expect(isAmbiguous == reference.isAmbiguous, comment)
      for (index, name) in names(of: plan).enumerated() {
        let controller = plan.nodes[index].controller.map { plan.name(of: $0) }
        #expect(controller == reference.controllers[name], comment)
      }
      for controller in plan.atoms where plan.controller(at: controller) != nil {
        let area = plan.areaOfInfluence(of: controller).map { plan.name(of: $0) }
        let name = plan.name(of: controller)
        let atoms = plan.atoms.map { plan.name(of: $0) }
        #expect(area == atoms.filter { reference.controllers[$0] == name }, comment)
      }
    }
  }

  @Test(arguments: seeds)
  func `bindings are those of the rules, up to the first provider that always gives a value`(
    seed: UInt64
  ) {
    withFlows(seed: seed) { flow, store, compilation, comment in
      let plan = compilation.sketch
      let reference = BindingReference(plan: plan, store: store)
      for atom in plan.atoms {
        for method in Plan.Method.allCases {
          let bindings = Array(plan.bindings(of: atom, for: method))
          let requirements = plan.requirements(of: atom, for: method)
          #expect(bindings.count == requirements.count, comment)
          for (requirement, binding) in zip(requirements, bindings) {
            let differences = reference.differences(
              of: binding, at: atom, reading: requirement, findings: compilation.findings)
            #expect(
              differences == nil,
              "\(comment.rawValue), \(plan.name(of: atom)) \(method) \(requirement.symbol)")
          }
        }
      }
    }
  }

  @Test(arguments: seeds)
  func `an atom's tier is the longest chain of tasks before it`(seed: UInt64) {
    withFlows(seed: seed) { _, _, compilation, comment in
      let plan = compilation.sketch
      var level = [Int32](repeating: 0, count: plan.nodes.count)
      // As often as there are nodes, each edge pushes its target behind its source.
      for _ in plan.nodes {
        for edge in plan.edges {
          let passed = level[Int(edge.source)] + (plan.nodes[Int(edge.source)].isTask ? 1 : 0)
          level[Int(edge.target)] = max(level[Int(edge.target)], passed)
        }
      }
      #expect(plan.tiers?.level == level, comment)
    }
  }

  @Test(arguments: seeds)
  func `a targeted graph is the graph of its target and what that needs`(seed: UInt64) throws {
    try withFlows(seed: seed) { flow, store, compilation, comment in
      let plan = compilation.sketch
      guard flow.pattern == .graph, !flow.items.isEmpty else { return }
      let target = flow.items[Int(seed) % flow.items.count].source
      var targeted = flow
      targeted.target = Flow.Target(name: target, span: flow.span)
      let names = names(of: plan)
      let node = try #require(names.firstIndex(of: target))
      let needed = plan.predecessors.descendants(of: node)
      var reduced = Flow(name: flow.name, pattern: .graph, retry: flow.retry, span: flow.span)
      for item in flow.items {
        let first = try #require(names.firstIndex(of: item.source))
        if item.source == target || needed.contains(first) { reduced.append(item) }
      }
      let kept = Set(reduced.items.map(\.source))
      reduced.links = flow.links.filter { kept.contains($0.source) && kept.contains($0.target) }
      let ours = Compiler(store: store).compile(targeted).sketch
      let expected = Compiler(store: store).compile(reduced).sketch
      // What is dropped inside can make more of it needless; here only one level has a target.
      #expect(self.names(of: ours) == self.names(of: expected), comment)
      #expect(Set(edges(of: ours)) == Set(edges(of: expected)), comment)
      #expect(ours.bindings.bindings == expected.bindings.bindings, comment)
    }
  }
}
