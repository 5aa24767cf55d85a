public import TaskFlow

/// What a run would do in which every task succeeds that is not said to fail.
///
/// It is made by the machine of real runs (``RunRehearsal``), so both decide alike. Conditions are asked that
/// inputs with known values decide; others are taken as true, and links always lead on.
public struct RunForecast: Sendable {
  /// What is known of a condition before the run.
  public enum Answer: Sendable, Hashable {
    /// The inputs say yes: the task is run.
    case yes
    /// The inputs say no: the task is skipped, and what its depth says with it.
    case no
    /// It can't be answered: the task fails.
    case failure(String)
    /// It depends on the results of these atoms; of none when it depends on an input without a value.
    case open([NodeIndex])
  }

  /// The condition of a task.
  public struct Condition: Sendable, Hashable {
    /// The task.
    public var node: NodeIndex
    /// What is known of it.
    public var answer: Answer
  }

  /// The run.
  public let rehearsal: RunRehearsal

  /// The tasks that are run, by what could run side by side if nothing limits that: no task of one tier waits
  /// for another of it, and each has one in the tier before that it waits for.
  public let tiers: [[NodeIndex]]

  /// The tasks that are skipped.
  public let skipped: [NodeIndex]

  /// The conditions of tasks, in declaration order.
  public let conditions: [Condition]

  /// How often each task can be tried.
  public let attempts: AttemptBounds

  /// The plan.
  public var plan: Plan { rehearsal.machine.plan }

  /// Forecasts a run.
  ///
  /// - Parameters:
  ///   - plan: what would be run.
  ///   - inputs: the values that the flow would be given, as far as they are known; inputs with a default
  ///     need none.
  ///   - failing: what fails.
  ///   - options: the rules of the run; a limit of concurrency makes more tiers.
  ///   - asksConditions: whether any condition is asked.
  /// - Complexity: linear in the size of the plan.
  public init(
    of plan: Plan, inputs: [String: BoxedValue] = [:], failing: Set<RunRehearsal.Failing> = [],
    options: RunOptions = RunOptions(), asksConditions: Bool = true
  ) {
    var inputs = inputs
    for input in plan.inputs where inputs[input.symbol] == nil {
      inputs[input.symbol] = input.defaultValue.map { BoxedValue($0) }
    }
    let known = KnownValues(plan: plan, inputs: inputs)
    conditions = known.conditions(isAsked: asksConditions)
    let asked = conditions.filter { condition in
      if case .open = condition.answer { false } else { true }
    }
    rehearsal = RunRehearsal(
      of: plan, inputs: inputs, failing: failing, options: options,
      asking: Set(asked.map(\.node)))
    tiers = rehearsal.steps.compactMap { step in
      let calls = step.calls.filter { $0.action == .execute && $0.attempt == 1 }
      return calls.isEmpty ? nil : calls.map(\.node).sorted()
    }
    let machine = rehearsal.machine
    skipped = plan.atoms.filter {
      plan.nodes[Int($0)].isTask && machine.states[Int($0)] == .ignored
    }
    attempts = AttemptBounds(of: plan, values: known.values(of:))
  }
}

/// Which arguments of a plan are known before a run.
private struct KnownValues {
  let plan: Plan
  let inputs: [String: BoxedValue]

  /// What is known of each condition.
  func conditions(isAsked: Bool) -> [RunForecast.Condition] {
    plan.atoms.compactMap { node in
      guard let condition = plan.task(at: node)?.condition else { return nil }
      let known = arguments(of: node, for: .condition)
      let open = RunForecast.Condition(node: node, answer: .open(known.providers))
      guard isAsked, known.decides else { return open }
      let answer: RunForecast.Answer
      do {
        answer = try condition.decide(known.arguments) ? .yes : .no
      } catch {
        // What is not known may be what it fails at.
        guard known.isComplete else { return open }
        answer = .failure(Failure(error).message)
      }
      return RunForecast.Condition(node: node, answer: answer)
    }
  }

  /// How many values a controller tries which it reads, if they are known: given, or set by a task whatever
  /// that reads.
  func values(of controller: NodeIndex) -> Int? {
    let value: BoxedValue?
    let known = arguments(of: controller, for: .execute)
    if known.isComplete {
      value = known.arguments.values.first ?? nil
    } else {
      value = plan.bindings(of: controller, for: .execute).first.flatMap(constant)
    }
    guard case .list(let values) = try? value?.flowValue() else { return nil }
    return values.count
  }

  private func constant(of binding: Binding) -> BoxedValue? {
    guard let candidates = plan.bindings.candidates(of: binding, atMost: 1),
      let provider = candidates.first
    else { return nil }
    return plan.task(at: provider.node)?.constantValue(at: Int(provider.element))
  }

  /// What is known of the arguments of a method.
  struct KnownArguments {
    /// The arguments; of one that is not known there is no value.
    var arguments: Arguments
    /// Whether all are known.
    var isComplete: Bool
    /// Whether an answer that is given without the others holds with them: none of them is one that a method
    /// can go without, so that it would fail if it needed one.
    var decides: Bool
    /// The atoms that give the others.
    var providers: [NodeIndex]
  }

  private func arguments(of node: NodeIndex, for method: Plan.Method) -> KnownArguments {
    let requirements = plan.requirements(of: node, for: method)
    var values: [BoxedValue?] = []
    var providers: [NodeIndex] = []
    var (isKnown, decides) = (true, true)
    for (requirement, binding) in zip(requirements, plan.bindings(of: node, for: method)) {
      switch binding {
      case .injected(let index):
        values.append(plan.task(at: node)?.traits.injections[Int(index)].value)
      case .input:
        let value = inputs[requirement.symbol]
        isKnown = isKnown && value != nil
        decides = decides && (value != nil || !requirement.isOptional)
        values.append(value)
      case .absent: values.append(nil)
      case .atoms:
        isKnown = false
        decides = decides && !requirement.isOptional
        values.append(nil)
        guard let provider = plan.bindings.likeliest(of: binding)?.node,
          !providers.contains(provider)
        else { continue }
        providers.append(provider)
      }
    }
    return KnownArguments(
      arguments: Arguments(requirements, values), isComplete: isKnown, decides: decides,
      providers: providers)
  }
}
