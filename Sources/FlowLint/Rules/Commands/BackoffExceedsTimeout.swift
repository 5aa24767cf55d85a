import FlowDiagnostics
import TaskFlow

extension LintRule {
  /// TFG402
  static let backoffExceedsTimeout = LintRule(
    "TFG402", "backoff-exceeds-timeout", .warning,
    finds: "a retry whose pauses alone are longer than the time that its flow has",
    because: """
      A flow's timeout counts the pauses between attempts as well. If they alone take longer, the last \
      attempts are never made. Of pauses with full jitter the average counts, and of nested retries each \
      is looked at by itself.
      """,
    examples: [
      .reported(
        """
        tfgraph: 1
        flow: deploy
        timeout: 1m
        retry: { times: 3, backoff: 31s }  # <-- here
        linear:
          - task: build
            run: ./build.sh
        """),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - flow: rollout
            timeout: 5m
            linear:
              - task: build
                run: ./build.sh
              - task: push
                retry: { times: 6, backoff: { initial: 20s, factor: 2 } }  # <-- here
                run: ./push.sh
        """),
      .reported(
        """
        tfgraph: 1
        flow: mirror-data
        timeout: 100s
        linear:
          - task: fetch
            run: ./fetch.sh
            requires: [mirror]
            retry:
              for_each: [a, b, c, d]  # <-- here
              provides: mirror
              backoff: { initial: 100s, jitter: full }
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        timeout: 1m
        retry: { times: 3, backoff: 30s }
        linear:
          - task: build
            run: ./build.sh
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        timeout: 1m
        retry: { times: 10, backoff: { initial: 1s, factor: 3, max: 6s } }
        linear:
          - task: build
            run: ./build.sh
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: build
            timeout: 10s
            retry: { times: 5, backoff: 1m }
            run: ./build.sh
        """),
    ],
    check: .plan { subject, reporter in
      let plan = subject.plan
      // The shortest time that a flow or one around it has, and whose that is; outer flows come first.
      var limits: [(time: Duration, flow: Int)?] = []
      var last: SourceSpan?
      var places = TimeoutPlaces(document: subject.document)
      for (index, flow) in plan.flows.enumerated() {
        var limit = flow.parent.flatMap { limits[Int($0)] }
        if let own = flow.timeout, limit.map({ own < $0.time }) ?? true { limit = (own, index) }
        limits.append(limit)
        guard let limit, let controller = flow.retry.flatMap(plan.controller(at:)),
          let pauses = Pauses(of: controller), pauses.seconds > limit.time / .seconds(1),
          controller.span != last
        else { continue }
        last = controller.span
        let owner = plan.flows[limit.flow]
        reporter.report(
          "the pauses between \(pauses.attempts) attempts take \(pauses.text), and flow "
            + "\(QuotedName.of(owner.name)) has \(DurationText.text(of: limit.time))",
          at: controller.span,
          related: [
            Finding.Related(
              span: places.span(ofTimeoutOf: plan.span(of: owner.start)),
              message: "it may take \(DurationText.text(of: limit.time)) with all that is in it")
          ],
          help: "make the pauses shorter or fewer, or the timeout longer")
      }
    })
}

/// Where the flows of a file say their timeouts, by the places of their names: looked up once somebody asks.
private struct TimeoutPlaces {
  let document: LintedDocument?
  private lazy var spans = Self.spans(in: document)

  init(document: LintedDocument?) { self.document = document }

  private static func spans(in document: LintedDocument?) -> [SourceSpan: SourceSpan] {
    var spans: [SourceSpan: SourceSpan] = [:]
    for part in document?.parts ?? [] {
      guard let name = part["flow"], let timeout = part["timeout"] else { continue }
      spans[name.span] = timeout.span
    }
    return spans
  }

  /// The place of the timeout, or that of the flow.
  mutating func span(ofTimeoutOf flow: SourceSpan) -> SourceSpan { spans[flow] ?? flow }
}

/// The pauses of a retry controller, over all its attempts.
private struct Pauses {
  let attempts: Int
  let seconds: Double
  private let isAverage: Bool

  /// `nil` when there are none, or nobody knows how many.
  init?(of controller: RetryController) {
    guard let backoff = controller.backoff else { return nil }
    switch controller.strategy {
    case .times(let attempts): self.attempts = attempts
    case .forEach(let values): attempts = values.count
    case .parameterizedForEach, .alwaysRevert, .alwaysRevertAll, .custom: return nil
    }
    isAverage = backoff.jitter == .full
    seconds = backoff.seconds(ofRetries: attempts - 1, fraction: 0.5)
  }

  /// How long they are, to the millisecond.
  var text: String {
    let milliseconds = Int(min(seconds * 1_000, 1e15).rounded())
    return DurationText.text(of: .milliseconds(milliseconds)) + (isAverage ? " on average" : "")
  }
}
