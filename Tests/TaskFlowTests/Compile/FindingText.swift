import FlowDiagnostics
import TaskFlow

/// Writes findings as text with lines counted from `base`, so that tests read like what a user sees.
func text(of findings: [Finding], from base: Int) -> String {
  findings.map { finding in
    func place(_ span: SourceSpan) -> String {
      span.file.hasPrefix("TaskFlowTests/") ? "+\(span.line - base)" : "?\(span)"
    }
    var lines = ["\(place(finding.span)) \(finding.severity) \(finding.rule): \(finding.message)"]
    lines += finding.related.map { "  \(place($0.span)): \($0.message)" }
    lines += finding.notes.map { "  note: \($0)" }
    lines += finding.help.map { ["  help: \($0)"] } ?? []
    return lines.joined(separator: "\n")
  }.joined(separator: "\n")
}

/// What compiling `flow` finds, as text with lines counted from `base`.
func findings(in flow: Flow, store: Set<String> = [], from base: Int) -> String {
  text(of: Compiler(store: store).compile(flow).findings, from: base)
}
