import ArgumentParser
import FlowDiagnostics
import FlowEngine
import FlowRender
import TaskFlow

/// `tfgraph areas`: tells about whose failures each retry controller is asked.
struct AreasCommand: ParsableCommand, ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "areas",
    abstract:
      "Tells about whose failures each retry is asked, who is asked next, and how often that can be."
  )

  @Argument(help: "The flow file.", completion: .file(extensions: ["yaml", "yml", "json"]))
  var file: String

  @Option(help: "How it is written: text or json.")
  var format = OutputFormat.text

  func run(on console: Console) async -> ExitStatus {
    let source = await FlowSource.of(file, on: console)
    guard let plan = source.plan(on: console) else { return source.refusal }
    let areas = RetryArea.all(of: plan)
    switch format {
    case .text:
      let text =
        areas.isEmpty
        ? "the flow has no retries\n"
        : areas.map { $0.text(width: min(console.width, 100)) }.joined(separator: "\n")
      return console.write(text) ? .done : .outputFailed
    case .json:
      let value: FlowValue = [
        "schema": "tfgraph-areas-1", "flow": .string(plan.name),
        "areas": .list(areas.map(\.value)),
      ]
      return console.print(FlowValueJSON.text(of: value, style: .pretty)) ? .done : .outputFailed
    }
  }
}

/// The area of influence of a retry controller.
struct RetryArea {
  /// The flow, or the one task, that it tries again.
  private let subject: String
  private let rules: String
  private let tasks: [String]
  /// The controllers in it, which are asked first about what is in theirs.
  private let inner: [String]
  /// Whether it gives up what they have given up without undoing the rest of its flow.
  private let leavesOthers: Bool
  /// Who is asked when it gives up.
  private let next: String?
  /// The attempts of its own and of those around it, the outermost first; `nil` where it is not known.
  private let attempts: [Int?]

  /// The areas of all controllers, in declaration order.
  ///
  /// Complexity: linear in the size of the plan and of what is told.
  static func all(of plan: Plan) -> [RetryArea] {
    let atoms = Dictionary(grouping: plan.atoms) { plan.nodes[Int($0)].controller }
    let bounds = AttemptBounds(of: plan)
    let partial = PartialReverts(of: plan)
    return plan.atoms.compactMap { node in
      RetryArea(of: node, with: atoms[node] ?? [], bounds, partial, in: plan)
    }
  }

  private init?(
    of node: NodeIndex, with atoms: [NodeIndex], _ bounds: AttemptBounds,
    _ partial: PartialReverts, in plan: Plan
  ) {
    guard let controller = plan.controller(at: node) else { return nil }
    let lines = RunNarration(plan: plan)
    subject = lines.subject(of: node)
    rules = RetryWords.sentence(of: controller)
    tasks = atoms.filter { plan.nodes[Int($0)].isTask }.map { lines.name($0) }
    inner = atoms.filter { plan.controller(at: $0)?.undoesEverything == false }
      .map { lines.subject(of: $0) }
    leavesOthers = !inner.isEmpty && partial.contains(node)
    let outer = controller.undoesEverything ? nil : plan.nodes[Int(node)].controller
    next = outer.map { lines.subject(of: $0) }
    attempts = bounds.factors(of: node) + [controller.mostAttempts]
  }

  /// How often each task in it can be run: `3 × 5 = 15`.
  private var product: String? { attempts.count > 1 ? AttemptWords.product(attempts) : nil }

  func text(width: Int) -> String {
    var entries: [(String, String)] = []
    if !tasks.isEmpty { entries.append(("asked about", tasks.joined(separator: ", "))) }
    if !inner.isEmpty {
      entries.append(("and when", inner.joined(separator: ", ") + " gives up"))
    }
    if leavesOthers {
      entries.append(
        ("in the end", "only what gave up is undone; the rest of \(subject) stays done"))
    }
    if let next { entries.append(("asked next", next)) }
    if let product { entries.append(("attempts", "\(product) of each task at most")) }
    return entries.reduce("\(subject)\n  \(rules)\n") { text, entry in
      text + LabelledLines.text(entry.0, [entry.1], width: width, indentation: 16)
    }
  }

  var value: FlowValue {
    var value: [String: FlowValue] = [
      "subject": .string(subject), "rules": .string(rules),
      "tasks": .list(tasks.map { .string($0) }), "inner": .list(inner.map { .string($0) }),
      "attempts": .list(attempts.map { $0.map { .int($0) } ?? .null }),
    ]
    if leavesOthers { value["leavesOthersDone"] = .bool(true) }
    if let next { value["next"] = .string(next) }
    return .map(value)
  }
}
