extension Drawing {
  /// One frame of a drawing: a flow, or what a retry controller is responsible for.
  package struct Cluster: Codable, Hashable, Sendable {
    package var kind: Kind
    package var name: String
    /// How its children are ordered ("linear", "unordered", "graph"), muted beside the name.
    package var pattern: String?
    /// The badge of a retry, such as "↻ 3× · 10s…2m".
    package var badge: String?
    /// How often the flow was tried, in a run.
    package var attempts: Attempts?
    /// The cluster around it, which comes before it.
    package var parent: Int?
    /// Whether the retry undoes everything when it gives up, not only its own area.
    package var revertsAll: Bool
    /// More in words; shown on hovering and read aloud after the name.
    package var tooltip: String

    package init(
      kind: Kind = .flow,
      name: String,
      pattern: String? = nil,
      badge: String? = nil,
      attempts: Attempts? = nil,
      parent: Int? = nil,
      revertsAll: Bool = false,
      tooltip: String = "",
    ) {
      self.kind = kind
      self.name = name
      self.pattern = pattern
      self.badge = badge
      self.attempts = attempts
      self.parent = parent
      self.revertsAll = revertsAll
      self.tooltip = tooltip
    }

    /// What a frame stands for.
    package enum Kind: String, Codable, Hashable, Sendable, CaseIterable {
      /// A nested flow: a quiet frame.
      case flow
      /// The area of influence of a retry controller: a dashed frame with a badge.
      case areaOfInfluence
    }

    /// The attempts of a retry in a run.
    package struct Attempts: Codable, Hashable, Sendable {
      /// The attempts that were started.
      package var made: Int
      /// The attempts that there may be, if that is known.
      package var allowed: Int?

      package init(made: Int, allowed: Int? = nil) {
        self.made = made
        self.allowed = allowed
      }

      var words: String {
        if let allowed { return "attempt \(made) of \(allowed)" }
        return "attempt \(made)"
      }
    }

    /// The cluster in words, as a screen reader says it.
    package var words: String {
      var parts = name.isEmpty ? [] : ["flow \(name)"]
      if let pattern { parts.append(pattern) }
      if kind == .areaOfInfluence {
        parts.append(
          name.isEmpty ? "area of influence of a retry" : "area of influence of its retry")
      }
      if let badge { parts.append(badge) }
      if let attempts { parts.append(attempts.words) }
      if revertsAll { parts.append("reverts everything when it gives up") }
      let head = parts.joined(separator: ", ")
      return tooltip.isEmpty ? head : "\(head). \(tooltip)"
    }
  }
}
