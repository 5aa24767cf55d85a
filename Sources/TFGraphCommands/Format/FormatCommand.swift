import ArgumentParser
import FlowDiagnostics
import FlowLint
import TaskFlow

/// `tfgraph fmt`: brings flow files into their form.
struct FormatCommand: ParsableCommand, ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "fmt",
    abstract: "Brings flow files into their form: order of keys, spaces, comments kept.",
    discussion: """
      A file is written anew only if something changes, whole or not at all, and its name is printed. \
      What a file says stays the same: the result is read again and compared. A file that can't be \
      read is left alone, and what is wrong with it is said; so are files of JSON.

      Exit codes: 0 done; 1 a file is not in its form (--check, --diff), or has mistakes; 2 usage or \
      unreadable input; 70 internal error; 74 a file could not be written.
      """)

  @Argument(
    help: "Flow files, folders with files named NAME.flow.yaml, or '-' for standard input.",
    completion: .file(extensions: ["yaml", "yml"]))
  var files: [String]

  @Flag(help: "Write nothing, and print the names of the files that would change.")
  var check = false

  @Flag(help: "Write nothing, and print what would change.")
  var diff = false

  func validate() throws {
    if files.count > 1, files.contains(StandardInput.path) {
      throw ValidationError("'-' stands alone: standard input is one file")
    }
  }

  func run(on console: Console) async -> ExitStatus {
    var status = ExitStatus.done
    for path in files {
      switch FlowFolder.files(at: path) {
      case .success(let files):
        for file in files { status.worsen(to: format(file, on: console)) }
      case .failure(let failure):
        console.fail(failure.description)
        status.worsen(to: .usage)
      }
    }
    return status
  }

  private func format(_ path: String, on console: Console) -> ExitStatus {
    let bytes: [UInt8]
    do throws(UnreadableFile) {
      bytes =
        try path == StandardInput.path ? StandardInput.bytes() : DocumentFile.bytes(path: path)
    } catch {
      console.fail(error.description)
      return .usage
    }
    let name = path == StandardInput.path ? StandardInput.name : path
    switch DocumentFormatter.format(bytes: bytes, file: name) {
    case .formatted(let text): return show(text, insteadOf: bytes, path, on: console)
    case .json:
      console.complain(
        "tfgraph: \(QuotedName.of(name)) is left as it is: it is JSON, which 'fmt' does not format")
      return show(bytes, insteadOf: bytes, path, on: console)
    case .refused(let findings):
      let texts = SourceTexts([name: SourceText(bytes)])
      let text = console.complaintLook.renderer(texts).text(for: findings)
      console.complain(text.trimmingLineEnd)
      return .findings
    case .lost:
      console.fail(
        "\(QuotedName.of(name)) is left as it is: its form would not say the same; please report it"
      )
      return .internalError
    }
  }

  /// Writes, prints or compares the result, as the options say.
  private func show(
    _ text: [UInt8], insteadOf bytes: [UInt8], _ path: String, on console: Console
  ) -> ExitStatus {
    let isStandardInput = path == StandardInput.path
    let isChanged = text != bytes
    if diff || check {
      guard isChanged else { return .done }
      let lines =
        diff
        ? UnifiedDiff(from: bytes, to: text, file: path).text(isForTerminal: console.isTerminal)
        : TerminalText.escaped(path) + "\n"
      return console.write(lines) ? .findings : .outputFailed
    }
    if isStandardInput {
      return console.write(String(decoding: text, as: UTF8.self)) ? .done : .outputFailed
    }
    guard isChanged else { return .done }
    do throws(OutputFailure) {
      try ReplacedFile(path: path).write(text)
    } catch {
      console.fail(error.description)
      return .outputFailed
    }
    return console.print(TerminalText.escaped(path)) ? .done : .outputFailed
  }
}

extension ExitStatus {
  /// Keeps the worst: an internal error, then output that failed, unreadable input, findings.
  fileprivate mutating func worsen(to other: ExitStatus) {
    if other.code > code { self = other }
    if other == .internalError { self = other }
  }
}

extension String {
  fileprivate var trimmingLineEnd: String { hasSuffix("\n") ? String(dropLast()) : self }
}
