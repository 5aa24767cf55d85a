import FlowDiagnostics
import TaskFlow

/// Finds what is wrong with the allowances themselves, once all else is found.
struct SuppressionCheck {
  let allowances: Allowances
  let document: LintedDocument?

  /// What allowed something.
  private(set) var uses: Set<Allowances.Use>

  /// The names of the rules that have said all that they could say.
  let judged: Set<String>

  private let requiresReason: Bool
  private let lineCount: Int

  init(
    allowances: Allowances, document: LintedDocument?, uses: Set<Allowances.Use>,
    judged: Set<String>, requiresReason: Bool
  ) {
    self.allowances = allowances
    self.document = document
    self.uses = uses
    self.judged = judged.subtracting(Self.dependOnSurroundings)
    self.requiresReason = requiresReason
    lineCount = allowances.all.isEmpty ? 0 : document?.text.lineCount ?? 0
  }

  /// Rules that find something on one machine and nothing on the next, so that what allows it may be needed.
  private static let dependOnSurroundings: Set = ["shell-finding", "missing-file"]

  /// The findings that are told, and those that are allowed as others are.
  ///
  /// What allows these rules themselves is judged last, when it is known whether it was needed.
  mutating func findings() -> (told: [Finding], allowed: [(Finding, Allowances.Use)]) {
    let own = Set(LintRule.all.filter { $0.isAboutSuppressions }.map(\.name))
    var found = allowances.mistakes
    for index in allowances.all.indices {
      found += unknownRules(index)
      if let finding = withoutReason(index) { found.append(finding) }
    }
    var later: [Int] = []
    for index in allowances.all.indices {
      if names(index).isDisjoint(with: own) {
        if let finding = unused(index) { found.append(finding) }
      } else {
        later.append(index)
      }
    }
    var told: [Finding] = []
    var allowed: [(Finding, Allowances.Use)] = []
    for finding in found {
      if let use = allowances.use(for: finding) {
        uses.insert(use)
        allowed.append((finding, use))
      } else {
        told.append(finding)
      }
    }
    return (told + later.compactMap { unused($0) }, allowed)
  }

  /// The rules that an allowance names, but for prefixes, which name these rules beside all others.
  private func names(_ index: Int) -> Set<String> {
    Set(
      allowances.all[index].parts.lazy.map(\.selector).filter(\.isExact).flatMap {
        $0.rules(in: .lint).map(\.name)
      })
  }

  // MARK: The rules

  private func unknownRules(_ index: Int) -> [Finding] {
    allowances.all[index].parts.compactMap { part in
      guard part.selector.rules(in: .lint).isEmpty else { return nil }
      let near = part.selector.suggestion(in: .lint)
      let fix = near.flatMap { name in
        document == nil
          ? nil
          : Fix(
            "write '\(name)'", isSafe: false, edits: [Fix.Edit(part.span, replacement: name)])
      }
      return LintRule.unknownRule.finding(
        "there is no rule \(QuotedName.of(part.selector.text))", at: part.span,
        help: near.map { "did you mean '\($0)'?" } ?? "'tfgraph rules' lists them", fix: fix)
    }
  }

  private func withoutReason(_ index: Int) -> Finding? {
    let allowance = allowances.all[index]
    guard allowance.reason == nil else { return nil }
    return LintRule.suppressionWithoutReason.finding(
      "nothing says why this is allowed", at: allowance.span,
      notes: requiresReason ? ["a reason is required, so nothing is allowed"] : [],
      help: document == nil ? "give a reason" : "write the reason behind the ']'")
  }

