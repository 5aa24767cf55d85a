import Foundation
import TaskFlow
import Testing

@testable import TFGraphCommands

/// What becomes of a program that does not list its flows as it should.
@Suite(.timeLimit(.minutes(1))) struct ProgramFlowsTests {
  /// A shell with the mark of programs with flows: what `PROGRAM flows` does is a script.
  private func failure(of script: String, deadline: Duration = .seconds(30)) async throws -> String
  {
    let scratch = try Scratch()
    let path = scratch.url.appending(path: "program").path
    var program = try Data(contentsOf: URL(filePath: "/bin/sh"))
    program.append(Data(FlowListing.mark.utf8))
    try program.write(to: URL(filePath: path))
    chmod(path, 0o700)
    try scratch.write(script, to: "flows")
    let console = Console(
      environment: ProcessInfo.processInfo.environment, workingDirectory: scratch.url.path,
      isTerminal: false, complaintsGoToTerminal: false, width: 80)
    let flows = ProgramFlows(console: console, deadline: deadline)
    do {
      _ = try await flows.flows(of: try #require(ProgramPath(path)))
      return "it has flows"
    } catch let failure as ProgramFailure {
      return failure.description.replacing(path, with: "program")
    }
  }

  @Test(arguments: [
    ("echo oh no >&2; exit 3", "'program' could not list its flows: oh no"),
    ("kill -9 $$", "'program' could not list its flows"),
    ("echo hello", "what 'program' lists is no JSON"),
    (#"echo '{"schema":"tfgraph-flows-1","flows":[]}'"#, "'program' has no flows"),
    ("read line || exec echo none", "what 'program' lists is no JSON"),
  ])
  func `it is an error with a reason`(script: String, reason: String) async throws {
    #expect(try await failure(of: script).hasPrefix(reason))
  }

  @Test func `it is ended after a deadline`() async throws {
    let told = try await failure(of: "exec sleep 1000", deadline: .milliseconds(100))
    #expect(told.contains("did not list its flows within"))
  }

  @Test func `only regular files that may be executed and begin as programs do are programs`()
    throws
  {
    let scratch = try Scratch()
    func isProgram(_ bytes: [UInt8], mode: mode_t) throws -> Bool {
      let path = scratch.url.appending(path: "file").path
      try Data(bytes).write(to: URL(filePath: path))
      chmod(path, mode)
      return ProgramPath(path) != nil
    }
    #expect(try isProgram([0x7F, 0x45, 0x4C, 0x46, 0], mode: 0o700))
    #expect(try isProgram([0xCF, 0xFA, 0xED, 0xFE, 0], mode: 0o700))
    #expect(try !isProgram(Array("#!/bin/sh\n".utf8), mode: 0o700))
    #expect(try !isProgram([0x7F], mode: 0o700))
    #expect(ProgramPath(scratch.url.path) == nil)
    #expect(ProgramPath("") == nil)
    #expect(ProgramPath("#deploy") == nil)
  }
}
