import FlowDiagnostics
import TaskFlow

extension LintRule {
  /// TFG105
  static let shadowedSymbol = LintRule(
    "TFG105", "shadowed-symbol", .warning,
    finds: "a value that is hidden by another of the same name",
    because: """
      An input beats every task that provides a symbol of its name, wherever that task is: nobody ever \
      reads what the task provides. In a nested flow what the flow itself provides beats what is \
      provided outside of it. A name for each value leaves no doubt. What replaces a value that it has read, \
      or falls back on it when it is skipped, is left alone.
      """,
    examples: [
      .reported(
        """
        tfgraph: 1
        flow: deploy
        inputs: { image: { type: string } }  # <-- here
        linear:
          - task: build
            run: ./build.sh
            provides: image
          - task: roll-out
            requires: [image]
            run: ./roll-out.sh "$image"
        """),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: choose
            run: ./choose.sh
            provides: image
          - flow: rollout
            linear:
              - task: pull
                run: ./pull.sh
                provides: image  # <-- here
              - task: start
                requires: [image]
                run: ./start.sh "$image"
        """),
      .reported(
        """
        tfgraph: 1
        flow: download
        retry: { times: 3, provides: attempt }
        linear:
          - flow: mirrors
            retry: { times: 2, provides: attempt }  # <-- here
            linear:
              - task: fetch
                requires: [attempt]
                run: ./fetch.sh "$attempt"
        """),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        inputs: { image: { type: string } }  # <-- here
        linear:
          - task: roll-out
            requires: [image]
            run: ./roll-out.sh "$image"
          - task: tag
            run: ./tag.sh
            provides: image
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        inputs: { image: { type: string } }
        linear:
          - task: build
            inject: { image: base }
            run: ./build.sh "$image"
            provides: built_image
          - task: roll-out
            requires: [image, built_image]
            run: ./roll-out.sh "$image" "$built_image"
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: choose
            run: ./choose.sh
            provides: image
          - flow: rollout
            linear:
              - task: sign
                requires: [image]
                run: ./sign.sh "$image"
                provides: image
              - task: start
                requires: [image]
                run: ./start.sh "$image"
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        inputs: { is_fresh: { type: bool } }
        linear:
          - task: choose
            run: ./choose.sh
            provides: image
          - flow: rollout
            linear:
              - task: build
                when: is_fresh
                skip: atom
                run: ./build.sh
                provides: image
              - task: start
                requires: [image]
                run: ./start.sh "$image"
        """),
    ],
    check: .plan { subject, reporter in
      var search = ShadowSearch(in: subject.plan)
      for shadow in search.shadows {
        let plan = subject.plan
        let inner = plan.provision(of: shadow.inner.node).items[Int(shadow.inner.element)]
        let outer = plan.provision(of: shadow.outer.node).items[Int(shadow.outer.element)]
        reporter.report(
          "what \(plan.label(of: shadow.inner.node)) provides hides '\(inner.symbol)' of "
            + plan.label(of: shadow.outer.node),
          at: inner.span,
          related: [
            Finding.Related(span: outer.span, message: "provided here, outside of the flow"),
            Finding.Related(
              span: shadow.reader.span,
              message: "\(plan.label(of: shadow.atom)) reads the inner one"),
          ],
          help: "give one of the two another name")
      }
    })
}
