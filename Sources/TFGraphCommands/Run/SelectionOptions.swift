import ArgumentParser
import FlowDiagnostics
import FlowEngine
import FlowStoreSQLite
import TaskFlow

/// Which tasks of a flow are run, and what they are given of an earlier run.
struct SelectionOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      Run only these tasks: NAME, +NAME with what comes before it, NAME+ with what comes after it, or \
      flow:NAME; may be repeated. What they read from others is taken from an earlier run.
      """, valueName: "selection"))
  var only: [String] = []

  @Option(help: ArgumentHelp("Run only this task and what comes after it.", valueName: "task"))
  var from: [String] = []

  @Option(help: ArgumentHelp("Run only this task and what comes before it.", valueName: "task"))
  var until: [String] = []

  @Flag(help: "Run with the inputs of the latest run of the flow, but for those that are given.")
  var again = false

  @Option(
    help: ArgumentHelp(
      "The run that inputs and values are taken from; by default the latest of the flow.",
      valueName: "run"))
  var past: String?

  /// Whether all tasks are run.
  var isEverything: Bool { only.isEmpty && from.isEmpty && until.isEmpty }

  /// Whether an earlier run is looked at.
  var needsPast: Bool { again || past != nil || !isEverything }

  /// The names of the tasks that are run, in the order of the plan; `nil` for all.
  func tasks(of plan: Plan) throws(SelectionError) -> [String]? {
    guard !isEverything else { return nil }
    var kept = Set(plan.tasks.map(\.name))
    for (texts, prefix, suffix) in [(only, "", ""), (from, "", "+"), (until, "+", "")]
    where !texts.isEmpty {
      var selections: [TaskSelection] = []
      for text in texts { selections.append(try TaskSelection(prefix + text + suffix)) }
      kept.formIntersection(try plan.tasks(in: selections))
    }
    guard !kept.isEmpty else {
      throw SelectionError(description: "the selections have no task in common")
    }
    return plan.tasks.map(\.name).filter(kept.contains)
  }
}

/// A flow of which only some tasks are run.
struct SelectedFlow {
  let plan: Plan
  /// What those read that only other tasks provide.
  let outside: [Plan.OutsideSymbol]
  private let whole: Plan

  /// Leaves all but some tasks of a flow out.
  ///
  /// - Throws: ``SelectionError`` when they can't be run without the others.
  init(_ flow: Flow, plan whole: Plan, keeping tasks: [String]) throws(SelectionError) {
    self.whole = whole
    let names = Set(tasks)
    outside = try whole.symbolsFromOutside(keeping: names)
    let compilation = Compiler(store: Set(outside.map(\.symbol)))
      .compile(flow.keeping(names, of: whole))
    guard let plan = compilation.plan else {
      let problem = compilation.findings.first { $0.severity == .error }
      throw SelectionError(
        description: "these tasks can't be run without the others: "
          + (problem?.message ?? "they make no flow"))
    }
    self.plan = plan
  }

  /// What comes from outside as inputs of the flow.
  var inputs: [FlowInput] {
    outside.map { symbol in
      let item = whole.provision(of: symbol.provider.node).items[Int(symbol.provider.element)]
      return FlowInput(
        symbol: symbol.symbol, type: item.type.flatMap { ValueType(rawValue: $0.name) },
        span: item.span)
    }
  }

  /// The values that an earlier run has for what comes from outside: what was provided and not undone, and
  /// what that run was given itself.
  func values(from past: StoredRun) -> [String: FlowValue] {
    var values: [String: FlowValue] = [:]
    for symbol in outside {
      let atom = past.atoms[whole.name(of: symbol.provider.node)]
      let element = Int(symbol.provider.element)
      if let atom, atom.state == .success, let result = atom.result,
        element < result.elements.count
      {
        values[symbol.symbol] = result.elements[element]
      } else if atom == nil {
        values[symbol.symbol] = past.head.inputs[symbol.symbol]
      }
    }
    return values
  }

  /// What to do about symbols from outside without a value, by symbol.
  func advice(past: StoredRun?) -> [String: String] {
    var advice: [String: String] = [:]
    for symbol in outside {
      let provider = whole.name(of: symbol.provider.node)
      advice[symbol.symbol] =
        "'\(whole.name(of: symbol.reader))' needs '\(symbol.symbol)' of '\(provider)', which is not "
        + "selected and has no result in "
        + (past.map { "run '\($0.head.id)'" } ?? "an earlier run")
        + "; select it as well, give --input \(symbol.symbol)=…, or name another run with --past"
    }
    return advice
  }
}
