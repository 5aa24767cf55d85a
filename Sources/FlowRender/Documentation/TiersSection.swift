import FlowGraph
import TaskFlow

/// Which tasks run at the same time.
struct TiersSection {
  let blocks: [PageBlock]

  /// More tiers than this are left out: the tasks say theirs.
  private static let longest = 500

  init(_ plan: Plan, _ names: PageNames) {
    guard let tiers = plan.tiers, tiers.count > 1 else {
      blocks = []
      return
    }
    var blocks: [PageBlock] = [
      .heading(level: 2, [.text("Order")], anchor: "order"),
      .paragraph([
        .text(
          "Tasks of one tier do not wait for each other. A task starts as soon as those that it "
            + "waits for are done.")
      ]),
      .table(
        labels: ["Tier", "Tasks"],
        rows: (0..<min(tiers.count, Self.longest)).map { tier in
          [[.text("\(tier + 1)")], names.tasks(Array(tiers.members[tier]))]
        }),
    ]
    for flow in plan.flows {
      guard let limit = flow.concurrencyLimit else { continue }
      blocks.append(
        .paragraph([
          .text("No more than \(limit.count) of the tasks in flow "), .code(flow.name),
          .text(" run at once."),
        ]))
    }
    if tiers.count > Self.longest {
      blocks.append(.paragraph([.text("… and \(tiers.count - Self.longest) more tiers.")], .quiet))
    }
    let critical = PlanWords.criticalPath(of: plan)
    if critical.count > 1, critical.count < plan.tasks.count {
      blocks.append(
        .paragraph([.text("The longest chain is ")] + names.path(critical) + [.text(".")]))
    }
    self.blocks = blocks
  }
}
