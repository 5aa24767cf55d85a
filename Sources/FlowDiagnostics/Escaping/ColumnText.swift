/// The only way in which text gets into a picture for terminals: one line that cannot move the cursor, and whose
/// width is known.
package enum ColumnText {
  /// The text cut to a number of columns, with "…" for what is left out.
  package static func fitted(_ text: String, columns: Int) -> String {
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
  package static func width(_ line: String) -> Int {
    line.reduce(0) { $0 + width(of: $1) }
  }

  /// Words, one space apart, on lines of at most so many columns; a word that is wider has a line of its own.
  package static func wrapped(_ words: some Sequence<String>, columns: Int) -> [String] {
    var lines: [String] = []
    var room = 0
    for word in words {
      let needed = width(word)
      if lines.isEmpty || needed + 1 > room {
        lines.append(word)
        room = columns - needed
      } else {
        lines[lines.count - 1] += " \(word)"
        room -= needed + 1
      }
    }
    return lines
  }

  private static func width(of character: Character) -> Int {
    guard let first = character.unicodeScalars.first else { return 0 }
    let isEmojiStyled = character.unicodeScalars.contains { $0.value == 0xFE0F }
    return isEmojiStyled ? 2 : first.columnWidth
  }
}
