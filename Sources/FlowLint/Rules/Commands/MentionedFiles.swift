import TaskFlow

/// The files that commands speak of otherwise than to run them, by their names.
struct MentionedFiles {
  private var names: Set<String> = []
  /// Whether there is a command that makes files whose names it does not say.
  private var hasMaker = false

  mutating func add(_ command: DeclaredCommand) {
    switch command.action.invocation {
    case .program(let words):
      hasMaker = hasMaker || words.first.map(Self.isMaker) ?? false
      let script = Interpreter.script(in: words)
      names.formUnion(
        words.indices.dropFirst().filter { $0 != script }.map { Self.name(of: words[$0]) })
    case .shell: if let text = command.shellText { take(text) }
    }
    for case .file(let path) in command.action.captures { names.insert(Self.name(of: path)) }
  }

  /// Whether what is at a path may be there when it is run: it is named, or a folder in front of it is, or such
  /// a folder is missing and may be made as a whole.
  func mayBring(_ path: String, to surroundings: LintSurroundings) -> Bool {
    if path.split(separator: "/").contains(where: { names.contains(String($0)) }) { return true }
    guard hasMaker, let end = path.lastIndex(of: "/") else { return false }
    return surroundings.fileState(String(path[..<end])) == .absent
  }

  /// The last part of a path, by which files are told apart wherever one is.
  static func name(of path: String) -> String {
    path.split { $0 == "/" || $0 == "=" }.last.map(String.init) ?? path
  }

  /// Whether a program makes files whose names are not among its arguments.
  static func isMaker(_ program: String) -> Bool { makers.contains(name(of: program)) }

  private static let makers: Set = [
    "7z", "aws", "bazel", "bundle", "cargo", "cc", "clang", "cmake", "cpio", "curl", "docker",
    "dotnet", "g++", "gcc", "git", "go", "gradle", "gsutil", "hg", "java", "javac", "make", "meson",
    "mvn", "ninja", "npm", "npx", "patch", "pip", "pip3", "pnpm", "podman", "poetry", "python",
    "python3", "rsync", "ruby", "rustc", "scp", "sftp", "svn", "swift", "tar", "unsquashfs",
    "unzip", "uv", "virtualenv", "wget", "yarn",
  ]

  private mutating func take(_ text: String) {
    let shell = ShellText(text)
    for command in shell.commands {
      hasMaker = hasMaker || command.program.first?.literal.map(Self.isMaker) ?? false
      let script = Interpreter.script(in: command.program.map(\.literal))
      let arguments = command.program.indices.dropFirst().filter { $0 != script }
      for word in command.assignments + command.targets + arguments.map({ command.program[$0] }) {
        if let literal = word.literal { names.insert(Self.name(of: literal)) }
      }
    }
    // What '[[ … ]]' asks about is no command.
    for question in text.contains("[[") ? text.split(separator: "[[").dropFirst() : [] {
      let words = question.firstRange(of: "]]").map { question[..<$0.lowerBound] } ?? question
      names.formUnion(words.split(whereSeparator: Self.isBetween).map(String.init))
    }
    if !shell.isComplete {
      names.formUnion(text.split(whereSeparator: Self.isBetween).map(String.init))
    }
  }

  /// Whether a character can't be a part of the name of a script, to people.
  private static func isBetween(_ character: Character) -> Bool {
    !character.isLetter && !character.isNumber && !"._-+".contains(character)
  }
}
