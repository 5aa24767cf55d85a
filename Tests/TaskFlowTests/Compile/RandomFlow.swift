import FlowDiagnostics
import TaskFlow

/// A source of numbers that a seed determines (SplitMix64, Steele, Lea and Flood 2014).
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// Makes nested flows of all patterns with rebound, injected and optional arguments, conditions, links
/// and controllers; the same flow for the same seed.
struct RandomFlow {
  private var generator: SeededGenerator
  private var count = 0
  private let symbols = ["a", "b", "c", "d", "e", "f"]

  /// Symbols that the flow is given.
  private(set) var store: Set<String> = []

  init(seed: UInt64) {
    generator = SeededGenerator(seed: seed)
    if chance(3) { store.insert(symbol()) }
  }

  mutating func flow() -> Flow { flow(depth: 0) }

  private mutating func chance(_ oneIn: Int) -> Bool {
    Int.random(in: 0..<oneIn, using: &generator) == 0
  }

  private mutating func symbol() -> String {
    symbols.randomElement(using: &generator) ?? "a"
  }

  private mutating func name(_ kind: String) -> String {
    count += 1
    return "\(kind)\(count)"
  }

  private func span() -> SourceSpan { SourceSpan(file: "random", line: count, column: 1) }

  private mutating func flow(depth: Int) -> Flow {
    let pattern = FlowPattern.allCases.randomElement(using: &generator) ?? .linear
    var flow = Flow(name: name("flow"), pattern: pattern, span: span())
    if chance(3) { flow.retry = controller() }
    let children = Int.random(in: 0...5, using: &generator)
    for _ in 0..<children {
      if depth < 3, chance(3) {
        flow.append(self.flow(depth: depth + 1))
      } else {
        flow.append(task())
      }
    }
    if pattern == .graph { addLinks(to: &flow) }
    return flow
  }

  private mutating func addLinks(to flow: inout Flow) {
    let names = flow.items.map { item in
      switch item {
      case .task(let task): task.name
      case .flow(let flow): flow.name
      }
    }
    for target in names.indices {
      for source in names.indices where source < target && chance(4) {
        flow.links.append(
          Flow.Link(
            source: names[source], target: names[target],
            decider: chance(4) ? LinkDecider { _ in true } : nil, span: span()))
      }
    }
  }

  private mutating func controller() -> RetryController {
    RetryController(
      name: name("retry"), strategy: .times(attempts: 2),
      requirements: chance(4) ? [requirement()] : [],
      provision: chance(2)
        ? Provision(form: .whole, items: [Provision.Item(symbol: symbol(), span: span())])
        : .nothing,
      span: span())
  }

  private mutating func requirement() -> Requirement {
    let symbol = symbol()
    return Requirement(
      parameter: chance(4) ? "parameter" : symbol, symbol: symbol, isOptional: !chance(3),
      span: span())
  }

  private mutating func task() -> FlowTask {
    let name = name("task")
    let span = span()
    let provided = Set((0..<Int.random(in: 0...2, using: &generator)).map { _ in symbol() })
    var task = FlowTask(
      name: name,
      requirements: (0..<Int.random(in: 0...2, using: &generator)).map { _ in requirement() },
      provision: Provision(
        form: chance(2) ? .keys : .elements,
        items: provided.sorted().map { Provision.Item(symbol: $0, span: span) },
        isComplete: chance(2)),
      action: .body { _ in AtomResult() }, span: span)
    if chance(3) {
      let own = chance(2) ? [requirement()] : nil
      task = task.changing {
        $0.revert = TaskTraits.Revert(
          requirements: own, action: .body { _ in AtomResult() }, span: span)
      }
    }
    if chance(6) { task = task.injecting(Symbol<Int>(symbol()), 1) }
    if chance(8) {
      let read = requirement()
      task = task.changing {
        $0.condition = Condition(requirements: [read], summary: "?", span: span) { _ in true }
      }
    }
    return task
  }
}
