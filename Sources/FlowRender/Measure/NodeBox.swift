/// The size of a node's box and what is written in it.
struct NodeBox: Hashable, Sendable {
  var width: Double
  var height: Double
  var name: FittedText?
  var detail: FittedText?
  var icon: Icon?

  /// The space between the border and the words, 0.14 × 0.08 inch.
  static let paddingX = 10.08
  static let iconGap = 5.0

  private static let lineHeight = 30.24
  private static let twoLineHeight = 38.0
  private static let smallestWidth = 54.0
  private static let longestName = 190.0
  private static let longestDetail = 210.0

  /// The size of a node.
  static func of(_ node: Drawing.Node) -> NodeBox {
    switch node.kind {
    case .start: return NodeBox(width: 9, height: 9)
    case .end: return NodeBox(width: 11, height: 11)
    case .task, .retryController, .foldedFlow, .symbol, .ghost: break
    }
    let name = TextMetrics.fitted(node.name, to: longestName, .name)
    let detail = node.detail.flatMap { text in
      text.isEmpty ? nil : TextMetrics.fitted(text, to: longestDetail, .detail)
    }
    let icon = Icon.of(node)
    let iconWidth = icon.map { $0.width + iconGap } ?? 0
    let textWidth = max(name.width, detail?.width ?? 0)
    // A half circle at each end leaves less room for words.
    let ends = node.kind.isPill ? 6.0 : 0
    return NodeBox(
      width: max(smallestWidth, textWidth + iconWidth + 2 * paddingX + ends),
      height: detail == nil ? (node.kind == .symbol ? 24 : lineHeight) : twoLineHeight,
      name: name, detail: detail, icon: icon)
  }

  /// The left edge of the words, from the left edge of the box, so that sign and words together
  /// are in the middle.
  var textInset: Double {
    let text = max(name?.width ?? 0, detail?.width ?? 0)
    let iconWidth = icon.map { $0.width + NodeBox.iconGap } ?? 0
    return (width - text - iconWidth) / 2 + iconWidth
  }
}
