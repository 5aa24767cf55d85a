import FlowEngine
import TaskFlow

/// What is told of a run before it begins.
struct PlanOutlook {
  let forecast: RunForecast
  let waits: TierWaits
  let path: RunForecast.CriticalPath
  /// The flow whose limit of concurrency makes a run longer than the critical path is, if one does.
  let tightest: RunForecast.LimitedFlow?
  let durations: TaskDurations
  let inputs: [Input]
  let secrets: [Secret]

  /// An input with what is known of its value.
  struct Input {
    enum Source: String {
      case given
      case byDefault = "default"
      case missing
    }

    let input: FlowInput
    let source: Source
    let value: FlowValue?
  }

  /// A secret with the tasks that are given it.
  struct Secret {
    let secret: FlowSecret
    let tasks: [NodeIndex]
    /// Whether the environment has it, or names a file for it; `nil` for one in a file, which is not looked at.
    let isSet: Bool?
  }

  /// - Parameters:
  ///   - values: the values of inputs, with defaults.
  ///   - given: the names of inputs whose values somebody gave by themselves.
  init(
    forecast: RunForecast, flow: Flow?, values: [String: BoxedValue], given: Set<String>,
    durations: TaskDurations, environment: [String: String]
  ) {
    self.forecast = forecast
    self.durations = durations
    waits = TierWaits(forecast, links: LinkPlaces(of: flow))
    let path = forecast.criticalPath(durations: durations.medians)
    self.path = path
    tightest = forecast.tightestFlow(durations: durations.medians).flatMap {
      $0.duration > path.duration ? $0 : nil
    }
    inputs = forecast.plan.inputs.map { input in
      let value = values[input.symbol].flatMap { try? $0.flowValue() }
      let isDefault = !given.contains(input.symbol) && value == input.defaultValue
      return Input(
        input: input, source: value == nil ? .missing : isDefault ? .byDefault : .given,
        value: value)
    }
    secrets = Self.secrets(of: forecast.plan, environment)
  }

  private static func secrets(of plan: Plan, _ environment: [String: String]) -> [Secret] {
    guard !plan.secrets.isEmpty else { return [] }
    var tasks: [String: [NodeIndex]] = [:]
    for node in plan.atoms {
      guard let task = plan.task(at: node) else { continue }
      for name in Self.secretNames(of: task) { tasks[name, default: []].append(node) }
    }
    return plan.secrets.map { secret in
      var isSet: Bool?
      if case .environment(let variable) = secret.source {
        isSet = environment[variable] != nil || environment["\(variable)_FILE"] != nil
      }
      return Secret(secret: secret, tasks: tasks[secret.name] ?? [], isSet: isSet)
    }
  }

  private static func secretNames(of task: FlowTask) -> Set<String> {
    var names: Set<String> = []
    for action in [task.action, task.traits.revert?.action] {
      if case .command(let command) = action { names.formUnion(command.secrets) }
    }
    return names
  }

  /// The tasks that are run.
  var tasks: [NodeIndex] { forecast.tiers.flatMap(\.self) }

  /// The width of the widest tier.
  var width: Int { forecast.tiers.map(\.count).max() ?? 0 }

  /// What keeps the run from succeeding, in words; `nil` if nothing does.
  var failure: String? {
    let machine = forecast.rehearsal.machine
    guard machine.flowState != .success else { return nil }
    let lines = RunNarration(plan: forecast.plan)
    guard let first = machine.failures.first else { return "the run does not succeed" }
    return "the run fails at \(lines.name(first.node)): \(first.failure.message)"
  }
}
