import FlowDiagnostics
import FlowGraph
import TaskFlow

extension LintRule {
  /// TFG103
  static let unusedProvides = LintRule(
    "TFG103", "unused-provides", .info,
    finds: "a value that a task provides, and that nobody reads",
    because: """
      A value that nobody reads is stored for nothing, and often its reader was renamed or removed. What the \
      last tasks of a flow provide is its result, and what a task provides can be read when it is undone; \
      neither is reported.
      """,
    examples: [
      .reported(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: build
            run: ./build.sh
            provides: digest  # <-- here
          - task: roll-out
            run: ./roll-out.sh
        """),
      .reported(
        """
        tfgraph: 1
        flow: import
        linear:
          - task: settings
            set:
              region: eu
              zone: eu-1  # <-- here
          - task: load
            requires: [region]
            run: ./load.sh "$region"
        """),
      .reported(
        """
        tfgraph: 1
        flow: import
        graph:
          - task: load
            matrix: { region: [eu, us] }
            run: ./load.sh "$region"
            provides:
              rows: stdout  # <-- here
              log: file:load.log
          - task: check
            requires: [log_eu, log_us]
            run: ./check.sh "$log_eu" "$log_us"
        """),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: compile
            run: ./compile.sh
            provides: artifact  # <-- here
          - task: package
            run: ./package.sh
            provides: artifact
          - task: upload
            requires: [artifact]
            run: ./upload.sh "$artifact"
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        inputs: { small: { type: bool } }
        description: Uploads ${{ address }}
        linear:
          - task: compile
            run: ./compile.sh
            provides: artifact
          - task: shrink
            when: small
            skip: atom
            run: ./shrink.sh
            provides: artifact
          - task: upload
            requires: [artifact]
            run: ./upload.sh "$artifact"
            provides: address
          - task: tell
            run: ./tell.sh
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: build
            run: ./build.sh
            provides: digest
          - task: roll-out
            optional: [digest]
            run: ./roll-out.sh "${digest:-latest}"
            provides: address
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: build
            run: ./build.sh
            provides: digest
            revert: { run: './remove.sh "${digest:-}"' }
          - task: roll-out
            run: ./roll-out.sh
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: check
            run: ./check.sh
            provides: { is_good: stdout.json }
          - task: roll-out
            when: is_good == true
            skip: atom
            run: ./roll-out.sh
        """),
    ],
    check: .plan { subject, reporter in
      for item in UnusedProvisions(in: subject).unused {
        let symbol = QuotedName.of(item.key)
        reporter.report(
          "\(symbol) of task \(item.task) is read by nobody", at: item.span,
          help: "drop it, or require \(symbol) where it is meant to be read")
      }
    })
}

/// Looks for what no argument reads, each declaration once.
private struct UnusedProvisions {
  private let subject: LintedPlan
  /// Tasks whose result the decider of a link is given.
  private let deciding: Set<NodeIndex>

  struct Item {
    var key: String
    var task: String
    var span: SourceSpan
  }

  init(in subject: LintedPlan) {
    self.subject = subject
    deciding = Set(subject.plan.edges.lazy.filter { $0.decider != nil }.map(\.source))
  }

  private struct Place: Hashable {
    var key: String
    var span: SourceSpan
  }

  /// - Complexity: linear in the size of the plan.
  var unused: [Item] {
    let isLast = lastNodes
    let inputs = Set(subject.plan.inputs.map(\.symbol))
    let described = subject.describedNames
    var unused: [(place: Place, task: String)] = []
    var read: [Place] = []
    for node in subject.plan.nodes.indices {
      guard let task = subject.plan.task(at: NodeIndex(node)) else { continue }
      for (element, item) in task.provision.items.enumerated() {
        let provider = Provider(node: NodeIndex(node), element: Int32(element))
        // Elements of a Swift task have one place, and are told apart by their names.
        let place = Place(key: item.key, span: item.span)
        // What an input hides is reported as that.
        if subject.uses.isRead(provider) || isLast[node] || task.hasRevert
          || deciding.contains(NodeIndex(node)) || inputs.contains(item.symbol)
          || described.contains(item.symbol)
        {
          read.append(place)
        } else {
          unused.append((place, task.name))
        }
      }
    }
    if unused.isEmpty { return [] }
    // Of a task that a matrix made several of, one that is read is enough.
    var told = Set(read)
    return unused.filter { told.insert($0.place).inserted }.map { place, task in
      Item(key: place.key, task: LintedPlan.declaredName(of: task), span: place.span)
    }
  }

  /// Whether no atom comes after each node.
  private var lastNodes: [Bool] {
    let plan = subject.plan
    // A flow's end leads on where the flow does.
    var isLast = [Bool](repeating: true, count: plan.nodes.count)
    for node in (plan.graph.topologicalOrder() ?? []).reversed() {
      isLast[Int(node)] = plan.graph.successors(of: Int(node)).allSatisfy { next in
        !plan.nodes[Int(next)].isAtom && isLast[Int(next)]
      }
    }
    return isLast
  }
}
