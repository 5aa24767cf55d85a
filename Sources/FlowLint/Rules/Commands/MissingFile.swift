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

extension LintSurroundings {
  /// Surroundings with these files and no others, for examples.
  fileprivate static func files(_ files: [String: FileState]) -> LintSurroundings {
    LintSurroundings(fileState: { files[$0] ?? .absent }, shellFindings: { _, _ in [] })
  }
}
