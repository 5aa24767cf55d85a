import ArgumentParser
import FlowDiagnostics
import FlowLint

/// How `tfgraph lint` prints findings.
enum LintFormat: String, ExpressibleByArgument, CaseIterable {
  case text
  case short
  case json
  case sarif
  case github
  case junit
  case markdown

  /// What findings of these files are printed as.
  func text(
    of report: FindingReport, sources: SourceTexts, failsAt: Severity?, console: Console
  ) -> String {
    switch self {
    case .text: console.look.renderer(sources).text(for: report)
    case .short: ShortFindingRenderer(rules: .lint).text(for: report)
    case .json: JSONFindingRenderer(rules: .lint).text(for: report.findings)
    case .sarif:
      SARIFFindingRenderer(
        rules: .lint, sources: sources, toolVersion: TFGraph.configuration.version,
        workingDirectory: console.workingDirectory
      ).text(for: report)
    case .github: GitHubFindingRenderer(rules: .lint).text(for: report)
    case .junit:
      JUnitFindingRenderer(rules: .lint, failsAt: failsAt).text(for: report)
    case .markdown: MarkdownFindingRenderer(rules: .lint).text(for: report)
    }
  }
}

/// From which severity on findings make `tfgraph lint` fail.
enum FailOn: String, ExpressibleByArgument, CaseIterable {
  case error
  case warning
  case info
  case never

  /// The least severity; `nil` if nothing does.
  var severity: Severity? { Severity(rawValue: rawValue) }
}
