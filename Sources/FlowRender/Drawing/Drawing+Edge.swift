extension Drawing {
  /// One line of a drawing.
  package struct Edge: Codable, Hashable, Sendable {
    /// The node that the line leaves.
    package var source: Int
    /// The node that the line leads to.
    package var target: Int
    package var kind: Kind
    package var marks: [Mark]
    /// The cluster at whose frame the line begins; the source is in it.
    package var sourceCluster: Int?
    /// The cluster at whose frame the line ends; the target is in it.
    package var targetCluster: Int?
    /// The edge in words, such as "verify needs archive from fetch".
    package var tooltip: String
    /// How much the line wants to be short and straight, from 0 to 1000.
    package var weight: Int

    package init(
      from source: Int,
      to target: Int,
      kind: Kind = .order,
      marks: [Mark] = [],
      sourceCluster: Int? = nil,
      targetCluster: Int? = nil,
      tooltip: String = "",
      weight: Int = 1,
    ) {
      self.source = source
      self.target = target
      self.kind = kind
      self.marks = marks
      self.sourceCluster = sourceCluster
      self.targetCluster = targetCluster
      self.tooltip = tooltip
      self.weight = weight
    }

    /// Why one node comes before another.
    package enum Kind: Codable, Hashable, Sendable {
      /// The target needs these symbols from the source.
      case data(symbols: [String])
      /// The target comes after the source, without data.
      case order
      /// The target runs only if the condition holds.
      case decider(condition: String)
      /// One hop of a dependency cycle, counted from 1.
      case cycleHop(number: Int, symbols: [String])
      /// The source is undone before the target is.
      case revert
    }

    /// Whether the line is drawn as a defect of the flow.
    package var isDefective: Bool {
      if case .cycleHop = kind { return true }
      return marks.contains(where: \.isDefect)
    }

    /// The text beside the line, not yet shortened; nothing for order alone.
    package var label: String? {
      switch kind {
      case .data(let symbols), .cycleHop(_, let symbols): Edge.listed(symbols)
      case .decider(let condition): condition.isEmpty ? nil : condition
      case .order, .revert: nil
      }
    }

    /// As many symbols as fit beside a line, and how many more there are: "a, b +2".
    private static func listed(_ symbols: [String]) -> String? {
      guard let first = symbols.first else { return nil }
      var shown = [first]
      if symbols.count > 1, first.count + symbols[1].count <= 22 { shown.append(symbols[1]) }
      let more = symbols.count - shown.count
      return shown.joined(separator: ", ") + (more > 0 ? " +\(more)" : "")
    }
  }

  /// The edge in words: its own, or made from what it joins.
  package func words(of edge: Edge) -> String {
    if !edge.tooltip.isEmpty { return edge.tooltip }
    let (source, target) = (nodes[edge.source].name, nodes[edge.target].name)
    switch edge.kind {
    case .data(let symbols):
      return "\(target) needs \(symbols.joined(separator: ", ")) from \(source)"
    case .order: return "\(target) comes after \(source)"
    case .decider(let condition): return "\(target) runs after \(source) if \(condition)"
    case .cycleHop(let number, let symbols):
      let what = symbols.isEmpty ? source : "\(symbols.joined(separator: ", ")) from \(source)"
      return "hop \(number) of a dependency cycle: \(target) needs \(what)"
    case .revert: return "\(source) is undone before \(target)"
    }
  }
}
