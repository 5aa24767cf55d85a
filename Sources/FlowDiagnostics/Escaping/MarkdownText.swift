/// The only way in which text gets into a Markdown file: as words that are nothing but words, or as
/// code of any length.
package enum MarkdownText {
  /// The text on one line, with everything escaped that GitHub's Markdown could take for markup.
  package static func escaped(_ text: String) -> String {
    var result = ""
    var isAtStart = true
    var isNumber = true
    for scalar in VisibleText.line(spaced(text), limit: 4_000).unicodeScalars {
      switch scalar {
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "&": result += "&amp;"
      // GitHub tells a person whose name follows; nothing but a comment between the two keeps it from that.
      case "@": result += "@<!-- -->"
      // A backslash does not keep `$` from starting a formula.
      case "$": result += "&#36;"
      case "\\", "`", "*", "_", "[", "]", "|", "~", "#", "{", "}": result += "\\\(scalar)"
      case "+", "-", "=", ":": result += isAtStart ? "\\\(scalar)" : "\(scalar)"
      case ".", ")": result += isNumber && !isAtStart ? "\\\(scalar)" : "\(scalar)"
      case " ": result += isAtStart ? "" : " "
      default: result.unicodeScalars.append(scalar)
      }
      if !("0"..."9").contains(scalar) { isNumber = false }
      if scalar != " " { isAtStart = false }
    }
    return result
  }

  /// The text as code within a line.
  ///
  /// - Parameter isInTable: whether it stands in a cell, which `|` would end even in code.
  package static func code(_ text: String, isInTable: Bool = false) -> String {
    var line = VisibleText.line(spaced(text), limit: 4_000)
    if line.allSatisfy({ $0 == " " }) { return "*(empty)*" }
    if isInTable {
      line = line.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
    }
    let fence = String(repeating: "`", count: longestRun(of: "`", in: line) + 1)
    let edges: [Character] = ["`", " "]
    let padding = edges.contains(line.first ?? " ") || edges.contains(line.last ?? " ") ? " " : ""
    return fence + padding + line + padding + fence
  }

  /// The text as lines of code.
  package static func codeBlock(_ text: String, language: String) -> [String] {
    let lines = VisibleText.paragraph(CodeText.plain(text), limit: CodeText.limit)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let longest = lines.map { longestRun(of: "`", in: $0) }.max() ?? 0
    let fence = String(repeating: "`", count: max(3, longest + 1))
    return [fence + language] + lines + [fence]
  }

  private static func spaced(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).joined(separator: " ")
  }

  private static func longestRun(of mark: Unicode.Scalar, in line: String) -> Int {
    var (longest, run) = (0, 0)
    for scalar in line.unicodeScalars {
      run = scalar == mark ? run + 1 : 0
      longest = max(longest, run)
    }
    return longest
  }
}

/// Text of another language, before a page shows it.
package enum CodeText {
  /// How many characters are shown.
  package static let limit = 4_000

  /// The text without line ends at its end, and with spaces for its tabs.
  package static func plain(_ text: String) -> String {
    var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    while lines.last?.allSatisfy(\.isWhitespace) ?? false { lines.removeLast() }
    return lines.joined(separator: "\n").replacing("\t", with: "    ")
  }
}
