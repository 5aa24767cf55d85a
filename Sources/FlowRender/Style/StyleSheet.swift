/// The one style sheet of a picture: the tokens as variables, and a rule for each class.
///
/// Every name is prefixed, since the picture may stand in a page with styles of its own, beside
/// other pictures with the same sheet.
enum StyleSheet {
  /// The whole sheet.
  static let text: String = {
    var lines = [".tfg{\(variables(\.light))}"]
    lines.append("@media (prefers-color-scheme:dark){.tfg{\(variables(\.dark))}}")
    lines.append("@media print{.tfg{\(variables(\.light))print-color-adjust:exact}}")
    lines += rules.map(\.text)
    lines += StateStyle.all.flatMap(rules(for:)).map(\.text)
    return lines.joined(separator: "\n")
  }()

  private static func variables(_ value: (Token) -> Color) -> String {
    Token.all.map { "--tfg-\($0.name):\(value($0).css);" }.joined()
  }

  private static let rules: [StyleRule] =
    [
      // The whole window, where the picture is a page of its own.
      StyleRule(".tfg", .color("background", .paper)),
      StyleRule(
        ".tfg text", .words("font-family", TypeFace.fontStack), .words("white-space", "pre")),
      StyleRule(".tfg-paper", .color("fill", .paper)),
      StyleRule(".tfg-name", type(.name), .color("fill", .ink)),
      StyleRule(".tfg-detail", type(.detail), .color("fill", .muted)),
      StyleRule(".tfg-heading", type(.heading), .color("fill", .ink)),
      StyleRule(".tfg-aside", type(.aside), .color("fill", .muted)),
      StyleRule(".tfg-label", type(.label), .color("fill", .ink)),
      StyleRule(".tfg-condition", .words("font-style", "italic")),
      StyleRule(".tfg-halo", .color("stroke", .paper), .words("stroke-width", "2.6"), haloOrder),
      StyleRule(".tfg-flow", .color("stroke", .flowLine), .words("stroke-width", "1")),
      StyleRule(
        ".tfg-area", .color("stroke", .retry), .words("stroke-width", "1.4"), dashes("6 3.5")),
      StyleRule(
        ".tfg-undo-all", .color("stroke", .retry), .words("stroke-width", "0.9"), noFill),
      StyleRule(".tfg-badge", .color("fill", .retryGround), .color("stroke", .retry)),
      StyleRule(".tfg-badge-text", type(.badge), .color("fill", .retryInk)),
      StyleRule(
        ".tfg-badge-line", .color("stroke", .retryInk), .words("stroke-width", "1.3"), noFill),
      StyleRule(".tfg-attempt", .color("fill", .retryInk)),
      StyleRule(".tfg-box", .color("fill", .box), .color("stroke", .boxLine), width(1.2)),
      StyleRule(".tfg-controller .tfg-box", .color("fill", .retryGround), .color("stroke", .retry)),
      StyleRule(".tfg-controller .tfg-name", .color("fill", .retryInk)),
      StyleRule(".tfg-controller .tfg-icon", .color("stroke", .retryInk)),
      StyleRule(".tfg-symbol .tfg-box", .color("fill", .paper), .color("stroke", .orderLine)),
      StyleRule(".tfg-dot", .color("fill", .dataLine), .color("stroke", .dataLine), width(1.4)),
      StyleRule(".tfg-ring", .color("fill", .paper), .color("stroke", .dataLine), width(1.4)),
      StyleRule(".tfg-inner", noFill, .words("stroke-width", "1")),
      StyleRule(
        ".tfg-icon", .color("stroke", .muted), .words("stroke-width", "1.5"), noFill, rounded,
        .words("stroke-linejoin", "round")),
      StyleRule(".tfg-critical .tfg-box", .color("stroke", .ink), width(2.2)),
      StyleRule(".tfg-line", .color("stroke", .dataLine), width(1.2), noFill),
      StyleRule(".tfg-head", .color("fill", .dataLine)),
      StyleRule(".tfg-order .tfg-line", .color("stroke", .orderLine), dashes("5 3.5")),
      StyleRule(".tfg-order .tfg-head", .color("fill", .orderLine)),
      StyleRule(".tfg-decider .tfg-line", width(1.7), dashes("0.1 3.6"), rounded),
      StyleRule(".tfg-diamond", .color("fill", .paper), .color("stroke", .dataLine), width(1.2)),
      StyleRule(".tfg-undo .tfg-line", width(3.4), dashes("7 4")),
      StyleRule(".tfg-between", .color("stroke", .paper), width(1.2), noFill),
      StyleRule(".tfg-critical .tfg-line", .color("stroke", .ink), width(2.2)),
      StyleRule(".tfg-critical .tfg-head", .color("fill", .ink)),
      // Last, so that a defect is never hidden by what else a box is.
      StyleRule(".tfg-defect .tfg-line", .color("stroke", .defect), width(2.2)),
      StyleRule(".tfg-defect .tfg-head", .color("fill", .defect)),
      StyleRule(".tfg-defect.tfg-label", .color("fill", .defectInk)),
      StyleRule(".tfg-hop", .color("fill", .defect)),
      StyleRule(".tfg-hop-number", type(.badge), .color("fill", .onDefect)),
      StyleRule(
        ".tfg-defect .tfg-box", .color("fill", .defectGround), .color("stroke", .defect), width(2.2)
      ),
      StyleRule(".tfg-defect .tfg-name", .color("fill", .defectInk)),
      StyleRule(".tfg-defect .tfg-detail", .color("fill", .defectInk)),
      StyleRule(".tfg-defect .tfg-icon", .color("stroke", .defect)),
      StyleRule(".tfg-ghost .tfg-box", width(1.6), dashes("5 3.5")),
    ]
    + Token.bands.enumerated().flatMap { depth, band in
      [
        StyleRule(".tfg-band-\(depth)", .color("fill", band)),
        StyleRule(".tfg-on-\(depth)", .color("stroke", band)),
      ]
    }

