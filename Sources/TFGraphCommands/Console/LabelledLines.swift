import FlowDiagnostics

/// Entries beside a label, broken at spaces so that they stay beside it.
enum LabelledLines {
  /// The lines of a label; none without entries.
  ///
  /// - Parameters:
  ///   - label: what the entries are.
  ///   - entries: texts that a terminal can show; each begins a line.
  ///   - width: the columns of a line; a longer word has a line of its own.
  ///   - indentation: where the entries begin.
  static func text(
    _ label: String, _ entries: [String], width: Int, indentation: Int = 14
  ) -> String {
    var text = ""
    for (index, entry) in entries.enumerated() {
      let head = index == 0 ? "  " + label : ""
      let margin = head + String(repeating: " ", count: max(1, indentation - columns(of: head)))
      text += wrapped(entry, first: margin, indentation: indentation, width: width)
    }
    return text
  }

  /// A text as lines of at most `width` columns, each but the first indented.
  static func wrapped(_ entry: String, first: String, indentation: Int, width: Int) -> String {
    var (text, line) = ("", first)
    var used = columns(of: first)
    var isFresh = true
    for word in entry.split(separator: " ") {
      let wordColumns = columns(of: word)
      if !isFresh, used + 1 + wordColumns > width {
        text += line + "\n"
        line = String(repeating: " ", count: indentation)
        used = indentation
        isFresh = true
      }
      line += (isFresh ? "" : " ") + word
      used += wordColumns + (isFresh ? 0 : 1)
      isFresh = false
    }
    return text + line + "\n"
  }

  /// How many columns of a terminal a text takes.
  static func columns(of text: some StringProtocol) -> Int {
    text.unicodeScalars.reduce(0) { $0 + $1.columnWidth }
  }
}
