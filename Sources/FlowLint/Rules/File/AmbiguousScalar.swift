import FlowDiagnostics
import TaskFlow

extension LintRule {
  /// TFG005
  static let ambiguousScalar = LintRule(
    "TFG005", "ambiguous-scalar", .warning,
    finds: "a value without quotes that is text to one reader and something else to another",
    because: """
      Before YAML 1.2 'no' was false, '012' was ten, '1:30' was ninety and '2026-03-01' was a date, and many \
      tools still read them so. Here they are text. '1.10' is the number 1.1, which is not what a version \
      means. Quotes leave no doubt. Only values that a flow's author chooses are looked at, and none that \
      is declared as a number or a truth value.
      """,
    examples: [
      .reported(
        """
        tfgraph: 1
        flow: deploy
        inputs:
          confirm: { default: no }  # <-- here
          mode: { type: string, default: 0644 }  # <-- here
          day: { type: string, default: 2026-03-01 }  # <-- here
        linear:
          - task: build
            requires: [confirm, mode, day]
            run: ./build.sh "$confirm" "$mode" "$day"
        """),
      .reported(
        """
        tfgraph: 1
        flow: test
        unordered:
          - task: test
            matrix:
              swift: [6.0, 6.9, 6.10]  # <-- here
            run: ./test.sh "$swift"
        """),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        env: { VERBOSE: yes }  # <-- here
        linear:
          - task: settings
            set:
              at: 1:30  # <-- here
              regions: [de, dk, no]  # <-- here
          - task: roll-out
            inject:
              commit: 12e4  # <-- here
              limits: { memory: 1_000 }  # <-- here
            retry: { for_each: [auto, off], provides: cache }  # <-- here
            run: ./roll-out.sh "$commit" "$limits" "$cache"
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        inputs: { ratio: { default: 0.50 } }
        linear:
          - task: slow
            when: ratio > 0.3
            wait: 5s
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        inputs:
          confirm: { default: 'no' }
          mode: { type: string, default: '0644' }
          debug: { type: bool, default: false }
          replicas: { type: int, default: 3 }
          factor: { type: float, default: 1.50 }
        linear:
          - task: build
            requires: [confirm, mode, debug, replicas, factor]
            run: ./build.sh "$confirm" "$mode" "$debug" "$replicas" "$factor"
        """),
      .allowed(
        """
        tfgraph: 1
        flow: test
        unordered:
          - task: test
            version: 1.10
            timeout: 90s
            matrix: { swift: [6.1, 6.2], level: [0, 1, -1] }
            run: ./test.sh "$swift" "$level"
        """),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        description: no
        linear:
          - task: settings
            set: { ratio: 0.5, empty: null, done: true, name: nobody, address: 10.0.0.10 }
          - task: roll-out
            exec: [./roll-out.sh, 012, no, 1.10]
        """),
    ],
    check: .document { document, reporter in
      var numbers: Set<String>?
      for value in document.chosenValues {
        guard let ambiguous = AmbiguousText(value.node) else { continue }
        if case .number = ambiguous {
          if value.isText { continue }
          // What is compared with numbers is one.
          let names = numbers ?? document.namesOfNumbers
          numbers = names
          if let name = value.name, names.contains(name) { continue }
        }
        let text = value.node.text ?? ""
        let quoting = [Fix.Edit(value.node.span, replacement: "'\(text)'")]
        switch ambiguous {
        case .truthValue(let truth):
          reporter.report(
            "'\(text)' is text, and \(truth) to readers of YAML 1.1", at: value.node.span,
            help: "put it in quotes", fix: Fix("put it in quotes", isSafe: true, edits: quoting))
        case .other(let other):
          reporter.report(
            "'\(text)' is text, and \(other) to readers of YAML 1.1", at: value.node.span,
            help: "put it in quotes", fix: Fix("put it in quotes", isSafe: true, edits: quoting))
        case .number(let shown):
          reporter.report(
            "'\(text)' is the number \(shown)", at: value.node.span,
            help: "put it in quotes if it is text, or write \(shown)",
            fix: Fix("put it in quotes", isSafe: false, edits: quoting))
        }
      }
    })
}

/// A scalar among the values that a flow's author chooses.
private struct ChosenValue {
  var node: DocumentNode
  /// The symbol whose value it is, or a part of.
  var name: String?
  /// Whether it is text whatever it looks like.
  var isText = false
}

extension LintedDocument {
  /// The scalars that stand where any value can: in `default`, `env`, `inject`, `matrix`, `set` and lists of
  /// `for_each`.
  ///
  /// - Complexity: linear in the size of the document.
  fileprivate var chosenValues: [ChosenValue] {
    var found: [ChosenValue] = []
    for entry in root["inputs"].map({ Array($0.entries) }) ?? [] {
      let type = entry.value["type"]?.text
      if type == "bool" || type == "int" || type == "float" { continue }
      let values = scalars(in: entry.value["default"], of: entry.key)
      // A number where text is declared is reported as that.
      found += values.map { ChosenValue(node: $0.node, name: $0.name, isText: type == "string") }
    }
    found += environment(of: root)
    for part in parts {
      if let values = part["retry"]?["for_each"], values.kind == .sequence {
        found += scalars(in: values, of: part["retry"]?["provides"])
      }
      guard part["task"] != nil else { continue }
      for key in ["inject", "matrix", "set"] {
        guard let values = part[key] else { continue }
        for entry in values.entries { found += scalars(in: entry.value, of: entry.key) }
        if values.kind != .mapping { found += scalars(in: values, of: part["provides"]) }
      }
      found += environment(of: part)
      if let revert = part["revert"] { found += environment(of: revert) }
    }
    return found
  }

  /// The names that expressions of the file compare with numbers.
  fileprivate var namesOfNumbers: Set<String> {
    var names: Set<String> = []
    let (number, string) = (SymbolType(.int), SymbolType(.string))
    func add(_ demands: [String: SymbolType]) {
      for (name, type) in demands where type.accepts(number) && !type.accepts(string) {
        names.insert(name)
      }
    }
    for part in parts {
      if let text = part["when"]?.text, let expression = try? FlowExpression.parse(text).get() {
        add(expression.demands(types: [:]))
      }
      for value in part["set"].map({ [$0] + $0.entries.map(\.value) }) ?? [] {
        guard let text = value.text, let template = try? FlowTemplate.parse(text).get() else {
          continue
        }
        add(template.demands(types: [:]))
      }
    }
    return names
  }

  /// What `env` says is handed on as text, as it is written.
  private func environment(of node: DocumentNode) -> [ChosenValue] {
    (node["env"].map { Array($0.entries) } ?? []).map { ChosenValue(node: $0.value, isText: true) }
  }

  /// The scalars of a value, however deep.
  private func scalars(in node: DocumentNode?, of name: DocumentNode?) -> [ChosenValue] {
    var found: [ChosenValue] = []
    var open = node.map { [$0] } ?? []
    while let node = open.popLast() {
      if node.isAlias { continue }
      if node.kind == .scalar { found.append(ChosenValue(node: node, name: name?.text)) }
      open += node.items.reversed()
      open += node.entries.reversed().map(\.value)
    }
    return found
  }
}
