import FlowDiagnostics
import TaskFlow

/// A script that a command runs by a path beside the flow file.
struct CalledScript {
  let path: String
  let span: SourceSpan
  /// Whether it is read by an interpreter, which needs no permission to execute it.
  let isRead: Bool

  static func all(of command: DeclaredCommand) -> [CalledScript] {
    if case .program(let words) = command.action.invocation {
      return named(by: words) { command.span(ofWord: $0) }.map { [$0] } ?? []
    }
    guard let text = command.shellText, mayCall(text) else { return [] }
    let shell = ShellText(text)
    var scripts: [CalledScript] = []
    for simple in shell.commands.sorted(by: { $0.start < $1.start }) {
      guard let program = simple.program.first?.literal else { continue }
      if ["cd", "pushd", "popd"].contains(program) || MentionedFiles.isMaker(program) { break }
      let words = simple.program
      let script = named(by: words.map(\.literal)) { word in
        command.span(ofText: shell.characters(words[word].range))
      }
      if let script, script.path.hasPrefix("./") || script.path.hasPrefix("../") {
        scripts.append(script)
      }
    }
    return scripts
  }

  /// The script that the words of a command name, as their program or for an interpreter, if its path is
  /// relative and not one that is searched for.
  private static func named(
    by words: [String?], span: (_ word: Int) -> SourceSpan
  ) -> CalledScript? {
    let read = Interpreter.script(in: words)
    guard !words.isEmpty, let path = words[read ?? 0], path.contains("/"), !path.hasPrefix("/")
    else { return nil }
    return CalledScript(path: path, span: span(read ?? 0), isRead: read != nil)
  }

  /// A quick look at a text, right when it says no.
  private static func mayCall(_ text: String) -> Bool {
    var last: UInt8 = 0
    for byte in text.utf8 {
      if byte == UInt8(ascii: "/"), last == UInt8(ascii: ".") { return true }
      last = byte
    }
    return false
  }
}

/// The programs that run a script whose path is among their arguments.
enum Interpreter {
  private static let names: Set = ["bash", "dash", "ksh", "sh", "zsh", ".", "source"]

  /// Which word of a command is the script that an interpreter reads; `nil` when there is none, or it is not
  /// known.
  static func script(in words: [String?]) -> Int? {
    guard let program = words.first.flatMap({ $0 }),
      names.contains(MentionedFiles.name(of: program))
    else { return nil }
    var index = 1
    while index < words.count, let word = words[index] {
      guard word.hasPrefix("-") || word.hasPrefix("+") else { return index }
      // What follows '-c' is no path, and of long options nobody knows whether they have a value.
      if word.hasPrefix("--") || word.contains("c") || word.contains("s") { return nil }
      index += word.hasSuffix("o") || word.hasSuffix("O") ? 2 : 1
    }
    return nil
  }
}
