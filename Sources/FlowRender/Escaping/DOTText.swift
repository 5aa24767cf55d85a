import FlowDiagnostics

/// The only way in which text gets into a DOT file: a quoted string that Graphviz shows as it is.
enum DOTText {
  /// The text in quotes.
  ///
  /// Backslashes are doubled, since labels know `\N`, `\G` and `\l`; `&` is written as an entity,
  /// since Graphviz decodes entities in labels; a quote is escaped for the language.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in VisibleText.paragraph(text).unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "&": result += "&amp;"
      case "\n": result += "\\n"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