  /// The rules of one state; a defect's come before, so the state wins where both are told.
  private static func rules(for style: StateStyle) -> [StyleRule] {
    let scope = ".tfg-\(style.state.rawValue)"
    var box: [StyleRule.Declaration] = [
      style.fill.map { .color("fill", $0) } ?? noFill,
      .color("stroke", style.border), width(style.borderWidth),
    ]
    switch style.borderPattern {
    case .solid, .double: break
    case .dashed: box.append(dashes("4 3"))
    case .dotted: box += [dashes("0.1 3.2"), rounded]
    case .dashDotted: box.append(dashes("7 2.5 1.5 2.5"))
    }
    return [
      StyleRule("\(scope) .tfg-box", box),
      StyleRule("\(scope) .tfg-inner", .color("stroke", style.border)),
      StyleRule("\(scope) .tfg-name", .color("fill", style.text)),
      StyleRule("\(scope) .tfg-detail", .color("fill", style.text)),
      StyleRule("\(scope) .tfg-icon", .color("stroke", style.text)),
      StyleRule("\(scope) .tfg-icon-filled", .color("fill", style.text)),
    ]
  }

  private static let noFill = StyleRule.Declaration.words("fill", "none")
  private static let rounded = StyleRule.Declaration.words("stroke-linecap", "round")
  private static let haloOrder = StyleRule.Declaration.words("paint-order", "stroke")

  private static func dashes(_ pattern: String) -> StyleRule.Declaration {
    .words("stroke-dasharray", pattern)
  }

  private static func width(_ value: Double) -> StyleRule.Declaration {
    .words("stroke-width", Decimals.text(value))
  }

  private static func type(_ face: TypeFace) -> StyleRule.Declaration {
    .words("font-size", "\(Decimals.text(face.size))px;font-weight:\(face.isBold ? 700 : 400)")
  }
}
