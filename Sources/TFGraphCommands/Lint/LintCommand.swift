import ArgumentParser
import FlowDiagnostics
import FlowLint

/// `tfgraph lint`: says what is wrong with flow files.
struct LintCommand: ParsableCommand, ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint",
    abstract: "Says what is wrong with flow files, before anything runs.",
    usage: "tfgraph lint [<options>] <files> ...",
    discussion: """
      Nothing that a flow names is run, opened or fetched; shellcheck, if it is installed, is asked \
      about shell texts. All findings of all files are printed, in the order of their places. A folder \
      stands for the files in it that are named 'NAME.flow.yaml'.

      Formats: text shows the lines that findings are about; short has a line for each; json and \
      sarif (2.1.0) are for programs, each with the version of its schema; github puts findings \
      at their lines of a change; junit is for services that show tests; markdown is for a comment.

      Exit codes: 0 nothing to fail on; 1 findings to fail on; 2 wrong usage, or a file that \
      can't be read; 70 internal error; 74 the output could not be written.
      """)

  @Argument(
    help: "Flow files, folders with files named 'NAME.flow.yaml', or '-' for standard input.",
    completion: .file(extensions: ["yaml", "yml", "json"]))
  var files: [String]

  @Option(help: "How to print the findings.")
  var format = LintFormat.text

  @OptionGroup var colors: ColorOptions

  @OptionGroup var control: LintControl

  func validate() throws {
    guard control.changesFiles, files.contains(StandardInput.path) else { return }
    throw ValidationError("standard input can't be changed: name a file")
  }

  func run(on console: Console) async -> ExitStatus {
    let console = console.colored(colors.color)
    guard let files = FlowFolder.expanded(files, on: console) else { return .usage }
    let linted: [LintSession.LintedFile]
    switch await LintSession(control: control, console: console).lint(files, with: Linter()) {
    case .linted(let found): linted = found
    case .ended(let status): return status
    }
    let sources = linted.map(\.source)
    let report = FindingReport(
      sources.flatMap(\.findings), files: files,
      unreadableFiles: Set(sources.filter(\.isUnreadable).map(\.path)),
      suppressed: sources.flatMap(\.suppressed))
    let text = format.text(
      of: report, sources: FlowSource.texts(of: sources), failsAt: failsAt(linted),
      console: console)
    guard console.write(text) else { return .outputFailed }
    if let failure = linted.lazy.compactMap(\.failure).first { return failure }
    if !report.unreadableFiles.isEmpty { return .usage }
    return linted.contains { $0.fails(on: control.failOn) } ? .findings : .done
  }

  /// From which severity on a finding counts as a failure where there is one answer for all files.
  private func failsAt(_ files: [LintSession.LintedFile]) -> Severity? {
    control.failOn.map(\.severity) ?? files.map(\.failOn).max() ?? .error
  }
}
