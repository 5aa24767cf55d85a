import FlowDiagnostics
import TaskFlow

extension LintRule {
  /// TFG304
  static let retryAmplification = LintRule(
    "TFG304", "retry-amplification", .warning,
    finds: "retries within retries that together try a task more than 50 times",
    because: """
      Each attempt of an outer retry begins the inner ones anew, so attempts multiply. Three \
      levels that look harmless keep a broken service busy for hours before anybody hears of it.
      """,
    examples: [
      .reported(
        """
        tfgraph: 1
        flow: deploy
        retry: { times: 3 }
        linear:
          - flow: roll-out
            retry: { times: 5 }
            linear:
              - task: canary
                retry: { times: 4 }  # <-- here
                idempotent: true
                run: ./canary.sh
        """),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        retry: { times: 10 }
        linear:
          - flow: fetch
            retry: { for_each: [a, b, c, d, e, f], provides: mirror }  # <-- here
            linear:
              - task: get
                requires: [mirror]
                run: ./get.sh "$mirror"
        """),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        retry: { retries: 8 }
        linear:
          - task: build
            retry: { times: 2 }
            run: ./build.sh
          - task: push
            retry: { retries: 6 }  # <-- here
            run: ./push.sh
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        retry: { times: 5 }
        linear:
          - task: build
            retry: { times: 10 }
            run: ./build.sh
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: build
            retry: { times: 100 }
            run: ./build.sh
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        retry: never
        linear:
          - task: build
            retry: { times: 60 }
            run: ./build.sh
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: build
            retry: { times: 30 }
            run: ./build.sh
          - task: push
            retry: { times: 30 }
            run: ./push.sh
        """),
    ],
    check: .plan { subject, reporter in
      let asked = AskedControllers(of: subject.plan)
      let amplified = Set(amplifiedControllers(in: subject.plan, asked))
      for (node, controller) in subject.declaredControllers where amplified.contains(node) {
        let nested = NestedAttempts(
          of: node, in: subject.plan, asked: asked, limit: mostFactors)
        let factors = zip(nested.controllers, nested.factors).compactMap { node, factor in
          factor.flatMap { $0 > 1 ? (node: node, factor: $0) : nil }
        }
        reporter.report(
          "\(subject.subject(ofRetry: node)) can be tried "
            + "\(NestedAttempts.text(of: factors.map(\.factor))) times",
          at: controller.span,
          related: factors.dropLast().map { node, factor in
            Finding.Related(
              span: subject.plan.span(of: node),
              message: "\(subject.subject(ofRetry: node)) can be tried \(factor) times")
          },
          help: "retry at one level, near what fails")
      }
    })
}

/// The most tries that are not worth a word.
private let mostTries = 50

/// How many levels of retries are told.
private let mostFactors = 64

/// The controllers with whose attempts the product goes beyond what is harmless; those inside them not again.
private func amplifiedControllers(in plan: Plan, _ asked: AskedControllers) -> [NodeIndex] {
  // By controller: the product up to it, and how many factors above 1 that has.
  var products: [NodeIndex: (product: Int, factors: Int)] = [:]
  var found: [NodeIndex] = []
  for index in plan.nodes.indices {
    let node = NodeIndex(index)
    guard let controller = plan.controller(at: node) else { continue }
    let outer = plan.nodes[index].controller.flatMap { products[$0] } ?? (1, 0)
    let factor = asked.contains(node) ? controller.mostAttempts ?? 1 : 1
    let product = NestedAttempts.product(of: [outer.product, factor]) ?? .max
    let factors = outer.factors + (factor > 1 ? 1 : 0)
    products[node] = (product, factors)
    let wasFound = outer.product > mostTries && outer.factors > 1
    if product > mostTries, factors > 1, factor > 1, !wasFound { found.append(node) }
  }
  return found
}
