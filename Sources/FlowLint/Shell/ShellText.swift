/// What a text for a shell does with variables and commands, as far as that shows without running it.
///
/// It is read as bash, dash and the like read it: quotes, comments, here-documents and substitutions count.
/// Where nobody can know what a text does (`eval`, a sourced file) it says so.
struct ShellText {
  /// A place where a variable is read.
  struct Use {
    var name: String
    /// The name, in bytes of UTF-8.
    var range: Range<Int>
    /// Whether it says what counts when there is no value: `${name:-…}`, `${name+…}`.
    var hasFallback = false
  }

  /// A place from which on a variable has a value of the text's own.
  struct Definition {
    var name: String
    var position: Int
  }

  /// Where variables are read, in order.
  fileprivate(set) var uses: [Use] = []

  /// Names that may be those of variables that are read, as in an index or behind `-v`.
  fileprivate(set) var mentions: Set<String> = []

  /// Where variables are given a value, in order.
  fileprivate(set) var definitions: [Definition] = []

  /// The simple commands, those inside of others first, up to what is not understood.
  fileprivate(set) var commands: [ShellCommand] = []

  /// Whether all commands were understood: there are no functions, no `case`, no backquotes, and nothing
  /// that is not closed.
  var isComplete = true

  /// Whether it has loops or functions, so that what stands behind may be done before.
  var isJumping = false

  /// Whether variables may be given a value where nobody sees it.
  var isOpaque = false

  /// Whether it reads a variable whose name is computed.
  var hasIndirection = false

  private let bytes: [UInt8]

  /// - Complexity: linear in the length of the text.
  init(_ text: String) {
    var reader = ShellReader(text)
    reader.read()
    self = reader.result
  }

  /// Of which nothing is known yet.
  init(unread bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The places where a variable is read that the text has given no value of its own.
  var foreignUses: [Use] {
    if definitions.isEmpty { return uses }
    var first: [String: Int] = [:]
    for definition in definitions where first[definition.name] == nil {
      first[definition.name] = isJumping ? 0 : definition.position
    }
    return uses.filter { use in first[use.name].map { use.range.lowerBound < $0 } ?? true }
  }

  /// A part of the text in Unicode scalars.
  func characters(_ range: Range<Int>) -> Range<Int> {
    let start = bytes[..<range.lowerBound].count { $0 & 0xC0 != 0x80 }
    return start..<start + bytes[range].count { $0 & 0xC0 != 0x80 }
  }

  /// The name that a word may set: of `NAME`, as in `read NAME`, and of `NAME=…`.
  func nameSet(by word: ShellCommand.Word) -> String? {
    if let literal = word.literal, ShellName.isName(literal.utf8) { return literal }
    return nameAssigned(by: word)
  }

  /// The name that a word has in front of `=`, as in `export NAME=…`.
  func nameAssigned(by word: ShellCommand.Word) -> String? {
    guard word.isQuoted, let literal = word.literal else {
      return ShellName.assigned(in: bytes[word.range])
    }
    return ShellName.assigned(in: Array(literal.utf8)[...])
  }
}

extension ShellReader {
  mutating func use(_ name: Name, hasFallback: Bool = false) {
    result.uses.append(
      ShellText.Use(name: name.text, range: name.range, hasFallback: hasFallback))
  }

  mutating func define(_ name: String) {
    result.definitions.append(ShellText.Definition(name: name, position: index))
  }

  /// Notes the names in a part of the text that may be an arithmetic expression.
  mutating func mention(namesIn range: Range<Int>) {
    var rest = bytes[range]
    while let start = rest.firstIndex(where: ShellName.has) {
      let name = rest[start...].prefix(while: ShellName.has)
      if ShellName.begins(bytes[start]) {
        result.mentions.insert(String(decoding: name, as: UTF8.self))
      }
      rest = rest[name.endIndex...]
    }
  }

  mutating func keep(_ command: ShellCommand) {
    if result.isComplete { result.commands.append(command) }
  }
}

/// How the names of variables look.
enum ShellName {
  /// Whether the name of a variable can begin with it.
  static func begins(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "_"):
      true
    default: false
    }
  }

  /// Whether the name of a variable can have it.
  static func has(_ byte: UInt8) -> Bool {
    begins(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  /// Whether all of it is the name of a variable.
  static func isName(_ bytes: some Sequence<UInt8>) -> Bool {
    var isFirst = true
    for byte in bytes {
      guard isFirst ? begins(byte) : has(byte) else { return false }
      isFirst = false
    }
    return !isFirst
  }

  /// The name in `name=…`, `name+=…` and `name[…]=…`.
  static func assigned(in word: ArraySlice<UInt8>) -> String? {
    guard let first = word.first, begins(first) else { return nil }
    let name = word.prefix(while: has)
    let rest = word[name.endIndex...]
    let isAssigned =
      switch rest.first {
      case UInt8(ascii: "="): true
      case UInt8(ascii: "+"): rest.dropFirst().first == UInt8(ascii: "=")
      case UInt8(ascii: "["): rest.contains(UInt8(ascii: "="))
      default: false
      }
    return isAssigned ? String(decoding: name, as: UTF8.self) : nil
  }
}
