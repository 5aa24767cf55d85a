import FlowDiagnostics
import FlowGraph
import TaskFlow

/// Finds arguments that have no value when something is skipped and their atom is not.
///
/// One decision that says no is enough for each of them. Where another decision can skip the reading atom and
/// leaves the first one alone, both may depend on the same value, so nothing is said, unless they read different
/// inputs.
struct LostValues {
  /// An argument without a value.
  struct Loss {
    /// The decision that leaves it without one.
    let decision: SkipDecision
    /// The atom that should give the value.
    let provider: NodeIndex
    /// The atom that reads it.
    let reader: NodeIndex
    /// What it reads.
    let requirement: Requirement
    /// For which of its methods.
    let method: Plan.Method
  }

  /// The losses, in the order of the reading atoms.
  private(set) var losses: [Loss] = []

  private let plan: Plan
  private let decisions: [SkipDecision]
  /// The decisions that skip an atom and do not reach as far as their cone, by position.
  private var skippers: [NodeIndex: [Int]] = [:]

  /// Nobody reads on.
  private static let mostLosses = 1_000
  /// More decisions than these are not compared with each other.
  private static let mostDecisions = 512
  /// An argument with more candidates than these is not looked at.
  private static let mostCandidates = 8

  init(in plan: Plan) {
    self.plan = plan
    decisions = SkipDecision.all(in: plan)
    guard decisions.contains(where: { $0.depth < .all }), decisions.count <= Self.mostDecisions
    else { return }
    var reach = SkipReach(of: plan)
    for (index, decision) in decisions.enumerated() where decision.depth < .all {
      for atom in reach.atoms(skippedAt: decision.node, decision.depth) ?? [] {
        skippers[atom, default: []].append(index)
      }
    }
    collect()
    dropDoubtful()
  }

  private mutating func collect() {
    for reader in plan.atoms {
      for method in Plan.Method.allCases {
        let requirements = plan.requirements(of: reader, for: method)
        for (requirement, binding) in zip(requirements, plan.bindings(of: reader, for: method))
        where !requirement.isOptional {
          guard losses.count < Self.mostLosses else { return }
          guard
            let candidates = plan.bindings.candidates(of: binding, atMost: Self.mostCandidates)?
              .map(\.node),
            let skipper = skipper(of: candidates, before: reader)
          else { continue }
          losses.append(
            Loss(
              decision: decisions[skipper], provider: candidates[0], reader: reader,
              requirement: requirement, method: method))
        }
      }
    }
  }

  /// A decision that skips all of some providers, and not the atom that reads from them.
  private func skipper(of providers: [NodeIndex], before reader: NodeIndex) -> Int? {
    guard let first = providers.first, let common = skippers[first] else { return nil }
    let own = skippers[reader] ?? []
    return common.first { position in
      decisions[position].node != reader && !own.contains(position)
        && providers.allSatisfy { skippers[$0]?.contains(position) ?? false }
    }
  }

  /// Drops the losses at which some other decision can have a hand in.
  private mutating func dropDoubtful() {
    losses = losses.filter { !isGuarded($0) }
    let wide = decisions.filter { $0.depth == .all }
    var queries: [Digraph.ReachabilityQuery] = []
    for loss in losses {
      for other in wide {
        queries.append(.init(source: other.node, target: loss.reader))
        queries.append(.init(source: other.node, target: loss.decision.node))
      }
    }
    let answers = plan.graph.reaches(queries)
    var position = 0
    losses = losses.filter { loss in
      var isDoubtful = isDoubtfulNearby(loss)
      for other in wide {
        let skipsReader = other.node == loss.reader || answers[position]
        let skipsProvider = other.node == loss.decision.node || answers[position + 1]
        position += 2
        if skipsReader, isAlike(other, loss.decision) || !skipsProvider,
          !other.isIndependent(of: loss.decision)
        {
          isDoubtful = true
        }
      }
      return !isDoubtful
    }
  }

  /// Whether a decision that does not reach far can skip the reading atom.
  private func isDoubtfulNearby(_ loss: Loss) -> Bool {
    let provider = skippers[loss.decision.node] ?? []
    return (skippers[loss.reader] ?? []).contains { position in
      decisions[position].node != loss.decision.node
        && !decisions[position].isIndependent(of: loss.decision)
        && (isAlike(decisions[position], loss.decision) || !provider.contains(position))
    }
  }

  /// Whether the reading atom has a decision of its own that may say yes only when the value is there.
  private func isGuarded(_ loss: Loss) -> Bool {
    guard loss.method != .condition else { return false }
    return decisions.contains {
      $0.node == loss.reader && !$0.isIndependent(of: loss.decision)
    }
  }

  /// Whether two decisions of different atoms ask the same.
  private func isAlike(_ one: SkipDecision, _ other: SkipDecision) -> Bool {
    guard one.node != other.node else { return false }
    let conditions = [one, other].map { plan.task(at: $0.node)?.condition?.summary }
    return conditions[0] != nil && conditions[0] == conditions[1]
  }
}
