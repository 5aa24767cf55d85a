import FlowDiagnostics
import TaskFlow

/// Compares what the shell texts of tasks read with what they are given.
struct VariableSearch {
  private let subject: LintedPlan
  private var plan: Plan { subject.plan }
  /// Where each symbol of the flow comes from: looked up once a text reads what its task is not given.
  private lazy var origins = Self.origins(in: plan)
  private lazy var readable = ReadableSymbols(in: plan)
  /// The lines of the file in which something may be anchored.
  private lazy var anchors = Self.anchors(in: subject.document)

  init(subject: LintedPlan) { self.subject = subject }

  private static func anchors(in document: LintedDocument?) -> Set<Int> {
    let lines = document?.text.utf8.split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    return Set(
      (lines ?? []).enumerated().lazy.filter { $1.contains(UInt8(ascii: "&")) }.map {
        $0.offset + 1
      })
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

  /// Reports what the texts of a task read and are not given, and what they are given and never read.
  ///
  /// - Parameter commands: those of the task.
  mutating func report(
    _ declared: LintedPlan.DeclaredTask, _ commands: ArraySlice<DeclaredCommand>,
    to reporter: inout LintReporter
  ) {
    var texts: [ShellText] = []
    for command in commands {
      guard let text = command.shellText.map(ShellText.init) else { continue }
      texts.append(text)
      if !text.isOpaque { reportUndeclared(in: text, of: command, to: &reporter) }
    }
    // What is no text for a shell reads what it likes.
    if texts.count == declared.numberOfActions {
      reportUnread(in: texts, of: declared, to: &reporter)
    }
  }

  // MARK: Read and not given

  private mutating func reportUndeclared(
    in text: ShellText, of command: DeclaredCommand, to reporter: inout LintReporter
  ) {
    guard let mapping = command.mapping, let node = mapping["run"] else { return }
    var names = Set(command.givenNames)
    let undeclared = text.foreignUses.filter { use in
      names.insert(use.name).inserted && origins[use.name] != nil
    }
    let obstacles = undeclared.map { readable.obstacle(for: $0.name, at: command.declared.node) }
    let fixable = zip(undeclared, obstacles).filter { use, obstacle in
      obstacle == nil && localName(of: use.name, in: command.declared.task) == nil
    }.map(\.0.name)
    for (index, use) in undeclared.enumerated() {
      let local = localName(of: use.name, in: command.declared.task)
      let missed = obstacles[index].map {
        "\(plan.label(of: $0)) provides it, and does not come before this one"
      }
      reporter.report(
        "\(command.owner) reads '$\(use.name)', and does not require it",
        at: node.span(ofCharacters: text.characters(use.range)),
        related: origins[use.name].map { [$0] } ?? [],
        help: local.map { "it is called '\($0)' here" } ?? missed ?? "add it to 'requires'",
        // One change for all of them: two would add 'requires' twice.
        fix: use.name == fixable.first
          ? RequirementFix.adding(fixable, to: mapping, besides: anchors) : nil)
    }
  }

  /// What the task calls a symbol that it requires under another name.
  private func localName(of symbol: String, in task: FlowTask) -> String? {
    (task.requirements + task.revertRequirements).first { $0.symbol == symbol }?.parameter
  }

  // MARK: Given and not read

  private func reportUnread(
    in texts: [ShellText], of declared: LintedPlan.DeclaredTask, to reporter: inout LintReporter
  ) {
    let task = declared.task
    guard let node = declared.mapping, node["requires"] != nil,
      texts.allSatisfy(\.keepsEnvironment)
    else { return }
    var read = texts.reduce(into: Set(texts.flatMap(\.uses).map(\.name))) {
      $0.formUnion($1.mentions)
    }
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

extension LintedPlan.DeclaredTask {
  /// Its action, and that of its revert unless that is only a wait.
  fileprivate var numberOfActions: Int {
    switch task.traits.revert?.action {
    case nil, .wait: 1
    default: 2
    }
  }
}

extension ShellText {
  /// Whether nothing that it calls can read its environment.
  fileprivate var keepsEnvironment: Bool {
    isComplete && !isOpaque && !hasIndirection && !uses.contains { $0.name == "TFGRAPH_IN" }
      && commands.allSatisfy { command in
        guard let name = command.words.first else { return true }
        return name.literal.map(Self.closed.contains) ?? false
      }
  }

  /// Commands that do not look at variables which a flow can name.
  private static let closed: Set = [
    ":", "[", "[[", "basename", "break", "cat", "cd", "chmod", "continue", "cp", "cut", "date",
    "dirname", "echo", "exit", "false", "for", "head", "let", "ln", "local", "ls", "mkdir",
    "mktemp", "mv",
    "printf", "pwd", "read", "return", "rm", "rmdir", "seq", "shift", "sleep", "sort", "tail",
    "tee", "test", "touch", "tr", "true", "uniq", "wait", "wc",
  ]
}
