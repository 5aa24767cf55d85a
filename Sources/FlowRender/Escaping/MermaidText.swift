import FlowDiagnostics

/// The only way in which text gets into a Mermaid diagram: a quoted label without markup.
enum MermaidText {
  /// The text in quotes.
  ///
  /// Mermaid has no escape character, but decodes `#35;` and the like in labels. Everything that
  /// its parser, Markdown or HTML could take for something else is written so; a leading list
  /// marker as well, since it is refused as "unsupported markdown".
  static func quoted(_ text: String) -> String {
    "\"\(escaped(text))\""
  }

  /// Two lines in quotes; the break between them is the writer's own markup.
  static func quoted(_ first: String, _ second: String) -> String {
    "\"\(escaped(first))<br/>\(escaped(second))\""
  }

  private static func escaped(_ text: String) -> String {
    var result = ""
    var isAtStart = true
    for scalar in VisibleText.line(text).unicodeScalars {
      switch scalar {
      case "a"..."z", "A"..."Z":
        result.unicodeScalars.append(scalar)
        isAtStart = false
      case "0"..."9", " ": result.unicodeScalars.append(scalar)
      case "-", "_", ".", ",", ":", "/", "(", ")", "+", "=":
        result += isAtStart ? "#\(scalar.value);" : String(scalar)
      case let other where other.isASCII: result += "#\(other.value);"
      default:
        result.unicodeScalars.append(scalar)
        isAtStart = false
      }
    }
    return result.isEmpty ? " " : result
  }
}
