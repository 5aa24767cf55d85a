/// The simple commands of a shell text, as far as they can be told without running it.
struct ShellCommands {
  /// One word of a command.
  struct Word {
    /// Where it is in the text, in Unicode scalars.
    var range: Range<Int>
    /// What it is when quotes are taken away; `nil` when the shell puts something into it.
    var literal: String?
    /// The variables whose whole values become a part of it.
    var variables: [String] = []
    /// Whether a part of it is in quotes or behind a backslash.
    var isQuoted = false
  }

  /// A command with its words, without redirections and the shell's keywords.
  struct Command {
    /// The assignments in front.
    var assignments: [Word] = []
    /// The program, or what the shell has for it, and the arguments.
    var words: [Word] = []
    /// What it is redirected to or from.
    var targets: [Word] = []

    var isEmpty: Bool { assignments.isEmpty && words.isEmpty && targets.isEmpty }
  }

  /// The commands, those inside of others first.
  var commands: [Command] = []

  /// Whether all of it was understood; if not, the commands up to there are there.
  var isComplete = true

  /// The commands of a text.
  ///
  /// - Complexity: linear in the length of the text.
  init(_ text: String) {
    var parser = ShellParser(text)
    do throws(ShellParser.NotUnderstood) {
      try parser.list(isNested: false)
    } catch {
      isComplete = false
    }
    commands = parser.commands
  }
}

extension ShellCommands.Command {
  /// The words from the one on that names what is run: behind `exec` and `command`, which run what follows.
  var program: ArraySlice<ShellCommands.Word> {
    var rest = words[...]
    while let first = rest.first?.literal, first == "exec" || first == "command",
      rest.dropFirst().first?.literal?.hasPrefix("-") == false
    {
      rest = rest.dropFirst()
    }
    return rest
  }

  /// Whether a new process is started for it: it is none of those that the shell has built in.
  ///
  /// A function of this name would have to be defined in the text.
  var isExternal: Bool {
    guard let name = program.first?.literal, let first = name.unicodeScalars.first else {
      return false
    }
    return !Self.builtIn.contains(name) && first != "-" && first != "%"
  }

  private static let builtIn: Set = [
    ".", ":", "[", "[[", "alias", "bg", "bind", "break", "builtin", "caller", "cd", "command",
    "compgen", "complete", "compopt", "continue", "declare", "dirs", "disown", "echo", "enable",
    "eval", "exec", "exit", "export", "false", "fc", "fg", "for", "getopts", "hash", "help",
    "history", "jobs", "kill", "let", "local", "logout", "mapfile", "popd", "printf", "pushd",
    "pwd", "read", "readarray", "readonly", "return", "set", "shift", "shopt", "source", "suspend",
    "test", "times", "trap", "true", "type", "typeset", "ulimit", "umask", "unalias", "unset",
    "wait",
  ]
}

/// The shells whose language is known here.
package enum ShellDialect: String, Sendable, Hashable, CaseIterable {
  case bash
  case dash
  case ksh
  case sh

  /// The dialect of an argument vector in front of a text, such as `bash -euo pipefail -c`; `nil` when it
  /// is something else.
  package init?(interpreter words: [String]) {
    guard let program = words.first, words.count > 1, let last = words.last, last.hasPrefix("-"),
      last.hasSuffix("c"), let dialect = ShellDialect(rawValue: Self.name(of: program))
    else { return nil }
    self = dialect
  }

  private static func name(of program: String) -> String {
    program.split(separator: "/").last.map(String.init) ?? program
  }
}
