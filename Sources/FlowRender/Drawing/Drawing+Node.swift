extension Drawing {
  /// One box of a drawing.
  package struct Node: Codable, Hashable, Sendable {
    package var kind: Kind
    /// The first line, bold.
    package var name: String
    /// The second line, muted, such as "run · 90s · → digest".
    package var detail: String?
    package var state: State
    package var marks: [Mark]
    /// More in words; shown on hovering and read aloud after the name and the state.
    package var tooltip: String
    /// The tier, from 0; nodes of a tier share a rank.
    package var tier: Int?
    /// The innermost cluster that the node is in.
    package var cluster: Int?
    /// Where a click leads: `#…` or `https://…`; anything else is left out.
    package var link: String?

    package init(
      kind: Kind = .task,
      name: String,
      detail: String? = nil,
      state: State = .plain,
      marks: [Mark] = [],
      tooltip: String = "",
      tier: Int? = nil,
      cluster: Int? = nil,
      link: String? = nil,
    ) {
      self.kind = kind
      self.name = name
      self.detail = detail
      self.state = state
      self.marks = marks
      self.tooltip = tooltip
      self.tier = tier
      self.cluster = cluster
      self.link = link
    }

    /// What a node stands for.
    package enum Kind: String, Codable, Hashable, Sendable, CaseIterable {
      case task
      case retryController
      /// Where a flow begins: a small dot without text.
      case start
      /// Where a flow ends: a small ring without text.
      case end
      /// A nested flow that is folded into one box.
      case foldedFlow
      /// A symbol that stands for itself, such as an input or one with two providers.
      case symbol
      /// What is required and is not there.
      case ghost

      /// Whether the node is a dot, without text.
      package var isDot: Bool { self == .start || self == .end }

      /// Whether the box has round ends.
      var isPill: Bool { self == .retryController || self == .symbol }

      var words: String {
        switch self {
        case .task: "task"
        case .retryController: "retry controller"
        case .start: "start of"
        case .end: "end of"
        case .foldedFlow: "folded flow"
        case .symbol: "symbol"
        case .ghost: "missing"
        }
      }
    }

    /// What a mark says of this node: a symbol is missing itself, a task needs one that is.
    func words(of mark: Mark) -> String {
      kind == .ghost && mark == .missing ? "missing" : mark.words
    }

    /// Whether a mark says that the flow is invalid here.
    package var isDefective: Bool { kind == .ghost || marks.contains(where: \.isDefect) }

    /// The node in words, as a screen reader says it.
    package var words: String {
      var parts = ["\(kind.words) \(name)"]
      if let words = state.words { parts.append(words) }
      parts += marks.filter { !(kind == .ghost && $0 == .missing) }.map(\.words)
      let head = parts.joined(separator: ", ")
      return tooltip.isEmpty ? head : "\(head). \(tooltip)"
    }
  }
}
