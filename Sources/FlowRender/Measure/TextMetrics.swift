import FlowDiagnostics

/// How wide text is in Helvetica and in every font of the same metrics (Arial, Liberation Sans,
/// Nimbus Sans), from built-in tables, so that a layout is the same on each machine.
///
/// The tables are Adobe's published metrics of Helvetica and Helvetica-Bold in thousandths of an
/// em. Scripts that they lack are given a generous width, since they come from another font.
enum TextMetrics {
  /// The width of one line in points.
  static func width(_ text: String, _ face: TypeFace) -> Double {
    let sum = text.reduce(0) { $0 + thousandths(of: $1, bold: face.isBold) }
    return Double(sum) * face.size / 1000
  }

  /// The text cut to a width in points, with "…" for what is left out, and how wide it became.
  static func fitted(_ text: String, to limit: Double, _ face: TypeFace) -> FittedText {
    let line = VisibleText.line(text)
    let full = width(line, face)
    if full <= limit { return FittedText(text: line, width: full) }
    let ellipsis = width("…", face)
    var shown = ""
    var used = 0.0
    for character in line {
      let next = Double(thousandths(of: character, bold: face.isBold)) * face.size / 1000
      if used + next + ellipsis > limit { break }
      shown.append(character)
      used += next
    }
    return FittedText(text: shown + "…", width: used + ellipsis)
  }

  private static func thousandths(of character: Character, bold: Bool) -> Int {
    guard let first = character.unicodeScalars.first else { return 0 }
    let isEmojiStyled = character.unicodeScalars.contains { $0.value == 0xFE0F }
    if isEmojiStyled { return 1_300 }
    return thousandths(of: first, bold: bold)
  }

  private static func thousandths(of scalar: Unicode.Scalar, bold: Bool) -> Int {
    switch scalar.value {
    case 0x20...0x7E: Int((bold ? boldWidths : regularWidths)[Int(scalar.value) - 0x20])
    case 0xB7: bold ? 333 : 278
    case 0xD7: 584
    case 0x2013: 556
    case 0x2014, 0x2026, 0x2190...0x21FF: 1_000
    case 0xA0...0x24F: bold ? 640 : 600
    case 0x300...0x36F: 0
    case 0x1F000...0x1FAFF: scalar.properties.isEmoji ? 1_300 : 1_000
    default:
      scalar.properties.isEmojiPresentation
        ? 1_300 : scalar.columnWidth == 2 ? 1_000 : bold ? 760 : 720
    }
  }

  private static let regularWidths: [UInt16] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
  ]

  private static let boldWidths: [UInt16] = [
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611,
    975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556,
    333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611,
    611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584,
  ]
}

/// A line of text that fits where it goes.
struct FittedText: Hashable, Sendable {
  var text: String
  /// Its width in points.
  var width: Double
}
