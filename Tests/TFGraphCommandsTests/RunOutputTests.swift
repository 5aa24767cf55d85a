import Foundation
import Testing

/// What becomes of a run whose output nobody takes.
@Suite(.timeLimit(.minutes(3))) struct RunOutputTests {
  private let flow = """
    tfgraph: 1
    flow: told
    linear:
      - { task: one, run: 'read line < gate; echo one' }
      - { task: two, run: 'echo two; echo > two' }

    """

  /// Runs a shell's text in which `$0` is the command.
  private func shell(_ text: String, in scratch: Scratch) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/bash")
    process.arguments = ["-c", text, CommandRun.executable.path]
    process.currentDirectoryURL = scratch.url
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }

  @Test func `a reader that goes away costs the output and not the run`() throws {
    let scratch = try Scratch()
    try scratch.write(flow, to: "told.flow.yaml")
    mkfifo(scratch.url.appending(path: "gate").path, 0o600)
    let code = try shell(
      """
      "$0" run told.flow.yaml | { read line; exec <&-; echo go > gate; }
      exit ${PIPESTATUS[0]}
      """, in: scratch)
    #expect(code == 74)
    #expect(scratch.read("two") == "\n")
  }

  @Test func `a full disk costs the output and not the run`() throws {
    let scratch = try Scratch()
    try scratch.write(
      flow.replacing("read line < gate", with: "true"), to: "told.flow.yaml")
    #expect(try shell("\"$0\" run told.flow.yaml > /dev/full", in: scratch) == 74)
    #expect(scratch.read("two") == "\n")
  }

  @Test func `processes die of a broken pipe as they do elsewhere`() async throws {
    let scratch = try Scratch()
    try scratch.write(
      """
      tfgraph: 1
      flow: pipes
      linear:
        - task: one
          run: set +o pipefail; yes | head -n 1 > line; echo "${PIPESTATUS[0]}" > code

      """, to: "pipes.flow.yaml")
    let run = try await CommandRun("run", "pipes.flow.yaml", in: scratch.url)
    #expect(run.code == 0, "\(run.output)")
    // 128 and the signal's number, 13.
    #expect(scratch.read("line") == "y\n")
    #expect(scratch.read("code") == "141\n")
  }

  @Test func `an input file that can't be read is all that is said`() async throws {
    let scratch = try Scratch()
    try scratch.write(
      """
      tfgraph: 1
      flow: x
      inputs: { a: { type: string } }
      linear:
        - { task: t, requires: [a], run: 'true' }

      """, to: "x.flow.yaml")
    let run = try await CommandRun(
      "run", "x.flow.yaml", "--inputs", "none.yaml", in: scratch.url)
    #expect(run.code == 2)
    #expect(run.complaints == "tfgraph: there is no file 'none.yaml'\n")
  }
}
