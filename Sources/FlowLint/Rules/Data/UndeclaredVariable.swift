import FlowDiagnostics
import TaskFlow

extension LintRule {
  /// TFG108
  static let undeclaredVariable = LintRule(
    "TFG108", "undeclared-variable", .warning,
    finds:
      "a symbol that a 'run' text reads and is not given, or is given and never reads",
    because: """
      A shell finds in its environment what its task requires, and nothing else of the flow: '$version' \
      without 'requires' is unset, however many others provide it. Quotes, comments and variables that the \
      text sets itself count. That a required symbol is never read is said only of texts whose commands can't \
      read it from their environment. What a description names in '${{ … }}' has to be a symbol of the flow.
      """,
    examples: [
      .reported(
        """
        tfgraph: 1
        flow: deploy
        inputs: { version: { type: string }, replicas: { type: int } }
        linear:
          - task: roll-out
            requires: [version]
            run: |
              for host in a b; do
                ./roll-out.sh "$host" "$version" "${replicas:-1}"  # <-- here
              done
        """),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: snapshot
            run: ./current.sh
            provides: previous
          - task: roll-out
            requires: { before: previous }
            run: ./roll-out.sh "$before"
            revert: { run: './restore.sh "$previous"' }  # <-- here
        """),
      .reported(
        """
        tfgraph: 1
        flow: welcome
        inputs: { name: { type: string }, count: { type: int } }
        linear:
          - task: greet
            requires: [name, count]  # <-- here
            run: echo "hello $name"
          - task: report
            run: |
              cat <<END
              $((count + 1))  # <-- here
              END
        """),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        inputs: { version: { type: string, default: "1.0" } }
        linear:
          - task: roll-out
            description: Roll out ${{ verison }}  # <-- here
            requires: [version]
            run: ./roll-out.sh "$version"
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        description: What ${{ version }} needs, on ${{ rows_eu }}
        inputs: { version: { type: string, default: "1.0" } }
        linear:
          - task: load
            description: Load ${{ region }}
            matrix: { region: [eu, us] }
            requires: [version]
            provides: rows
            run: ./load.sh "$version" "$region"
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        env: { replicas: 3 }
        inputs: { version: { type: string } }
        linear:
          - task: build
            requires: [version]
            run: |
              digest=$(./build.sh "$version")
              echo "$digest" "$replicas" "$HOME"
            provides: digest
            revert: { run: './remove.sh "$version" "${digest:-}" "$failure"' }
          - task: roll-out
            inject: { replicas: 5 }
            requires: { image: digest }
            run: ./roll-out.sh "$image" "$replicas"
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        inputs: { version: { type: string } }
        linear:
          - task: note
            run: |
              # $version is not read here, nor is '$version'
              echo 'costs $version' \\$version >note.txt
              cat <<'END'
              $version
              END
              while read -r version; do echo "$version"; done <versions.txt
          - task: roll-out
            requires: [version]
            run: ./roll-out.sh
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        inputs: { version: { type: string } }
        linear:
          - task: settings
            requires: [version]
            shell: [python3, -c]
            run: print("$version")
        """),
    ],
    check: .plan { subject, reporter in
      guard let document = subject.document else { return }
      var descriptions = DescriptionSearch(plan: subject.plan)
      for part in document.parts { descriptions.report(part, to: &reporter) }
      var search = VariableSearch(subject: subject)
      var rest = subject.commands[...]
      while let task = rest.first?.declared {
        let own = rest.prefix { $0.declared.node == task.node }
        search.report(task, own, to: &reporter)
        rest = rest[own.endIndex...]
      }
    })
}
