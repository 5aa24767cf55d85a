import TaskFlow

/// Who reads what from whom: one line for each pair, with all its symbols.
struct PlanDataLines {
  /// What is read between one pair.
  struct Line {
    var source: LineEnd
    var target: LineEnd
    /// The symbols, in declaration order.
    var symbols: [Symbol] = []
    var known: Set<String> = []
  }

  /// One symbol of a line, and the first method that reads it.
  struct Symbol {
    var name: String
    var method: Plan.Method
  }

  /// The lines, in the declaration order of their readers.
  private(set) var lines: [Line] = []

  private struct Pair: Hashable {
    var source: LineEnd
    var target: LineEnd
  }

  /// - Parameter isLeftOut: whether an atom's reading of a symbol is shown in another way.
  /// - Complexity: O(nodes + bindings).
  init(_ plan: Plan, _ ends: PlanEnds, leavingOut isLeftOut: (NodeIndex, String) -> Bool) {
    var positions: [Pair: Int] = [:]
    for atom in plan.atoms {
      for method in [Plan.Method.execute, .condition, .revert] {
        let requirements = plan.requirements(of: atom, for: method)
        for (requirement, binding) in zip(requirements, plan.bindings(of: atom, for: method)) {
          guard let provider = plan.bindings.likeliest(of: binding),
            !isLeftOut(atom, requirement.symbol)
          else { continue }
          let pair = Pair(source: ends.end(of: provider.node), target: ends.end(of: atom))
          if ends.isInside(pair.source, pair.target) { continue }
          let position = positions[pair] ?? lines.count
          if position == lines.count {
            positions[pair] = position
            lines.append(Line(source: pair.source, target: pair.target))
          }
          if lines[position].known.insert(requirement.symbol).inserted {
            lines[position].symbols.append(Symbol(name: requirement.symbol, method: method))
          }
        }
      }
    }
  }
}

extension PlanDataLines.Line {
  /// The line in words, such as "verify needs archive from fetch".
  func words(source: String, target: String) -> String {
    func names(_ isAsked: (Plan.Method) -> Bool) -> String {
      symbols.filter { isAsked($0.method) }.map(\.name).joined(separator: ", ")
    }
    let forward = names { $0 != .revert }
    let backward = names { $0 == .revert }
    if backward.isEmpty { return "\(target) needs \(forward) from \(source)" }
    if forward.isEmpty { return "to be undone, \(target) needs \(backward) from \(source)" }
    return "\(target) needs \(forward) from \(source), and \(backward) to be undone"
  }
}
