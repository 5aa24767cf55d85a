/// Findings as results of a SARIF run.
struct SARIFResults {
  let files: SARIFFiles
  let rules: SARIFRules
  /// Whether some results are suppressed: then each says whether it is.
  let hasSuppressions: Bool

  /// A finding as a result.
  func result(for told: ToldFinding, fingerprint: FindingFingerprint) -> JSONTree {
    let finding = told.finding
    let fix = finding.fix.flatMap { $0.edits.isEmpty ? nil : self.fix($0, in: finding.span.file) }
    return .object([
      "ruleId": .string(rules.id(of: finding.rule)),
      "ruleIndex": rules.number(of: finding.rule).map { .int($0) },
      "level": .string(Self.level(of: finding.severity)),
      "message": Self.message(finding),
      "locations": .list([.object(["physicalLocation": files.place(finding.span)])]),
      "relatedLocations": finding.related.isEmpty
        ? nil : .list(finding.related.enumerated().map { location($1, id: $0 + 1) }),
      "codeFlows": codeFlow(of: finding).map { .list([$0]) },
      "fixes": fix.map { .list([$0]) },
      "partialFingerprints": .object(["tfgraphLine/v1": .string(fingerprint.description)]),
      "suppressions": hasSuppressions
        ? .list(told.suppression.map { [Self.suppression($0)] } ?? []) : nil,
    ])
  }

  /// The level of a severity.
  static func level(of severity: Severity) -> String {
    switch severity {
    case .error: "error"
    case .warning: "warning"
    case .info: "note"
    }
  }

  /// The message, and below it what else is said: viewers show nothing but this.
  private static func message(_ finding: Finding) -> JSONTree {
    let lines = [finding.message] + finding.facts.map { "\($0.label): \($0.text)" }
    return .object(["text": .string(SARIFText.escaped(lines.joined(separator: "\n")))])
  }

  private func location(_ related: Finding.Related, id: Int?) -> JSONTree {
    .object([
      "id": id.map { .int($0) },
      "message": .object(["text": .string(SARIFText.escaped(related.message))]),
      "physicalLocation": files.place(related.span),
    ])
  }

  /// The hops of a cycle, which somebody can step through.
  private func codeFlow(of finding: Finding) -> JSONTree? {
    guard finding.rule == "dependency-cycle", !finding.related.isEmpty else { return nil }
    let steps = finding.related.map { JSONTree.object(["location": location($0, id: nil)]) }
    return .object(["threadFlows": .list([.object(["locations": .list(steps)])])])
  }

  private func fix(_ fix: Fix, in file: String) -> JSONTree {
    let replacements = fix.edits.map { edit in
      JSONTree.object([
        "deletedRegion": .object([
          "startLine": .int(edit.start.line), "startColumn": .int(edit.start.column),
          "endLine": .int(edit.end.line), "endColumn": .int(edit.end.column),
        ]),
        "insertedContent": .object(["text": .string(edit.replacement)]),
      ])
    }
    return .object([
      "description": .object(["text": .string(SARIFText.escaped(fix.message))]),
      "artifactChanges": .list([
        .object([
          "artifactLocation": files.location(file), "replacements": .list(replacements),
        ])
      ]),
      "properties": .object(["safe": .bool(fix.isSafe)]),
    ])
  }

  private static func suppression(_ suppressed: SuppressedFinding) -> JSONTree {
    let kind =
      switch suppressed.kind {
      case .inSource: "inSource"
      case .external: "external"
      }
    return .object([
      "kind": .string(kind), "justification": suppressed.reason.map { .string($0) },
    ])
  }
}
