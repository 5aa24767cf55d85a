import FlowDiagnostics
import FlowLint
import Foundation
import TaskFlow

/// A flow file as a command has it: what was read, compiled and found.
struct FlowSource {
  let path: String
  var findings: [Finding]
  /// What was found and is allowed.
  var suppressed: [SuppressedFinding]
  /// The flow as far as it could be read.
  let flow: Flow?
  let compilation: Compilation?
  let isUnreadable: Bool
  let text: String

  /// Reads and compiles a file; nothing that it names is opened or run.
  init(path: String) {
    let reading = FlowDocument.read(path: path)
    let compilation = reading.compile()
    self.init(
      reading, path: path, compilation, findings: compilation?.findings ?? reading.findings)
  }

  /// Reads, compiles and lints a file.
  init(path: String, linter: Linter) {
    let reading = FlowDocument.read(path: path)
    self.init(reading, path: path, linter.lint(reading))
  }

  /// A file that was read and linted.
  init(_ reading: FlowDocument.Reading, path: String, _ report: Linter.Report) {
    self.init(
      reading, path: path, report.compilation, findings: report.findings,
      suppressed: report.suppressed)
  }

  private init(
    _ reading: FlowDocument.Reading, path: String, _ compilation: Compilation?,
    findings: [Finding], suppressed: [SuppressedFinding] = []
  ) {
    self.path = path
    self.compilation = compilation
    self.findings = findings
    self.suppressed = suppressed
    text = reading.text
    isUnreadable = reading.isUnreadable
    flow = reading.document?.flow
  }

  /// The plan, if the flow can be run; what is wrong with it is told.
  func plan(on console: Console) -> Plan? {
    if !findings.isEmpty {
      let text = Self.text(of: [self], look: console.complaintLook)
      console.complain(text.trimmingCharacters(in: .newlines))
    }
    return isUnreadable || hasErrors ? nil : compilation?.plan
  }

  /// How a command ends that can't go on without a plan.
  var refusal: ExitStatus { isUnreadable ? .usage : .findings }

  /// Whether it can't be run.
  var hasErrors: Bool { findings.contains { $0.severity == .error } }

  /// The findings of several files as text, with the places that they are about.
  static func text(of sources: [FlowSource], look: TextLook) -> String {
    look.renderer(texts(of: sources)).text(for: sources.flatMap(\.findings))
  }

  /// The texts of those of several files that could be read.
  static func texts(of sources: [FlowSource]) -> SourceTexts {
    let pairs = sources.filter { !$0.isUnreadable }.map { ($0.path, $0.text) }
    let texts = Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    return SourceTexts { file in texts[file].map { SourceText($0) } }
  }
}
