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
  ///   - scope: what the names in expressions stand for.
  ///   - what: what has the action, as in `task 'build'`.
  /// - Returns: `nil` with a finding when there is none that can be read.
  mutating func action(
    _ fields: DocumentFields, provided: Provided, _ scope: ExpressionScope, of what: String,
    at span: SourceSpan
  ) -> DecodedAction? {
    let given = DocumentKeys.actions.filter { fields[$0] != nil }
    guard let key = given.first, let node = fields[key] else {
      if !fields.mayHaveMeant(DocumentKeys.actions + DocumentKeys.laterActions) {
        let words =
          fields.span(ofKey: "provides") == nil
          ? "'run', 'exec' and 'wait'" : "'run', 'exec' and 'set'"
        report(
          "wrong-value", "\(what) does nothing", at: span, help: "add one of \(words)")
      }
      return nil
    }
    for other in given.dropFirst() {
      report(
        "wrong-value", "\(what) has a second action, '\(other)'",
        at: fields.span(ofKey: other) ?? span, help: "split it into two tasks",
        related: fields.span(ofKey: key).map {
          [Finding.Related(span: $0, message: "'\(key)' is the first")]
        } ?? [])
    }
    checkOptions(fields, of: given, key)
    switch key {
    case "run": return command(shell(node, fields["shell"]), fields, provided)
    case "exec": return command(program(node), fields, provided)
    case "set": return assignment(node, provided, scope, of: what)
    default: return wait(node, provided, scope, of: what)
    }
  }

  /// Reports what belongs to another kind of action, and would do nothing.
  private mutating func checkOptions(_ fields: DocumentFields, of given: [String], _ key: String) {
    if let span = fields.span(ofKey: "shell"), !given.contains("run") {
      report(
        "wrong-value", "'shell' is for 'run', and '\(key)' needs none", at: span,
        help: "drop 'shell'")
    }
    guard given.allSatisfy({ !DocumentKeys.processes.contains($0) }) else { return }
    for name in ["env", "secrets"] {
      guard let span = fields.span(ofKey: name) else { continue }
      report(
        "wrong-value", "'\(name)' is for processes, and '\(key)' starts none", at: span,
        help: "drop '\(name)'")
    }
  }

  private mutating func command(
    _ invocation: CommandAction.Invocation?, _ fields: DocumentFields, _ provided: Provided
  ) -> DecodedAction? {
    var variables = defaults.environment
    let own = environment(fields["env"])
    if !own.isEmpty, let span = fields.span(ofKey: "env"),
      admitExpansion(of: variables.count, at: span)
    {
      variables += own
    }
    let secrets = usedSecrets(fields["secrets"])
    guard let invocation else { return nil }
    return DecodedAction(
      action: .command(
        CommandAction(
          invocation: invocation, captures: provided.captures, environment: variables,
          secrets: secrets, workingDirectory: directory)))
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
    checkWord(
      script, node, "the text for the shell",
      help: "require the symbol, and read it as a variable: \"$name\"")
    return .shell(text: script, interpreter: interpreter)
  }

  /// Checks what is passed to a process as one argument.
  private mutating func checkWord(
    _ word: String, _ node: DocumentNode, _ what: String,
    help: String = "require the symbol: the program finds it in its environment"
  ) {
    // There is no text substitution into commands: it is what makes a value run as code.
    refuseTemplate(
      word, in: node, "values are not put into commands as text", help: help)
    refuseNUL(in: word, at: node)
    if word.utf8.count > Self.longestWord {
      report(
        "wrong-value", "\(what) is longer than 96 KiB", at: node.span,
        help: "put it into a file, and name that")
    }
  }

  /// The system passes no argument of 128 KiB.
  private static let longestWord = 96 << 10

  mutating func refuseNUL(in text: String, at node: DocumentNode) {
    guard text.utf8.contains(0) else { return }
    report(
      "wrong-value", "no process can be given a NUL character", at: node.span, help: "leave it out")
  }

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
      checkWord(word, item, "the argument")
      refuseSecrets(in: word, at: item)
      return word
    }
    guard words.first?.isEmpty == false else {
      reject(node.items[0], expected: "the name of a program")
      return nil
    }
    return words.count == node.items.count ? .program(words) : nil
  }

  /// Decodes `shell:`, an argument vector in front of a text.
  mutating func interpreter(_ node: DocumentNode?) -> [String]? {
    guard let node else { return nil }
    let example = "[/bin/sh, -eu, -c]"
    let words = strings(
      node, "a list of a shell and its options, such as \(example)", item: "an option as text")
    for (text, node) in words { checkWord(text, node, "the option") }
    if node.kind == .sequence, node.items.isEmpty || words.first?.text.isEmpty == true {
      report(
        "wrong-value", "the shell has no name", at: node.span,
        help: "write it with its options, such as \(example)")
      return nil
    }
    return words.isEmpty ? nil : words.map(\.text)
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
      refuseTemplate(
        value, in: entry.value, "nothing is evaluated in 'env'",
        help: "require the symbol: it is a variable of its own name")
      refuseNUL(in: value, at: entry.value)
      if name.hasPrefix(EnvironmentRules.ownPrefix) {
        report(
          "wrong-value", "'\(name)' is set by tfgraph itself", at: entry.key.span,
          help: "choose a name that does not begin with '\(EnvironmentRules.ownPrefix)'")
      }
      return CommandAction.EnvironmentEntry(name: name, value: value)
    }
  }
}

/// The rules for variables of the environment.
enum EnvironmentRules {
  /// What the variables that tfgraph sets begin with.
  static let ownPrefix = "TFGRAPH_"

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
