import FlowEngine
import Foundation
import Glibc
import Testing

@Suite(.timeLimit(.minutes(2))) struct ProcessRunnerTests {
  @Test(arguments: [0, 1, 3, 127, 255] as [Int32])
  func `an exit code is reported as it is`(_ code: Int32) async throws {
    let outcome = try await run(shell("exit \(code)"))
    #expect(outcome.termination == .exited(code))
    #expect(outcome.ending == .itself)
    #expect(outcome.succeeded == (code == 0))
  }

  @Test(arguments: [SIGKILL, SIGTERM, SIGABRT])
  func `a signal that the program gave itself is reported`(_ signal: Int32) async throws {
    let outcome = try await run(shell("ulimit -c 0; kill -\(signal) $$"))
    #expect(outcome.termination == .signalled(signal))
    #expect(outcome.ending == .itself)
  }

  @Test func `both streams are kept apart`() async throws {
    let outcome = try await run(shell("echo one; echo two >&2; printf three"))
    #expect(outcome.standardOutput.text == "one\nthree")
    #expect(outcome.standardError.text == "two\n")
  }

  @Test func `the process leads a session and a group of its own`() async throws {
    let outcome = try await run(shell("echo $$; cut -d' ' -f5,6 /proc/$$/stat"))
    let numbers = outcome.standardOutput.text.split { $0.isWhitespace }.map(String.init)
    try #require(numbers.count == 3)
    #expect(Set(numbers).count == 1)
    #expect(numbers[0] != String(getpid()))
  }

  @Test func `there is no standard input`() async throws {
    let outcome = try await run(shell("readlink /proc/$$/fd/0; cat; echo done"))
    #expect(outcome.standardOutput.text == "/dev/null\ndone\n")
  }

  @Test func `no other file descriptor is inherited`() async throws {
    let own = open("/dev/null", O_RDONLY)  // not close-on-exec
    defer { close(own) }
    let outcome = try await run(shell("for f in /proc/$$/fd/*; do echo ${f##*/}; done"))
    let numbers = Set(outcome.standardOutput.text.split(separator: "\n").map(String.init))
    // bash opens 255 for itself when it reads a file, and 3 for the directory that it lists.
    #expect(numbers.subtracting(["0", "1", "2", "3", "255"]).isEmpty)
  }

  @Test func `the environment is the given one and nothing else`() async throws {
    var request = shell("")
    request.executable = "/usr/bin/env"
    request.arguments = []
    request.environment = ["A": "1", "B": "two words\nand a line", "ÄÖ": "ü"]
    let outcome = try await run(request)
    let lines = Set(outcome.standardOutput.text.split(separator: "\n"))
    #expect(lines == ["A=1", "B=two words", "and a line", "ÄÖ=ü"])
  }

  @Test func `arguments arrive unchanged`() async throws {
    var request = shell("")
    request.arguments = [
      "-c", #"printf '<%s>' "$0" "$@""#, "name", "a b", "", "$HOME", "*", "'\"\\",
    ]
    let outcome = try await run(request)
    #expect(outcome.standardOutput.text == #"<name><a b><><$HOME><*><'"\>"#)
  }

  @Test func `a path is relative to the working directory`() async throws {
    let directory = try TemporaryDirectory()
    _ = try directory.write("#!/bin/sh\necho \"$0\"; pwd -P\n", to: "script", mode: 0o755)
    var request = shell("", in: directory.path)
    request.executable = "./script"
    request.arguments = []
    let outcome = try await run(request)
    #expect(outcome.standardOutput.text.hasSuffix(directory.path + "\n"))
  }

  @Test func `signals that the caller blocks or ignores reach the process`() async throws {
    let outcome = try await run(shell("grep -E '^Sig(Blk|Ign)' /proc/self/status"))
    let masks = outcome.standardOutput.text.split(separator: "\n")
      .compactMap { UInt64($0.split(separator: "\t")[1], radix: 16) }
    // Signals 32 and 33 are glibc's own.
    #expect(masks.map { $0 & 0x7FFF_FFFF } == [0, 0])
  }

  @Test func `the duration is measured by the given clock`() async throws {
    let outcome = try await run(shell("true"), clock: StandingClock())
    #expect(outcome.duration == .zero)
  }
}
