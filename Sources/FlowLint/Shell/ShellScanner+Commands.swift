extension ShellScanner {
  mutating func stepInCommands(_ scalar: Unicode.Scalar) {
    switch scalar {
    case " ", "\t", "\r":
      endWord()
      index += 1
    case "\n":
      endCommand()
      index += 1
      openDocuments()
    case "#" where top.word == nil:
      while let next = self.scalar(at: index), next != "\n" { index += 1 }
    case "'":
      index += 1
      if top.word == nil { top.word = Word() }
      skipSingleQuotes()
    case "\"":
      index += 1
      open(.doubleQuotes)
    case "&" where self.scalar(at: index + 1) == ">":
      endWord()
      index += 1
    case ";", "&", "|":
      endCommand()
      index += 1
    case "<", ">": redirection(scalar)
    case "(": parenthesis()
    case ")":
      closeParenthesis()
    default:
      append(scalar)
      index += 1
    }
  }

  private mutating func parenthesis() {
    if let word = top.word {
      index += 1
      if word.text.last == "=" {
        // An array: its elements are no commands.
        open(.commands, closing: ")")
        top.command = "="
      } else if scalar(at: index) == ")" {
        index += 1
        result.isJumping = true
        top.word = nil
      }
      return
    }
    if scalar(at: index + 1) == "(" {
      index += 2
      frames.append(Frame(kind: .arithmetic))
    } else {
      index += 1
      frames.append(Frame(kind: .commands, closing: ")"))
    }
  }

  private mutating func closeParenthesis() {
    index += 1
    if top.closing == ")", top.cases == 0 {
      close()
    } else {
      // It ends a pattern of a `case`.
      top.word = nil
      endCommand()
    }
  }

  /// Reads `<`, `>` and what they begin.
  private mutating func redirection(_ scalar: Unicode.Scalar) {
    // The number of a stream stands in front of it.
    if let word = top.word, !word.isComputed, word.text.allSatisfy(\.isNumber) { top.word = nil }
    endWord()
    index += 1
    switch self.scalar(at: index) {
    case "(":
      index += 1
      open(.commands, closing: ")")
    case "<" where scalar == "<" && self.scalar(at: index + 1) == "<":
      index += 2
      top.expectsFile = true
    case "<" where scalar == "<":
      index += 1
      delimiter()
    case let next:
      if let next, "<>&|".unicodeScalars.contains(next) { index += 1 }
      top.expectsFile = true
    }
  }

  /// Ends a command with its last word.
  mutating func endCommand() {
    endWord()
    top.command = nil
    top.arguments = 0
    top.expectsFile = false
  }

  /// Looks at a word that is complete.
  mutating func endWord() {
    guard top.kind == .commands, let word = top.word else { return }
    top.word = nil
    if top.expectsFile {
      top.expectsFile = false
    } else if let command = top.command {
      top.arguments += 1
      argument(word, of: command)
    } else {
      begin(with: word)
    }
  }

  /// Looks at the first word of a command, or one in front of it.
  private mutating func begin(with word: Word) {
    if let name = Self.assignedName(in: word.text) { return define(name) }
    guard !word.isComputed else {
      top.command = "$"
      return result.commands.append(nil)
    }
    switch word.text {
    case "if", "then", "elif", "else", "fi", "do", "done", "{", "}", "!", "time", "coproc": break
    case "while", "until": result.isJumping = true
    case "esac": top.cases = max(0, top.cases - 1)
    case "case":
      top.cases += 1
      top.command = word.text
    case "for", "select", "function":
      result.isJumping = true
      top.command = word.text
    case "":
      top.command = ""
    default:
      if ["eval", "source", "."].contains(word.text) { result.isOpaque = true }
      top.command = word.text
      result.commands.append(word.text)
    }
  }

  private mutating func argument(_ word: Word, of command: String) {
    let assigned = Self.assignedName(in: word.text)
    let name = assigned ?? (Self.isName(word.text) && !word.isComputed ? word.text : nil)
    switch command {
    case "for", "select":
      if top.arguments == 1, let name { define(name) }
    case "local", "declare", "typeset", "read", "mapfile", "readarray", "unset", "getopts":
      if let name { define(name) }
    case "export", "readonly", "let":
      if let assigned { define(assigned) }
    case "printf":
      if top.arguments == 2, let name { define(name) }
    default: break
    }
  }

  /// The name in `name=…`, `name+=…` and `name[…]=…`.
  private static func assignedName(in text: String) -> String? {
    let name = text.unicodeScalars.prefix { $0.isInShellName }
    guard let first = name.first, first.beginsShellName else { return nil }
    let rest = text.unicodeScalars[name.endIndex...]
    let isAssigned =
      rest.first == "=" || rest.starts(with: "+=".unicodeScalars)
      || (rest.first == "[" && rest.contains("="))
    return isAssigned ? String(String.UnicodeScalarView(name)) : nil
  }

  private static func isName(_ text: String) -> Bool {
    text.unicodeScalars.first?.beginsShellName == true
      && text.unicodeScalars.allSatisfy(\.isInShellName)
  }
}
