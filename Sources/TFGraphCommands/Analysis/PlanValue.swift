import FlowEngine
import TaskFlow

/// What a run would do, for programs; times are in seconds.
struct PlanValue {
  private let outlook: PlanOutlook
  private let plan: Plan

  init(_ outlook: PlanOutlook) {
    self.outlook = outlook
    plan = outlook.forecast.plan
  }

  var value: FlowValue {
    let bounds = outlook.forecast.attempts
    let total = bounds.total(of: outlook.tasks)
    return [
      "schema": "tfgraph-plan-1", "flow": .string(plan.name),
      "tiers": .list(outlook.forecast.tiers.map { .list($0.map(task)) }),
      "width": .int(outlook.width),
      "conditions": .list(outlook.forecast.conditions.map(condition)),
      "skipped": names(outlook.forecast.skipped),
      "attempts": total.map { .int($0) } ?? .null,
      "criticalPath": criticalPath,
      "tightestFlow": outlook.tightest.map(tightestFlow) ?? .null,
      "inputs": .list(outlook.inputs.map(input)),
      "secrets": .list(outlook.secrets.map(secret)),
      "failure": outlook.failure.map { .string($0) } ?? .null,
    ]
  }

  private func task(_ node: NodeIndex) -> FlowValue {
    let bounds = outlook.forecast.attempts
    return [
      "task": .string(plan.name(of: node)), "place": .string("\(plan.span(of: node))"),
      "waits": outlook.waits.reason(of: node)?.value(in: plan) ?? .null,
      "attempts": bounds.most(of: node).map { .int($0) } ?? .null,
      "factors": .list(bounds.factors(of: node).map { $0.map { .int($0) } ?? .null }),
    ]
  }

  private func condition(_ condition: RunForecast.Condition) -> FlowValue {
    var value: [String: FlowValue] = [
      "task": .string(plan.name(of: condition.node)),
      "expression": .string(plan.task(at: condition.node)?.traits.condition?.summary ?? ""),
    ]
    switch condition.answer {
    case .yes: value["answer"] = "yes"
    case .no: value["answer"] = "no"
    case .failure(let message):
      value["answer"] = "failure"
      value["message"] = .string(message)
    case .open(let providers):
      value["answer"] = "open"
      value["reads"] = names(providers)
    }
    return .map(value)
  }

  private var criticalPath: FlowValue {
    [
      "tasks": .list(
        outlook.path.tasks.map { step in
          [
            "task": .string(plan.name(of: step.node)),
            "seconds": step.duration.map { .float($0 / .seconds(1)) } ?? .null,
          ]
        }),
      "seconds": .float(outlook.path.duration / .seconds(1)),
      "runs": .int(outlook.durations.runCount),
    ]
  }

  private func tightestFlow(_ tightest: RunForecast.LimitedFlow) -> FlowValue {
    let flow = plan.flows[Int(tightest.flow)]
    return [
      "flow": .string(flow.name), "limit": flow.concurrencyLimit.map { .int($0.count) } ?? .null,
      "seconds": .float(tightest.duration / .seconds(1)),
    ]
  }

  private func input(_ input: PlanOutlook.Input) -> FlowValue {
    [
      "name": .string(input.input.symbol),
      "type": input.input.type.map { .string($0.rawValue) } ?? .null,
      "source": .string(input.source.rawValue), "value": input.value ?? .null,
    ]
  }

  private func secret(_ secret: PlanOutlook.Secret) -> FlowValue {
    var value: [String: FlowValue] = [
      "name": .string(secret.secret.name), "tasks": names(secret.tasks),
    ]
    switch secret.secret.source {
    case .environment(let variable): value["environment"] = .string(variable)
    case .file(let path): value["file"] = .string(path)
    }
    if let isSet = secret.isSet { value["isSet"] = .bool(isSet) }
    return .map(value)
  }

  private func names(_ nodes: [NodeIndex]) -> FlowValue {
    .list(nodes.map { .string(plan.name(of: $0)) })
  }
}