  private func unused(_ index: Int) -> Finding? {
    let allowance = allowances.all[index]
    guard allowance.holds else { return nil }
    let idle = allowance.parts.indices.filter { part in
      !uses.contains(Allowances.Use(allowance: index, part: part)) && isIdle(allowance, part)
    }
    guard let first = idle.first else { return nil }
    let named = idle.map { QuotedName.of(allowance.parts[$0].selector.text) }
    let fatal = idle.filter { LintRule.keepsFromRunning(allowance.parts[$0].selector) }
    return LintRule.unusedSuppression.finding(
      "\(named.joined(separator: ", ")) \(idle.count == 1 ? "is" : "are") allowed, and nothing of it "
        + "is found here",
      at: allowance.parts[first].span,
      notes: fatal.map {
        "\(QuotedName.of(allowance.parts[$0].selector.text)) can't be allowed: a flow with it can't be run"
      },
      help: allowance.comment == nil ? "remove the modifier" : nil,
      fix: fix(allowance, without: idle))
  }

  /// Whether it is known that a part allows nothing: all rules that it names have been asked.
  private func isIdle(_ allowance: Allowances.Allowance, _ part: Int) -> Bool {
    let selector = allowance.parts[part].selector
    if LintRule.keepsFromRunning(selector) { return true }
    let rules = selector.rules(in: .lint)
    return !rules.isEmpty && rules.allSatisfy { judged.contains($0.name) }
  }

  /// Takes some rules out of a comment, or all of it away.
  private func fix(_ allowance: Allowances.Allowance, without idle: [Int]) -> Fix? {
    guard let comment = allowance.comment, let first = comment.parts.first,
      let last = comment.parts.last
    else { return nil }
    // What looks like a comment of a script may be data to it.
    let isSafe = !comment.isInScript
    if idle.count == comment.parts.count {
      return Fix("remove the comment", isSafe: isSafe, edits: [removal(of: comment.comment)])
    }
    let kept = comment.parts.indices.filter { !idle.contains($0) }
      .map { comment.parts[$0].selector.text }
    let end = last.span.column + last.span.length
    return Fix(
      "keep what is found", isSafe: isSafe,
      edits: [
        Fix.Edit(
          from: Fix.Position(line: first.span.line, column: first.span.column),
          to: Fix.Position(line: first.span.line, column: end),
          replacement: kept.joined(separator: ", "))
      ])
  }

  private func removal(of comment: DocumentComment) -> Fix.Edit {
    let line = comment.span.line
    let end = Fix.Position(line: line, column: comment.span.column + comment.span.length)
    let start = Fix.Position(line: line, column: comment.span.column - comment.gap)
    guard comment.isAlone, line < lineCount else {
      return Fix.Edit(from: start, to: end, replacement: "")
    }
    return Fix.Edit(from: start, to: Fix.Position(line: line + 1, column: 1), replacement: "")
  }
}

extension String {
  /// How many lines it has; what is behind the last line end counts, also when it is empty.
  fileprivate var lineCount: Int {
    var count = 1
    var last: UInt8 = 0
    for byte in utf8 {
      if byte == 0x0D || (byte == 0x0A && last != 0x0D) { count += 1 }
      last = byte
    }
    return count
  }
}

extension LintRule {
  /// Whether it looks at the comments that allow findings.
  var isAboutSuppressions: Bool { if case .suppressions = check { true } else { false } }

  /// Whether a selector names one rule whose findings keep a flow from being run.
  static func keepsFromRunning(_ selector: RuleSelector) -> Bool {
    guard selector.isExact else { return false }
    return all.contains { !$0.canBeAllowed && selector.matches($0.description) }
  }

  /// Whether a flow can't be run with a finding, so that nothing makes it go away.
  static func keepsFromRunning(_ finding: Finding) -> Bool {
    guard finding.severity == .error else { return false }
    return RuleCatalog.lint[finding.rule] == nil || keepsFromRunning(RuleSelector(finding.rule))
  }

  fileprivate func finding(
    _ message: String, at span: SourceSpan, notes: [String] = [], help: String? = nil,
    fix: Fix? = nil
  ) -> Finding {
    Finding(
      rule: name, severity: description.severity, message: message, span: span, notes: notes,
      help: help, fix: fix)
  }
}
