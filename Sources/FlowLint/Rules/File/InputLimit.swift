import FlowDiagnostics

extension LintRule {
  /// TFG007
  static let inputLimit = LintRule(
    "TFG007", "input-limit", .error,
    finds: "a file that is too large or too deep, or a few lines that stand for too much",
    because: """
      A file of any kind gets an answer in bounded time and memory. So there are limits: 64 MiB for a file, \
      64 lists and mappings inside each other, 1 MiB for a text, ten times the file for what aliases stand \
      for, 1,000 tasks for a matrix.
      """,
    examples: [
      .reported(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: build
            inject:
              deep: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[  # <-- here
            run: ./build.sh "$deep"
        """),
      .reported(
        """
        tfgraph: 1
        flow: import
        unordered:
          - task: load
            matrix:
              year: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]
              month: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
              week: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]  # <-- here
            run: ./load.sh "$year" "$month" "$week"
        """),
      .reported(
        """
        tfgraph: 1
        flow: import
        linear:
          - task: load
            inject:
              a: &a [ha, ha, ha, ha, ha, ha, ha, ha]
              b: &b [*a, *a, *a, *a, *a, *a, *a, *a]
              c: &c [*b, *b, *b, *b, *b, *b, *b, *b]  # <-- here
              d: &d [*c, *c, *c, *c, *c, *c, *c, *c]
            run: ./load.sh
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: build
            inject: { deep: [[[[[[[[[[]]]]]]]]]] }
            run: ./build.sh "$deep"
        """),
      .allowed(
        """
        tfgraph: 1
        flow: import
        unordered:
          - task: load
            matrix:
              year: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
              month: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
              week: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
            run: ./load.sh "$year" "$month" "$week"
        """),
      .allowed(
        """
        tfgraph: 1
        flow: import
        linear:
          - task: load
            inject:
              a: &a [ha, ha, ha, ha, ha, ha, ha, ha]
              b: [*a, *a, *a, *a]
            run: ./load.sh "$a" "$b"
        """),
    ],
    check: .built)
}
