import Foundation
import Testing

/// Files of a size at which anything but linear work would not come to an end, through `tfgraph lint`.
///
/// Each has one mistake near its end, which is found at its place. `TFGRAPH_HOSTILE=1000000` (`make
/// hostile`) makes them larger.
@Suite(.serialized, .timeLimit(.minutes(10))) struct HostileSizeTests {
  private static let size =
    ProcessInfo.processInfo.environment["TFGRAPH_HOSTILE"].flatMap { Int($0) } ?? 10_000

  /// Of what takes more than sixty bytes each a file can't hold a million.
  private static let sizeOfLong = min(size, 500_000)

  private static let head = "tfgraph: 1\nflow: f\ndefaults: { timeout: 1m }\n"

  /// What every task has, so that nothing but the mistake is worth a warning.
  private static let calm = "idempotent: true, run: 'true', revert: none"

  /// Lints a file, and expects one error at the place of `@` in it.
  private func lint(_ text: String, finds message: String) async throws {
    let scratch = try Scratch()
    let mistake = try #require(text.range(of: "@", options: .backwards))
    let before = text[..<mistake.lowerBound]
    let line = before.utf8.count { $0 == UInt8(ascii: "\n") } + 1
    let column = before.unicodeScalars.reversed().prefix { $0 != "\n" }.count + 1
    try scratch.write(text.replacingCharacters(in: mistake, with: ""), to: "f.flow.yaml")
    let run = try MeasuredRun(["lint", "f.flow.yaml"], in: scratch)
    #expect(run.code == 1)
    let start = try #require(run.output.firstRange(of: "error"), "\(run.output.prefix(2_000))")
    let found = run.output[start.lowerBound...].prefix(20_000)
    #expect(found.contains(message), "\(found.prefix(2_000))")
    #expect(found.contains("--> f.flow.yaml:\(line):\(column)\n"), "\(found.prefix(2_000))")
    #expect(run.memory < (512 << 20) + Self.size * 8_192, "\(run.memory >> 20) MiB")
  }

  @Test func `many tasks, each of which reads what the one before it gives`() async throws {
    var text = Self.head + "linear:\n  - { task: t0, \(Self.calm), provides: s0 }\n"
    for index in 1..<Self.sizeOfLong {
      text +=
        "  - { task: t\(index), requires: [s\(index - 1)], \(Self.calm), provides: s\(index) }\n"
    }
    text += "  - { task: last, requires: [s\(Self.sizeOfLong - 1), @nowhere], \(Self.calm) }\n"
    try await lint(text, finds: "requires 'nowhere', which nothing provides")
  }

  @Test func `many tasks side by side`() async throws {
    var text = Self.head + "unordered:\n"
    for index in 0..<Self.size { text += "  - { task: t\(index), \(Self.calm) }\n" }
    text += "  - { task: last, @comand: x }\n"
    try await lint(text, finds: "'comand' is no key of a task")
  }

  @Test func `a ladder of diamonds, with more ways through it than can be counted`() async throws {
    var text = Self.head + "graph:\n  - { task: top, \(Self.calm), provides: s0 }\n"
    for index in 0..<Self.sizeOfLong / 3 {
      text += "  - { task: a\(index), requires: [s\(index)], \(Self.calm), provides: l\(index) }\n"
      text += "  - { task: b\(index), requires: [s\(index)], \(Self.calm), provides: r\(index) }\n"
      text += "  - { task: c\(index), requires: [l\(index), r\(index)], \(Self.calm),"
      text += " provides: s\(index + 1) }\n"
    }
    text += "  - { task: last, requires: [s\(Self.sizeOfLong / 3), @nowhere], \(Self.calm) }\n"
    try await lint(text, finds: "requires 'nowhere', which nothing provides")
  }

  @Test func `many edges between few tasks`() async throws {
    let side = Int(Double(Self.size).squareRoot())
    var text = Self.head + "graph:\n"
    for index in 0..<side { text += "  - { task: p\(index), \(Self.calm), provides: s\(index) }\n" }
    let all = (0..<side).map { "s\($0)" }.joined(separator: ", ")
    for index in 0..<side { text += "  - { task: c\(index), requires: [\(all)], \(Self.calm) }\n" }
    let after = (0..<side).map { "c\($0)" }.joined(separator: ", ")
    text += "  - { task: last, after: [\(after)], requires: [@nowhere], \(Self.calm) }\n"
    try await lint(text, finds: "requires 'nowhere', which nothing provides")
  }

  @Test func `one task after all others`() async throws {
    var text = Self.head + "graph:\n"
    for index in 0..<Self.sizeOfLong { text += "  - { task: t\(index), \(Self.calm) }\n" }
    let after = (0..<Self.sizeOfLong).map { "t\($0)" }.joined(separator: ", ")
    text += "  - { task: last, after: [\(after), @nobody], \(Self.calm) }\n"
    try await lint(text, finds: "flow 'f' has no child 'nobody' to put 'last' after")
  }

  @Test func `a circle of all tasks`() async throws {
    var text =
      Self.head + "graph:\n  - { task: t0, after: [@t\(Self.sizeOfLong - 1)], \(Self.calm) }\n"
    for index in 1..<Self.sizeOfLong {
      text += "  - { task: t\(index), after: [t\(index - 1)], \(Self.calm) }\n"
    }
    let scratch = try Scratch()
    try scratch.write(text.replacing("@", with: ""), to: "f.flow.yaml")
    let run = try MeasuredRun(["lint", "f.flow.yaml"], in: scratch)
    #expect(run.code == 1)
    #expect(run.output.contains("[dependency-cycle]"))
    #expect(run.output.utf8.count < 100_000)
  }

  @Test func `names, symbols, variables and anchors of ten kilobytes`() async throws {
    let long = String(repeating: "x", count: 10_000)
    let count = max(200, Self.size / 1_000)
    var text = Self.head + "graph:\n"
    for index in 0..<count {
      text += "  - { task: \(long)\(index), after: [\(long)\(index)y], requires: [\(long)\(index)],"
      text += " env: { A: &\(long)\(index) x }, run: *\(long)\(index), provides: \(long) }\n"
    }
    let scratch = try Scratch()
    try scratch.write(text, to: "f.flow.yaml")
    let run = try MeasuredRun(["lint", "f.flow.yaml"], in: scratch)
    #expect(run.code == 1)
    #expect(run.output.contains("--> f.flow.yaml:5:13\n"))
    #expect(run.output.contains("is longer than 128 characters"))
    #expect(run.output.utf8.count < 4 << 20)
    #expect(run.memory < 512 << 20)
  }

  @Test func `a key of ten kilobytes, which no mapping can have`() async throws {
    let scratch = try Scratch()
    let long = String(repeating: "x", count: 10_000)
    try scratch.write(Self.head + "linear: []\n\(long): 1\n", to: "f.flow.yaml")
    let run = try MeasuredRun(["lint", "f.flow.yaml"], in: scratch)
    #expect(run.code == 1)
    #expect(run.output.contains("--> f.flow.yaml:5:1\n"))
    #expect(run.output.utf8.count < 4_096)
  }

  @Test func `many mistakes`() async throws {
    var text = Self.head + "graph:\n"
    for index in 0..<Self.size { text += "  - { task: t\(index), rnu: x, requires: s }\n" }
    let scratch = try Scratch()
    try scratch.write(text, to: "f.flow.yaml")
    let run = try MeasuredRun(["lint", "f.flow.yaml"], in: scratch)
    #expect(run.code == 1)
    #expect(run.output.contains("the file has more mistakes; these are the first"))
    #expect(run.output.contains("1000 errors\n"))
  }

  @Test func `many tasks are formatted`() async throws {
    var text = Self.head + "graph:\n"
    for index in 0..<Self.size { text += "  -   {run: echo,task: t\(index)} # \(index)\n" }
    let scratch = try Scratch()
    try scratch.write(text, to: "f.flow.yaml")
    let run = try MeasuredRun(["fmt", "f.flow.yaml"], in: scratch)
    #expect(run.code == 0 && run.output == "f.flow.yaml\n")
    #expect(scratch.read("f.flow.yaml")?.contains("\n  - { task: t7, run: echo } # 7\n") == true)
    #expect(run.memory < (512 << 20) + Self.size * 8_192, "\(run.memory >> 20) MiB")
  }
}
