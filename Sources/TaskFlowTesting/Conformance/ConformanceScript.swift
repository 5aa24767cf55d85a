import FlowDiagnostics
import Synchronization
public import TaskFlow

/// Makes a flow of a recorded case: its atoms do what the case says, and write down what they are asked.
public final class ConformanceScript: Sendable {
  private let calls = Mutex<[String: [FlowValue]]>([:])

  /// A script with nothing written down yet.
  public init() {}

  /// What each atom was asked, in order: the method and its arguments, as cases record them.
  public var recordedCalls: [String: FlowValue] {
    calls.withLock { $0.mapValues { FlowValue.list($0) } }
  }

  /// Writes a call down, and says how often the method was called before.
  private func record(_ method: String, of atom: String, _ details: [String: FlowValue]) -> Int {
    calls.withLock { calls in
      let earlier = calls[atom, default: []].count { $0.elements?.first?.text == method }
      calls[atom, default: []].append([.string(method), .map(details)])
      return earlier
    }
  }

  /// The flow of a case.
  ///
  /// - Throws: ``Failure`` when the case says something unknown.
  public func flow(of value: FlowValue) throws -> Flow {
    var flow = Flow(
      name: try name(of: value), pattern: try pattern(of: value),
      retry: try value["retry"].flatMap { $0 == .null ? nil : try controller(of: $0) },
      span: span)
    for child in value["children"]?.elements ?? [] {
      if child["type"] == "task" {
        flow.append(try task(of: child))
      } else {
        flow.append(try self.flow(of: child))
      }
    }
    for link in value["links"]?.elements ?? [] {
      flow.link(
        from: link["from"]?.text ?? "", to: link["to"]?.text ?? "", decider: try decider(of: link))
    }
    return flow
  }

  private let span = SourceSpan(file: "case", line: 1, column: 1)

  private func name(of value: FlowValue) throws -> String {
    guard let name = value["name"]?.text else { throw Failure("expected a name") }
    return name
  }

  private func pattern(of value: FlowValue) throws -> FlowPattern {
    guard let pattern = value["type"]?.text.flatMap(FlowPattern.init) else {
      throw Failure("expected a flow, found '\(value["type"]?.text ?? "")'")
    }
    return pattern
  }

  private func decider(of link: FlowValue) throws -> LinkDecider? {
    guard case .bool(let answer)? = link["decider"] else { return nil }
    let depth = link["depth"]?.text.flatMap { SkipDepth(rawValue: $0.lowercased()) }
    return LinkDecider(depth: depth ?? .all) { _ in answer }
  }

  private func task(of value: FlowValue) throws -> FlowTask {
    let name = try name(of: value)
    let injected = value["inject"]?.entries ?? [:]
    let rebound = value["rebind"]?.entries ?? [:]
    let plain = (value["requires"]?.elements ?? []).compactMap(\.text)
    let requirements =
      plain.map { Requirement(symbol: $0, span: span) }
      + rebound.sorted { $0.key < $1.key }.map { parameter, symbol in
        Requirement(parameter: parameter, symbol: symbol.text ?? "", span: span)
      }
    let provision = provision(of: value["provides"])
    let executions = script(value["execute"])
    let reverts = script(value["revert"])
    var task = FlowTask(
      name: name, requirements: requirements, provision: provision,
      action: .body { [self] context in
        let number = record("execute", of: name, try context.arguments.recorded()) + 1
        if fails(executions, number) { throw Failure("\(name)#\(number)") }
        return AtomResult(result(of: name, number, provision), by: provision)
      }, span: span)
    if case .int(let priority)? = value["priority"] { task.priority = priority }
    return task.changing { traits in
      traits.injections = injected.sorted { $0.key < $1.key }.map { symbol, value in
        TaskTraits.Injection(symbol: symbol, value: BoxedValue(value))
      }
      traits.revert = TaskTraits.Revert(
        action: .body { [self] context in
          var details = try context.arguments.recorded()
          details["result"] = try context.outcome.recorded()
          let number = record("revert", of: name, details) + 1
          if fails(reverts, number) { throw Failure("\(name)!\(number)") }
          return AtomResult(whole: BoxedValue(FlowValue.string("\(name)!\(number)")))
        }, span: span)
    }
  }

