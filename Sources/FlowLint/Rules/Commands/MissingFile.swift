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
      let scripts = subject.commands.map { CalledScripts(of: $0) }
      let mentioned = scripts.reduce(into: Set<String>()) { $0.formUnion($1.mentioned) }
      for called in scripts {
        for script in called.scripts where !mentioned.contains(CalledScripts.name(of: script.path))
        {
          let what = "\(called.command.owner) runs \(QuotedName.of(script.path))"
          switch subject.surroundings.fileState(script.path) {
          case .absent:
            reporter.report(
              "\(what), which is not there", at: script.span,
              help:
                "the path is relative to the folder of the flow file; correct it, or write the file"
            )
          case .notExecutable:
            reporter.report(
              "\(what), which is not executable", at: script.span, help: "run 'chmod +x' on it")
          case .executable, nil: break
          }
        }
      }
    })
}

/// The scripts that a command runs by a path beside the flow file, and the files that it speaks of otherwise.
private struct CalledScripts {
  let command: DeclaredCommand
  private(set) var scripts: [(path: String, span: SourceSpan)] = []
  private(set) var mentioned: Set<String> = []

  init(of command: DeclaredCommand) {
    self.command = command
    switch command.action.invocation {
    case .program(let words): take(words)
    case .shell(let text, let interpreter):
      if ShellDialect(interpreter: interpreter) != nil { take(text) }
    }
    for case .file(let path) in command.action.captures { mentioned.insert(Self.name(of: path)) }
  }

  /// The last part of a path, by which files are told apart wherever one is.
  static func name(of path: String) -> String {
    path.split { $0 == "/" || $0 == "=" }.last.map(String.init) ?? path
  }

  private mutating func take(_ words: [String]) {
    if let program = words.first, program.contains("/"), !program.hasPrefix("/") {
      scripts.append((program, command.span(ofWord: 0)))
    }
    mentioned.formUnion(words.dropFirst().map(Self.name(of:)))
  }

  private mutating func take(_ text: String) {
    let shell = ShellCommands(text)
    var isAtHome = true
    for command in shell.commands.sorted(by: { $0.start < $1.start }) {
      let program = command.program.first
      if let path = program?.literal, path.hasPrefix("./") || path.hasPrefix("../"), isAtHome {
        scripts.append((path, self.command.span(ofText: program?.range ?? 0..<0)))
      }
      if ["cd", "pushd", "popd"].contains(program?.literal) { isAtHome = false }
      for word in command.assignments + command.targets + command.program.dropFirst() {
        if let literal = word.literal { mentioned.insert(Self.name(of: literal)) }
      }
    }
    if !shell.isComplete {
      mentioned.formUnion(text.split(whereSeparator: Self.isBetween).map(String.init))
    }
  }

  /// Whether a character can't be a part of the name of a script, to people.
  private static func isBetween(_ character: Character) -> Bool {
    !character.isLetter && !character.isNumber && !"._-+".contains(character)
  }
}

extension ShellCommands.Command {
  fileprivate var start: Int { (assignments + words + targets).first?.range.lowerBound ?? 0 }
}

extension LintSurroundings {
  /// Surroundings with these files and no others, for examples.
  fileprivate static func files(_ files: [String: FileState]) -> LintSurroundings {
    LintSurroundings(fileState: { files[$0] ?? .absent }, shellFindings: { _, _ in [] })
  }
}
