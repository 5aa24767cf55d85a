import FlowDiagnostics
import TaskFlow

extension LintRule {
  /// TFG406
  static let confusableName = LintRule(
    "TFG406", "confusable-name", .warning,
    finds: "names that look alike, and characters that can't be seen",
    because: """
      'image1' and 'imagel', or a Cyrillic 'а' for a Latin one, are two names for tfgraph and one for people. \
      Characters that can't be seen, or that change the order in which text is shown, let a file do something \
      else than a reviewer reads (CVE-2021-42574); they are reported wherever they stand, in comments too, \
      but not between the letters of a script that needs them. What is written as an escape can be seen.
      """,
    examples: [
      .reported(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: build
            run: ./build.sh
            provides: image1
          - task: rebuild
            run: ./build.sh
            provides: imagel  # <-- here
        """),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: deploy-modem
            run: ./deploy.sh modem
          - task: deploy-modern  # <-- here
            run: ./deploy.sh modern
          - task: dеploy-all  # <-- here
            run: ./deploy.sh all
        """),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        description: Builds\u{200B} it  # <-- here
        linear:
          - task: build
            run: |
              ./build.sh
              # only a note\u{202E} hs.evomer/. ;  # <-- here
              ./push.sh
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        inputs: { node_1: {}, node_2: {}, node_11: {} }
        linear:
          - task: build-image
            requires: [node_1, node_2, node_11]
            run: ./build.sh
            provides: build_image
          - task: build-images
            run: ./build.sh
            provides: build_images
        """),
      .allowed(
        """
        tfgraph: 1
        flow: развёртывание
        description: "Собрать 👩\u{200D}💻 و می\u{200C}خواهم \\u200B"
        linear:
          - task: сборка-api
            run: ./build.sh
          - task: größe
            run: ./size.sh
        """),
      .allowed(
        """
        tfgraph: 1
        flow: daily
        linear:
          - task: load
            matrix: { region: [l0, lo] }
            run: ./load.sh "$region"
          - task: check
            retry: { times: 2 }
            run: ./check.sh
        """),
    ],
    check: .documentOrPlan(
      { document, reporter in
        for (character, span) in document.hiddenCharacters {
          reporter.report(
            character.warning, at: span,
            help: "remove it, or write it as an escape in double quotes",
            fix: Fix(
              "remove it", isSafe: false, edits: [Fix.Edit(span, replacement: "")]))
        }
        for names in document.namesByKind { reportConfusable(names, to: &reporter) }
      },
      { subject, reporter in
        for (text, span) in subject.texts {
          guard let character = HiddenCharacter.first(in: text) else { continue }
          reporter.report(character.warning, at: span, help: "remove it, or write it as an escape")
        }
        for names in subject.namesByKind { reportConfusable(names, to: &reporter) }
      }))

  private static func reportConfusable(
    _ names: [(name: String, span: SourceSpan)], to reporter: inout LintReporter
  ) {
    var first: [String: (name: String, span: SourceSpan)] = [:]
    var seen: Set<String> = []
    first.reserveCapacity(names.count)
    seen.reserveCapacity(names.count)
    for (name, span) in names where seen.insert(name).inserted {
      if let stranger = NameSkeleton.stranger(in: name) {
        reporter.report(
          "the name \(QuotedName.of(name)) mixes Latin letters with '\(stranger)', which looks like one",
          at: span, notes: ["it is \(HiddenCharacter.phrase(of: stranger))"],
          help: "write each word in one script")
      }
      let skeleton = NameSkeleton.of(name)
      guard let other = first[skeleton] else {
        first[skeleton] = (name, span)
        continue
      }
      reporter.report(
        "\(QuotedName.of(name)) and \(QuotedName.of(other.name)) look alike", at: span,
        related: [Finding.Related(span: other.span, message: "the other one is here")],
        help: "give one of them a name that differs more")
    }
  }
}

extension HiddenCharacter {
  fileprivate var warning: String {
    reorders
      ? "\(phrase) shows what follows in another order than it is read in"
      : "\(phrase) can't be seen"
  }
}

extension LintedDocument {
  /// The names that must be told apart from each other, in the order of the file: of tasks and flows, of
  /// symbols, of secrets.
  fileprivate var namesByKind: [[(name: String, span: SourceSpan)]] {
    var names: [(name: String, span: SourceSpan)] = []
    var symbols: [(name: String, span: SourceSpan)] = []
    func add(_ node: DocumentNode?, to list: inout [(name: String, span: SourceSpan)]) {
      guard let node, let text = node.text else { return }
      list.append((NameRules.normalized(text), node.span))
    }
    for key in root["inputs"]?.entries.map(\.key) ?? [] { add(key, to: &symbols) }
    func addProvided(_ node: DocumentNode?) {
      add(node, to: &symbols)
      for item in node?.items.map(\.self) ?? [] { add(item, to: &symbols) }
      for entry in node?.entries.map(\.self) ?? [] { add(entry.key, to: &symbols) }
    }
    // One look at each key of a part: a lookup of each word would take as long as all else.
    for entry in parts.lazy.flatMap(\.entries) {
      if entry.key.hasText("task") || entry.key.hasText("flow") {
        add(entry.value, to: &names)
      } else if entry.key.hasText("provides") {
        addProvided(entry.value)
      } else if entry.key.hasText("retry") {
        addProvided(entry.value["provides"])
      } else if entry.key.hasText("set"), entry.value.kind == .mapping {
        addProvided(entry.value)
      }
    }
    var secrets: [(name: String, span: SourceSpan)] = []
    for key in root["secrets"]?.entries.map(\.key) ?? [] { add(key, to: &secrets) }
    return [names, symbols, secrets]
  }
}

extension LintedPlan {
  /// The names that must be told apart from each other, in declaration order: of tasks and flows, of symbols,
  /// of secrets.
  fileprivate var namesByKind: [[(name: String, span: SourceSpan)]] {
    var names: [(name: String, span: SourceSpan)] = []
    var symbols = plan.inputs.map { (name: $0.symbol, span: $0.span) }
    var last: SourceSpan?
    for index in plan.nodes.indices {
      let node = NodeIndex(index)
      switch plan.nodes[index].kind {
      case .flowStart:
        names.append((plan.name(of: node), plan.span(of: node)))
      case .task where plan.span(of: node) != last:
        last = plan.span(of: node)
        let name = plan.name(of: node)
        let bracket = name.utf8.firstIndex(of: UInt8(ascii: "["))
        names.append((String(name[..<(bracket ?? name.endIndex)]), plan.span(of: node)))
        fallthrough
      case .retry:
        symbols += plan.provision(of: node).items.map { ($0.key, $0.span) }
      default: break
      }
    }
    return [names, symbols, plan.secrets.map { ($0.name, $0.span) }]
  }

  /// The names and texts of a flow that a program declares.
  fileprivate var texts: [(text: String, span: SourceSpan)] {
    var texts = namesByKind.joined().map { (text: $0.name, span: $0.span) }
    texts += plan.inputs.compactMap { input in input.summary.map { ($0, input.span) } }
    texts += plan.flows.compactMap { flow in flow.summary.map { ($0, plan.span(of: flow.start)) } }
    for task in declaredTasks.map(\.task) {
      if let summary = task.traits.summary { texts.append((summary, task.span)) }
      for case .command(let command) in [task.action, task.traits.revert?.action].compactMap(\.self)
      {
        switch command.invocation {
        case .shell(let text, _): texts.append((text, task.span))
        case .program(let words): texts += words.map { ($0, task.span) }
        }
      }
    }
    return texts
  }
}
