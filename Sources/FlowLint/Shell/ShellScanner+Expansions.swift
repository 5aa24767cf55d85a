extension ShellScanner {
  /// Reads what begins with `$`.
  mutating func dollar() {
    let isQuoted = top.kind == .doubleQuotes || top.kind == .document || top.isQuoted
    guard let next = scalar(at: index + 1) else {
      index += 1
      return
    }
    switch next {
    case "(":
      let isArithmetic = scalar(at: index + 2) == "("
      index += isArithmetic ? 3 : 2
      open(isArithmetic ? .arithmetic : .commands, closing: ")")
    case "{":
      index += 2
      parameter(isQuoted: isQuoted)
    case "'" where !isQuoted && top.kind != .arithmetic:
      index += 2
      skipEscapedQuotes()
    case "\"":
      index += 1
    default:
      markComputed()
      if next.beginsShellName {
        index += 1
        use(name())
      } else {
        // One of $1, $$, $?, $@ and the like, or a `$` that stands for itself.
        index += next.isShellDigit || "@*#?$!-".unicodeScalars.contains(next) ? 2 : 1
      }
    }
  }

  private mutating func markComputed() {
    guard top.kind == .commands else { return }
    if top.word == nil { top.word = Word() }
    top.word?.isComputed = true
  }

  /// Reads `${…}` from behind the brace on.
  private mutating func parameter(isQuoted: Bool) {
    open(.parameter, isQuoted: isQuoted)
    if scalar(at: index) == "!" {
      result.hasIndirection = true
      index += 1
    } else if scalar(at: index) == "#", scalar(at: index + 1)?.beginsShellName == true {
      index += 1
    }
    guard scalar(at: index)?.beginsShellName == true else {
      // `$#` and `$$` in braces; a quote is left to be read as one.
      if let special = scalar(at: index), "#$?@*-".unicodeScalars.contains(special) { index += 1 }
      return
    }
    let name = name()
    use(name)
    let operation = scalar(at: index) == ":" ? scalar(at: index + 1) : scalar(at: index)
    if operation == "=" { define(name.text) }
  }

  /// Reads the name of a variable.
  mutating func name() -> (text: String, range: Range<Int>) {
    let start = index
    while let scalar = scalar(at: index), scalar.isInShellName { index += 1 }
    let text = String(String.UnicodeScalarView(scalars[start..<index]))
    return (text, start..<index)
  }

  private mutating func use(_ name: (text: String, range: Range<Int>)) {
    result.uses.append(ShellText.Use(name: name.text, range: name.range))
  }

  mutating func define(_ name: String) {
    result.definitions.append(ShellText.Definition(name: name, position: index))
  }

  /// Skips `$'…'`, in which a backslash escapes a quote.
  private mutating func skipEscapedQuotes() {
    markComputed()
    while let scalar = scalar(at: index) {
      index += scalar == "\\" ? 2 : 1
      if scalar == "'" { return }
    }
  }

  /// In an arithmetic expression a name is a variable without a `$`.
  mutating func stepInArithmetic(_ scalar: Unicode.Scalar) {
    switch scalar {
    case "(":
      top.parentheses += 1
      index += 1
    case ")" where top.parentheses > 0:
      top.parentheses -= 1
      index += 1
    case ")":
      index += self.scalar(at: index + 1) == ")" ? 2 : 1
      close()
    default:
      if scalar.isShellDigit {
        // Digits of another base, such as 0xff and 16#ff.
        while let next = self.scalar(at: index), next.isInShellName || next == "#" { index += 1 }
      } else if scalar.beginsShellName {
        arithmeticName()
      } else {
        index += 1
      }
    }
  }

  private mutating func arithmeticName() {
    let name = name()
    var next = index
    while scalar(at: next) == " " { next += 1 }
    let first = scalar(at: next)
    let second = scalar(at: next + 1)
    let isAssigned = first == "=" && second != "="
    if !isAssigned { use(name) }
    if isAssigned
      || (first.map { "+-*/%&|^".unicodeScalars.contains($0) } ?? false && second == "=")
    {
      define(name.text)
    }
  }
}
