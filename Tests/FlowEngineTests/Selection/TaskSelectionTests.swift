import FlowDiagnostics
import FlowEngine
import FlowGraph
import TaskFlow
import TaskFlowTesting
import Testing

/// Flows of which only some tasks are run.
struct TaskSelectionTests {
  private let script = TaskScript()
  private let image = Symbol<String>("image")

  private var flow: Flow {
    var flow = Flow.graph("release") {
      script.task("fetch", provides: image, executes: .provides("i1"))
      script.task("scan", requires: image)
      Flow.linear("rollout", retry: .times("again", attempts: 2)) {
        script.task("canary", requires: image)
        script.task("promote")
      }
      script.task("announce")
    }
    flow.link(from: "rollout", to: "announce")
    return flow
  }

  private func chosen(_ texts: String...) throws -> Set<String> {
    try compile(flow).tasks(in: texts.map { try TaskSelection($0) })
  }

  @Test func `a name chooses a task, with what is before it or after it`() throws {
    #expect(try chosen("scan") == ["scan"])
    #expect(try chosen("+canary") == ["fetch", "canary"])
    #expect(try chosen("canary+") == ["canary", "promote", "announce"])
    #expect(try chosen("+promote+") == ["fetch", "canary", "promote", "announce"])
    #expect(try chosen("flow:rollout") == ["canary", "promote"])
    #expect(try chosen("+flow:rollout") == ["fetch", "canary", "promote"])
    #expect(try chosen("scan", "announce") == ["scan", "announce"])
  }

  @Test(
    arguments: [
      ("sacn", "the flow has no task 'sacn'; did you mean 'scan'?"),
      ("rollout", "'rollout' is a flow; write flow:rollout"),
      ("flow:rolout", "the flow has no flow 'rolout'; did you mean 'rollout'?"),
      ("++", "'++' names no task; write NAME, +NAME, NAME+ or flow:NAME"),
    ])
  func `what the flow does not have is told with what may be meant`(text: String, problem: String)
    throws
  {
    let error = #expect(throws: SelectionError.self) { try chosen(text) }
    #expect(error?.description == problem)
  }

  @Test func `what only other tasks provide comes from outside`() async throws {
    let whole = try compile(flow)
    let names: Set = ["canary", "promote"]
    let outside = try whole.symbolsFromOutside(keeping: names)
    #expect(outside.map(\.symbol) == ["image"])
    #expect(outside.map { whole.name(of: $0.provider.node) } == ["fetch"])
    let plan = try #require(
      Compiler(store: ["image"]).compile(flow.keeping(names, of: whole)).plan)
    let report = try await Engine(plan: plan).run(inputs: ["image": BoxedValue("i2")])
    #expect(report.state == .success)
    #expect(script.log.lines == ["canary+", "promote+"])
    #expect(try script.log.calls(of: "canary").first?.arguments.value(of: image) == "i2")
  }

  @Test func `a symbol can't come from outside and from inside`() throws {
    let flow = Flow.linear("all") {
      script.task("one", provides: image, executes: .provides("a"))
      script.task("two", requires: image)
      script.task("three", provides: image, executes: .provides("b"))
      script.task("four", requires: image)
    }
    let plan = try compile(flow)
    let error = #expect(throws: SelectionError.self) {
      try plan.symbolsFromOutside(keeping: ["two", "three", "four"])
    }
    #expect(
      error?.description
        == "'two' reads 'image' from 'one', which is not selected, and 'four' from a task that is; "
        + "select both")
  }

  /// Which tasks come before which, by name.
  private func order(in plan: Plan, of names: Set<String>) -> Set<[String]> {
    var order: Set<[String]> = []
    for first in plan.nodes.indices where plan.nodes[first].isTask {
      var open = [NodeIndex(first)]
      var seen: Set<NodeIndex> = []
      while let node = open.popLast() {
        for next in plan.graph.successors(of: Int(node)) where seen.insert(next).inserted {
          open.append(next)
          if plan.nodes[Int(next)].isTask {
            order.insert([plan.name(of: NodeIndex(first)), plan.name(of: next)])
          }
        }
      }
    }
    return order.filter { $0.allSatisfy(names.contains) }
  }

  @Test func `the tasks that are left keep the order that they have in the whole`() throws {
    var count = 0
    for seed: UInt64 in 1...600 {
      let random = RandomFlow(seed: seed)
      let whole = try random.plan()
      var generator = random.random
      let names = Set(whole.tasks.map(\.name).filter { _ in generator.number(0...2) > 0 })
      guard let outside = try? whole.symbolsFromOutside(keeping: names) else { continue }
      let store = Set(outside.map(\.symbol)).union(random.inputs.keys)
      let compilation = Compiler(store: store).compile(random.flow.keeping(names, of: whole))
      let plan = try #require(
        compilation.plan, "\(seed): \(compilation.findings.map(\.message)) of \(names.sorted())")
      #expect(Set(plan.tasks.map(\.name)) == names, "\(seed)")
      #expect(order(in: plan, of: names) == order(in: whole, of: names), "\(seed)")
      count += names.count < whole.tasks.count && names.count > 1 ? 1 : 0
    }
    // Most of the others read a symbol from both sides.
    #expect(count > 200, "\(count)")
  }
}
