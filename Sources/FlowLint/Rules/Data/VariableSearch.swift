import FlowDiagnostics
import TaskFlow

/// Compares what the shell texts of tasks read with what they are given.
struct VariableSearch {
  private let plan: Plan
  private let uses: SymbolUses
  /// Where each symbol of the flow comes from.
  private let origins: [String: Finding.Related]
  /// The symbols that only one task provides, and that task.
  private let symbols: Set<String>
  private let tasks: [SourceSpan: DocumentNode]

  init(subject: LintedPlan, document: LintedDocument) {
    plan = subject.plan
    uses = subject.uses
    origins = Self.origins(in: subject.plan)
    symbols = Set(origins.keys)
    let named = document.tasks.compactMap { node in node["task"].map { ($0.span, node) } }
    tasks = Dictionary(named, uniquingKeysWith: { first, _ in first })
  }

  private static func origins(in plan: Plan) -> [String: Finding.Related] {
    var origins: [String: Finding.Related] = [:]
    for input in plan.inputs where origins[input.symbol] == nil {
      origins[input.symbol] = Finding.Related(span: input.span, message: "it is an input")
    }
    for node in plan.atoms {
      for item in plan.provision(of: node).items where origins[item.symbol] == nil {
        origins[item.symbol] = Finding.Related(
          span: item.span, message: "\(QuotedName.of(plan.name(of: node))) provides it")
      }
    }
    return origins
  }

  /// A text of a task: that of `run`, or of its revert.
  private struct Script {
    var script: ShellScript
    /// The mapping that has the text, and what it is called.
    var owner: DocumentNode
    var label: String
    /// The names that it finds in its environment.
    var given: Set<String>
  }

  private func scripts(of declared: LintedPlan.DeclaredTask) -> [Script] {
    let task = declared.task
    guard let node = tasks[task.span] else { return [] }
    let traits = task.traits
    // What it provides is its own business, also before it is handed on.
    let own = task.provision.items.flatMap { [$0.key, $0.symbol] }
    let common = Set(task.requirements.map(\.parameter) + traits.injections.map(\.symbol) + own)
    var scripts: [Script] = []
    if let script = ShellScript(task.action) {
      scripts.append(
        Script(
          script: script, owner: node, label: "task \(declared.name)",
          given: common.union(script.variables)))
    }
    if let revert = traits.revert, let owner = node["revert"],
      let script = ShellScript(revert.action)
    {
      let given = common.union(task.revertRequirements.map(\.parameter))
      scripts.append(
        Script(
          script: script, owner: owner, label: "the revert of task \(declared.name)",
          given: given.union(script.variables).union(["result", "failure"])))
    }
    return scripts
  }

  // MARK: Read and not given

  func reportUndeclared(
    in declared: LintedPlan.DeclaredTask, to reporter: inout LintReporter
  ) {
    for script in scripts(of: declared) {
      guard let text = script.owner["run"], script.script.mayRead(anyOf: symbols) else { continue }
      let read = script.script.read
      if read.isOpaque { continue }
      var names: Set<String> = []
      let undeclared = read.foreignUses.filter { use in
        symbols.contains(use.name) && !script.given.contains(use.name)
          && names.insert(use.name).inserted
      }
      for (index, use) in undeclared.enumerated() {
        let local = localName(of: use.name, in: declared.task)
        reporter.report(
          "\(script.label) reads '$\(use.name)', and does not require it",
          at: text.span(ofCharacters: use.range),
          related: origins[use.name].map { [$0] } ?? [],
          help: local.map { "it is called '\($0)' here" } ?? "add it to 'requires'",
          // One change for all of them: two would add 'requires' twice.
          fix: index == 0 && local == nil
            ? RequirementFix.adding(undeclared.map(\.name), to: script.owner) : nil)
      }
    }
  }

  /// What the task calls a symbol that it requires under another name.
  private func localName(of symbol: String, in task: FlowTask) -> String? {
    (task.requirements + task.revertRequirements).first { $0.symbol == symbol }?.parameter
  }

  // MARK: Given and not read

  func reportUnread(
    in declared: LintedPlan.DeclaredTask, to reporter: inout LintReporter
  ) {
    let task = declared.task
    guard let node = tasks[task.span], node["requires"] != nil, task.hasOnlyShellTexts else {
      return
    }
    let scripts = scripts(of: declared)
    let texts = scripts.map(\.script.read)
    guard texts.allSatisfy(\.keepsEnvironment) else { return }
    var read = Set(texts.flatMap(\.uses).map(\.name))
    read.formUnion(task.traits.condition?.requirements.map(\.parameter) ?? [])
    let bindings = plan.bindings(of: declared.node, for: .execute)
    let isInGraph = isInGraph(declared.node)
    for (requirement, binding) in zip(task.requirements, bindings) {
      guard !requirement.isOptional, !read.contains(requirement.parameter),
        // In a graph a requirement is an order as well.
        binding == .input || !isInGraph, isWritten(requirement, in: node),
        !(task.traits.summary?.contains(requirement.parameter) ?? false)
      else { continue }
      reporter.report(
        "task \(declared.name) requires \(QuotedName.of(requirement.symbol)), and never reads it",
        at: requirement.span, help: "drop it, or read it as \"$\(requirement.parameter)\"")
    }
  }

  private func isInGraph(_ node: NodeIndex) -> Bool {
    var next: Int32? = plan.nodes[Int(node)].flow
    while let flow = next {
      if plan.flows[Int(flow)].pattern == .graph { return true }
      next = plan.flows[Int(flow)].parent
    }
    return false
  }

  /// Whether a requirement stands in `requires`, and is none of an injected value or a matrix.
  private func isWritten(_ requirement: Requirement, in node: DocumentNode) -> Bool {
    guard let written = node["requires"] else { return false }
    return written.items.contains { $0.span == requirement.span }
      || written.entries.contains { $0.value.span == requirement.span }
  }
}

extension ShellScript {
  /// The names that it has values for besides those of the flow.
  fileprivate var variables: [String] { command.environment.map(\.name) + command.secrets }
}

extension FlowTask {
  /// Whether it runs nothing but texts for a shell.
  fileprivate var hasOnlyShellTexts: Bool {
    guard ShellScript(action) != nil else { return false }
    switch traits.revert?.action {
    case nil, .wait: return true
    case let revert: return ShellScript(revert) != nil
    }
  }
}

extension ShellText {
  /// Whether nothing that it calls can read its environment.
  fileprivate var keepsEnvironment: Bool {
    !isOpaque && !hasIndirection && !uses.contains { $0.name == "TFGRAPH_IN" }
      && commands.allSatisfy { $0.map(Self.closed.contains) ?? false }
  }

  /// Commands that do not look at variables which a flow can name.
  private static let closed: Set = [
    ":", "[", "[[", "basename", "break", "cat", "cd", "chmod", "continue", "cp", "cut", "date",
    "dirname", "echo", "exit", "false", "head", "let", "ln", "local", "ls", "mkdir", "mktemp", "mv",
    "printf", "pwd", "read", "return", "rm", "rmdir", "seq", "shift", "sleep", "sort", "tail",
    "tee", "test", "touch", "tr", "true", "uniq", "wait", "wc",
  ]
}
