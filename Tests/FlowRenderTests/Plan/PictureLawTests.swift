import FlowDiagnostics
import FlowGraph
import FlowRender
import TaskFlow
import Testing

/// What holds for the picture of any plan, on random ones.
@Suite struct PictureLawTests {
  private static let seeds: Range<UInt64> = 0..<400

  private static func plan(seed: UInt64) throws -> Plan {
    let compilation = Compiler().compile(RandomFlow.make(seed: seed))
    let errors = compilation.findings.filter { $0.severity == .error }.map(\.message)
    return try #require(compilation.plan, "seed \(seed): \(errors)")
  }

  @Test func `a picture keeps the order of tasks and adds none`() throws {
    for seed in Self.seeds {
      let plan = try Self.plan(seed: seed)
      let drawing = FlowPicture(plan).drawing
      #expect(drawing.defect == nil, "seed \(seed)")
      let drawn = Digraph(
        nodeCount: drawing.nodes.count,
        edges: drawing.edges.map { Digraph.Edge(source: $0.source, target: $0.target) })
      let tasks = plan.atoms.filter { plan.nodes[Int($0)].isTask }
      let boxes = Dictionary(
        uniqueKeysWithValues: drawing.nodes.indices.compactMap { index in
          drawing.nodes[index].kind == .task ? (drawing.nodes[index].name, index) : nil
        })
      #expect(boxes.count == tasks.count, "seed \(seed)")
      for task in tasks {
        let meant = Set(
          tasks.filter { plan.graph.descendants(of: Int(task)).contains(Int($0)) }.map(
            plan.name(of:)))
        let box = try #require(boxes[plan.name(of: task)])
        let reached = drawn.descendants(of: box)
        let shown = Set(boxes.filter { reached.contains($0.value) }.keys)
        #expect(shown == meant, "seed \(seed), \(plan.name(of: task))")
      }
    }
  }

  @Test func `each order edge is needed`() throws {
    for seed in Self.seeds {
      let drawing = FlowPicture(try Self.plan(seed: seed)).drawing
      let edges = drawing.edges.map { Digraph.Edge(source: $0.source, target: $0.target) }
      let kept = Digraph(nodeCount: drawing.nodes.count, edges: edges).transitiveReduction()
      let needed = Set(try #require(kept, "seed \(seed)").map(Int.init))
      for (index, edge) in drawing.edges.enumerated() where edge.kind == .order {
        #expect(needed.contains(index), "seed \(seed), edge \(index)")
      }
    }
  }

  @Test func `each data edge is a binding and each binding between tasks an edge`() throws {
    for seed in Self.seeds {
      let plan = try Self.plan(seed: seed)
      let drawing = FlowPicture(plan).drawing
      var bound: Set<[String]> = []
      for atom in plan.atoms where plan.nodes[Int(atom)].isTask {
        for method in Plan.Method.allCases {
          for (requirement, binding) in zip(
            plan.requirements(of: atom, for: method), plan.bindings(of: atom, for: method))
          {
            guard let provider = plan.bindings.likeliest(of: binding)?.node,
              plan.nodes[Int(provider)].isTask
            else { continue }
            bound.insert([plan.name(of: provider), plan.name(of: atom), requirement.symbol])
          }
        }
      }
      var shown: Set<[String]> = []
      for edge in drawing.edges where edge.sourceCluster == nil && edge.targetCluster == nil {
        guard case .data(let symbols) = edge.kind else { continue }
        let ends = [drawing.nodes[edge.source].name, drawing.nodes[edge.target].name]
        for symbol in symbols { shown.insert(ends + [symbol]) }
      }
      #expect(shown == bound, "seed \(seed)")
    }
  }

  @Test func `an area holds exactly what its retry is asked about`() throws {
    for seed in Self.seeds {
      let plan = try Self.plan(seed: seed)
      let drawing = FlowPicture(plan).drawing
      func area(_ cluster: Int?) -> String? {
        var next = cluster
        while let index = next {
          if drawing.clusters[index].kind == .areaOfInfluence {
            return drawing.clusters[index].name
          }
          next = drawing.clusters[index].parent
        }
        return nil
      }
      let areas = drawing.clusters.filter { $0.kind == .areaOfInfluence }
      let controllers = plan.atoms.filter { !plan.nodes[Int($0)].isTask }
      #expect(areas.count == controllers.count, "seed \(seed)")
      for controller in controllers {
        let flow = plan.flows[Int(plan.nodes[Int(controller)].flow)].name
        let asked = plan.areaOfInfluence(of: controller).map { node in
          let isTask = plan.nodes[Int(node)].isTask
          return isTask ? plan.name(of: node) : plan.flows[Int(plan.nodes[Int(node)].flow)].name
        }
        let boxes = drawing.nodes.filter { $0.kind == .task && area($0.cluster) == flow }
        let inner = areas.filter { area($0.parent) == flow }
        #expect(Set(boxes.map(\.name) + inner.map(\.name)) == Set(asked), "seed \(seed), \(flow)")
      }
    }
  }

  @Test func `the same flow gives the same picture`() throws {
    for seed in Self.seeds.prefix(40) {
      let one = FlowPicture(try Self.plan(seed: seed))
      let other = FlowPicture(try Self.plan(seed: seed))
      #expect(one.drawing == other.drawing, "seed \(seed)")
      #expect(try one.svg() == other.svg(), "seed \(seed)")
    }
  }

  @Test func `folding keeps the order of what is left`() throws {
    for seed in Self.seeds {
      let plan = try Self.plan(seed: seed)
      for depth in 0...3 {
        let drawing = FlowPicture(plan, options: .init(depth: depth)).drawing
        #expect(drawing.defect == nil, "seed \(seed)")
        #expect(drawing.clusters.allSatisfy { $0.kind == .areaOfInfluence || depth > 1 })
        let graph = Digraph(
          nodeCount: drawing.nodes.count,
          edges: drawing.edges.map { Digraph.Edge(source: $0.source, target: $0.target) })
        #expect(graph.topologicalOrder() != nil, "seed \(seed)")
        let shown = drawing.nodes.filter { $0.kind == .task }.count
        let folded = drawing.nodes.filter { $0.kind == .foldedFlow }
          .compactMap { $0.detail?.split(separator: " ").first.flatMap { Int($0) } }
        #expect(shown + folded.reduce(0, +) == plan.tasks.count, "seed \(seed), depth \(depth)")
      }
    }
  }
}
