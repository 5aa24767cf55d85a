/// A JSON value whose keys keep their order, for output whose bytes are a promise.
enum JSONTree {
  case string(String)
  case int(Int)
  case bool(Bool)
  case list([JSONTree])
  case members([(key: String, value: JSONTree)])

  /// An object without the members that are `nil`.
  static func object(_ members: KeyValuePairs<String, JSONTree?>) -> JSONTree {
    .members(members.compactMap { key, value in value.map { (key, $0) } })
  }

  /// The value in one line.
  ///
  /// - Complexity: linear in its size.
  var line: String {
    var text = ""
    append(to: &text)
    return text
  }

  private func append(to text: inout String) {
    switch self {
    case .string(let value): text += JSONText.quoted(value)
    case .int(let value): text += String(value)
    case .bool(let value): text += value ? "true" : "false"
    case .list(let values):
      text += "["
      for (index, value) in values.enumerated() {
        if index > 0 { text += ", " }
        value.append(to: &text)
      }
      text += "]"
    case .members(let members):
      text += "{"
      for (index, member) in members.enumerated() {
        if index > 0 { text += ", " }
        text += JSONText.quoted(member.key) + ": "
        member.value.append(to: &text)
      }
      text += "}"
    }
  }
}
