import FlowDiagnostics

extension DocumentDecoder {
  /// Decodes `secrets:` of the file: a list of names, or a map of names to where they are read from.
  mutating func secrets(_ node: DocumentNode?) -> [FlowSecret] {
    guard let node else { return [] }
    switch node.kind {
    case .sequence:
      return node.items.compactMap { item in
        secretName(item).map { FlowSecret(name: $0, source: .environment($0), span: item.span) }
      }
    case .mapping:
      return node.entries.compactMap { secret($0) }
    default:
      reject(
        node, expected: "a list of the names of secrets",
        help: node.text.map { "write it in brackets: [\($0)]" })
      return []
    }
  }

  private mutating func secret(_ entry: DocumentEntries.Entry) -> FlowSecret? {
    guard let name = secretName(entry.key) else { return nil }
    guard
      let fields = fields(
        of: entry.value, .secret, as: "secret '\(name)'",
        help: "write '{ file: PATH }' or '{ env: VARIABLE }'")
    else { return nil }
    switch (fields["env"], fields["file"]) {
    case (let variable?, nil):
      guard let text = text(variable, "the name of a variable") else { return nil }
      guard EnvironmentRules.isName(text) else {
        reject(variable, expected: "the name of a variable")
        return nil
      }
      return FlowSecret(name: name, source: .environment(text), span: entry.key.span)
    case (nil, let file?):
      guard let path = text(file, "the path of a file") else { return nil }
      refuseNUL(in: path, at: file)
      return FlowSecret(name: name, source: .file(path), span: entry.key.span)
    default:
      reject(entry.value, expected: "either 'env' or 'file' for secret '\(name)'")
      return nil
    }
  }

  private mutating func secretName(_ node: DocumentNode) -> String? {
    guard let name = node.value(as: String.self), EnvironmentRules.isName(name),
      !name.hasPrefix(EnvironmentRules.ownPrefix)
    else {
      reject(
        node, expected: "the name of a secret, as of an environment variable",
        help: "use letters, digits and '_', and no digit first")
      return nil
    }
    return name
  }

  /// Decodes `secrets:` of a task or revert: names of secrets of the file.
  mutating func usedSecrets(_ node: DocumentNode?) -> [String] {
    guard let node else { return [] }
    let names = strings(node, "a list of names of secrets", item: "the name of a secret")
    return names.compactMap { name, node in
      guard defaults.knowsSecrets, !defaults.secrets.contains(name) else { return name }
      let near = Suggestion.nearest(to: name, among: defaults.secrets.sorted())
      report(
        "wrong-value", "the flow has no secret \(QuotedName.of(name))", at: node.span,
        help: near.map { "did you mean '\($0)'?" } ?? "add it to the flow's 'secrets'")
      return nil
    }
  }

  /// Reports what would put a secret into the arguments of a program, where everybody can read it.
  mutating func refuseSecrets(in word: String, at node: DocumentNode) {
    guard word.utf8.contains(UInt8(ascii: "$")) else { return }
    for name in defaults.secrets.sorted()
    where word.contains("${\(name)}") || Self.reads(name, word) {
      report(
        "secret-in-arguments",
        "secret '\(name)' is not put into arguments, where everybody can read it",
        at: node.span,
        help:
          "with 'secrets: [\(name)]' the program has it in its environment; what a shell reads is "
          + "written as 'run'")
    }
  }

  /// Whether a word has `$NAME`, and not the beginning of a longer name.
  private static func reads(_ name: String, _ word: String) -> Bool {
    word.ranges(of: "$\(name)").contains { range in
      guard range.upperBound < word.endIndex else { return true }
      return !EnvironmentRules.isName("_" + String(word[range.upperBound]))
    }
  }
}
