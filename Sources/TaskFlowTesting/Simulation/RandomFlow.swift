import FlowDiagnostics
package import FlowEngine
package import TaskFlow

/// A flow with rules and a script, all chosen by a seed.
///
/// It nests linear, unordered and graph flows, with controllers of all kinds, deciders of all depths,
/// priorities, data between tasks, and failures of all methods.
package struct RandomFlow: Sendable {
  /// The flow.
  package private(set) var flow: Flow

  /// What it is given.
  package private(set) var inputs: [String: BoxedValue] = [:]

  /// The rules of the run.
  package private(set) var options = RunOptions()

  /// What the tasks do.
  package private(set) var script = RunScript()

  /// In which order calls end.
  package private(set) var order = EndOrder.first

  /// Goes on with the seed's numbers, for the choices of a run.
  package private(set) var random: SeededGenerator

  private var nameCount = 0
  private var tasksLeft: Int
  private var failurePercent: Int
  private let isForeseeable: Bool
  private let isLimited: Bool
  private let span = SourceSpan(file: "random", line: 1, column: 1)

  /// The flow of a seed.
  ///
  /// - Parameters:
  ///   - isForeseeable: whether it is without deciders of links and without pauses, whose outcome only a run
  ///     tells.
  ///   - isLimited: whether some of its flows have limits of concurrency, and the run perhaps as well.
  package init(seed: UInt64, isForeseeable: Bool = false, isLimited: Bool = true) {
    self.isForeseeable = isForeseeable
    self.isLimited = isLimited
    random = SeededGenerator(seed: seed)
    tasksLeft = random.happens(3) ? 0 : random.number(3...24)
    failurePercent = random.pick(0, 5, 10, 20, 40)
    flow = Flow(name: "root", pattern: .linear, span: span)
    var provided: [String] = []
    flow = makeFlow(depth: 0, visible: [], provided: &provided)
    options = RunOptions(
      concurrencyLimit: random.pick(nil, nil, 1, 2, 3), defersReverts: random.happens(25),
      neverResolves: random.happens(6),
      revertFailure: random.pick(.halt, .continueIndependent))
    if !isLimited { options.concurrencyLimit = nil }
    order = EndOrder.allCases.randomElement(using: &random) ?? .random
  }

  /// What it compiles to.
  ///
  /// - Throws: ``Failure`` when the flow is refused, which is a mistake of the compiler or of this type.
  package func plan() throws -> Plan {
    let compilation = Compiler(store: Set(inputs.keys)).compile(flow)
    guard let plan = compilation.plan else {
      throw Failure(compilation.findings.map(\.message).joined(separator: "; "))
    }
    return plan
  }

  private mutating func newName(_ letter: String) -> String {
    nameCount += 1
    return "\(letter)\(nameCount)"
  }

  // MARK: Flows

  /// - Parameters:
  ///   - visible: symbols that the flow's atoms can read.
  ///   - provided: is given the symbols that they provide.
  private mutating func makeFlow(
    depth: Int, visible: [String], provided: inout [String]
  ) -> Flow {
    var visible = visible
    let pattern: FlowPattern = random.pick(.linear, .unordered, .graph)
    var flow = Flow(
      name: newName("f"), pattern: pattern,
      retry: random.happens(50) ? makeController(visible: &visible) : nil, span: span)
    if random.happens(20), isLimited {
      flow.concurrencyLimit = Flow.Limit(random.number(1...3), span: span)
    }
    var children: [FlowItem] = []
    let count = depth == 0 ? random.number(2...6) : random.happens(8) ? 0 : random.number(1...4)
    for _ in 0..<count where tasksLeft > 0 {
      var symbols: [String] = []
      if depth < 3, random.happens(45) {
        children.append(
          .flow(makeFlow(depth: depth + 1, visible: visible, provided: &symbols)))
      } else {
        children.append(.task(makeTask(visible: visible, provided: &symbols)))
      }
      provided += symbols
      if pattern != .unordered { visible += symbols }
    }
    if pattern == .graph {
      link(children, in: &flow)
      children.shuffle(using: &random)
    }
    for child in children { flow.append(child) }
    return flow
  }

  /// Links from earlier to later children, so that there is no cycle.
  private mutating func link(_ children: [FlowItem], in flow: inout Flow) {
    for later in children.indices {
      for earlier in 0..<later where random.happens(30) {
        var decider: LinkDecider?
        if random.happens(30), !isForeseeable {
          let answer = random.happens(50)
          let throwsError = random.happens(5)
          decider = LinkDecider(depth: makeDepth()) { _ in
            if throwsError { throw Failure("decider") }
            return answer
          }
        }
        flow.link(from: children[earlier].name, to: children[later].name, decider: decider)
      }
    }
  }

  private mutating func makeDepth() -> SkipDepth {
    random.pick(.all, .flow, .neighbors, .atom)
  }

  // MARK: Atoms

  private mutating func makeTask(visible: [String], provided: inout [String]) -> FlowTask {
    tasksLeft -= 1
    let name = newName("t")
    let items = (0..<random.number(0...2)).map { _ in
      Provision.Item(symbol: newName("s"), span: span)
    }
    provided = items.map(\.symbol)
    var task = FlowTask(
      name: name, requirements: makeRequirements(visible),
      provision: Provision(form: items.count == 1 ? .whole : .elements, items: items),
      action: .body { _ in AtomResult() }, span: span)
    if random.happens(30) { task.priority = random.number(-2...2) }
    let revert = random.happens(60) ? random.happens(20) ? makeRequirements(visible) : nil : []
    let condition = random.happens(4) ? makeCondition() : nil
    task = task.changing { traits in
      traits.revert = TaskTraits.Revert(
        requirements: revert, action: .body { _ in AtomResult() }, span: span)
      traits.condition = condition
    }
    if random.happens(failurePercent) {
      script.executions[name] = (0..<random.number(1...4)).map { _ in
        random.pick(.succeed, .succeed, .fail, .fail, .fail, .lack)
      }
    }
    if random.happens(failurePercent / 3) {
      script.revertFailures[name] = (0..<random.number(1...3)).map { _ in random.happens(50) }
    }
    return task
  }

  private mutating func makeRequirements(_ visible: [String]) -> [Requirement] {
    var symbols: [String] = []
    for _ in 0..<random.number(0...2) {
      guard let symbol = visible.randomElement(using: &random), !symbols.contains(symbol) else {
        continue
      }
      symbols.append(symbol)
    }
    return symbols.map { Requirement(symbol: $0, isOptional: random.happens(30), span: span) }
  }

  private mutating func makeCondition() -> Condition {
    let answer = random.happens(40)
    let throwsError = random.happens(10)
    return Condition(
      requirements: [], depth: makeDepth(), summary: "\(answer)", span: span
    ) { _ in
      if throwsError { throw Failure("condition") }
      return answer
    }
  }

  private mutating func makeController(visible: inout [String]) -> RetryController {
    let name = newName("r")
    var controller = RetryController(name: name, strategy: .alwaysRevert, span: span)
    let values = (0..<random.number(random.happens(5) ? 0...0 : 1...3)).map { _ in
      BoxedValue(FlowValue.int(random.number(1...2)))
    }
    controller.strategy = random.pick(

      .times(attempts: random.number(1...3)), .times(attempts: random.number(2...3)),
      .times(attempts: random.number(2...4)), .times(attempts: random.number(3...5)),

      .forEach(values), .parameterizedForEach, .alwaysRevert, .alwaysRevertAll,
      .custom(MoodyPolicy(seed: random.next())))
    if case .parameterizedForEach = controller.strategy {
      let symbol = newName("l")
      controller.requirements = [Requirement(parameter: "values", symbol: symbol, span: span)]
      inputs[symbol] =
        random.happens(5)
        ? BoxedValue("no list") : BoxedValue(FlowValue.list((0..<values.count).map { .int($0) }))
    }
    if random.happens(40) {
      let symbol = newName("v")
      controller.provision = Provision(
        form: .whole, items: [Provision.Item(symbol: symbol, span: span)])
      visible.append(symbol)
    }
    controller.revertsAll = random.happens(15)
    controller.priority = random.number(-1...1)
    if random.happens(20), !isForeseeable { controller.backoff = Backoff(initial: .seconds(1)) }
    if random.happens(10) {
      controller.filter = FailureFilter(summary: "some") { $0.message.hasSuffix("1") }
    }
    return controller
  }
}

/// A controller that decides by what it remembers, and throws now and then.
private struct MoodyPolicy: RetryPolicy {
  let seed: UInt64

  private func mood(_ salt: Int) -> UInt64 {
    var random = SeededGenerator(seed: seed &+ UInt64(salt))
    return random.next() % 8
  }

  func execute(history: History, arguments: Arguments) throws -> BoxedValue? {
    if mood(history.count) == 0 { throw Failure("moody start") }
    return BoxedValue(FlowValue.int(history.count))
  }

  func onFailure(history: History, arguments: Arguments) throws -> RetryDecision {
    let filed = history.entries.last?.failures.count ?? 0
    switch mood(history.count * 10 + filed + 100) {
    case 0: throw Failure("moody decision")
    case 1: return .revertAll
    case 2: return .revert
    default: return history.count < 3 ? .retry : .revert
    }
  }

  func revert(history: History, arguments: Arguments) throws {
    if mood(history.count + 200) == 0 { throw Failure("moody revert") }
  }
}

extension FlowItem {
  fileprivate var name: String {
    switch self {
    case .task(let task): task.name
    case .flow(let flow): flow.name
    }
  }
}
