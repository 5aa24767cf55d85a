import FlowDiagnostics
import TaskFlow

extension LintRule {
  /// TFG403
  static let secretInArguments = LintRule(
    "TFG403", "secret-in-arguments", .error,
    finds: "a secret that becomes an argument of a program",
    because: """
      Everybody on a machine can read the arguments of every process, in a list of processes or in /proc. \
      A secret belongs into the environment, a file or standard input. In 'exec' a secret is refused by its \
      name. In 'run' only what is certain is reported: the whole value of a secret, as an argument of a \
      program that the shell has not built in, in a text that the linter understands in full. Texts with \
      functions, 'case', backquotes, 'eval', 'alias', 'trap' or another file's commands are left alone, \
      and so is a secret whose variable the text sets itself. 'printf', 'echo', 'test' and here-strings \
      start no process, so they show nothing.
      """,
    examples: [
      .reported(
        """
        tfgraph: 1
        flow: release
        secrets: [TOKEN]
        linear:
          - task: publish
            secrets: [TOKEN]
            run: |
              curl --fail \\
                -H "Authorization: Bearer $TOKEN" https://example.org/publish  # <-- here
        """),
      .reported(
        """
        tfgraph: 1
        flow: release
        secrets: [TOKEN]
        linear:
          - task: publish
            secrets: [TOKEN]
            exec: [curl, -H, 'Authorization: $TOKEN', https://example.org]  # <-- here
        """),
      .reported(
        """
        tfgraph: 1
        flow: release
        secrets: [TOKEN]
        linear:
          - task: publish
            secrets: [TOKEN]
            run: sudo TOKEN="$TOKEN" ./publish.sh  # <-- here
        """),
      .reported(
        """
        tfgraph: 1
        flow: release
        secrets: { PASSWORD: { file: password.txt } }
        linear:
          - task: publish
            secrets: [PASSWORD]
            run: ./publish.sh
            revert:
              run: if ! id="$(db --password=${PASSWORD} id)"; then exit 1; fi; echo "$id"  # <-- here
        """),
      .allowed(
        """
        tfgraph: 1
        flow: release
        secrets: [TOKEN]
        linear:
          - task: publish
            secrets: [TOKEN]
            run: |
              test -n "$TOKEN"
              printf '%s' "$TOKEN" | docker login --password-stdin registry.example.org
              curl --config - <<< "header = \\"Authorization: Bearer $TOKEN\\""
        """),
      .allowed(
        """
        tfgraph: 1
        flow: release
        secrets: [TOKEN]
        linear:
          - task: publish
            secrets: [TOKEN]
            run: |
              # never: curl -H "$TOKEN"
              API_TOKEN="$TOKEN" ./publish.sh '$TOKEN' "${TOKEN:+given}" "${#TOKEN}" "$TOKENS"
        """),
      .allowed(
        """
        tfgraph: 1
        flow: release
        secrets: [TOKEN]
        linear:
          - task: publish
            secrets: [TOKEN]
            run: |
              log() { printf '%s' "$1" | sha256sum; }
              log "$TOKEN"
          - task: check
            secrets: [TOKEN]
            exec: [./check.sh, --token-from, TOKEN]
        """),
    ],
    check: .plan { subject, reporter in
      for command in subject.commands
      where !command.action.secrets.isEmpty {
        guard let text = command.shellText, command.action.dialect != .ksh else { continue }
        for leak in SecretLeak.leaks(of: command.action.secrets, in: text) {
          reporter.report(
            "secret \(QuotedName.of(leak.secret)) becomes an argument of "
              + "\(QuotedName.of(leak.program)), which everybody on the machine can read",
            at: command.span(ofText: leak.range),
            help: "give it by standard input or a file, or let the program read the variable")
        }
      }
    })
}

/// A secret in the arguments of a program that a shell text starts.
private struct SecretLeak {
  let secret: String
  let program: String
  /// The argument, in Unicode scalars of the text.
  let range: Range<Int>

  /// Commands after which names may mean something else.
  private static let unsettling: Set = [".", "source", "eval", "alias", "trap", "enable", "hash"]

  /// The leaks of a text in its order; none if it is not understood in full.
  static func leaks(of secrets: [String], in text: String) -> [SecretLeak] {
    let shell = ShellText(text)
    guard shell.isComplete else { return [] }
    var kept = Set(secrets).subtracting(shell.definitions.map(\.name))
    for command in shell.commands {
      if let name = command.words.first?.literal, unsettling.contains(name) { return [] }
      // A program can't change variables of the shell that starts it.
      guard !command.isExternal, command.words.first?.literal != "export" else { continue }
      for word in command.words.dropFirst() {
        if let name = shell.nameSet(by: word) { kept.remove(name) }
      }
    }
    let leaks = shell.commands.filter(\.isExternal).flatMap { command in
      command.program.dropFirst().flatMap { word in
        word.variables.filter(kept.contains).map { name in
          SecretLeak(
            secret: name, program: command.program.first?.literal ?? "", range: word.range)
        }
      }
    }
    return leaks.sorted { $0.range.lowerBound < $1.range.lowerBound }.map { leak in
      SecretLeak(
        secret: leak.secret, program: leak.program, range: shell.characters(leak.range))
    }
  }
}
