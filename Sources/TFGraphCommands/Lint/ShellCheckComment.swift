import FlowDiagnostics
import FlowLint
import Foundation

/// What shellcheck says about one place, in its format `json1`.
struct ShellCheckComment: Decodable {
  let file: String
  let line: Int
  let endLine: Int
  let column: Int
  let endColumn: Int
  let level: String
  let code: Int
  let message: String

  private struct Output: Decodable {
    let comments: [ShellCheckComment]
  }

  /// The comments of its output.
  static func all(in text: String) throws(ShellCheckFailure) -> [ShellCheckComment] {
    do {
      return try JSONDecoder().decode(Output.self, from: Data(text.utf8)).comments
    } catch {
      throw ShellCheckFailure(reason: "its output is not what its format 'json1' has")
    }
  }

  /// The comment as a finding about a text that begins behind so many lines; `nil` for one about those.
  func finding(headerLines: Int) -> LintSurroundings.ShellFinding? {
    guard line > headerLines else { return nil }
    let severity: Severity =
      switch level {
      case "error": .error
      case "warning": .warning
      default: .info
      }
    return LintSurroundings.ShellFinding(
      code: "SC\(code)", severity: severity, message: message, line: line - headerLines,
      column: column, endColumn: endLine == line ? endColumn : nil)
  }
}
