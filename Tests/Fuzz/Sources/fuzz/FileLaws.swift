import FlowDiagnostics
import FlowLint
import Glibc
import TaskFlow

/// What holds of every file, whatever its bytes are; a law that is broken ends the process.
enum FileLaws {
  private static let name = "f.flow.yaml"

  static func check(_ bytes: [UInt8]) {
    checkFindings(of: bytes)
    checkForm(of: bytes)
  }

  /// Without a plan there is an error, each finding has a place in the file and something to say, and a second
  /// look finds the same.
  private static func checkFindings(of bytes: [UInt8]) {
    let linter = Linter()
    let report = linter.lint(FlowDocument.read(bytes: bytes, path: name))
    let findings = report.findings
    let hasPlan = report.compilation?.plan != nil
    let hasErrors = findings.contains { $0.severity == .error }
    require(hasPlan || hasErrors, "a plan or an error")
    let lines = 1 + bytes.count { $0 == 0x0A || $0 == 0x0D }
    for finding in findings {
      require(!finding.message.isEmpty, "a message")
      for span in [finding.span] + finding.related.map(\.span) {
        require(span.file == name, "a place in the file")
        require((1...lines).contains(span.line), "a line of the file")
        require((1...bytes.count + 1).contains(span.column), "a column of the file")
        require(span.length >= 0 && span.length <= bytes.count + 1, "a part of the file")
      }
    }
    let again = linter.lint(FlowDocument.read(bytes: bytes, path: name))
    require(again.findings == findings, "the same findings")
    let sources = SourceTexts([name: SourceText(bytes)])
    require(!TextFindingRenderer(sources: sources).text(for: findings).isEmpty, "a text")
  }

  /// The form says the same as the file, which the formatter sees to itself, and is its own form.
  private static func checkForm(of bytes: [UInt8]) {
    switch DocumentFormatter.format(bytes: bytes, file: name) {
    case .formatted(let text):
      let again = DocumentFormatter.format(bytes: text, file: name)
      require(again == .formatted(text), "one form")
    case .refused(let findings): require(!findings.isEmpty, "a reason")
    case .lost: require(false, "the meaning")
    case .json: break
    }
  }

  /// Ends the process with the name of the law that is broken; optimised code keeps that of no
  /// precondition.
  private static func require(_ holds: Bool, _ law: String) {
    if holds { return }
    let text = "broken: \(law)\n"
    write(STDERR_FILENO, text, text.utf8.count)
    abort()
  }
}