  private func provision(of value: FlowValue?) -> Provision {
    func items(_ names: [FlowValue]) -> [Provision.Item] {
      names.compactMap(\.text).map { Provision.Item(symbol: $0, span: span) }
    }
    switch value {
    case .string?: return Provision(form: .whole, items: items([value ?? ""]))
    case .list(let names)?: return Provision(form: .elements, items: items(names))
    case .map(let map)?: return Provision(form: .keys, items: items(map["keys"]?.elements ?? []))
    default: return .nothing
    }
  }

  private func result(of name: String, _ number: Int, _ provision: Provision) -> FlowValue {
    switch provision.form {
    case .whole: .string("\(name)#\(number)")
    case .elements: .list(provision.items.indices.map { .string("\(name).\($0)#\(number)") })
    case .keys:
      .map(
        Dictionary(
          uniqueKeysWithValues: provision.items.map {
            ($0.symbol, .string("\(name).\($0.symbol)#\(number)"))
          }))
    }
  }

  private func script(_ value: FlowValue?) -> [Bool] {
    (value?.elements ?? []).map { $0 == "fail" }
  }

  /// Whether the n-th call fails; the last entry repeats.
  private func fails(_ script: [Bool], _ number: Int) -> Bool {
    script.isEmpty ? false : script[min(number, script.count) - 1]
  }

  private func controller(of value: FlowValue) throws -> RetryController {
    let strategy: RetryController.Strategy
    switch value["kind"]?.text {
    case "times": strategy = .times(attempts: value["attempts"]?.number ?? 1)
    case "always_revert": strategy = .alwaysRevert
    case "always_revert_all": strategy = .alwaysRevertAll
    case "for_each": strategy = .forEach((value["values"]?.elements ?? []).map { BoxedValue($0) })
    case "parameterized_for_each": strategy = .parameterizedForEach
    case let kind: throw Failure("unknown controller '\(kind ?? "")'")
    }
    var controller = RetryController(
      name: try name(of: value), strategy: strategy,
      requirements: value["values_from"]?.text.map {
        [Requirement(parameter: "values", symbol: $0, span: span)]
      } ?? [],
      provision: provision(of: value["provides"]), revertsAll: value["revert_all"] == true,
      span: span)
    controller.strategy = .custom(RecordingPolicy(controller: controller, script: self))
    return controller
  }

  /// The rules of a controller, with each call written down.
  private struct RecordingPolicy: RetryPolicy {
    let controller: RetryController
    let script: ConformanceScript

    func execute(history: History, arguments: Arguments) throws -> BoxedValue? {
      _ = script.record("execute", of: controller.name, try details(history, arguments))
      return try controller.strategy.execute(history: history, arguments: arguments)
    }

    func onFailure(history: History, arguments: Arguments) throws -> RetryDecision {
      let decision = try controller.decision(history: history, arguments: arguments)
      var details = try details(history, arguments)
      details["decision"] = .string(decision.recorded)
      _ = script.record("on_failure", of: controller.name, details)
      return decision
    }

    func revert(history: History, arguments: Arguments) throws {
      // A recorded revert of a controller has no arguments besides the history.
      _ = script.record("revert", of: controller.name, try details(history, .none))
    }

    private func details(_ history: History, _ arguments: Arguments) throws -> [String: FlowValue] {
      var details = try arguments.recorded()
      details["history"] = .list(try history.entries.map { try $0.recorded() })
      return details
    }
  }
}

extension Arguments {
  fileprivate func recorded() throws -> [String: FlowValue] {
    var recorded: [String: FlowValue] = [:]
    for (requirement, value) in zip(requirements, values) {
      recorded[requirement.parameter] = try value?.flowValue()
    }
    return recorded
  }
}

extension TaskContext.Outcome {
  fileprivate func recorded() throws -> FlowValue {
    switch self {
    case .success(let result): try result.whole?.flowValue() ?? .null
    case .failure(let failure): ["$failure": .string(failure.message)]
    case .interrupted: .null
    }
  }
}

extension History.Entry {
  fileprivate func recorded() throws -> FlowValue {
    var filed: [String: FlowValue] = [:]
    for outcome in failures {
      filed[outcome.atom] = ["$failure": .string(outcome.failure.message)]
    }
    return [try value?.flowValue() ?? .null, .map(filed)]
  }
}

extension RetryDecision {
  fileprivate var recorded: String {
    switch self {
    case .retry: "RETRY"
    case .revert: "REVERT"
    case .revertAll: "REVERT_ALL"
    }
  }
}
