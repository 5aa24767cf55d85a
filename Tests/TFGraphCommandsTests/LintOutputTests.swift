import FlowDiagnostics
import Foundation
import Testing

@testable import TFGraphCommands

@Suite(.timeLimit(.minutes(2))) struct LintOutputTests {
  /// A folder with a flow of which nothing is to be said, one with an error, and one with an info only.
  private func folder() throws -> Scratch {
    let scratch = try Scratch()
    let sound = "tfgraph: 1\nflow: x\nlinear:\n  - { task: a, run: x, timeout: 1m }\n"
    try scratch.write(sound, to: "sound.flow.yaml")
    try scratch.write(
      sound.replacing("run: x", with: "requires: [b], run: x"), to: "error.flow.yaml")
    try scratch.write(sound.replacing(", timeout: 1m", with: ""), to: "info.flow.yaml")
    return scratch
  }

  @Test(arguments: [
    ("short", "info.flow.yaml:4:"), ("json", "{\n  \"schema\": 1,"),
    ("sarif", "{\n  \"$schema\": "),
    ("github", "::notice file=info.flow.yaml,line=4,"), ("junit", "<?xml version=\"1.0\""),
    ("markdown", "### tfgraph lint: 1 info in 1 of 2 files\n"), ("text", "info[TFG401]: "),
  ])
  func `each format is printed`(format: String, start: String) async throws {
    let scratch = try folder()
    let run = try await CommandRun(
      "lint", "--format", format, "sound.flow.yaml", "info.flow.yaml", in: scratch.url)
    #expect(run.output.hasPrefix(start), "\(run.output)")
    #expect(run.output.hasSuffix("\n"))
    #expect(run.complaints == "")
    #expect(run.code == 0)
  }

  @Test func `a clean file is silent in short, and a file that is named twice is one`() async throws
  {
    let scratch = try folder()
    let short = try await CommandRun(
      "lint", "--format", "short", "sound.flow.yaml", in: scratch.url)
    #expect(short.output == "" && short.code == 0)
    let text = try await CommandRun("lint", "sound.flow.yaml", "sound.flow.yaml", in: scratch.url)
    #expect(text.output == "no findings\n")
  }

  @Test(arguments: [
    ("sound", "info", 0), ("info", nil, 0), ("info", "warning", 0), ("info", "info", 1),
    ("info", "never", 0), ("error", nil, 1), ("error", "warning", 1), ("error", "never", 0),
    ("gone", "never", 2), ("sound", "nothing", 2),
  ])
  func `the exit code says whether something is at or above a severity`(
    name: String, failOn: String?, code: Int32
  ) async throws {
    let scratch = try folder()
    let option = failOn.map { ["--fail-on", $0] } ?? []
    let run = try await CommandRun(
      ["lint", "\(name).flow.yaml"] + option, in: scratch.url)
    #expect(run.code == code, "\(run.output)\(run.complaints)")
  }

  @Test func `output that can't be written ends with 74`() async throws {
    let scratch = try folder()
    let process = Process()
    process.executableURL = CommandRun.executable
    process.arguments = ["lint", "sound.flow.yaml"]
    process.currentDirectoryURL = scratch.url
    let full = try #require(FileHandle(forWritingAtPath: "/dev/full"))
    process.standardOutput = full
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 74)
  }

  @Test(
    arguments: [
      ([:], nil, false), (["CLICOLOR_FORCE": "1"], nil, true),
      (["CLICOLOR_FORCE": "0"], nil, false),
      (["CLICOLOR_FORCE": "1", "NO_COLOR": "1"], nil, false), ([:], "always", true),
      (["NO_COLOR": "1"], "always", true), (["CLICOLOR_FORCE": "1"], "never", false),
    ] as [([String: String], String?, Bool)])
  func `what is no terminal is coloured on request only`(
    environment: [String: String], color: String?, isColored: Bool
  ) async throws {
    let scratch = try folder()
    let option = color.map { ["--color", $0] } ?? []
    let none = ["NO_COLOR": "", "CLICOLOR_FORCE": ""]
    let run = try await CommandRun(
      ["lint", "error.flow.yaml"] + option, in: scratch.url,
      environment: none.merging(environment) { $1 })
    #expect(run.output.contains("\u{1B}[1;31merror") == isColored)
    #expect(run.output.contains("\u{1B}") == isColored)
  }

  @Test(
    arguments: [
      ([:], true), (["NO_COLOR": "1"], false), (["NO_COLOR": ""], true), (["CLICOLOR": "0"], false),
      (["CLICOLOR": "0", "CLICOLOR_FORCE": "1"], true), (["TERM": "dumb"], false),
      (["TERM": "dumb", "CLICOLOR_FORCE": "1"], true),
    ] as [([String: String], Bool)])
  func `a terminal is coloured unless the environment says no`(
    environment: [String: String], isColored: Bool
  ) {
    let auto = ColorChoice.auto.isColored(isTerminal: true, environment: environment)
    #expect(auto == isColored)
    #expect(ColorChoice.always.isColored(isTerminal: false, environment: environment))
    #expect(!ColorChoice.never.isColored(isTerminal: true, environment: environment))
  }

  @Test func `of a file that can't be read no line is shown`() async throws {
    let scratch = try folder()
    let run = try await CommandRun("lint", "gone.flow.yaml", in: scratch.url)
    #expect(
      run.output == """
        error[TFG009]: there is no file 'gone.flow.yaml' [unreadable-file]
         --> gone.flow.yaml:1:1

        1 error

        """)
  }

  @Test func `sarif names files relative to the working directory`() async throws {
    let scratch = try folder()
    let path = scratch.url.appending(path: "error.flow.yaml").path
    let run = try await CommandRun("lint", "--format", "sarif", path, in: scratch.url)
    #expect(run.code == 1)
    #expect(run.output.contains(#""uri": "error.flow.yaml", "uriBaseId": "%SRCROOT%""#))
    #expect(!run.output.contains(scratch.url.path))
  }
}
