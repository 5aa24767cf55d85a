extension ListingWriter {
  /// A flow's own entries, without what is in it.
  static func entries(of flow: Flow) -> [Entry] {
    [
      ("flow", .string(flow.name)), ("pattern", .string(flow.pattern.rawValue)),
      ("description", text(flow.summary)), ("timeout", value(of: flow.timeout)),
      (
        "concurrency",
        flow.concurrencyLimit.map { map([("limit", .int($0.count)), ("at", value(of: $0.span))]) }
      ),
      ("retry", flow.retry.map(value)), ("links", list(flow.links.map(value))),
      (
        "target",
        flow.target.map { map([("name", .string($0.name)), ("at", value(of: $0.span))]) }
      ),
      ("allow", list(flow.allowances.map(value))),
      ("at", value(of: flow.span)),
    ]
  }

  private static func value(of link: Flow.Link) -> FlowValue {
    map([
      ("from", .string(link.source)), ("to", .string(link.target)),
      (
        "decider",
        link.decider.map { decider in
          map([
            ("skip", .string(decider.depth.rawValue)), ("description", text(decider.summary)),
          ])
        }
      ),
      ("at", value(of: link.span)),
    ])
  }

  private static func value(of controller: RetryController) -> FlowValue {
    let strategy: Entry =
      switch controller.strategy {
      case .times(let attempts): ("times", .int(attempts))
      case .forEach(let values): ("values", .list(values.map(value)))
      case .parameterizedForEach: ("for_each", .bool(true))
      case .alwaysRevert: ("never", .bool(true))
      case .alwaysRevertAll: ("never-all", .bool(true))
      case .custom(let policy):
        ("swift", .string((policy as? Foreign.Policy)?.name ?? "\(type(of: policy))"))
      }
    return map([
      ("name", .string(controller.name)), strategy,
      ("requires", list(controller.requirements.map(value))),
      ("provides", value(of: controller.provision)),
      ("revert-all", flag(controller.revertsAll)), ("backoff", controller.backoff.map(value)),
      ("on", text(controller.filter?.summary)),
      ("priority", controller.priority == 0 ? nil : .int(controller.priority)),
      ("at", value(of: controller.span)),
    ])
  }

  private static func value(of backoff: Backoff) -> FlowValue {
    map([
      ("initial", value(of: backoff.initial)), ("factor", .float(backoff.factor)),
      ("max", value(of: backoff.maximum)), ("jitter", .string(backoff.jitter.rawValue)),
    ])
  }
}
