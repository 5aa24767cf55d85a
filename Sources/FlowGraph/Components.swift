/// The strongly connected components of a graph, in topological order.
///
/// No edge leads from a component to one with a lower number. It takes 12 bytes a node and 5 bytes
/// a component.
public struct Components: Sendable, Equatable {
  /// The number of each node's component.
  public let component: [Int32]
  /// The nodes of each component, in index order.
  public let members: NodeGroups
  /// Whether each component has a cycle: it has several nodes, or one with a self-loop.
  public let isCyclic: [Bool]
  /// Each node's place among the members of its component.
  let rank: [Int32]

  /// The number of components.
  public var count: Int { members.count }

  /// The numbers of the components that have a cycle, ordered by their lowest node.
  ///
  /// - Complexity: O(components), and sorting those that are cyclic.
  public var cyclic: [Int] {
    (0..<count).filter { isCyclic[$0] }.sorted {
      members.nodes[Int(members.offsets[$0])] < members.nodes[Int(members.offsets[$1])]
    }
  }

  init(component: [Int32], count: Int, graph: Digraph) {
    let members = NodeGroups(nodeCount: component.count, count: count) { component[$0] }
    var rank = [Int32](repeating: 0, count: component.count)
    var isCyclic = [Bool](repeating: false, count: count)
    for number in 0..<count {
      let range = Int(members.offsets[number])..<Int(members.offsets[number + 1])
      for place in range { rank[Int(members.nodes[place])] = Int32(place - range.lowerBound) }
      let node = members.nodes[range.lowerBound]
      isCyclic[number] = range.count > 1 || graph.successors(of: Int(node)).contains(node)
    }
    self.component = component
    self.members = members
    self.isCyclic = isCyclic
    self.rank = rank
  }
}
