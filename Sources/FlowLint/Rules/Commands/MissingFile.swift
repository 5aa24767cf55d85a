import FlowDiagnostics
import TaskFlow

extension LintRule {
  /// TFG405
  static let missingFile = LintRule(
    "TFG405", "missing-file", .warning,
    finds: "a script beside the flow file that is absent, or may not be executed",
    because: """
      A task whose script is missing fails in the middle of a run, when others have to be undone already. \
      Looked for is what a command of 'run' begins with, when that is './…' or '../…', and the program of \
      'exec' when it is a path; both are relative to the folder of the flow file. Nothing is opened. Left \
      alone are absolute paths, which may be there on the machine that runs the flow, what follows a 'cd', \
      and a file that another command of the flow names as well, since that may make it.
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
        flow: listing
        linear:
          - task: show
            run: echo ./absent.sh "./$name" > ./out.txt
          - task: list
            exec: [ls, ./absent]
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
      let mentioned = subject.commands.reduce(into: Set()) {
        $0.formUnion(MentionedFiles(of: $1).names)
      }
      for script in missing where !mentioned.contains(MentionedFiles.name(of: script.path)) {
        reporter.report(script.message, at: script.span, help: script.help)
      }
    })
}

/// A script that a command runs by a path beside the flow file.
private struct CalledScript {
  let path: String
  let span: SourceSpan

  static func all(of command: DeclaredCommand) -> [CalledScript] {
    if case .program(let words) = command.action.invocation {
      guard let program = words.first, program.contains("/"), !program.hasPrefix("/") else {
        return []
      }
      return [CalledScript(path: program, span: command.span(ofWord: 0))]
    }
    guard let text = command.shellText, mayCall(text) else { return [] }
    let shell = ShellText(text)
    var scripts: [CalledScript] = []
    for simple in shell.commands.sorted(by: { $0.start < $1.start }) {
      guard let program = simple.program.first, let path = program.literal else { continue }
      if ["cd", "pushd", "popd"].contains(path) { break }
      if path.hasPrefix("./") || path.hasPrefix("../") {
        let range = shell.characters(program.range)
        scripts.append(CalledScript(path: path, span: command.span(ofText: range)))
      }
    }
    return scripts
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
    case .notExecutable:
      message = "\(what), which is not executable"
      help = "run 'chmod +x' on it"
    case .executable, nil: return nil
    }
  }
}

/// The files that a command speaks of otherwise than to run them, by their names.
private struct MentionedFiles {
  private(set) var names: Set<String> = []

  init(of command: DeclaredCommand) {
    switch command.action.invocation {
    case .program(let words): names.formUnion(words.dropFirst().map(Self.name(of:)))
    case .shell: if let text = command.shellText { take(text) }
    }
    for case .file(let path) in command.action.captures { names.insert(Self.name(of: path)) }
  }

  /// The last part of a path, by which files are told apart wherever one is.
  static func name(of path: String) -> String {
    path.split { $0 == "/" || $0 == "=" }.last.map(String.init) ?? path
  }

  private mutating func take(_ text: String) {
    let shell = ShellText(text)
    for command in shell.commands {
      for word in command.assignments + command.targets + command.program.dropFirst() {
        if let literal = word.literal { names.insert(Self.name(of: literal)) }
      }
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
