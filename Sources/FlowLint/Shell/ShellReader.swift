/// Walks through a shell text once, with what is open on a stack of its own.
///
/// Its grammar is POSIX's (2.9 and 2.10) with bash's `[[`, arrays, here-strings and process substitutions.
struct ShellReader {
  let bytes: [UInt8]
  var index = 0
  var result: ShellText

  /// The innermost thing that is open, and those around it, the outermost first.
  var top = Frame(kind: .commands)
  private(set) var outer: [Frame] = []

  /// Here-documents whose texts begin at the next line.
  var pending: [Document] = []
  /// The here-documents that are being read, inner ones last.
  var documents: [OpenDocument] = [] {
    didSet { limit = documents.last?.end ?? bytes.count }
  }
  /// Where the innermost of them ends, or the text.
  private(set) var limit: Int

  /// Something that is not closed yet.
  struct Frame {
    var kind: Kind
    /// What closes a list of commands.
    var closing: Unicode.Scalar?
    /// Whether it is inside double quotes.
    var isQuoted = false
    /// Whether double quotes are open in it.
    var hasQuote = false
    /// Parentheses that are open in an arithmetic expression.
    var parentheses = 0
    /// `case`s without their `esac`.
    var cases = 0
    /// The word that is being read.
    var word: WordParts?
    /// The command that is being read.
    var command = ShellCommand()
    /// Whether the next word is a file that something is redirected to or from.
    var expectsFile = false
    /// Whether it is between `[[` and `]]`.
    var isCondition = false
    /// Whether its words are the elements of an array.
    var isArray = false
  }

  enum Kind {
    case commands
    case parameter
    case arithmetic
    case document
  }

  /// `<<END`, and how its text is read.
  struct Document {
    var delimiter: [UInt8]
    var stripsTabs: Bool
    var isQuoted: Bool
  }

  struct OpenDocument {
    /// How much is open around it.
    var depth: Int
    var end: Int
    /// Where the text goes on behind the delimiter.
    var resume: Int
  }

  init(_ text: String) {
    bytes = Array(text.utf8)
    limit = bytes.count
    result = ShellText(unread: bytes)
  }

  mutating func read() {
    while true {
      if let document = documents.last, index >= document.end {
        closeDocument(document)
      } else if index < bytes.count {
        step(Unicode.Scalar(bytes[index]))
      } else {
        break
      }
    }
    index = bytes.count
    if !outer.isEmpty { result.isComplete = false }
    endFrame()
    while !outer.isEmpty {
      pop()
      endFrame()
    }
  }

  /// A byte from here on; one that is no ASCII is the Latin-1 character of its number, which has no meaning.
  func peek(_ ahead: Int = 0) -> Unicode.Scalar? {
    index + ahead < limit ? Unicode.Scalar(bytes[index + ahead]) : nil
  }

  private mutating func step(_ sign: Unicode.Scalar) {
    switch sign {
    case "\\": backslash()
    case "$": dollar()
    case "`": backquote()
    case "\"" where top.kind == .commands || top.kind == .parameter:
      if top.kind == .commands { unquoteWord() }
      top.hasQuote.toggle()
      index += 1
    default:
      switch top.kind {
      case .commands:
        if top.hasQuote { append() } else { stepInCommands(sign) }
      case .parameter: stepInParameter(sign)
      case .arithmetic: stepInArithmetic(sign)
      case .document: index += 1
      }
    }
  }

  // MARK: What is open

  /// Opens something that becomes a part of the word around it.
  mutating func open(
    _ kind: Kind, closing: Unicode.Scalar? = nil, isQuoted: Bool = false
  ) {
    markComputed()
    push(Frame(kind: kind, closing: closing, isQuoted: isQuoted))
  }

  mutating func push(_ frame: Frame) {
    outer.append(top)
    top = frame
  }

  mutating func pop() {
    if let frame = outer.popLast() { top = frame }
  }

  /// Closes the innermost thing that is open; the text itself and its here-documents stay.
  mutating func close() {
    endFrame()
    if !outer.isEmpty, top.kind != .document { pop() }
  }

  private mutating func endFrame() {
    endWord()
    if top.hasQuote || top.isCondition { result.isComplete = false }
    endCommand()
  }

  /// Adds a variable's whole value to the word that is being read, which is that of the frame around `${…}`.
  mutating func addVariable(_ name: String, around: Bool) {
    if around {
      outer[outer.count - 1].word?.variables.append(name)
    } else {
      top.word?.variables.append(name)
    }
  }

  private mutating func backquote() {
    // What a backslash means in backquotes is not followed.
    result.isComplete = false
    if top.kind == .commands, top.closing == "`" {
      close()
    } else {
      open(.commands, closing: "`")
    }
    index += 1
  }
}
