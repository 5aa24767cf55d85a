import FlowDiagnostics
import Foundation
import TaskFlow

extension FlowSource {
  /// Whether its tasks are code of another program.
  var isForeign: Bool { if case .program = origin { true } else { false } }

  /// How a command ends that would run it, if it can't be run here; that is said.
  func refusesRun(on console: Console) -> ExitStatus? {
    guard case .program(let program) = origin, let flow else { return nil }
    console.fail(
      "flow \(QuotedName.of(flow.name)) is code of '\(program)': run it there, "
        + "'\(program) run \(flow.name)'")
    return .usage
  }

  /// The file as an absolute path; `nil` for a flow in Swift.
  var absolutePath: String? {
    if case .file = origin { URL(filePath: path).path } else { nil }
  }

  /// The folder that its relative paths are in: that of the file, or the one that the program was called in.
  func folder(on console: Console) -> String {
    guard case .file = origin else { return console.workingDirectory }
    return URL(filePath: path).deletingLastPathComponent().path
  }

  /// The file with its runs, if nobody names another.
  func runsPath(on console: Console) -> String {
    URL(filePath: folder(on: console)).appending(path: ".tfgraph/runs.db").path
  }
}
