import FlowDiagnostics
import TaskFlow

extension LintRule {
  /// TFG107
  static let optionalNeverPresent = LintRule(
    "TFG107", "optional-never-present", .warning,
    finds: "an optional symbol that never has a value",
    because: """
      An optional symbol makes no order: a task that provides it has to come before for another reason, such \
      as 'after'. Where no visible task provides it and no input gives it, it is absent in each run, and what \
      the task does with it is never done.
      """,
    examples: [
      .reported(
        """
        tfgraph: 1
        flow: import
        graph:
          - task: publish
            run: ./publish.sh
            provides: address
          - task: report
            optional: [address]  # <-- here
            run: ./report.sh "${address:-nowhere}"
        """),
      .reported(
        """
        tfgraph: 1
        flow: import
        inputs: { address: { type: string } }
        linear:
          - task: report
            optional: [adress]  # <-- here
            run: ./report.sh "${adress:-nowhere}"
          - task: note
            requires: [address]
            run: ./note.sh "$address"
        """),
      .reported(
        """
        tfgraph: 1
        flow: import
        unordered:
          - task: publish
            run: ./publish.sh
            provides: address
          - task: report
            set: { text: "${{ default(address, 'nowhere') }}" }  # <-- here
        """),
      .allowed(
        """
        tfgraph: 1
        flow: import
        graph:
          - task: publish
            run: ./publish.sh
            provides: address
          - task: report
            after: [publish]
            optional: [address]
            run: ./report.sh "${address:-nowhere}"
        """),
      .allowed(
        """
        tfgraph: 1
        flow: import
        linear:
          - task: publish
            when: 1 < 2
            skip: atom
            run: ./publish.sh
            provides: address
          - task: report
            optional: [address]
            run: ./report.sh "${address:-nowhere}"
        """),
      .allowed(
        """
        tfgraph: 1
        flow: import
        inputs: { address: { type: string, default: nowhere } }
        linear:
          - task: report
            optional: [address]
            run: ./report.sh "$address"
        """),
    ],
    check: .plan { subject, reporter in
      var search = AbsentSymbols(in: subject)
      for node in subject.plan.atoms {
        search.report(at: node, to: &reporter)
      }
    })
}

/// Looks for optional arguments that are bound to nothing.
private struct AbsentSymbols {
  private let plan: Plan
  /// Whether a run can be given no other symbols than the declared inputs.
  private let isClosed: Bool
  private lazy var providers = plan.firstProviders
  private lazy var names = plan.inputs.map(\.symbol) + providers.keys.sorted()
  private var reported: Set<SourceSpan> = []
  private var suggestionsLeft = 50
  private lazy var readable = ReadableSymbols(in: plan)

  init(in subject: LintedPlan) {
    plan = subject.plan
    isClosed = subject.document != nil
  }

  mutating func report(at node: NodeIndex, to reporter: inout LintReporter) {
    for method in Plan.Method.allCases {
      let requirements = plan.requirements(of: node, for: method)
      for (requirement, binding) in zip(requirements, plan.bindings(of: node, for: method))
      where binding == .absent && requirement.isOptional {
        report(requirement, of: node, to: &reporter)
      }
    }
  }

  private mutating func report(
    _ requirement: Requirement, of node: NodeIndex, to reporter: inout LintReporter
  ) {
    let symbol = requirement.symbol
    let known = providers[symbol]
    // A program can give a flow of its own what it likes.
    guard known != nil || isClosed, reported.insert(requirement.span).inserted else { return }
    let reader = plan.label(of: node)
    let message = "\(QuotedName.of(symbol)) is optional in \(reader), and never has a value"
    guard let provider = known, provider.node != node else {
      let near = known == nil ? nearest(to: symbol) : nil
      reporter.report(
        message, at: requirement.span,
        help: near.map { "did you mean '\($0)'?" } ?? "drop it, or declare it as an input")
      return
    }
    let item = plan.provision(of: provider.node).items[Int(provider.element)]
    let label = plan.label(of: provider.node)
    reporter.report(
      message, at: requirement.span,
      related: [
        Finding.Related(
          span: item.span, message: "\(label) provides it, but does not come before \(reader)")
      ],
      help: dependsOn(provider.node, node)
        ? "drop it: \(label) comes after \(reader)"
        : "have \(reader) come after \(label), or drop it")
  }

  /// Whether an atom reads what another one provides, or is in a graph behind it.
  private mutating func dependsOn(_ atom: NodeIndex, _ other: NodeIndex) -> Bool {
    let reads = Plan.Method.allCases.contains { method in
      plan.bindings(of: atom, for: method).contains {
        plan.bindings.likeliest(of: $0)?.node == other
      }
    }
    return reads
      || plan.flows[Int(plan.nodes[Int(atom)].flow)].pattern == .graph
        && !readable.canRead(from: atom, at: other)
  }

  private mutating func nearest(to symbol: String) -> String? {
    suggestionsLeft -= 1
    return suggestionsLeft >= 0 && symbol.utf8.count > 2
      ? Suggestion.nearest(to: symbol, among: names) : nil
  }
}

extension Plan {
  /// The first provider of each symbol, in declaration order.
  fileprivate var firstProviders: [String: Provider] {
    var providers: [String: Provider] = [:]
    for node in atoms {
      for (element, item) in provision(of: node).items.enumerated()
      where providers[item.symbol] == nil {
        providers[item.symbol] = Provider(node: node, element: Int32(element))
      }
    }
    return providers
  }

  /// The kind and name of an atom, for messages: `task 'build'`.
  func label(of atom: NodeIndex) -> String {
    let name = QuotedName.of(name(of: atom))
    return nodes[Int(atom)].isTask ? "task \(name)" : "retry controller \(name)"
  }
}
