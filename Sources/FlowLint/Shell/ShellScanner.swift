/// Walks through a shell text once, with what is open on a stack of its own.
struct ShellScanner {
  let scalars: [Unicode.Scalar]
  var index = 0
  var frames: [Frame] = []
  var result = ShellText.nothing

  /// Here-documents whose texts begin at the next line.
  var pending: [Document] = []
  /// The here-documents that are being read, inner ones last.
  var documents: [OpenDocument] = [] {
    didSet { limit = documents.last?.end ?? scalars.count }
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
    /// Parentheses that are open in an arithmetic expression.
    var parentheses = 0
    /// `case`s without their `esac`.
    var cases = 0
    /// The word that is being read.
    var word: Word?
    /// The command whose arguments come next; `nil` where a command begins.
    var command: String?
    /// How many arguments it has had.
    var arguments = 0
    /// Whether the next word is a file that something is redirected to or from.
    var expectsFile = false
  }

  enum Kind {
    case commands
    case doubleQuotes
    case parameter
    case arithmetic
    case document
  }

  struct Word {
    var text = ""
    var isComputed = false
  }

  /// `<<END`, and how its text is read.
  struct Document {
    var delimiter: [Unicode.Scalar]
    var stripsTabs: Bool
    var isQuoted: Bool
  }

  struct OpenDocument {
    /// Its frame, as a position in `frames`.
    var frame: Int
    var end: Int
    /// Where the text goes on behind the delimiter.
    var resume: Int
  }

  init(_ text: String) {
    scalars = Array(text.unicodeScalars)
    limit = scalars.count
    frames = [Frame(kind: .commands)]
  }

  mutating func scan() {
    while true {
      if let document = documents.last, index >= document.end {
        closeDocument(document)
      } else if index < scalars.count {
        step()
      } else {
        break
      }
    }
    while !frames.isEmpty {
      endCommand()
      frames.removeLast()
    }
  }

  /// The scalar at a position of what is being read.
  func scalar(at position: Int) -> Unicode.Scalar? {
    position < limit ? scalars[position] : nil
  }

  var top: Frame {
    get { frames[frames.count - 1] }
    set { frames[frames.count - 1] = newValue }
  }

  private mutating func step() {
    let scalar = scalars[index]
    switch scalar {
    case "\\":
      if top.kind == .commands, let next = self.scalar(at: index + 1), next != "\n" {
        append(next)
      }
      index += 2
    case "$": dollar()
    case "`": backquote()
    default:
      switch top.kind {
      case .commands: stepInCommands(scalar)
      case .doubleQuotes:
        index += 1
        if scalar == "\"" { close() }
      case .parameter: stepInParameter(scalar)
      case .arithmetic: stepInArithmetic(scalar)
      case .document: index += 1
      }
    }
  }

  /// Opens something that becomes a part of the word around it.
  mutating func open(
    _ kind: Kind, closing: Unicode.Scalar? = nil, isQuoted: Bool = false
  ) {
    if top.kind == .commands {
      if top.word == nil { top.word = Word() }
      top.word?.isComputed = true
    }
    frames.append(Frame(kind: kind, closing: closing, isQuoted: isQuoted))
  }

  /// Closes the innermost frame; the outermost stays.
  mutating func close() {
    if top.kind == .commands { endCommand() }
    if frames.count > 1, top.kind != .document { frames.removeLast() }
  }

  private mutating func backquote() {
    index += 1
    if top.kind == .commands, top.closing == "`" {
      close()
    } else {
      open(.commands, closing: "`")
    }
  }

  private mutating func stepInParameter(_ scalar: Unicode.Scalar) {
    index += 1
    switch scalar {
    case "}": close()
    case "\"": open(.doubleQuotes)
    case "'": if !top.isQuoted { skipSingleQuotes() }
    default: break
    }
  }

  /// Skips what is in single quotes, from behind the first one on.
  mutating func skipSingleQuotes() {
    while let scalar = scalar(at: index) {
      index += 1
      if scalar == "'" { return }
      if top.kind == .commands { append(scalar) }
    }
  }

  mutating func append(_ scalar: Unicode.Scalar) {
    // In place, so that a long word is not copied for each of its scalars.
    let last = frames.count - 1
    if frames[last].word == nil { frames[last].word = Word() }
    frames[last].word?.text.unicodeScalars.append(scalar)
  }
}

extension Unicode.Scalar {
  /// Whether the name of a variable can begin with it.
  var beginsShellName: Bool {
    ("a"..."z").contains(self) || ("A"..."Z").contains(self) || self == "_"
  }

  var isShellDigit: Bool { ("0"..."9").contains(self) }

  /// Whether the name of a variable can have it.
  var isInShellName: Bool { beginsShellName || isShellDigit }
}
