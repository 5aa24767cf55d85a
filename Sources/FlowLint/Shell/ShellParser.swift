/// Reads a shell text as far as its commands and words need it, and gives up on all else.
///
/// It gives up on what would need the whole language: functions, `case`, arithmetic commands, arrays and
/// backquotes. What it reads is read as POSIX's grammar (2.9 and 2.10) has it, with bash's `[[`, here-strings
/// and process substitutions.
struct ShellParser {
  /// The text goes on with something that is not read here.
  struct NotUnderstood: Error {}

  let scalars: [Unicode.Scalar]
  var index = 0
  var depth = 0
  var commands: [ShellCommands.Command] = []
  private var hereDocuments: [HereDocument] = []

  private struct HereDocument {
    var delimiter: [Unicode.Scalar]
    var stripsTabs: Bool
  }

  static let deepest = 32

  init(_ text: String) {
    scalars = Array(text.unicodeScalars)
  }

  func peek(_ ahead: Int = 0) -> Unicode.Scalar? {
    index + ahead < scalars.count ? scalars[index + ahead] : nil
  }

  /// Reads commands up to the end, or up to the parenthesis that closes a nested list.
  mutating func list(isNested: Bool) throws(NotUnderstood) {
    depth += 1
    guard depth <= Self.deepest else { throw NotUnderstood() }
    defer { depth -= 1 }
    var command = ShellCommands.Command()
    var parentheses = 0
    while let scalar = peek() {
      switch scalar {
      case " ", "\t": index += 1
      case "\\" where peek(1) == "\n": index += 2
      case "#": while let next = peek(), next != "\n" { index += 1 }
      case "\n":
        end(&command)
        index += 1
        skipHereDocuments()
      case "&" where peek(1) == ">": try redirection(of: &command)
      case ";", "|", "&":
        end(&command)
        index += 1
      case "(":
        guard command.isEmpty, peek(1) != "(" else { throw NotUnderstood() }
        parentheses += 1
        index += 1
      case ")":
        end(&command)
        guard parentheses > 0 else {
          if isNested { return }
          throw NotUnderstood()
        }
        parentheses -= 1
        index += 1
      case "<", ">":
        if peek(1) == "(" { try add(word(), to: &command) } else { try redirection(of: &command) }
      default: try add(word(), to: &command)
      }
    }
    end(&command)
    if isNested || parentheses > 0 { throw NotUnderstood() }
  }

  private mutating func end(_ command: inout ShellCommands.Command) {
    if !command.isEmpty { commands.append(command) }
    command = ShellCommands.Command()
  }

  private static let keywords: Set = [
    "if", "then", "elif", "else", "fi", "while", "until", "do", "done", "{", "}", "!", "time",
  ]
  private static let notRead: Set = ["case", "select", "function", "coproc"]

  private mutating func add(
    _ word: ShellCommands.Word, to command: inout ShellCommands.Command
  ) throws(NotUnderstood) {
    guard command.words.isEmpty else {
      command.words.append(word)
      return
    }
    if isAssignment(word) {
      if peek() == "(" { throw NotUnderstood() }
      command.assignments.append(word)
      return
    }
    if !word.isQuoted, command.assignments.isEmpty, let name = word.literal {
      if Self.keywords.contains(name) { return }
      if Self.notRead.contains(name) { throw NotUnderstood() }
      if name == "[[" { try condition() }
    }
    command.words.append(word)
  }

  /// Whether a word is `name=…` or `name+=…`.
  private func isAssignment(_ word: ShellCommands.Word) -> Bool {
    var position = word.range.lowerBound
    while position < word.range.upperBound, Self.isName(scalars[position]) { position += 1 }
    let first = scalars[word.range.lowerBound]
    guard position > word.range.lowerBound, !("0"..."9").contains(first) else { return false }
    if position + 1 < word.range.upperBound, scalars[position] == "+" { position += 1 }
    return position < word.range.upperBound && scalars[position] == "="
  }

  /// Reads what is between `[[` and `]]`, where the signs of redirections and lists mean something else.
  private mutating func condition() throws(NotUnderstood) {
    while let scalar = peek() {
      switch scalar {
      case " ", "\t", "\n", "(", ")", "<", ">", "&", "|", ";": index += 1
      default: if try word().literal == "]]" { return }
      }
    }
    throw NotUnderstood()
  }

  // MARK: Redirections

  private mutating func redirection(of command: inout ShellCommands.Command) throws(NotUnderstood) {
    dropDescriptor(from: &command)
    if peek() == "&" { index += 1 }
    let isInput = peek() == "<"
    index += 1
    if isInput, peek() == "<" {
      index += 1
      if peek() != "<" { return try hereDocument() }
      index += 1
    } else if let next = peek(), next == ">" || next == "&" || (next == "|" && !isInput) {
      index += 1
    }
    skipBlanks()
    command.targets.append(try word())
  }

  /// A number right in front of a redirection says which stream it is about.
  private func dropDescriptor(from command: inout ShellCommands.Command) {
    guard let last = command.words.last, last.range.upperBound == index, !last.isQuoted,
      last.literal?.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        == true
    else { return }
    command.words.removeLast()
  }

  private mutating func hereDocument() throws(NotUnderstood) {
    let stripsTabs = peek() == "-"
    if stripsTabs { index += 1 }
    skipBlanks()
    guard let delimiter = try word().literal else { throw NotUnderstood() }
    hereDocuments.append(
      HereDocument(delimiter: Array(delimiter.unicodeScalars), stripsTabs: stripsTabs))
  }

  /// Moves behind the texts of the here-documents whose line has ended.
  private mutating func skipHereDocuments() {
    for document in hereDocuments {
      while index < scalars.count {
        let end = scalars[index...].firstIndex(of: "\n") ?? scalars.count
        let line = scalars[index..<end]
        index = min(end + 1, scalars.count)
        let text = document.stripsTabs ? line.drop { $0 == "\t" } : line
        if text.elementsEqual(document.delimiter) { break }
      }
    }
    hereDocuments = []
  }

  private mutating func skipBlanks() {
    while let scalar = peek() {
      if scalar == " " || scalar == "\t" {
        index += 1
      } else if scalar == "\\", peek(1) == "\n" {
        index += 2
      } else {
        return
      }
    }
  }

  static func isName(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "_": true
    default: false
    }
  }
}
