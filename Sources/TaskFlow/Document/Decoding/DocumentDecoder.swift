import FlowDiagnostics

/// Makes a flow of a document's tree, and says all that is wrong with it.
///
/// Each part is decoded as far as it goes, so that one mistake hides no other. It calls itself for nested
/// flows: the reader has bounded the nesting.
struct DocumentDecoder {
  let file: String

  /// What is wrong; at most ``mostFindings``.
  private(set) var findings: [Finding] = []

  /// Whether more is wrong than is reported.
  private(set) var hasMoreFindings = false

  /// What was left out that other parts may refer to.
  private(set) var omissions: Omissions = []

  /// What tasks have unless they say otherwise.
  var defaults = Defaults()

  /// Names in `after` and `target` that no child of their flow has.
  var unknownNames: [UnknownName] = []

  /// The tasks with a matrix, by the names that the file has for them, with their places.
  var matrixNames: [String: SourceSpan] = [:]

  /// How many findings may still have a suggestion that takes long to look for.
  var suggestionsLeft = 200

  private var expansion = 0
  private var unnamed = 0

  /// Nobody reads on; a file of a million mistakes is not worth gigabytes of findings.
  private static let mostFindings = 1_000

  /// How much may be made of the file in all by what stands for more than itself.
  static let largestExpansion = 250_000

  struct Defaults {
    var timeout: Duration?
    var interpreter = CommandAction.defaultInterpreter
    var environment: [CommandAction.EnvironmentEntry] = []
    var inputTypes: [String: ValueType] = [:]
    /// The names of the flow's secrets.
    var secrets: Set<String> = []
    /// Whether these are all; not when a key may have meant `secrets` that is not read.
    var knowsSecrets = true
  }

  /// The folder of the file, in which its processes run; `nil` for the caller's own.
  let directory: String?

  init(file: String) {
    self.file = file
    directory = file.lastIndex(of: "/").map { slash in
      slash == file.startIndex ? "/" : String(file[..<slash])
    }
  }

  // MARK: Findings

  mutating func report(
    _ rule: String = "wrong-value", _ message: String, at span: SourceSpan, help: String? = nil,
    related: [Finding.Related] = [], fix: Fix? = nil
  ) {
    guard findings.count < Self.mostFindings else {
      hasMoreFindings = true
      return
    }
    findings.append(
      Finding(rule: rule, message: message, span: span, related: related, help: help, fix: fix))
  }

  /// Reports what was expected instead of a node; silent about what the reader has reported.
  mutating func reject(_ node: DocumentNode, expected: String, help: String? = nil) {
    guard !node.isBroken else { return }
    let found = Self.phrase(of: node)
    report("wrong-value", "expected \(expected), found \(found)", at: node.span, help: help)
  }

  /// What stands at a node, behind `found`.
  static func phrase(of node: DocumentNode) -> String {
    switch node.kind {
    case .scalar where node.isNull: "nothing"
    case .scalar where node.isTextOfAnother: "the text \(node.quoted)"
    case .scalar: node.quoted
    case .sequence where node.items.isEmpty: "an empty list"
    case .sequence, .mapping: node.kind.phrase
    }
  }

  /// Notes that something is not there that other parts may refer to.
  mutating func leaveOut(_ parts: Omissions) { omissions.formUnion(parts) }

  /// Counts what is made of the file by matrices and the like, so that a few bytes can't ask for gigabytes.
  ///
  /// - Returns: `false` when it is too much, with a finding for the first time.
  mutating func admitExpansion(of count: Int, at span: SourceSpan) -> Bool {
    let wasWithin = expansion <= Self.largestExpansion
    expansion += min(count, Self.largestExpansion + 1)
    guard expansion > Self.largestExpansion else { return true }
    if wasWithin {
      report(
        "input-limit",
        "matrices, 'after' and the flow's 'env' up to here make more than "
          + "\(Self.largestExpansion) tasks, links and variables",
        at: span, help: "use smaller matrices, or split the file")
    }
    expansion = Self.largestExpansion + 1
    leaveOut(.all)
    return false
  }

  // MARK: Mappings

  /// The entries of a mapping by key; unknown keys are reported, and those that are not built yet.
  ///
  /// - Parameter what: what the mapping is, as in `a task`; what its keys belong to if not given.
  mutating func fields(
    of node: DocumentNode, _ keys: DocumentKeys, as what: String? = nil, help: String? = nil
  ) -> DocumentFields? {
    guard node.kind == .mapping else {
      reject(
        node, expected: "\(what ?? keys.owner) as a mapping of keys to values", help: help)
      return nil
    }
    var fields = DocumentFields(capacity: node.entries.count)
    var unknown: [DocumentNode] = []
    for entry in node.entries {
      guard let name = entry.key.text, !entry.key.isBroken, name != "<<" else {
        // The reader has said what is wrong with it.
        fields.doubt(nil)
        leaveOut(keys.mayHold)
        continue
      }
      if let key = keys[name] {
        if key.isLater {
          refuse(name, at: entry.key, in: &fields)
        } else {
          fields.add(entry, as: name)
        }
      } else {
        unknown.append(entry.key)
      }
    }
    // Once it is known which keys are there.
    for key in unknown { reportUnknown(key, of: what ?? keys.owner, keys, in: &fields) }
    return fields
  }

