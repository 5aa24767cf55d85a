/// What is written at the top of a frame, and the room that it needs.
struct ClusterHeader: Hashable, Sendable {
  var name: FittedText?
  var pattern: FittedText?
  var badge: Badge?

  /// A retry's badge: a sign, words and a dot for each attempt.
  struct Badge: Hashable, Sendable {
    var text: FittedText
    /// For each attempt that there may be, whether it was made.
    var dots: [Bool]
    /// Whether the sign of a retry is drawn before the words.
    var hasSign = true

    static let height = 15.0
    static let padding = 6.0
    static let iconWidth = 10.0
    static let dotStep = 7.0

    var width: Double {
      let dotsWidth = dots.isEmpty ? 0 : Double(dots.count) * Badge.dotStep + 3
      let textWidth = text.text.isEmpty ? 0 : text.width + 4
      return 2 * Badge.padding + (hasSign ? Badge.iconWidth : 0) + textWidth + dotsWidth
    }
  }

  /// The font size that stands for its height.
  static let lineSize = 13
  static let inset = 11.0
  static let gap = 7.0
  private static let longest = 200.0
  private static let mostDots = 8

  /// The header of a cluster, if there is anything to say.
  static func of(_ cluster: Drawing.Cluster) -> ClusterHeader? {
    let header = ClusterHeader(
      name: fitted(cluster.name, .heading), pattern: cluster.pattern.flatMap { fitted($0, .aside) },
      badge: badge(of: cluster))
    let isEmpty = header.name == nil && header.pattern == nil && header.badge == nil
    return isEmpty ? nil : header
  }

  private static func fitted(_ text: String, _ face: TypeFace) -> FittedText? {
    text.isEmpty ? nil : TextMetrics.fitted(text, to: longest, face)
  }

  private static func badge(of cluster: Drawing.Cluster) -> Badge? {
    guard cluster.badge != nil || cluster.attempts != nil else { return nil }
    var words = Substring(cluster.badge ?? "")
    // The sign is drawn.
    let hasSign = words.isEmpty || words.hasPrefix("↻")
    if words.hasPrefix("↻") { words = words.dropFirst().drop { $0 == " " } }
    var dots: [Bool] = []
    if let attempts = cluster.attempts {
      let allowed = max(attempts.allowed ?? attempts.made, attempts.made)
      if (1...mostDots).contains(allowed) {
        dots = (0..<allowed).map { $0 < attempts.made }
      } else {
        words += "\(words.isEmpty ? "" : " · ")\(attempts.words)"
      }
    }
    return Badge(
      text: TextMetrics.fitted(String(words), to: longest, .badge), dots: dots, hasSign: hasSign)
  }

  /// The room it needs, in points.
  var width: Double {
    let parts = [name?.width, pattern?.width, badge?.width].compactMap(\.self)
    return parts.reduce(0, +) + ClusterHeader.gap * Double(parts.count - 1) + ClusterHeader.inset
  }
}
