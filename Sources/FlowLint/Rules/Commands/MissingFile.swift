import FlowDiagnostics
import TaskFlow

extension LintRule {
  /// TFG405
  static let missingFile = LintRule(
    "TFG405", "missing-file", .warning,
    finds: "a script beside the flow file that is absent, or may not be executed",
    because: """
      A task whose script is missing fails in the middle of a run, when others have to be undone already. \
      Looked for is what a command of 'run' begins with, when that is './…' or '../…', the program of 'exec' \
      when it is a path, and what 'bash', 'sh', 'source' and the like are given so; all are relative to the folder of the flow file. Nothing is opened. Left \
      alone are absolute paths, which may be there on the machine that runs the flow, what follows a 'cd', \
      a file that another command of the flow names as well, since that may make it, and what 'git', 'tar', \
      'make', 'npm' and the like may have brought: behind them in their text, and wherever the folder is \
      missing as well. Of texts with functions or 'case' only what comes before these is looked at.
      """,
    examples: [
      .reported(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: build
            run: ./ops/biuld.sh  # <-- here
        """, around: .files(["./ops/build.sh": .executable])),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: build
            run: |
              set -x
              digest=$(./build.sh | tail -n 1) && ../shared/tag.sh "$digest"  # <-- here
        """,
        around: .files(["./build.sh": .notExecutable, "../shared/tag.sh": .executable])),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: build
            exec: [ops/build.sh, --all]  # <-- here
            revert:
              exec: [./ops/remove.sh]  # <-- here
        """, around: .files(["./ops/remove.sh": .notExecutable])),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: build
            run: |
              source ./lib/common.sh  # <-- here
              bash -euo pipefail ./ops/build.sh  # <-- here
              sh ./ops/other.sh
          - task: remove
            exec: [bash, ops/remove.sh]  # <-- here
        """, around: .files(["./ops/other.sh": .notExecutable])),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: build
            run: ./ops/build.sh "$HOME" && "./ops/with space.sh"
        """,
        around: .files(["./ops/build.sh": .executable, "./ops/with space.sh": .executable])),
      .allowed(
        """
        tfgraph: 1
        flow: setup
        linear:
          - task: fetch
            run: |
              curl -o install.sh https://example.org/install.sh
              chmod +x install.sh
          - task: install
            run: ./install.sh
          - task: build
            run: cd build && ./configure
        """, around: .files([:])),
      .allowed(
        """
        tfgraph: 1
        flow: setup
        linear:
          - task: clone
            run: |
              git clone https://example.org/tools
              tar xf archive.tar
              ./install.sh
          - task: build
            run: make all
          - task: test
            run: ./build/test && ./tools/run.sh
        """, around: .files([:])),
      .allowed(
        """
        tfgraph: 1
        flow: hooks
        linear:
          - task: before
            run: if [[ -x ./before.sh ]]; then ./before.sh; fi
          - task: after
            run: test -x ./after.sh && ./after.sh
        """, around: .files([:])),
      .allowed(
        """
        tfgraph: 1
        flow: listing
        linear:
          - task: show
            run: echo ./absent.sh "./$name" > ./out.txt
          - task: list
            exec: [ls, ./absent]
          - task: inline
            run: |
              bash -c 'echo ./absent.sh' ./absent.sh
              curl -s https://example.org/install.sh | sh -s -- ./absent
          - task: serve
            exec: [/opt/server/bin/serve]
        """, around: .files([:])),
    ],
    check: .plan { subject, reporter in
      guard subject.document != nil else { return }
      let missing = subject.commands.flatMap { command in
        CalledScript.all(of: command).compactMap { script in
          MissingScript(script, of: command, by: subject.surroundings)
        }
      }
      if missing.isEmpty { return }
      var known = MentionedFiles()
      for command in subject.commands { known.add(command) }
      for script in missing where !known.mayBring(script.path, to: subject.surroundings) {
        reporter.report(script.message, at: script.span, help: script.help)
      }
    })
}

/// A script that a command runs by a path beside the flow file.
private struct CalledScript {
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
private enum Interpreter {
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

/// One that is not there, or can't be run.
private struct MissingScript {
  let path: String
  let span: SourceSpan
  let message: String
  let help: String

  init?(_ script: CalledScript, of command: DeclaredCommand, by surroundings: LintSurroundings) {
    path = script.path
    span = script.span
    let what = "\(command.owner) runs \(QuotedName.of(script.path))"
    switch surroundings.fileState(script.path) {
    case .absent:
      message = "\(what), which is not there"
      help = "the path is relative to the folder of the flow file; correct it, or write the file"
    case .folder:
      message = "\(what), which is a folder"
      help = "name the program in it"
    case .notExecutable where !script.isRead:
      message = "\(what), which is not executable"
      help = "run 'chmod +x' on it"
    case .executable, .notExecutable, nil: return nil
    }
  }
}

/// The files that commands speak of otherwise than to run them, by their names.
private struct MentionedFiles {
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

extension LintSurroundings {
  /// Surroundings with these files and no others, for examples.
  fileprivate static func files(_ files: [String: FileState]) -> LintSurroundings {
    LintSurroundings(fileState: { files[$0] ?? .absent }, shellFindings: { _, _ in [] })
  }
}
