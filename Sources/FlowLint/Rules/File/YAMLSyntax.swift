import FlowDiagnostics

extension LintRule {
  /// TFG001
  static let yamlSyntax = LintRule(
    "TFG001", "yaml-syntax", .error,
    finds: "text that is no YAML, or YAML that a flow file can't have",
    because: """
      Nothing can be said about a file that can't be read. A flow file is one document of YAML 1.2 in \
      UTF-8: without tags, merge keys and directives, and indented with spaces. Of errors in several \
      lines each is reported, as long as it is none that follows from another.
      """,
    examples: [
      .reported(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: build
        \trun: ./build.sh  # <-- here
        """),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        description: deploy: build and roll out  # <-- here
        linear:
          - task: build
            run: ./build.sh
          - task: roll-out
            run: @roll-out  # <-- here
        """),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: build
            env: { LEVEL: !!str 3 }  # <-- here
            run: ./build.sh
          - task: roll-out
            env: *settings  # <-- here
            run: ./roll-out.sh
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        description: 'deploy: build and roll out'
        linear:
          - task: build
            run: ./build.sh
        """),
      .allowed(
        """
        %YAML 1.2
        ---
        tfgraph: 1
        flow: deploy
        linear:
          - task: build
            env: &build { LEVEL: '3' }
            run: ./build.sh
          - task: roll-out
            env: *build
            run: ./roll-out.sh
        ...
        """),
      .allowed(
        """
        { "tfgraph": 1, "flow": "deploy", "linear": [
        \t{ "task": "build", "run": "./build.sh" }
        ] }
        """),
    ],
    check: .built)
}
