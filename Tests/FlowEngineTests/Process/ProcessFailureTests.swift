import Foundation
import Testing

@testable import FlowEngine

@Suite(.timeLimit(.minutes(2))) struct ProcessFailureTests {
  private let directory: TemporaryDirectory

  init() throws {
    directory = try TemporaryDirectory()
  }

  private func failure(
    _ executable: String, _ arguments: [String] = [], path: String = "/usr/bin:/bin",
    environment: [String: String] = [:], workingDirectory: String? = nil
  ) async -> String {
    let request = ProcessRequest(
      executable: executable, arguments: arguments,
      environment: environment.merging(["PATH": path]) { own, _ in own },
      workingDirectory: workingDirectory ?? directory.path)
    do throws(ProcessFailure) {
      let outcome = try await run(request)
      return "no failure, but \(outcome.termination)"
    } catch {
      return error.description
    }
  }

  @Test func `a missing program is named`() async {
    #expect(await failure("fooo") == "no program 'fooo' on PATH; install it or give its path")
    #expect(
      await failure("./fooo")
        == "no file './fooo' in '\(directory.path)'; correct the path or create the file")
    #expect(
      await failure("") == "no program is named; write its name or path as the first word")
  }

  @Test func `a directory is not a program`() async {
    #expect(
      await failure("/usr/bin") == "'/usr/bin' is a directory, not a program; name a file in it")
    #expect(await failure("bin", path: "/usr").hasPrefix("no program 'bin' on PATH"))
  }

  @Test func `a file without the permission says how to give it`() async throws {
    let file = try directory.write("#!/bin/sh\n", to: "plain")
    #expect(await failure("./plain") == "'./plain' is not executable; run 'chmod +x' on it")
    #expect(
      await failure("plain", path: directory.path)
        == "'\(file)' is not executable; run 'chmod +x' on it")
  }

  @Test func `a later directory of PATH has the program that an earlier one only seems to`()
    async throws
  {
    _ = try directory.write("", to: "true")
    #expect(
      await failure("true", path: "relative::\(directory.path):/usr/bin:/bin")
        == "no failure, but exited(0)")
  }

  @Test func `a script without an interpreter is told apart from a missing one`() async throws {
    _ = try directory.write("#!/nowhere/python -u\n", to: "orphan", mode: 0o755)
    _ = try directory.write("echo hello\n", to: "bare", mode: 0o755)
    #expect(
      await failure("./orphan")
        == "'./orphan' needs '/nowhere/python', which does not exist; "
        + "install it or correct the '#!' line")
    #expect(
      await failure("./bare")
        == "'./bare' is not a program; start a script with a line such as '#!/bin/sh'")
  }

  @Test func `a working directory that cannot be entered is named`() async throws {
    let file = try directory.write("", to: "file")
    #expect(
      await failure("true", workingDirectory: "/no/where")
        == "cannot enter the working directory '/no/where': it does not exist; "
        + "create it or choose another")
    #expect(
      await failure("true", workingDirectory: "relative")
        == "cannot enter the working directory 'relative': it is not an absolute path; "
        + "create it or choose another")
    #expect(
      await failure("true", workingDirectory: file)
        == "cannot enter the working directory '\(file)': it is not a directory; "
        + "create it or choose another")
  }

  @Test func `arguments that are too long say so`() async {
    let long = String(repeating: "x", count: 3 << 20)
    let message =
      "arguments and environment of 'true' are too long for the system; pass large values by file"
    #expect(await failure("true", [long]) == message)
    #expect(await failure("true", environment: ["LONG": long]) == message)
  }

  @Test func `texts that no process can be given are refused`() async {
    #expect(
      await failure("true", ["a", "b\0c"])
        == "cannot start 'true': argument 2 contains a NUL character; remove it")
    #expect(
      await failure("true", environment: ["A": "\0"])
        == "cannot start 'true': environment variable 'A' contains a NUL character; remove it")
    #expect(
      await failure("true", environment: ["A=B": ""])
        == "cannot start 'true': 'A=B' cannot name an environment variable; rename it")
  }

  @Test(arguments: [(1, "1 byte"), (1023, "1023 bytes"), (2048, "2 KiB"), (16 << 20, "16 MiB")])
  func `sizes read as people write them`(_ count: Int, _ text: String) {
    #expect(ByteCount(count).description == text)
  }
}
