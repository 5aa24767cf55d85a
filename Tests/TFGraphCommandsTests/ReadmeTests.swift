import Foundation
import Testing

/// What the README shows is what the command does.
@Suite(.timeLimit(.minutes(3))) struct ReadmeTests {
  private let text: String
  private let flow: String

  init() throws {
    text = try String(
      contentsOf: CommandRun.repository.appending(path: "README.md"), encoding: .utf8)
    let match = try #require(text.firstMatch(of: /(?s)```yaml\n(.*?)```/))
    flow = String(match.output.1)
  }

  @Test func `its flow has no errors and runs`() async throws {
    let scratch = try Scratch()
    try scratch.write(flow, to: "release.flow.yaml")
    for script in ["build", "remove-image", "set-image", "restore", "smoke"] {
      try scratch.write("#!/bin/sh\necho \"$*\"\n", to: "\(script).sh")
      chmod(scratch.url.appending(path: "\(script).sh").path, 0o700)
    }
    let lint = try await CommandRun("lint", "release.flow.yaml", in: scratch.url)
    #expect(lint.output == "no findings\n")
    let run = try await CommandRun(
      "run", "release.flow.yaml", "--input", "version=1.4.0", in: scratch.url)
    #expect(run.code == 0, "\(run.output)\(run.complaints)")
  }

  @Test func `its configuration of the linter is one`() async throws {
    let match = try #require(text.firstMatch(of: /```yaml\n(select: (?:.*\n)+?)```/))
    let scratch = try Scratch()
    try scratch.write(String(match.output.1), to: ".tfgraph.yaml")
    try scratch.write(flow, to: "release.flow.yaml")
    let lint = try await CommandRun("lint", "release.flow.yaml", in: scratch.url)
    #expect(lint.complaints == "")
    #expect(lint.code != 2)
  }

  @Test func `its finding is what a misspelt symbol leads to`() async throws {
    let match = try #require(text.firstMatch(of: /(?m)(^ {4}error\[TFG101\]: (?:.*\n {4})+.*\n)/))
    let shown = match.output.1.split(separator: "\n").map { $0.dropFirst(4) }
      .joined(separator: "\n")
    let scratch = try Scratch()
    try scratch.write(
      flow.replacing("requires: [digest]", with: "requires: [digset]"), to: "release.flow.yaml")
    let lint = try await CommandRun("lint", "release.flow.yaml", in: scratch.url)
    #expect(lint.output.hasPrefix(shown), "\(lint.output)")
  }
}
