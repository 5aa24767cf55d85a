import FlowDiagnostics

extension DocumentDecoder {
  /// What a task or revert does, and the symbols that its expressions read.
  struct DecodedAction {
    var action: TaskAction
    var reads: [Requirement] = []
    /// What `set:` provides by itself.
    var provision: Provision?
  }

  /// Decodes the one action of a task or revert.
  ///
  /// - Parameters:
  ///   - provided: what the task's `provides:` says.
  ///   - what: what has the action, as in `task 'build'`.
  /// - Returns: `nil` with a finding when there is none, or more than one.
  mutating func action(
    _ fields: [String: DocumentNode], provided: Provided, of what: String, at span: SourceSpan
  ) -> DecodedAction? {
    let given = ["run", "exec", "set", "wait"].filter { fields[$0] != nil }
    guard let key = given.first, let node = fields[key] else {
      report(
        "flow-format", "\(what) does nothing", at: span,
        help: "add one of 'run', 'exec', 'set' and 'wait'")
      return nil
    }
    for other in given.dropFirst() {
      report(
        "flow-format", "\(what) has a second action, '\(other)'",
        at: fields[other]?.span ?? span, help: "split it into two tasks")
    }
    switch key {
    case "run": return command(shell(node, fields["shell"]), fields, provided)
    case "exec": return command(program(node), fields, provided)
    case "set": return assignment(node, provided, of: what)
    default: return wait(node)
    }
  }

  private mutating func command(
    _ invocation: CommandAction.Invocation?, _ fields: [String: DocumentNode], _ provided: Provided
  ) -> DecodedAction? {
    let own = environment(fields["env"])
    guard let invocation else { return nil }
    return DecodedAction(
      action: .command(
        CommandAction(
          invocation: invocation, captures: provided.captures,
          environment: defaults.environment + own, workingDirectory: directory)))
  }

  private mutating func shell(
    _ node: DocumentNode, _ shell: DocumentNode?
  ) -> CommandAction.Invocation? {
    let interpreter = interpreter(shell) ?? defaults.interpreter
    guard let script = text(node, "a text for the shell") else { return nil }
    if script.allSatisfy(\.isWhitespace) {
      reject(node, expected: "a text for the shell")
      return nil
    }
    refuseTemplate(in: node)
    if script.utf8.count > Self.longestScript {
      report(
        "flow-format", "the text for the shell is longer than 96 KiB", at: node.span,
        help: "put it into a file, and run that")
    }
    return .shell(text: script, interpreter: interpreter)
  }

  /// The system passes no argument of 128 KiB.
  private static let longestScript = 96 << 10

  private mutating func program(_ node: DocumentNode) -> CommandAction.Invocation? {
    guard node.kind == .sequence, !node.items.isEmpty else {
      reject(
        node, expected: "a list of the program and its arguments",
        help: "write [PROGRAM, ARGUMENT], or 'run' for a shell text")
      return nil
    }
    let words = node.items.compactMap { item -> String? in
      guard item.kind == .scalar, !item.isNull || item.style != .plain, let word = item.text else {
        reject(item, expected: "an argument as text")
        return nil
      }
      refuseTemplate(in: item)
      return word
    }
    guard words.first?.isEmpty == false else {
      reject(node.items[0], expected: "the name of a program")
      return nil
    }
    return words.count == node.items.count ? .program(words) : nil
  }

  /// There is no text substitution into commands: it is what makes a value run as code.
  private mutating func refuseTemplate(in node: DocumentNode) {
    guard let text = node.text, let range = text.firstRange(of: "${{") else { return }
    let start = text.unicodeScalars.distance(from: text.startIndex, to: range.lowerBound)
    report(
      "expression", "values are not put into commands as text",
      at: node.span(ofCharacters: start..<start + 3),
      help: "require the symbol and read it as a variable: \"$name\"")
  }

  /// Decodes `shell:`, an argument vector in front of a text.
  mutating func interpreter(_ node: DocumentNode?) -> [String]? {
    guard let node else { return nil }
    let words = strings(node, "a shell and its options").compactMap(\.text)
    if words.isEmpty, node.kind == .sequence {
      reject(node, expected: "a shell and its options, such as [/bin/sh, -eu, -c]")
    }
    return words.isEmpty ? nil : words
  }

