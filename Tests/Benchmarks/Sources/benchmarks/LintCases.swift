import FlowLint
import Foundation
import TFGraphCommands
import TaskFlow

/// Flow files that are linted: what each step costs a task, and what the command costs as a whole.
enum LintCases {
  /// A file over 64 MiB is refused.
  private static let largest = 100_000

  /// Prints a row for each step.
  static func run(_ sizes: [Int]) async throws {
    let sizes = sizes.filter { $0 <= largest }
    let texts = sizes.map { Array(text(of: $0).utf8) }
    var times: [String: [Duration]] = [:]
    for (size, bytes) in zip(sizes, texts) {
      let rounds = Measurement.rounds(for: size)
      let reading = FlowDocument.read(bytes: bytes, path: "file.flow.yaml")
      let built = await Measurement.median(of: rounds) { _ = reading.compile() }
      times["read", default: []].append(
        await Measurement.median(of: rounds) {
          _ = FlowDocument.read(bytes: bytes, path: "file.flow.yaml")
        })
      times["compile", default: []].append(built)
      times["rules", default: []].append(
        await Measurement.median(of: rounds) { _ = Linter().lint(reading) } - built)
      times["lint, whole process", default: []].append(
        try await measureProcess(bytes, rounds: rounds))
    }
    for measure in ["read", "compile", "rules", "lint, whole process"] {
      Table.row("file", measure, sizes, times[measure] ?? [])
    }
    let small = try await measureProcess(Array(text(of: 2000).utf8), rounds: 15)
    Table.row("lint a file of 2000 tasks, whole process", small)
  }

  /// The command as a process of its own: this program again, as `main.swift` has it.
  private static func measureProcess(_ bytes: [UInt8], rounds: Int) async throws -> Duration {
    let file = FileManager.default.temporaryDirectory.appending(
      path: "bench-\(UUID().uuidString).flow.yaml")
    try Data(bytes).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    return try await Measurement.median(of: rounds) {
      let process = Process()
      process.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
      process.arguments = [lintArgument, file.path]
      process.standardOutput = FileHandle.nullDevice
      try process.run()
      process.waitUntilExit()
      guard process.terminationStatus == 0 else { throw Failure("the file has errors") }
    }
  }

  /// What the program is given to lint a file and nothing else.
  static let lintArgument = "--lint"

  /// Layers of 32 tasks, each of which reads two results of the layer before and can be undone.
  private static func text(of count: Int) -> String {
    var text = "tfgraph: 1\nflow: generated\ndefaults: { timeout: 15m }\n"
    text += "inputs:\n  seed: { type: string, default: a }\ngraph:\n"
    for index in 0..<count {
      let (layer, column) = index.quotientAndRemainder(dividingBy: 32)
      let before =
        layer == 0
        ? ["seed"] : [column, (column + 1) % 32].map { "value_\((layer - 1) * 32 + $0)" }
      let arguments = before.map { "\"$\($0)\"" }.joined(separator: " ")
      text += """
          - task: task-\(index)
            requires: [\(before.joined(separator: ", "))]
            run: work \(arguments)
            provides: value_\(index)
            revert: { run: 'undo "${value_\(index):-}"' }

        """
    }
    return text
  }
}
