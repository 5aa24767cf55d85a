import TaskFlow

/// Which values and inputs of a plan are read by somebody.
struct SymbolUses: Sendable {
  /// How many arguments may read each entry of ``BindingTable/providers``.
  private var readers: [Int32]
  private let positions: [Provider: Int]
  /// The inputs that some argument reads.
  let inputs: Set<String>

  /// - Complexity: linear in the size of the plan; an argument that has many candidates reads ranges of them.
  init(of plan: Plan) {
    let table = plan.bindings
    let certain = Self.lastCertainProviders(in: plan)
    var changes = [Int32](repeating: 0, count: table.providers.count + 1)
    var inputs: Set<String> = []
    for node in plan.atoms {
      for method in Plan.Method.allCases {
        let requirements = plan.requirements(of: node, for: method)
        for (requirement, binding) in zip(requirements, plan.bindings(of: node, for: method)) {
          switch binding {
          case .input: inputs.insert(requirement.symbol)
          case .atoms(let scopes):
            candidates: for scope in scopes {
              for slice in table.scopes[Int(scope)] {
                let range = table.slices[Int(slice)]
                guard let last = range.last else { continue }
                // Behind one that always gives a value nobody looks.
                changes[Int(max(range.lowerBound, certain[Int(last)]))] += 1
                changes[Int(range.upperBound)] -= 1
                if certain[Int(last)] >= range.lowerBound { break candidates }
              }
            }
          case .injected, .absent: break
          }
        }
      }
    }
    var count: Int32 = 0
    readers = changes.dropLast().map { change in
      count += change
      return count
    }
    positions = Dictionary(
      zip(table.providers, table.providers.indices), uniquingKeysWith: { first, _ in first })
    self.inputs = inputs
  }

  /// For each entry of ``BindingTable/providers`` the last one up to it that gives its value whenever it comes
  /// before a reader; -1 for none.
  private static func lastCertainProviders(in plan: Plan) -> [Int32] {
    let mayBeSkipped = Plan.nodesThatMayBeSkipped(in: plan)
    var last: Int32 = -1
    return plan.bindings.providers.enumerated().map { index, provider in
      if !mayBeSkipped[Int(provider.node)], plan.provision(of: provider.node).isComplete {
        last = Int32(index)
      }
      return last
    }
  }

  /// Whether some argument may read what an atom provides at a position of its provision.
  func isRead(_ provider: Provider) -> Bool {
    positions[provider].map { readers[$0] > 0 } ?? false
  }
}
