/// What is written beside a line, and the room that it needs.
struct EdgeLabel: Hashable, Sendable {
  var text: FittedText?
  /// The number of a hop, on a disc before the text.
  var hop: Int?

  static let discRadius = 7.0
  private static let longest = 130.0
  private static let margin = 6.0

  /// The font size that stands for its height.
  var lineSize: Int { hop == nil ? 9 : 14 }

  /// The room it needs, in points.
  var width: Double {
    let disc = hop == nil ? 0 : 2 * EdgeLabel.discRadius + (text == nil ? 0 : 4)
    return disc + (text?.width ?? 0) + EdgeLabel.margin
  }

  /// The label of an edge, if it has one.
  ///
  /// - Parameter hidesSymbols: Whether symbols are left to tooltips.
  static func of(_ edge: Drawing.Edge, hidesSymbols: Bool) -> EdgeLabel? {
    var hop: Int?
    if case .cycleHop(let number, _) = edge.kind { hop = number }
    if case .data = edge.kind, hidesSymbols, !edge.isDefective { return nil }
    let text = edge.label.map { TextMetrics.fitted($0, to: longest, .label) }
    return text == nil && hop == nil ? nil : EdgeLabel(text: text, hop: hop)
  }
}
