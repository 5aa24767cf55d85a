import FlowGraph
import TaskFlow

/// What a run is held against: a task group that calls a body for each task of a plan in a right order,
/// and does nothing else. It has no states, no events, no values and no failures.
struct BareGroup {
  private let body: @concurrent @Sendable (NodeIndex) async throws -> Void = { _ in }
  private let isTask: [Bool]
  private let graph: Digraph
  private let inDegrees: [Int32]

  init(_ plan: Plan) {
    isTask = plan.nodes.map(\.isTask)
    graph = plan.graph
    inDegrees = graph.inDegrees()
  }

  /// Calls all bodies.
  @concurrent
  func run() async {
    await withTaskGroup(of: NodeIndex.self) { [body] group in
      var open = inDegrees
      var ready = open.indices.filter { open[$0] == 0 }.map { NodeIndex($0) }
      while true {
        while let node = ready.popLast() {
          if isTask[Int(node)] {
            group.addTask {
              try? await body(node)
              return node
            }
          } else {
            free(after: node, &open, &ready)
          }
        }
        guard let node = await group.next() else { break }
        free(after: node, &open, &ready)
      }
    }
  }

  private func free(after node: NodeIndex, _ open: inout [Int32], _ ready: inout [NodeIndex]) {
    for next in graph.successors(of: Int(node)) {
      open[Int(next)] -= 1
      if open[Int(next)] == 0 { ready.append(next) }
    }
  }
}
