import FlowDiagnostics

/// A part of a JSON Schema: JSON whose keys stay in the order in which they were given.
indirect enum SchemaNode: Sendable {
  case flag(Bool)
  case number(Int)
  case text(String)
  case list([SchemaNode])
  case object([(key: String, value: SchemaNode)])

  /// A list of texts.
  static func texts(_ texts: [String]) -> SchemaNode { .list(texts.map { .text($0) }) }

  /// The JSON text, with two spaces for each level, and lists of texts in one line.
  func text(indentation: String = "") -> String {
    let inner = indentation + "  "
    switch self {
    case .flag(let flag): return flag ? "true" : "false"
    case .number(let number): return String(number)
    case .text(let text): return JSONText.quoted(text)
    case .list(let items):
      let parts = items.map { $0.text(indentation: inner) }
      guard items.contains(where: \.isObject) else {
        return "[\(parts.joined(separator: ", "))]"
      }
      return "[\n\(inner)\(parts.joined(separator: ",\n" + inner))\n\(indentation)]"
    case .object(let entries):
      if entries.isEmpty { return "{}" }
      let parts = entries.map { "\(JSONText.quoted($0)): \($1.text(indentation: inner))" }
      return "{\n\(inner)\(parts.joined(separator: ",\n" + inner))\n\(indentation)}"
    }
  }

  private var isObject: Bool {
    if case .object = self { true } else { false }
  }
}
