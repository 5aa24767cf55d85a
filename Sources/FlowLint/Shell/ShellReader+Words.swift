extension ShellReader {
  /// What a word is being made of.
  struct WordParts {
    var start: Int
    /// What it is without quotes, from the first quote or backslash on; `nil` while it is as written.
    var text: [UInt8]?
    var variables: [String] = []
    /// Whether the shell puts something into it.
    var isComputed = false
    /// Whether it may stand for several words, or for names of files.
    var isPattern = false
  }

  private mutating func beginWord() {
    if top.word == nil { top.word = WordParts(start: index) }
  }

  /// Adds the byte here to the word.
  mutating func append() {
    beginWord()
    top.word?.text?.append(bytes[index])
    index += 1
  }

  /// Adds the sign here, which means something without quotes.
  mutating func appendSign(_ sign: Unicode.Scalar) {
    switch sign {
    case "*", "?", "[", "{":
      beginWord()
      top.word?.isPattern = true
    case "~" where top.word == nil:
      beginWord()
      top.word?.isPattern = true
    default: break
    }
    append()
  }

  /// From here on the word is not what is written.
  mutating func unquoteWord() {
    beginWord()
    guard let word = top.word, word.text == nil else { return }
    top.word?.text = Array(bytes[word.start..<index])
  }

  /// Says that the shell puts something into the word.
  mutating func markComputed() {
    guard top.kind == .commands else { return }
    beginWord()
    top.word?.isComputed = true
  }

  /// The word that was read up to here.
  mutating func takeWord() -> ShellCommand.Word? {
    guard let parts = top.word else { return nil }
    top.word = nil
    let range = parts.start..<min(index, bytes.count)
    var literal: String?
    if !parts.isComputed {
      let text = String(decoding: parts.text.map { $0[...] } ?? bytes[range], as: UTF8.self)
      if !parts.isPattern || ["[", "[[", "{"].contains(text) { literal = text }
    }
    return ShellCommand.Word(
      range: range, literal: literal, variables: parts.variables, isQuoted: parts.text != nil)
  }

  /// Reads a backslash and what it quotes; a line end behind it is nothing.
  mutating func backslash() {
    guard top.kind == .commands else {
      index = min(index + 2, limit)
      return
    }
    let next = peek(1)
    if top.hasQuote, next.map({ !"$`\"\\\n".unicodeScalars.contains($0) }) ?? true {
      return append()
    }
    guard next != "\n" else {
      if top.word != nil { unquoteWord() }
      index += 2
      return
    }
    unquoteWord()
    index += 1
    if next != nil { append() }
  }

  /// Skips what is in single quotes, from the first one on.
  mutating func singleQuotes() {
    let isWord = top.kind == .commands
    if isWord { unquoteWord() }
    index += 1
    let start = index
    while index < limit, bytes[index] != UInt8(ascii: "'") { index += 1 }
    if isWord { top.word?.text?.append(contentsOf: bytes[start..<index]) }
    if index == limit { result.isComplete = false }
    index = min(index + 1, limit)
  }

  /// Skips `$'…'`, in which a backslash escapes a quote.
  mutating func escapedQuotes() {
    markComputed()
    index += 2
    while let sign = peek() {
      index += sign == "\\" ? 2 : 1
      if sign == "'" { return }
    }
    index = min(index, limit)
    result.isComplete = false
  }
}
