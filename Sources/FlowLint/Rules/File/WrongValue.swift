import FlowDiagnostics

extension LintRule {
  /// TFG003
  static let wrongValue = LintRule(
    "TFG003", "wrong-value", .error,
    finds: "a value of the wrong type or form, one that is missing, or two that exclude each other",
    because: """
      A flow is refused rather than run with a guess at what was meant. So a time without a unit, a task \
      with two actions, a name that is none, and a default that its input can't have are mistakes, each at \
      its own place.
      """,
    examples: [
      .reported(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: build
            timeout: 10  # <-- here
            run: ./build.sh
            exec: [./build.sh]  # <-- here
        """),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        inputs:
          replicas: { type: int, default: three }  # <-- here
          version: { type: string, pattern: '(\\d+' }  # <-- here
        linear:
          - task: roll-out  # <-- here
            requires: [version, replicas]
        """),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: Build All  # <-- here
            run: ./build.sh
            retry: { times: 0 }  # <-- here
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: build
            timeout: 1h30m
            run: ./build.sh
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        inputs:
          replicas: { type: int, default: 3 }
          version: { type: string, pattern: '\\d+' }
        linear:
          - task: roll-out
            requires: [version, replicas]
            run: ./roll-out.sh "$version" "$replicas"
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: build-all
            exec: [./build.sh, --all, 3, true]
            retry: { times: 1 }
        """),
    ],
    check: .built)
}
