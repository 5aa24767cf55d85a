import FlowDiagnostics

/// Makes a flow of a document's tree, and says all that is wrong with it.
///
/// Each part is decoded as far as it goes, so that one mistake hides no other. It calls itself for nested
/// flows: the reader has bounded the nesting.
struct DocumentDecoder {
  let file: String
  private(set) var findings: [Finding] = []

  /// Whether something was left out that other parts may refer to.
  private(set) var isPartial = false

  /// What tasks have unless they say otherwise.
  var defaults = Defaults()

  struct Defaults {
    var timeout: Duration?
    var interpreter = CommandAction.defaultInterpreter
    var environment: [CommandAction.EnvironmentEntry] = []
    var inputTypes: [String: ValueType] = [:]
  }

  init(file: String) {
    self.file = file
  }

  /// The folder of the file, in which its processes run; `nil` for the caller's own.
  var directory: String? {
    guard let slash = file.lastIndex(of: "/") else { return nil }
    return slash == file.startIndex ? "/" : String(file[..<slash])
  }

  // MARK: Findings

  mutating func report(
    _ rule: String = "flow-format", _ message: String, at span: SourceSpan, help: String? = nil,
    related: [Finding.Related] = []
  ) {
    findings.append(
      Finding(rule: rule, message: message, span: span, related: related, help: help))
  }

  /// Reports what was expected instead of a node; silent about what the reader has reported.
  mutating func reject(_ node: DocumentNode, expected: String, help: String? = nil) {
    guard !node.isBroken else { return }
    let found = node.isNull ? "nothing" : node.kind == .scalar ? node.quoted : node.kind.phrase
    report("expected \(expected), found \(found)", at: node.span, help: help)
  }

  mutating func report(_ errors: [ExpressionError], in node: DocumentNode) {
    for error in errors {
      report(
        "expression", error.message, at: node.span(ofCharacters: error.range), help: error.help)
    }
  }

  private mutating func report(_ message: String, at span: SourceSpan, help: String?) {
    report("flow-format", message, at: span, help: help)
  }

  /// Notes that other parts may refer to something that is not there.
  mutating func leaveOut() { isPartial = true }

  // MARK: Mappings

  /// The entries of a mapping by key; unknown keys are reported, and those that are not built yet.
  ///
  /// - Parameter what: what the mapping is, as in `a task`.
  mutating func fields(
    of node: DocumentNode, _ what: String, keys: [DocumentKey]
  ) -> [String: DocumentNode]? {
    guard node.kind == .mapping else {
      reject(node, expected: "\(what) as a mapping of keys to values")
      leaveOut()
      return nil
    }
    var fields: [String: DocumentNode] = [:]
    for entry in node.entries {
      guard let name = entry.key.text else {
        reject(entry.key, expected: "a key")
        continue
      }
      guard let key = keys.first(where: { $0.name == name }) else {
        reportUnknown(name, at: entry.key, of: what, keys: keys)
        continue
      }
      if key.isLater {
        report(
          "not-supported", "'\(name)' is not supported yet", at: entry.key.span,
          help: "leave it out for now")
      } else if fields[name] == nil {
        fields[name] = entry.value
      }
    }
    return fields
  }

  private mutating func reportUnknown(
    _ name: String, at key: DocumentNode, of what: String, keys: [DocumentKey]
  ) {
    guard !key.isBroken else { return }
    leaveOut()
    let near = Suggestion.nearest(to: name, among: keys.map(\.name))
    let known = keys.filter { !$0.isLater }.map(\.name).joined(separator: ", ")
    report(
      "unknown-key", "\(QuotedName.of(name)) is no key of \(what)", at: key.span,
      help: near.map { "did you mean '\($0)'?" } ?? "keys are \(known)")
  }

  // MARK: Scalars

  mutating func text(_ node: DocumentNode?, _ what: String) -> String? {
    guard let node else { return nil }
    guard let text = node.value(as: String.self) else {
      let help = node.kind == .scalar && !node.isNull ? "put it in quotes" : nil
      reject(node, expected: what, help: help)
      return nil
    }
    return text
  }

  mutating func integer(_ node: DocumentNode?, _ what: String, in range: ClosedRange<Int>) -> Int? {
    guard let node else { return nil }
    guard let number = node.value(as: Int.self), range.contains(number) else {
      let bounds =
        range.upperBound == .max
        ? "of at least \(range.lowerBound)" : "from \(range.lowerBound) to \(range.upperBound)"
      reject(node, expected: "\(what): a whole number \(bounds)")
      return nil
    }
    return number
  }

  mutating func bool(_ node: DocumentNode?, _ what: String) -> Bool? {
    guard let node else { return nil }
    guard let flag = node.value(as: Bool.self) else {
      reject(node, expected: "\(what): true or false")
      return nil
    }
    return flag
  }

  mutating func duration(_ node: DocumentNode?, _ what: String) -> Duration? {
    guard let node else { return nil }
    guard let text = node.kind == .scalar ? node.text : nil, !node.isNull else {
      reject(node, expected: "\(what) such as '90s' or '15m'")
      return nil
    }
    switch DurationText.parse(text) {
    case .success(let duration):
      return duration
    case .failure(let error):
      report(error.message, at: node.span, help: "write a time such as '90s', '15m' or '1h30m'")
      return nil
    }
  }

  /// One of a few words, or `nil` with a finding.
  mutating func word<Word: RawRepresentable & CaseIterable>(
    _ node: DocumentNode?, _ what: String, as type: Word.Type
  ) -> Word? where Word.RawValue == String {
    guard let node else { return nil }
    if let text = node.text, let word = Word(rawValue: text) { return word }
    let words = Word.allCases.map(\.rawValue)
    let near = node.text.flatMap { Suggestion.nearest(to: $0, among: words) }
    reject(
      node, expected: "\(what): \(words.joined(separator: ", "))",
      help: near.map { "did you mean '\($0)'?" })
    return nil
  }

  // MARK: Names

  /// The name of a task or flow.
  mutating func name(_ node: DocumentNode?, _ what: String) -> String? {
    guard let node, let text = text(node, "the name of \(what)") else { return nil }
    let name = NameRules.normalized(text)
    if let problem = NameRules.problem(inName: name) {
      report(
        "name", problem.message, at: node.span,
        help: problem.suggestion.map { "call it '\($0)'" })
    }
    return name
  }

  /// The name of a symbol; an ill-formed one is reported and taken all the same, so that what refers to it
  /// is not reported as well.
  mutating func symbol(_ node: DocumentNode) -> String? {
    guard let text = text(node, "the name of a symbol") else {
      leaveOut()
      return nil
    }
    let name = NameRules.normalized(text)
    if let problem = NameRules.problem(inSymbol: name) {
      report(
        "name", problem.message, at: node.span,
        help: problem.suggestion.map { "call it '\($0)'" })
    }
    return name
  }
}

extension DocumentNode {
  /// The text of a scalar in quotes, cut if it is long.
  var quoted: String { QuotedName.of(text ?? "") }
}
