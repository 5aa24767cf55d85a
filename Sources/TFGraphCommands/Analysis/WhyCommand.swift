import ArgumentParser
import FlowDiagnostics
import FlowEngine
import FlowStoreSQLite
import TaskFlow

/// `tfgraph why`: tells why a task comes where it does.
struct WhyCommand: ParsableCommand, ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "why",
    abstract: "Tells why a task waits for others, and in a run what became of it.",
    discussion: """
      Without --after it names each task that it waits for directly; with it the shortest chain from that \
      task. With --run it tells what keeps the task from being run, or why it was undone or skipped.
      """)

  @Argument(help: "The flow file.", completion: .file(extensions: ["yaml", "yml", "json"]))
  var file: String

  @Argument(help: "The task.")
  var task: String

  @Option(help: ArgumentHelp("A task that comes before it.", valueName: "task"))
  var after: String?

  @Option(help: ArgumentHelp("A run of the flow.", valueName: "run"))
  var run: String?

  @Option(
    help: ArgumentHelp(
      "The file with the runs; by default .tfgraph/runs.db beside the flow file.",
      valueName: "path"))
  var store: String?

  @Option(help: "How it is written: text or json.")
  var format = OutputFormat.text

  func run(on console: Console) async -> ExitStatus {
    let source = await FlowSource.of(file, on: console)
    guard let plan = source.plan(on: console) else { return source.refusal }
    do {
      let node = try self.node(of: task, in: plan, of: source.flow)
      let chains = TaskChains(plan, of: source.flow)
      let hops: [TaskChains.Hop]
      if let after {
        let first = try self.node(of: after, in: plan, of: source.flow)
        guard first != node else {
          console.fail("'\(task)' is one task; name another that it may come after")
          return .usage
        }
        guard let chain = chains.chain(from: first, to: node) else {
          let isBefore = chains.chain(from: node, to: first) != nil
          console.fail(
            "'\(task)' does not come after '\(after)': "
              + (isBefore ? "it comes before it" : "neither waits for the other"))
          return .findings
        }
        hops = chain
      } else {
        hops = chains.hops(into: node)
      }
      var fate: TaskFate?
      if let run {
        let store = try RunFile.open(store ?? source.runsPath(on: console))
        let stored = try RunFile.latest(run, in: store)
        guard stored.head.flow == plan.name else {
          console.fail(
            "run \(QuotedName.of(run)) is one of flow \(QuotedName.of(stored.head.flow)), not of "
              + QuotedName.of(plan.name))
          return .usage
        }
        fate = TaskFate(of: node, in: plan, run: stored)
      }
      return write(hops, RoomLimits(plan).reason(of: node), fate, of: plan, on: console)
    } catch let failure as StoreFailure {
      return console.fail(failure)
    } catch {
      console.fail("\(error)")
      return .usage
    }
  }

  private func node(
    of name: String, in plan: Plan, of flow: Flow?
  ) throws(SelectionError) -> NodeIndex {
    guard
      let node = plan.atoms.first(where: { plan.nodes[Int($0)].isTask && plan.name(of: $0) == name }
      )
    else {
      throw SelectionError(description: UnknownTask.phrase(name, in: plan, of: flow))
    }
    return node
  }

  private func write(
    _ hops: [TaskChains.Hop], _ room: OrderReason?, _ fate: TaskFate?, of plan: Plan,
    on console: Console
  ) -> ExitStatus {
    switch format {
    case .json:
      var value: [String: FlowValue] = [
        "schema": "tfgraph-why-1", "task": .string(task),
        "hops": .list(
          hops.map { hop in
            [
              "before": .string(plan.name(of: hop.source)),
              "after": .string(plan.name(of: hop.target)),
              "edges": .list(hop.reasons.map { $0.value(in: plan) }),
            ]
          }),
      ]
      if let after { value["from"] = .string(after) }
      if let room { value["limit"] = room.value(in: plan) }
      if let fate { value["run"] = .list(fate.sentences.map { .string($0) }) }
      let text = FlowValueJSON.text(of: .map(value), style: .pretty)
      return console.print(text) ? .done : .outputFailed
    case .text:
      var text = hops.isEmpty ? "\(task) waits for no other task\n" : ""
      for hop in hops {
        let (first, second) = (plan.name(of: hop.source), plan.name(of: hop.target))
        text += TerminalText.escaped("\(second) comes after \(first)") + "\n"
        for reason in hop.reasons {
          text += "  \(TerminalText.escaped(reason.sentence(in: plan)))\n"
          text += "  at \(TerminalText.escaped("\(reason.span)"))\n"
        }
      }
      if after == nil, let room {
        text += "\(TerminalText.escaped(room.sentence(in: plan)))\n"
        text += "  at \(TerminalText.escaped("\(room.span)"))\n"
      }
      for sentence in fate?.sentences ?? [] { text += "\(TerminalText.escaped(sentence))\n" }
      return console.write(text) ? .done : .outputFailed
    }
  }
}
