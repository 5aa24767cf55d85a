import FlowDiagnostics
import FlowLint
import Foundation
import TaskFlow

/// A flow file as a command has it: what was read, compiled and found.
struct FlowSource {
  let path: String
  let findings: [Finding]
  /// The flow as far as it could be read.
  let flow: Flow?
  let compilation: Compilation?
  let isUnreadable: Bool
  private let text: String

  /// Reads and compiles a file; nothing that it names is opened or run.
  init(path: String) {
    let reading = FlowDocument.read(path: path)
    let compilation = reading.compile()
    self.init(
      reading, path: path, compilation, findings: compilation?.findings ?? reading.findings)
  }

  /// Compiles and lints a file that was read.
  init(_ reading: FlowDocument.Reading, path: String, linter: Linter) {
    let report = linter.lint(reading)
    self.init(reading, path: path, report.compilation, findings: report.findings)
  }

  private init(
    _ reading: FlowDocument.Reading, path: String, _ compilation: Compilation?,
    findings: [Finding]
  ) {
    self.path = path
    self.compilation = compilation
    self.findings = findings
    text = reading.text
    isUnreadable = reading.isUnreadable
    flow = reading.document?.flow
  }

  /// The plan, if the flow can be run; what is wrong with it is told.
  func plan(on console: Console) -> Plan? {
    if !findings.isEmpty {
      let text = Self.text(
        of: [self], width: console.width, isColored: console.complaintsGoToTerminal)
      console.complain(text.trimmingCharacters(in: .newlines))
    }
    return isUnreadable || hasErrors ? nil : compilation?.plan
  }

  /// How a command ends that can't go on without a plan.
  var refusal: ExitStatus { isUnreadable ? .usage : .findings }

  /// Whether it can't be run.
  var hasErrors: Bool { findings.contains { $0.severity == .error } }

  /// The findings of several files as text, with the places that they are about.
  static func text(of sources: [FlowSource], width: Int, isColored: Bool) -> String {
    let texts = Dictionary(
      sources.map { ($0.path, SourceText($0.text)) }, uniquingKeysWith: { first, _ in first })
    let renderer = TextFindingRenderer(
      sources: SourceTexts(texts), width: width, isColored: isColored, rules: .lint)
    return renderer.text(for: sources.flatMap(\.findings))
  }
}
