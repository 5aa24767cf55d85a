import FlowEngine
import TaskFlow

extension ReferenceRun {
  /// What does not change in a run: who comes before whom, and who decides about whom.
  ///
  /// A class, so that the many copies of a run share it.
  final class Shape: Sendable {
    let world: SmallWorld
    let atoms: [NodeIndex]
    private let cones: [Set<NodeIndex>]

    init(_ world: SmallWorld) {
      let plan = world.plan
      self.world = world
      atoms = plan.atoms
      cones = plan.nodes.indices.map { Self.reach(from: NodeIndex($0), in: plan) }
    }

    /// Every node behind one, by the definition; flows' starts and ends are no atoms, and left out.
    private static func reach(from node: NodeIndex, in plan: Plan) -> Set<NodeIndex> {
      var found: Set<NodeIndex> = []
      for edge in plan.edges where edge.source == node {
        if plan.nodes[Int(edge.target)].isAtom { found.insert(edge.target) }
        found.formUnion(reach(from: edge.target, in: plan))
      }
      return found
    }

    func cone(of atom: NodeIndex) -> Set<NodeIndex> { cones[Int(atom)] }

    func ancestors(of atom: NodeIndex) -> [NodeIndex] {
      atoms.filter { cone(of: $0).contains(atom) }
    }

    func isController(_ atom: NodeIndex) -> Bool { world.plan.controller(at: atom) != nil }

    /// 6.13: the nearest controller out that has an attempt.
    func asked(about atom: NodeIndex, _ histories: [NodeIndex: Int]) -> NodeIndex? {
      guard let controller = world.plan.nodes[Int(atom)].controller else { return nil }
      return histories[controller] == nil ? asked(about: controller, histories) : controller
    }

    /// 6.12.
    func decision(of controller: NodeIndex, attempts: Int, failures: Int) -> RetryDecision {
      switch world.plan.controller(at: controller)?.strategy {
      case .times(let most): attempts < most ? .retry : .revert
      case .forEach(let values): attempts < values.count ? .retry : .revert
      case .alwaysRevertAll: .revertAll
      case .custom(let policy as FicklePolicy):
        switch failures > 1 ? policy.later : policy.first {
        case .retry: attempts < 2 ? .retry : .revert
        case let decision: decision
        }
      default: .revert
      }
    }
  }
}
