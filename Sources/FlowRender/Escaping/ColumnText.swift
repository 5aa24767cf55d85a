import FlowDiagnostics

/// The only way in which text gets into a picture for terminals: one line that cannot move the cursor, and whose
/// width is known.
enum ColumnText {
  /// The text cut to a number of columns, with "…" for what is left out.
  static func fitted(_ text: String, columns: Int) -> String {
    guard columns > 0 else { return "" }
    let line = VisibleText.line(text)
    if width(line) <= columns { return line }
    var result = ""
    var used = 0
    for character in line {
      let next = width(of: character)
      if used + next > columns - 1 { break }
      result.append(character)
      used += next
    }
    return result + "…"
  }

  /// The columns that a line takes.
  static func width(_ line: String) -> Int {
    line.reduce(0) { $0 + width(of: $1) }
  }

  private static func width(of character: Character) -> Int {
    guard let first = character.unicodeScalars.first else { return 0 }
    let isEmojiStyled = character.unicodeScalars.contains { $0.value == 0xFE0F }
    return isEmojiStyled ? 2 : first.columnWidth
  }
}
