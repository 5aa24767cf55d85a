public import TaskFlow

/// What a plan was, as far as it decides whether a run of it can go on with another.
public struct PlanOutline: Sendable, Hashable, Codable {
  /// One atom: its name, and what it comes after.
  public struct Atom: Sendable, Hashable, Codable {
    /// The name.
    public var name: String
    /// Whether it is a retry controller.
    public var isController: Bool
    /// The controller that is asked about its failure.
    public var controller: String?
    /// What it provides, in order.
    public var provides: [String]
  }

  /// The atoms, in declaration order.
  public var atoms: [Atom]

  /// The edges of the execution graph, as positions of nodes, one after another.
  public var edges: [Int32]

  /// The outline of a plan.
  public init(of plan: Plan) {
    atoms = plan.atoms.map { node in
      Atom(
        name: plan.name(of: node), isController: plan.controller(at: node) != nil,
        controller: plan.nodes[Int(node)].controller.map { plan.name(of: $0) },
        provides: plan.provision(of: node).items.map(\.symbol))
    }
    edges = plan.edges.flatMap { [$0.source, $0.target] }
  }

  /// What is different in another plan, one phrase; `nil` when a run of one can go on with the other.
  func difference(to other: PlanOutline) -> String? {
    guard self != other else { return nil }
    let (before, after) = (Set(atoms.map(\.name)), Set(other.atoms.map(\.name)))
    if let gone = atoms.first(where: { !after.contains($0.name) }) {
      return "'\(gone.name)' is gone"
    }
    if let new = other.atoms.first(where: { !before.contains($0.name) }) {
      return "'\(new.name)' is new"
    }
    for (old, new) in zip(atoms, other.atoms) where old != new {
      if old.name != new.name { return "the order of '\(old.name)' and '\(new.name)'" }
      if old.controller != new.controller { return "the retry of '\(new.name)'" }
      return "what '\(new.name)' provides"
    }
    return "the order between its tasks"
  }
}
