import FlowEngine
import FlowGraph
import TaskFlow

/// Why each task of a forecast is in its tier: one task of the tier before that it waits for.
struct TierWaits {
  private var reasons: [NodeIndex: OrderReason] = [:]

  /// What decides about the tier of what comes after a node.
  private struct Front {
    /// The tier of the latest task up to the node, itself included; −1 for none.
    var tier: Int32 = -1
    /// The edge nearest to the node, on the way from that task, that is more than structure.
    var edge: Int32?
  }

  /// The waits of all tasks. Complexity: linear in the size of the plan.
  init(_ forecast: RunForecast, links: LinkPlaces) {
    let plan = forecast.plan
    var tiers = [Int32](repeating: -1, count: plan.nodes.count)
    for (tier, tasks) in forecast.tiers.enumerated() {
      for task in tasks { tiers[Int(task)] = Int32(tier) }
    }
    let limits = RoomLimits(plan)
    var fronts = [Front](repeating: Front(), count: plan.nodes.count)
    for node in plan.graph.topologicalOrder() ?? [] {
      let latest = Self.latest(before: node, fronts, in: plan)
      fronts[Int(node)] = latest
      let tier = tiers[Int(node)]
      guard tier >= 0 else { continue }
      fronts[Int(node)] = Front(tier: tier)
      guard tier > 0 else { continue }
      let reading = TaskChains.readings(of: node, in: plan).first {
        tiers[Int($0.source)] == tier - 1
      }
      let edge = latest.edge.flatMap { OrderReason(plan.edges[Int($0)], in: plan, links: links) }
      // What it waits for is done earlier: then it waited for room.
      let room = latest.tier < tier - 1 ? limits.reason(of: node) : nil
      reasons[node] = reading ?? room ?? edge
    }
  }

  private static func latest(
    before node: NodeIndex, _ fronts: [Front], in plan: Plan
  ) -> Front {
    var latest = Front()
    for position in plan.predecessors.edges(from: Int(node)) {
      let edge = plan.edges[Int(position)]
      let front = fronts[Int(edge.source)]
      guard front.tier > latest.tier else { continue }
      latest = front
      if edge.reason != .structure { latest.edge = position }
    }
    return latest
  }

  /// Why a task is not in an earlier tier; `nil` in the first, and when nobody knows.
  func reason(of task: NodeIndex) -> OrderReason? { reasons[task] }
}

/// The limits of concurrency that tasks are under.
struct RoomLimits {
  private let plan: Plan
  /// The flow with the smallest limit among each flow and those around it.
  private var narrowest: [Int?] = []

  /// - Complexity: linear in the number of flows.
  init(_ plan: Plan) {
    self.plan = plan
    for (index, flow) in plan.flows.enumerated() {
      let around = flow.parent.flatMap { narrowest[Int($0)] }
      let outer = around.flatMap { plan.flows[$0].concurrencyLimit?.count } ?? .max
      let isNarrower = flow.concurrencyLimit.map { $0.count < outer } ?? false
      narrowest.append(isNarrower ? index : around)
    }
  }

  /// Why a task may have to wait though all before it is done; `nil` when it need not.
  func reason(of task: NodeIndex) -> OrderReason? {
    guard let flow = narrowest[Int(plan.nodes[Int(task)].flow)],
      let limit = plan.flows[flow].concurrencyLimit
    else { return nil }
    return OrderReason(task, waitsForRoomIn: plan.flows[flow], limit: limit)
  }
}
