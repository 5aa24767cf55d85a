public import FlowDiagnostics
import TaskFlow

extension LintConfiguration {
  /// A configuration that was read.
  public struct Reading: Sendable {
    /// The configuration, as far as it could be read.
    public let configuration: LintConfiguration

    /// What is wrong with it, in the order of its places; it is not used then.
    public let findings: [Finding]
  }

  /// Reads the bytes of a `.tfgraph.yaml`; all mistakes are reported.
  ///
  /// A file of nothing but comments configures nothing, which is no mistake.
  ///
  /// - Parameter path: the name that places have.
  public static func read(bytes: [UInt8], path: String) -> Reading {
    let lines = bytes.split { $0 == 0x0A || $0 == 0x0D }.map { line in
      line.drop { $0 == 0x20 || $0 == 0x09 }
    }
    if lines.allSatisfy({ $0.isEmpty || $0.first == UInt8(ascii: "#") }) {
      return Reading(configuration: LintConfiguration(), findings: [])
    }
    let parsed = DocumentReader.parse(bytes: bytes, file: path)
    var decoder = ConfigurationDecoder(findings: parsed.findings)
    if let tree = parsed.tree { decoder.decode(tree.root) }
    return Reading(configuration: decoder.configuration, findings: decoder.findings.sorted())
  }
}

/// Makes a configuration of a document's tree, and says all that is wrong with it.
private struct ConfigurationDecoder {
  var configuration = LintConfiguration()
  var findings: [Finding]

  private static let keys = [
    "select", "ignore", "severities", "per-file", "fail-on", "require-reason",
  ]

  init(findings: [Finding]) { self.findings = findings }

  mutating func decode(_ root: DocumentNode) {
    guard root.kind == .mapping else {
      return reject(root, expected: "a mapping of keys to values")
    }
    for entry in root.entries {
      guard let key = entry.key.text, !entry.key.isBroken else { continue }
      let value = entry.value
      switch key {
      case "select": configuration.select = rules(value)
      case "ignore": configuration.ignore = rules(value, mayBeFatal: false)
      case "severities": severities(value)
      case "per-file": perFile(value)
      case "fail-on": configuration.failOn = severity(value)
      case "require-reason":
        configuration.requireReason = value.value(as: Bool.self)
        if configuration.requireReason == nil { reject(value, expected: "'true' or 'false'") }
      default: rejectKey(key, entry.key)
      }
    }
  }

  private mutating func severities(_ node: DocumentNode) {
    guard node.kind == .mapping else {
      return reject(node, expected: "a mapping of rules to severities")
    }
    for entry in node.entries {
      let isOff = entry.value.text == "off"
      let severity = isOff ? nil : severity(entry.value, or: ", 'off'")
      guard isOff || severity != nil,
        let rules = rule(entry.key, mayBeFatal: severity == .error)
      else { continue }
      configuration.severities.append(
        LintConfiguration.Regrading(rules: rules, severity: severity))
    }
  }

  private mutating func perFile(_ node: DocumentNode) {
    guard node.kind == .mapping else {
      return reject(node, expected: "a mapping of files to lists of rules")
    }
    for entry in node.entries {
      guard let pattern = entry.key.text, !entry.key.isBroken else { continue }
      if let sign = pattern.first(where: { "[]{}".contains($0) }) {
        report(
          "wrong-value", "'\(sign)' means nothing in a pattern of files", entry.key,
          help: "patterns have '*', '?' and '**'; write an entry for each")
        continue
      }
      configuration.perFile.append(
        LintConfiguration.FileException(
          files: PathPattern(pattern), rules: rules(entry.value, mayBeFatal: false)))
    }
  }

  private mutating func rules(_ node: DocumentNode, mayBeFatal: Bool = true) -> [RuleSelector] {
    guard node.kind == .sequence else {
      reject(node, expected: "a list of rules", help: "write '[TFG301, no-timeout]'")
      return []
    }
    var selectors: [RuleSelector] = []
    for item in node.items {
      if let selector = rule(item, mayBeFatal: mayBeFatal) { selectors.append(selector) }
    }
    return selectors
  }

  /// The rules that a scalar names.
  ///
  /// - Parameter mayBeFatal: whether it may be one that keeps flows from being run, which can't be changed.
  private mutating func rule(_ node: DocumentNode, mayBeFatal: Bool) -> RuleSelector? {
    guard let text = node.text else {
      reject(node, expected: "the name or number of a rule")
      return nil
    }
    let selector = RuleSelector(text)
    guard !selector.rules(in: .lint).isEmpty else {
      let near = selector.suggestion(in: .lint)
      report(
        "unknown-rule", "there is no rule \(QuotedName.of(text))", node,
        help: near.map { "did you mean '\($0)'?" } ?? "'tfgraph rules' lists them")
      return nil
    }
    if !mayBeFatal, LintRule.keepsFromRunning(selector) {
      report(
        "wrong-value", "\(QuotedName.of(text)) is always told: a flow with it can't be run", node,
        help: "remove it")
      return nil
    }
    return selector
  }

  private mutating func severity(_ node: DocumentNode, or others: String = "") -> Severity? {
    if let severity = node.text.flatMap(Severity.init(rawValue:)) { return severity }
    let words = Severity.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ") + others
    reject(node, expected: "one of \(words)")
    return nil
  }

  private mutating func rejectKey(_ key: String, _ node: DocumentNode) {
    let near = Suggestion.nearest(to: key, among: Self.keys)
    report(
      "unknown-key", "unknown key \(QuotedName.of(key)) in the configuration", node,
      help: near.map { "did you mean '\($0)'?" }
        ?? "it can have " + Self.keys.map { "'\($0)'" }.joined(separator: ", "))
  }

  private mutating func reject(_ node: DocumentNode, expected: String, help: String? = nil) {
    guard !node.isBroken else { return }
    let found =
      node.isNull
      ? "nothing" : node.text.map { QuotedName.of($0) } ?? node.kind.phrase
    report("wrong-value", "expected \(expected), found \(found)", node, help: help)
  }

  private mutating func report(
    _ rule: String, _ message: String, _ node: DocumentNode, help: String?
  ) {
    findings.append(Finding(rule: rule, message: message, span: node.span, help: help))
  }
}
