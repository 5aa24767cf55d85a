import FlowDiagnostics

/// What is wrong with the flow.
struct FindingsSection {
  let blocks: [PageBlock]

  init(_ findings: [Finding]) {
    guard !findings.isEmpty else {
      blocks = []
      return
    }
    var blocks: [PageBlock] = [.heading(level: 2, [.text("Findings")], anchor: "findings")]
    for finding in findings {
      let tone: PageText.Tone = finding.severity == .error ? .error : .warning
      var text: [PageText] = [
        .tag(finding.severity.rawValue, tone), .text(" \(finding.message) "),
        .muted("\(finding.span) · \(finding.rule)"),
      ]
      if let help = finding.help { text.append(.text(" — \(help)")) }
      blocks.append(.paragraph(text, tone))
    }
    self.blocks = blocks
  }
}