  private mutating func refuse(
    _ name: String, at key: DocumentNode, in fields: inout DocumentFields
  ) {
    fields.doubt([name])
    leaveOut(.ofKey(name))
    report(
      "not-supported", "'\(name)' is not supported yet", at: key.span,
      help: "leave it out")
  }

  private mutating func reportUnknown(
    _ key: DocumentNode, of what: String, _ keys: DocumentKeys, in fields: inout DocumentFields
  ) {
    let name = key.text ?? ""
    let meant: [String]?
    let help: String
    if let words = DocumentKeys.otherWords[name]?.filter({ keys[$0] != nil }), !words.isEmpty {
      meant = words
      help = "did you mean \(words.map { "'\($0)'" }.joined(separator: " or "))?"
    } else if DocumentKeys.bodies.contains(name) {
      meant = nil
      help = "only a flow has children: begin the item with 'flow: NAME'"
    } else if name == "task" || name == "flow" {
      meant = nil
      help = "an item is a task or a flow: begin one of its own with '- \(name): NAME'"
    } else if let owner = DocumentKeys.owner(ofKey: name) {
      meant = DocumentKeys.actions.contains(name) ? nil : [name]
      help = "'\(name)' is a key of \(owner)"
    } else if let near = Suggestion.nearest(to: name, among: keys.keys.map(\.name)) {
      meant = [near]
      help = "did you mean '\(near)'?"
    } else {
      meant = nil
      help = "keys are \(keys.names.joined(separator: ", "))"
    }
    // To another key of this mapping, unless it is there already; not to one of another.
    let rename = meant?.count == 1 ? meant?.first { keys[$0] != nil && fields[$0] == nil } : nil
    fields.doubt(meant)
    if let meant {
      for name in meant { leaveOut(.ofKey(name)) }
    } else {
      leaveOut(keys.mayHold)
    }
    report(
      "unknown-key", "\(QuotedName.of(name)) is no key of \(what)", at: key.span, help: help,
      fix: rename.flatMap { key.replacing(with: $0) })
  }

  // MARK: Names

  /// The name of a task or flow; one that is not well formed is reported and taken all the same, so that
  /// what refers to it is not reported as well.
  mutating func name(_ node: DocumentNode?, of what: String) -> String {
    guard let name = checkedName(node, of: what, NameRules.problem(inName:)) else {
      leaveOut(.children)
      unnamed += 1
      return "(unnamed \(unnamed))"
    }
    return name
  }

  /// The name of a symbol, taken even if it is not well formed.
  ///
  /// - Returns: `nil` with a finding when there is no text.
  mutating func symbol(_ node: DocumentNode) -> String? {
    checkedName(node, of: "a symbol", NameRules.problem(inSymbol:))
  }

  private mutating func checkedName(
    _ node: DocumentNode?, of what: String, _ problem: (String) -> NameProblem?
  ) -> String? {
    guard let node else { return nil }
    guard node.kind == .scalar, !node.isNull, !node.isBroken, let text = node.text else {
      reject(node, expected: "the name of \(what)")
      return nil
    }
    let name = NameRules.normalized(text)
    if let problem = problem(name) {
      report(
        "wrong-value", problem.message, at: node.span,
        help: defaults.secrets.contains(name)
          ? FlowSecret.help(requiring: name) : problem.suggestion.map { "call it '\($0)'" })
    } else if node.value(as: String.self) == nil {
      reject(node, expected: "the name of \(what)", help: "put it in quotes, or call it otherwise")
    }
    return name
  }
}

extension DocumentNode {
  /// Whether it is text by its quotes only: without them it were a number or a truth value.
  fileprivate var isTextOfAnother: Bool {
    guard style != .plain, let text, !text.isEmpty else { return false }
    if case .value(.string) = CoreSchema.resolution(of: text) { return false }
    return true
  }

  /// The change that writes another name in the node's place, within its quotes if it has some; `nil` where
  /// that is not what stands in the file.
  func replacing(with name: String) -> Fix? {
    guard let text, !text.isEmpty, record.traits.contains(.verbatim), !isAlias else { return nil }
    let span = span(ofCharacters: 0..<text.unicodeScalars.count)
    return Fix(
      "write \(QuotedName.of(name))", isSafe: false, edits: [Fix.Edit(span, replacement: name)])
  }

  /// The text of a scalar in quotes, cut if it is long.
  var quoted: String { QuotedName.of(text ?? "") }
}
