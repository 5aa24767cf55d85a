/// Writes findings as JSON for programs.
///
/// The shape is a promise: `schema` rises when a key changes its meaning or goes away, not when one
/// is added. Keys have a fixed order, so that equal findings give equal bytes;
/// each finding is written in one line.
///
/// ```text
/// {
///   "schema": 1,
///   "summary": {"errors": 1, "warnings": 0, "infos": 0},
///   "findings": [
///     {"rule": "…", "id": "TFG101", "severity": "error", "message": "…",
///      "span": {"file": "…", "line": 3, "column": 5, "length": 2},
///      "related": [], "notes": [], "help": null, "fix": null}
///   ]
/// }
/// ```
public struct JSONFindingRenderer: Sendable {
  /// The number that the output has as `schema`.
  public static let schema = 1

  /// The rules whose numbers are written.
  public var rules: RuleCatalog

  /// A renderer.
  public init(rules: RuleCatalog = .none) {
    self.rules = rules
  }

  /// The JSON text for these findings, sorted, each once, with a line end.
  public func text(for findings: [Finding]) -> String {
    let ordered = findings.presented
    let count = FindingCount(ordered)
    var result = "{\n  \"schema\": \(Self.schema),\n"
    result += "  \"summary\": {\"errors\": \(count.errors), \"warnings\": \(count.warnings), "
    result += "\"infos\": \(count.infos)},\n"
    result += "  \"findings\": ["
    for (index, finding) in ordered.enumerated() {
      result += index == 0 ? "\n    " : ",\n    "
      result += object(finding)
    }
    result += ordered.isEmpty ? "]\n}\n" : "\n  ]\n}\n"
    return result
  }

  private func object(_ finding: Finding) -> String {
    let related = finding.related.map {
      "{\"span\": \(object($0.span)), \"message\": \(JSONText.quoted($0.message))}"
    }
    let notes = finding.notes.map(JSONText.quoted)
    return "{"
      + [
        "\"rule\": \(JSONText.quoted(finding.rule))",
        "\"id\": \(optional(rules[finding.rule]?.id))",
        "\"severity\": \(JSONText.quoted(finding.severity.rawValue))",
        "\"message\": \(JSONText.quoted(finding.message))",
        "\"span\": \(object(finding.span))",
        "\"related\": [\(related.joined(separator: ", "))]",
        "\"notes\": [\(notes.joined(separator: ", "))]",
        "\"help\": \(optional(finding.help))",
        "\"fix\": \(finding.fix.map(object) ?? "null")",
      ].joined(separator: ", ") + "}"
  }

  private func object(_ fix: Fix) -> String {
    let edits = fix.edits.map { edit in
      "{\"start\": \(object(edit.start)), \"end\": \(object(edit.end)), "
        + "\"replacement\": \(JSONText.quoted(edit.replacement))}"
    }
    return "{\"message\": \(JSONText.quoted(fix.message)), \"safe\": \(fix.isSafe), "
      + "\"edits\": [\(edits.joined(separator: ", "))]}"
  }

  private func object(_ position: Fix.Position) -> String {
    "{\"line\": \(position.line), \"column\": \(position.column)}"
  }

  private func optional(_ text: String?) -> String { text.map(JSONText.quoted) ?? "null" }

  private func object(_ span: SourceSpan) -> String {
    let position = "\"line\": \(span.line), \"column\": \(span.column), \"length\": \(span.length)"
    return "{\"file\": \(JSONText.quoted(span.file)), \(position)}"
  }
}
