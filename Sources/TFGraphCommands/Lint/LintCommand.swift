import ArgumentParser
import FlowDiagnostics
import FlowLint

/// `tfgraph lint`: says what is wrong with flow files.
struct LintCommand: ParsableCommand, ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint",
    abstract: "Says what is wrong with flow files, before anything runs.",
    discussion: """
      Nothing that a flow names is run, opened or fetched; shellcheck, if it is installed, is asked \
      about shell texts. All findings of all files are printed; with an error the exit code is 1.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
  }

  @Argument(help: "Flow files.", completion: .file(extensions: ["yaml", "yml", "json"]))
  var files: [String]

  @Option(help: "How to print the findings.")
  var format = Format.text

  @Flag(name: .customLong("no-shellcheck"), help: "Don't ask shellcheck about shell texts.")
  var goesWithoutShellCheck = false

  func run(on console: Console) async -> ExitStatus {
    let sources = await FlowSource.linted(
      files, by: Linter(), asksShellCheck: !goesWithoutShellCheck, on: console)
    let findings = sources.flatMap(\.findings)
    let text =
      switch format {
      case .text:
        FlowSource.text(of: sources, width: console.width, isColored: console.isColored)
      case .json: JSONFindingRenderer(rules: .lint).text(for: findings)
      }
    guard console.write(text.hasSuffix("\n") ? text : text + "\n") else { return .outputFailed }
    if sources.contains(where: \.isUnreadable) { return .usage }
    return findings.contains { $0.severity == .error } ? .findings : .done
  }
}
