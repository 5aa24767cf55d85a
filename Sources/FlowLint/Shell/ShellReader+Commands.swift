extension ShellReader {
  mutating func stepInCommands(_ sign: Unicode.Scalar) {
    switch sign {
    case " ", "\t", "\r":
      endWord()
      index += 1
    case "\n":
      endWord()
      if !top.isCondition, !top.isArray { endCommand() }
      index += 1
      openDocuments()
    case "#" where top.word == nil:
      while index < limit, bytes[index] != UInt8(ascii: "\n") { index += 1 }
    case "'": singleQuotes()
    case "<", ">", "&", "|", ";", "(", ")":
      // The word may be the one that ends the condition.
      if top.isCondition { endWord() }
      if top.isCondition { index += 1 } else { control(sign) }
    default: appendSign(sign)
    }
  }

  private mutating func control(_ sign: Unicode.Scalar) {
    switch sign {
    case "<", ">": redirection(sign)
    case "(": parenthesis()
    case ")": closeParenthesis()
    case "&" where peek(1) == ">":
      endWord()
      index += 1
    default:
      endCommand()
      index += 1
    }
  }

  private mutating func parenthesis() {
    if top.word != nil {
      if bytes[index - 1] == UInt8(ascii: "=") {
        open(.commands, closing: ")")
        top.isArray = true
      } else {
        let isFunction = peek(1) == ")"
        notUnderstood(isFunction: isFunction)
        if isFunction {
          top.word = nil
          index += 1
        }
      }
      index += 1
    } else if !top.command.isEmpty {
      var behind = 1
      while let sign = peek(behind), sign == " " || sign == "\t" { behind += 1 }
      let isFunction = peek(behind) == ")"
      notUnderstood(isFunction: isFunction)
      top.command = ShellCommand()
      index += 1
      if isFunction { index += behind } else { push(Frame(kind: .commands, closing: ")")) }
    } else if peek(1) == "(" {
      push(Frame(kind: .arithmetic))
      index += 2
    } else {
      push(Frame(kind: .commands, closing: ")"))
      index += 1
    }
  }

  private mutating func notUnderstood(isFunction: Bool) {
    result.isComplete = false
    if isFunction { result.isJumping = true }
  }

  private mutating func closeParenthesis() {
    if top.closing == ")", top.cases == 0 {
      close()
    } else if top.cases > 0 {
      // It ends a pattern of a `case`.
      top.word = nil
      endCommand()
    } else {
      endCommand()
      result.isComplete = false
    }
    index += 1
  }

  /// Reads `<`, `>` and what they begin.
  private mutating func redirection(_ sign: Unicode.Scalar) {
    if peek(1) == "(" {
      open(.commands, closing: ")")
      index += 2
      return
    }
    takeStream()
    endWord()
    index += 1
    guard sign == "<", peek() == "<" else {
      if let next = peek(), "<>&|".unicodeScalars.contains(next) { index += 1 }
      top.expectsFile = true
      return
    }
    index += 1
    if peek() == "<" {
      index += 1
      top.expectsFile = true
    } else {
      delimiter()
    }
  }

  /// Takes what says which stream is redirected: its number, or `{name}` for the variable that is given one.
  private mutating func takeStream() {
    guard let word = top.word, word.text == nil, !word.isComputed else { return }
    let text = bytes[word.start..<index]
    if text.allSatisfy({ (0x30...0x39).contains($0) }) {
      top.word = nil
    } else if text.first == UInt8(ascii: "{"), text.last == UInt8(ascii: "}"),
      ShellName.isName(text.dropFirst().dropLast())
    {
      define(String(decoding: text.dropFirst().dropLast(), as: UTF8.self))
      top.word = nil
    }
  }

  /// Ends a command with its last word.
  mutating func endCommand() {
    guard top.kind == .commands else { return }
    endWord()
    if top.expectsFile {
      top.expectsFile = false
      result.isComplete = false
    }
    guard !top.command.isEmpty else { return }
    keep(top.command)
    top.command = ShellCommand()
  }

  /// Looks at a word that is complete.
  mutating func endWord() {
    guard top.kind == .commands, let word = takeWord(), !top.isArray else { return }
    if top.isCondition {
      if word.literal == "]]" { top.isCondition = false }
      mention(namesIn: word.range)
    } else if top.expectsFile {
      top.expectsFile = false
      top.command.targets.append(word)
    } else if top.command.words.isEmpty {
      begin(with: word)
    } else if top.command.words[0].literal == "function" {
      // What follows on its name is a command.
      top.command = ShellCommand()
    } else {
      argument(word)
      top.command.words.append(word)
    }
  }

  /// Looks at the first word of a command, or one in front of it.
  private mutating func begin(with word: ShellCommand.Word) {
    if let name = ShellName.assigned(in: bytes[word.range]) {
      define(name)
      // The index of an element is an arithmetic expression.
      let behind = bytes[word.range.lowerBound + name.utf8.count..<word.range.upperBound]
      if behind.first == UInt8(ascii: "[") {
        let end = behind.firstIndex(of: UInt8(ascii: "=")) ?? behind.endIndex
        mention(namesIn: behind.startIndex..<end)
      }
      top.command.assignments.append(word)
      return
    }
    if !word.isQuoted, let name = word.literal {
      if top.command.assignments.isEmpty, isKeyword(name) { return }
      if name == "[[" { top.isCondition = true }
    }
    if let name = word.literal, ["eval", "source", "."].contains(name) { result.isOpaque = true }
    top.command.words.append(word)
  }

  /// Whether a word is one behind which a command begins.
  private mutating func isKeyword(_ name: String) -> Bool {
    switch name {
    case "if", "then", "elif", "else", "fi", "do", "done", "{", "}", "!", "time": return true
    case "while", "until":
      result.isJumping = true
      return true
    case "coproc":
      // It has the name of an array in front of its command, or not.
      result.isComplete = false
      result.isOpaque = true
      return true
    case "case":
      result.isComplete = false
      top.cases += 1
      return false
    case "esac":
      top.cases = max(0, top.cases - 1)
      return true
    case "for":
      result.isJumping = true
      return false
    case "select", "function":
      result.isJumping = true
      result.isComplete = false
      return false
    default: return false
    }
  }

  /// Looks at an argument of the command that is being read, which does not have it yet.
  private mutating func argument(_ word: ShellCommand.Word) {
    let words = top.command.words.drop { ["command", "builtin"].contains($0.literal) }
    guard let command = words.first?.literal else { return }
    switch command {
    case "for", "select":
      if words.count == 1, let name = result.nameSet(by: word) { define(name) }
    case "test", "[": mention(namesIn: word.range)
    case "wait":
      if words.last?.literal == "-p", let name = result.nameSet(by: word) { define(name) }
    case "local", "declare", "typeset", "read", "mapfile", "readarray", "unset", "getopts":
      if let name = result.nameSet(by: word) { define(name) }
    case "let":
      mention(namesIn: word.range)
      if let name = result.nameAssigned(by: word) { define(name) }
    case "export", "readonly":
      if let name = result.nameAssigned(by: word) { define(name) }
    case "printf":
      if words.count == 2, words.last?.literal == "-v", let name = result.nameSet(by: word) {
        define(name)
      }
    default: break
    }
  }
}
