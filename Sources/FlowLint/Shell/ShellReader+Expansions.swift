extension ShellReader {
  /// The name of a variable, and where it stands.
  struct Name {
    var text: String
    var range: Range<Int>
  }

  /// Reads what begins with `$`.
  mutating func dollar() {
    let isQuoted = top.hasQuote || top.isQuoted || top.kind == .document
    guard let next = peek(1) else { return standForItself() }
    switch next {
    case "(":
      let isArithmetic = peek(2) == "("
      open(isArithmetic ? .arithmetic : .commands, closing: ")")
      index += isArithmetic ? 3 : 2
    case "[":
      // An old form of arithmetic.
      open(.arithmetic, closing: "]")
      index += 2
    case "{": parameter(isQuoted: isQuoted)
    case "'" where !isQuoted && top.kind != .arithmetic: escapedQuotes()
    case "\"" where !isQuoted:
      if top.kind == .commands { unquoteWord() }
      index += 1
    case "0"..."9", "@", "*", "#", "?", "$", "!", "-":
      markComputed()
      index += 2
    case _ where ShellName.begins(UInt8(truncatingIfNeeded: next.value)):
      markComputed()
      index += 1
      let name = name()
      use(name)
      addVariable(name.text, around: false)
    default: standForItself()
    }
  }

  private mutating func standForItself() {
    if top.kind == .commands { append() } else { index += 1 }
  }

  /// Reads the name of a variable.
  private mutating func name() -> Name {
    let start = index
    while index < limit, ShellName.has(bytes[index]) { index += 1 }
    return Name(
      text: String(decoding: bytes[start..<index], as: UTF8.self), range: start..<index)
  }

  private var beginsName: Bool { index < limit && ShellName.begins(bytes[index]) }

  /// Reads `${…}` up to behind the name.
  private mutating func parameter(isQuoted: Bool) {
    open(.parameter, isQuoted: isQuoted)
    index += 2
    var isValue = true
    let isIndirect = peek() == "!"
    if isIndirect {
      result.hasIndirection = true
      isValue = false
      index += 1
    } else if peek() == "#", index + 1 < limit, ShellName.begins(bytes[index + 1]) {
      isValue = false
      index += 1
    }
    guard beginsName else {
      // `$#` and `$$` in braces; a quote is left to be read as one.
      if let sign = peek(), "#$?@*-".unicodeScalars.contains(sign) { index += 1 }
      return
    }
    let name = name()
    // `${!a*}` and `${!a@}` give names that begin so, and no value.
    if isIndirect, let sign = peek(), sign == "*" || sign == "@", peek(1) == "}" { return }
    let sign = peek() == ":" ? peek(1) : peek()
    use(name, hasFallback: sign.map { "-=+?".unicodeScalars.contains($0) } ?? false)
    if isValue, isWhole { addVariable(name.text, around: true) }
    if (peek() == ":" ? peek(1) : peek()) == "=" { define(name.text) }
    if peek() == "[" || peek() == ":" && !isWhole { mentionInParameter() }
  }

  /// Notes the names in the index or the offsets of `${…}`, which are arithmetic expressions.
  private mutating func mentionInParameter() {
    let rest = index..<min(limit, index + Self.longestIndex)
    let end = bytes[rest].firstIndex(of: UInt8(ascii: "}")) ?? rest.upperBound
    mention(namesIn: index..<end)
  }

  /// So that brackets in brackets are not read again and again.
  private static let longestIndex = 256

  /// Whether what stands behind a name in `${…}` leaves its value as it is, if it has one.
  private var isWhole: Bool {
    switch peek() {
    case "}", "-", "=", "?": true
    case ":": peek(1).map { "-=?".unicodeScalars.contains($0) } ?? false
    default: false
    }
  }

  mutating func stepInParameter(_ sign: Unicode.Scalar) {
    switch sign {
    case "}" where !top.hasQuote:
      close()
      index += 1
    case "'" where !top.isQuoted && !top.hasQuote: singleQuotes()
    default: index += 1
    }
  }

  // MARK: Arithmetic

  /// In an arithmetic expression a name is a variable without a `$`.
  mutating func stepInArithmetic(_ sign: Unicode.Scalar) {
    let isOld = top.closing == "]"
    switch sign {
    case isOld ? "[" : "(":
      top.parentheses += 1
      index += 1
    case isOld ? "]" : ")":
      if top.parentheses > 0 {
        top.parentheses -= 1
        index += 1
      } else {
        index += !isOld && peek(1) == ")" ? 2 : 1
        close()
      }
    case "'", "\"":
      result.isComplete = false
      index += 1
    case "0"..."9":
      // Digits of another base, such as 0xff and 16#ff.
      while let next = peek(), next == "#" || ShellName.has(bytes[index]) { index += 1 }
    default:
      if beginsName { arithmeticName() } else { index += 1 }
    }
  }

  private mutating func arithmeticName() {
    let name = name()
    var next = 0
    while peek(next) == " " { next += 1 }
    let first = peek(next)
    let second = peek(next + 1)
    let isAssigned = first == "=" && second != "="
    if !isAssigned { use(name) }
    if isAssigned
      || (first.map { "+-*/%&|^".unicodeScalars.contains($0) } ?? false && second == "=")
    {
      define(name.text)
    }
  }
}
