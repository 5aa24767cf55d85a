import FlowDiagnostics
import FlowRender
import TaskFlow
import Testing

/// A random flow without mistakes: every pattern, nested, with retries, data, links and conditions.
struct RandomFlow {
  private var random: SplitMix64
  private var taskCount = 0
  private var flowCount = 0
  private let size: Int

  /// - Parameter size: about how many tasks there are.
  static func make(seed: UInt64, size: Int = 14) -> Flow {
    var maker = RandomFlow(random: SplitMix64(seed: seed), size: size)
    var available: [String] = []
    return maker.flow(depth: 0, available: &available)
  }

  private init(random: SplitMix64, size: Int) {
    self.random = random
    self.size = size
  }

  private mutating func chance(_ percent: Int) -> Bool {
    Int.random(in: 0..<100, using: &random) < percent
  }

  private mutating func flow(depth: Int, available: inout [String]) -> Flow {
    let pattern = FlowPattern.allCases.randomElement(using: &random) ?? .linear
    let name = "flow-\(flowCount)"
    flowCount += 1
    var inside = available
    var retry: RetryController?
    if chance(40) {
      retry = controller(named: "\(name)-retry", available: inside)
      inside += retry?.provision.items.map(\.symbol) ?? []
    }
    var flow = Flow(name: name, pattern: pattern, retry: retry, span: span)
    let outside = inside
    var all = inside
    var children: [String] = []
    for _ in 0..<Int.random(in: depth == 0 ? 2...5 : 0...4, using: &random) {
      // Children of an unordered flow see only what is outside.
      var visible = pattern == .unordered ? outside : all
      let known = Set(visible)
      if depth < 3, taskCount < size, chance(30) {
        let nested = self.flow(depth: depth + 1, available: &visible)
        children.append(nested.name)
        flow.append(nested)
      } else {
        let task = task(available: visible)
        visible += task.provision.items.map(\.symbol)
        children.append(task.name)
        flow.append(task)
      }
      all += visible.filter { !known.contains($0) }
    }
    if pattern == .graph { addLinks(between: children, to: &flow) }
    available = all
    return flow
  }

  private mutating func addLinks(between children: [String], to flow: inout Flow) {
    for (index, child) in children.enumerated().dropFirst() where chance(30) {
      let source = children[Int.random(in: 0..<index, using: &random)]
      let decider: LinkDecider? =
        chance(40) ? LinkDecider(depth: .flow, summary: "it is worth it") { _ in true } : nil
      flow.link(from: source, to: child, decider: decider)
    }
  }

  private mutating func task(available: [String]) -> FlowTask {
    let number = taskCount
    taskCount += 1
    let needs = Set(
      (0..<3).compactMap { _ in chance(45) ? available.randomElement(using: &random) : nil })
    let gives = (0..<Int.random(in: 0...2, using: &random)).map { "s\(number)_\($0)" }
    var task = FlowTask(
      name: "task-\(number)",
      requirements: needs.sorted().map { Requirement(symbol: $0, span: span) },
      provision: Provision(
        form: .elements, items: gives.map { Provision.Item(symbol: $0, span: span) },
        isComplete: true),
      action: .wait(.duration(.seconds(number))), span: span)
    if chance(50) {
      let own = available.randomElement(using: &random).map {
        [Requirement(symbol: $0, span: span)]
      }
      task = task.changing { traits in
        traits.revert = TaskTraits.Revert(
          requirements: own, action: .wait(.duration(.zero)), span: span)
      }
    } else if chance(50) {
      task = task.nothingToRevert()
    }
    return task
  }

  private mutating func controller(named name: String, available: [String]) -> RetryController {
    let symbol = Provision(
      form: .whole, items: [Provision.Item(symbol: "\(name)_value", span: span)])
    let provision = chance(50) ? symbol : .nothing
    switch Int.random(in: 0..<4, using: &random) {
    case 0:
      return RetryController(
        name: name, strategy: .times(attempts: Int.random(in: 1...4, using: &random)),
        provision: provision, revertsAll: chance(30), span: span)
    case 1:
      return RetryController(
        name: name, strategy: .forEach([BoxedValue(1), BoxedValue(2)]), provision: provision,
        span: span)
    case 2:
      guard let list = available.randomElement(using: &random) else { fallthrough }
      return RetryController(
        name: name, strategy: .parameterizedForEach,
        requirements: [Requirement(symbol: list, span: span)], provision: provision, span: span)
    default:
      return RetryController(
        name: name, strategy: chance(50) ? .alwaysRevert : .alwaysRevertAll, span: span)
    }
  }

  private var span: SourceSpan { SourceSpan(file: "random", line: taskCount + 1, column: 1) }
}
