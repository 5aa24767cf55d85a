extension ShellParser {
  /// What a word is being made of.
  struct WordParts {
    var literal: String.UnicodeScalarView? = .init()
    var variables: [String] = []
    var isQuoted = false
    var isPattern = false

    mutating func append(_ scalar: Unicode.Scalar) { literal?.append(scalar) }
  }

  /// Reads one word.
  mutating func word() throws(NotUnderstood) -> ShellCommands.Word {
    let start = index
    var parts = WordParts()
    while let scalar = peek(), isWord(scalar) {
      switch scalar {
      case "'": try singleQuoted(&parts)
      case "\"": try doubleQuoted(&parts)
      case "\\": escape(&parts)
      case "`": throw NotUnderstood()
      case "$": try dollar(&parts, inQuotes: false)
      case "<", ">":
        index += 2
        try nested(&parts)
      default:
        if Self.patternSigns.contains(scalar) || (scalar == "~" && index == start) {
          parts.isPattern = true
        }
        parts.append(scalar)
        index += 1
      }
    }
    guard index > start else { throw NotUnderstood() }
    return ShellCommands.Word(
      range: start..<index, literal: Self.literal(of: parts), variables: parts.variables,
      isQuoted: parts.isQuoted)
  }

  private static let patternSigns: Set<Unicode.Scalar> = ["*", "?", "[", "{"]

  /// What a word is, unless it is a pattern for names of files, or of several words.
  private static func literal(of parts: WordParts) -> String? {
    guard let scalars = parts.literal else { return nil }
    let text = String(scalars)
    return !parts.isPattern || ["[", "[[", "{"].contains(text) ? text : nil
  }

  private func isWord(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case " ", "\t", "\n", ";", "&", "|", "(", ")": false
    case "<", ">": peek(1) == "("
    default: true
    }
  }

  private mutating func singleQuoted(_ parts: inout WordParts) throws(NotUnderstood) {
    parts.isQuoted = true
    index += 1
    while let scalar = peek() {
      index += 1
      if scalar == "'" { return }
      parts.append(scalar)
    }
    throw NotUnderstood()
  }

  private mutating func doubleQuoted(_ parts: inout WordParts) throws(NotUnderstood) {
    parts.isQuoted = true
    index += 1
    while let scalar = peek() {
      switch scalar {
      case "\"":
        index += 1
        return
      case "\\":
        if let next = peek(1), "$`\"\\\n".unicodeScalars.contains(next) {
          escape(&parts)
        } else {
          parts.append(scalar)
          index += 1
        }
      case "`": throw NotUnderstood()
      case "$": try dollar(&parts, inQuotes: true)
      default:
        parts.append(scalar)
        index += 1
      }
    }
    throw NotUnderstood()
  }

  /// Reads a backslash and what it quotes; a line end behind it is nothing.
  private mutating func escape(_ parts: inout WordParts) {
    if let next = peek(1), next != "\n" {
      parts.isQuoted = true
      parts.append(next)
    }
    index = min(index + 2, scalars.count)
  }

  // MARK: Expansions

  private mutating func dollar(
    _ parts: inout WordParts, inQuotes: Bool
  ) throws(NotUnderstood) {
    guard let next = peek(1) else {
      parts.append("$")
      index += 1
      return
    }
    switch next {
    case "(" where peek(2) == "(":
      parts.literal = nil
      try arithmetic()
    case "(":
      index += 2
      try nested(&parts)
    case "{": try parameter(&parts, inQuotes: inQuotes)
    case "'" where !inQuotes:
      parts.literal = nil
      index += 2
      try skipANSIQuoted()
    case "\"" where !inQuotes: index += 1
    case "0"..."9", "@", "*", "#", "?", "-", "$", "!":
      parts.literal = nil
      index += 2
    case let next where Self.isName(next):
      parts.literal = nil
      index += 1
      parts.variables.append(name())
    default:
      parts.append("$")
      index += 1
    }
  }

  private mutating func name() -> String {
    var name = String.UnicodeScalarView()
    while let scalar = peek(), Self.isName(scalar) {
      name.append(scalar)
      index += 1
    }
    return String(name)
  }

  /// Reads a list of commands whose output becomes a part of the word.
  private mutating func nested(_ parts: inout WordParts) throws(NotUnderstood) {
    parts.literal = nil
    try list(isNested: true)
    index += 1
  }

  private mutating func skipANSIQuoted() throws(NotUnderstood) {
    while let scalar = peek() {
      index += scalar == "\\" ? 2 : 1
      if scalar == "'" { return }
    }
    throw NotUnderstood()
  }

  private mutating func arithmetic() throws(NotUnderstood) {
    index += 3
    var open = 2
    while let scalar = peek() {
      index += 1
      switch scalar {
      case "(": open += 1
      case ")": open -= 1
      case "'", "\"", "`": throw NotUnderstood()
      default: break
      }
      if open == 0 { return }
    }
    throw NotUnderstood()
  }

  /// Reads `${…}`.
  private mutating func parameter(
    _ parts: inout WordParts, inQuotes: Bool
  ) throws(NotUnderstood) {
    depth += 1
    guard depth <= Self.deepest else { throw NotUnderstood() }
    defer { depth -= 1 }
    parts.literal = nil
    index += 2
    let isOther = peek() == "!" || peek() == "#"
    if isOther { index += 1 }
    let name = name()
    if !isOther, !name.isEmpty, isWholeValue { parts.variables.append(name) }
    // What is put in its place if it has no value is not certain to be there.
    var rest = WordParts()
    while let scalar = peek() {
      switch scalar {
      case "}":
        index += 1
        return
      case "'" where !inQuotes: try singleQuoted(&rest)
      case "\"": try doubleQuoted(&rest)
      case "\\": escape(&rest)
      case "`": throw NotUnderstood()
      case "$": try dollar(&rest, inQuotes: inQuotes)
      default: index += 1
      }
    }
    throw NotUnderstood()
  }

  /// Whether what stands behind a name in `${…}` leaves its value as it is, if it has one.
  private var isWholeValue: Bool {
    switch peek() {
    case "}", "-", "=", "?": true
    case ":": peek(1).map { "-=?".unicodeScalars.contains($0) } ?? false
    default: false
    }
  }
}
