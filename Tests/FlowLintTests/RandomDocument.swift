import FlowEngine
import TaskFlow
import TaskFlowTesting

/// A flow file of some tasks and nested flows, all chosen by a seed.
struct RandomDocument {
  /// What files have besides tasks in an order.
  struct Content {
    /// How often a flow is tried again by a controller, of a hundred flows.
    var retries = 0
    /// How many tasks have a condition at most, each an input of its own.
    var conditions = 0
    /// How often a task has an `after`, of a hundred.
    var afters = 30
  }

  private(set) var text: String
  /// The names of the inputs that decide about tasks, in the order of the tasks.
  private(set) var conditions: [String] = []
  private(set) var random: SeededGenerator

  private let content: Content
  private var names = 0
  private var tasksLeft: Int

  init(seed: UInt64, _ content: Content) {
    random = SeededGenerator(seed: seed)
    self.content = content
    tasksLeft = random.number(3...10)
    text = ""
    var provided: [String] = []
    var body: [String] = []
    addBody(depth: 0, visible: [], provided: &provided, to: &body)
    var head = ["tfgraph: 1", "flow: root"]
    if !conditions.isEmpty {
      head += ["inputs:"] + conditions.map { "  \($0): { type: bool, default: true }" }
    }
    text = (head + body).joined(separator: "\n") + "\n"
  }

  /// What it compiles to; `nil` when its seed makes a flow that is refused.
  var plan: Plan? { FlowDocument.read(bytes: Array(text.utf8), path: "random").compile()?.plan }

  private mutating func newName(_ letter: String) -> String {
    names += 1
    return "\(letter)\(names)"
  }

  private mutating func addBody(
    depth: Int, visible: [String], provided: inout [String], to lines: inout [String]
  ) {
    let indent = String(repeating: "    ", count: depth)
    let pattern: FlowPattern = random.pick(.linear, .unordered, .graph, .graph)
    if random.happens(content.retries) { lines.append(indent + "retry: \(retry())") }
    lines.append(indent + "\(pattern.rawValue):")
    var visible = visible
    var earlier: [String] = []
    for _ in 0..<random.number(depth == 0 ? 2...5 : 1...3) {
      var symbols: [String] = []
      let after = pattern == .unordered ? "" : after(earlier)
      if depth < 3, random.happens(40) {
        let name = newName("f")
        lines += [indent + "  - flow: \(name)"] + (after.isEmpty ? [] : ["\(indent)    \(after)"])
        addBody(depth: depth + 1, visible: visible, provided: &symbols, to: &lines)
        earlier.append(name)
      } else {
        let name = newName("t")
        lines += [indent + "  - task: \(name)"] + (after.isEmpty ? [] : ["\(indent)    \(after)"])
        addTask(visible: visible, provided: &symbols, indent + "    ", to: &lines)
        earlier.append(name)
      }
      provided += symbols
      if pattern != .unordered { visible += symbols }
    }
  }

  private mutating func after(_ earlier: [String]) -> String {
    guard random.happens(content.afters), !earlier.isEmpty else { return "" }
    let names = earlier.filter { _ in random.happens(60) }
    return names.isEmpty ? "" : "after: [\(names.joined(separator: ", "))]"
  }

  private mutating func retry() -> String {
    let end = random.happens(30) ? ", exhausted: revert-all" : ""
    return random.pick(
      "{ times: 2\(end) }", "{ times: 1\(end) }", "{ for_each: [a, b]\(end) }", "never",
      "never-all")
  }

  private mutating func addTask(
    visible: [String], provided: inout [String], _ indent: String, to lines: inout [String]
  ) {
    if random.happens(50) {
      provided = [newName("s")]
      lines.append(indent + "provides: \(provided[0])")
    }
    if let symbol = visible.randomElement(using: &random), random.happens(50) {
      lines.append(indent + "requires: [\(symbol)]")
    }
    if conditions.count < content.conditions, random.happens(30) {
      conditions.append("c\(conditions.count)")
      lines.append(indent + "when: \(conditions[conditions.count - 1])")
      lines.append(indent + "skip: \(random.pick("all", "flow", "neighbors", "atom"))")
    }
    if random.happens(15) {
      lines.append(indent + "wait: 1s")
      lines.removeAll { $0 == indent + "provides: \(provided.first ?? "")" }
      provided = []
      return
    }
    lines.append(indent + "run: 'true'")
    if random.happens(60) { lines.append(indent + "revert: { run: 'true' }") }
  }
}
