/// A simple command of a shell text, as far as it can be told without running it.
struct ShellCommand {
  /// One word of a command.
  struct Word {
    /// Where it is in the text, in bytes of UTF-8.
    var range: Range<Int>
    /// What it is when quotes are taken away; `nil` when the shell puts something into it.
    var literal: String?
    /// The variables whose whole values become a part of it.
    var variables: [String] = []
    /// Whether a part of it is in quotes or behind a backslash.
    var isQuoted = false
  }

  /// The assignments in front.
  var assignments: [Word] = []
  /// The program, or what the shell has for it, and the arguments.
  var words: [Word] = []
  /// What it is redirected to or from.
  var targets: [Word] = []

  var isEmpty: Bool { assignments.isEmpty && words.isEmpty && targets.isEmpty }

  /// Where it begins, in bytes of UTF-8.
  var start: Int {
    [assignments.first, words.first, targets.first]
      .compactMap { $0?.range.lowerBound }.min() ?? 0
  }

  /// The words from the one on that names what is run: behind `exec` and `command`, which run what follows.
  var program: ArraySlice<Word> {
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
    guard let name = program.first?.literal, let first = name.utf8.first else { return false }
    return first != UInt8(ascii: "-") && first != UInt8(ascii: "%") && !Self.builtIn.contains(name)
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