  /// Decodes `env:`, a map of variables to texts or numbers.
  mutating func environment(_ node: DocumentNode?) -> [CommandAction.EnvironmentEntry] {
    guard let node else { return [] }
    guard node.kind == .mapping else {
      reject(node, expected: "a map of variables to their values")
      return []
    }
    return node.entries.compactMap { entry in
      guard let name = entry.key.text, EnvironmentRules.isName(name) else {
        reject(
          entry.key, expected: "the name of a variable",
          help: "use letters, digits and '_', and no digit first")
        return nil
      }
      guard entry.value.kind == .scalar, let value = entry.value.text else {
        reject(entry.value, expected: "the value of '\(name)' as text or a number")
        return nil
      }
      if name.hasPrefix("TFGRAPH_") {
        report(
          "flow-format", "'\(name)' is set by tfgraph itself", at: entry.key.span,
          help: "choose a name that does not begin with 'TFGRAPH_'")
      }
      return CommandAction.EnvironmentEntry(name: name, value: value)
    }
  }

  // MARK: Expressions

  private mutating func assignment(
    _ node: DocumentNode, _ provided: Provided, of what: String
  ) -> DecodedAction? {
    var sources: [AssignmentAction.Source] = []
    var reads: [Requirement] = []
    if node.kind == .mapping {
      var items: [Provision.Item] = []
      for entry in node.entries {
        guard let symbol = symbol(entry.key), let source = source(entry.value, &reads) else {
          continue
        }
        items.append(Provision.Item(symbol: symbol, span: entry.key.span))
        sources.append(source)
      }
      if !provided.provision.items.isEmpty {
        report(
          "flow-format", "\(what) names what it provides in 'set' already",
          at: provided.provision.items[0].span, help: "drop 'provides'")
      }
      return DecodedAction(
        action: .assignment(AssignmentAction(sources: sources)), reads: reads,
        provision: Provision(form: .keys, items: items, isComplete: true))
    }
    guard let source = source(node, &reads) else { return nil }
    guard provided.provision.form == .whole, var item = provided.provision.items.first else {
      report(
        "flow-format", "\(what) sets one value, and needs one name for it", at: node.span,
        help: "add 'provides: NAME', or write 'set: { name: value }'")
      return nil
    }
    item.type = nil
    return DecodedAction(
      action: .assignment(AssignmentAction(sources: [source])), reads: reads,
      provision: Provision(form: .whole, items: [item]))
  }

  private mutating func source(
    _ node: DocumentNode, _ reads: inout [Requirement]
  ) -> AssignmentAction.Source? {
    guard let text = node.value(as: String.self) else {
      let (value, found) = node.flowValue()
      for finding in found { report(finding.rule, finding.message, at: finding.span) }
      return value.map { .constant($0) }
    }
    return template(text, in: node, &reads).map { .template($0) }
  }

  private mutating func wait(_ node: DocumentNode) -> DecodedAction? {
    guard let text = node.text, text.contains("${{") else {
      return duration(node, "a time to wait").map { DecodedAction(action: .wait(.duration($0))) }
    }
    var reads: [Requirement] = []
    guard let template = template(text, in: node, &reads) else { return nil }
    return DecodedAction(action: .wait(.template(template)), reads: reads)
  }

  private mutating func template(
    _ text: String, in node: DocumentNode, _ reads: inout [Requirement]
  ) -> FlowTemplate? {
    switch FlowTemplate.parse(text) {
    case .success(let template):
      report(template.check(types: defaults.inputTypes), in: node)
      reads += template.symbols.map { $0.requirement(in: node) }
      return template
    case .failure(let failure):
      report(failure.errors, in: node)
      return nil
    }
  }
}

extension ExpressionSymbol {
  /// The symbol as what a task requires, at its place in the document.
  func requirement(in node: DocumentNode) -> Requirement {
    Requirement(symbol: name, isOptional: isOptional, span: node.span(ofCharacters: range))
  }
}

/// The rules for variables of the environment.
enum EnvironmentRules {
  /// Whether a shell can have a variable of this name.
  static func isName(_ name: String) -> Bool {
    guard let first = name.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first)
    else { return false }
    return name.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
        true
      default: false
      }
    }
  }
}
