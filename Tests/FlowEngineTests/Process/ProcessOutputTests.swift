import FlowEngine
import TaskFlowTesting
import Testing

@Suite(.timeLimit(.minutes(2))) struct ProcessOutputTests {
  @Test func `output is handed on while the process runs`() async throws {
    let directory = try TemporaryDirectory()
    let fifo = directory.path + "/go"
    let listener = Listener()
    let first = listener.gate("first")
    let task = Task {
      try await run(shell("mkfifo '\(fifo)'; echo first; cat '\(fifo)'; echo last")) {
        listener.hear($0)
      }
    }
    await first.passRegardless()
    _ = try await run(shell("echo middle > '\(fifo)'"))
    #expect(try await task.value.succeeded)
    #expect(listener.text() == "first\nmiddle\nlast\n")
  }

  @Test func `a partial last line, carriage returns and invalid UTF-8 are fine`() async throws {
    let listener = Listener()
    let outcome = try await run(
      shell(#"printf '10%%\r20%%\r\nbad \xff\xc3 byte\nno end'; printf 'err' >&2"#)
    ) { listener.hear($0) }
    #expect(listener.text() == "10%\n20%\nbad \u{FFFD}\u{FFFD} byte\nno end")
    #expect(listener.text(.standardError) == "err")
    #expect(outcome.standardOutput.bytes.contains(0xFF))
  }

  @Test func `very long lines come in bounded pieces`() async throws {
    let listener = Listener()
    let limits = OutputLimits(pieceLength: 1000)
    _ = try await run(shell("head -c 1000000 /dev/zero | tr '\\0' x", limits: limits)) {
      listener.hear($0)
    }
    #expect(listener.chunks.allSatisfy { $0.text.utf8.count <= 1000 && $0.endsInsideLine })
    #expect(listener.text().utf8.count == 1_000_000)
  }

  @Test func `data is kept whole up to its limit`() async throws {
    let limits = OutputLimits(standardOutput: .whole(limit: 100_000))
    let outcome = try await run(shell("head -c 100000 /dev/zero", limits: limits))
    #expect(outcome.standardOutput.bytes.count == 100_000)
    #expect(!outcome.standardOutput.isTruncated)
  }

  @Test func `more data is an error that ends the program`() async throws {
    let limits = OutputLimits(standardOutput: .whole(limit: 64 << 10))
    let failure = ProcessFailure.outputTooLong(program: "bash", limit: 64 << 10)
    await #expect(throws: failure) { try await run(shell("exec yes", limits: limits)) }
    await #expect(throws: failure) {
      try await run(shell("head -c 65537 /dev/zero", limits: limits))
    }
    #expect(
      failure.description == "output of 'bash' is longer than 64 KiB; write it to a file instead")
  }

  @Test func `of a log the end is kept`() async throws {
    let outcome = try await run(
      shell("seq 1 100000; seq 1 100000 >&2", limits: OutputLimits(standardErrorTail: 1000)))
    #expect(outcome.standardOutput.bytes.count == 64 << 10)
    #expect(outcome.standardOutput.isTruncated)
    #expect(outcome.standardOutput.totalCount == 588_895)
    #expect(outcome.standardOutput.text.hasSuffix("99999\n100000\n"))
    #expect(outcome.standardError.bytes.count == 1000)
  }

  @Test func `a flood is bounded in memory and does not stall`() async throws {
    await #expect(processExitsWith: .success) {
      let total = try await run(shell("yes | head -c 1G")).standardOutput.totalCount
      #expect(total == 1 << 30)
      #expect(try ownStatus("VmHWM") < 200 << 10, "KiB")
    }
  }

  @Test func `hundreds of processes leak neither descriptors nor zombies`() async throws {
    await #expect(processExitsWith: .success) {
      let groups = ProcessGroups()
      let runner = ProcessRunner(groups: groups)
      // What is set up once stays, also what waits: this period passes, since the output is held.
      _ = try await runner.run(shell("sleep 60 &", drain: .milliseconds(1)))
      let before = try openDescriptors()
      await withTaskGroup(of: Void.self) { group in
        for number in 0..<400 {
          if number >= 8 { await group.next() }
          group.addTask { await runOne(number, runner) }
        }
        await group.waitForAll()
      }
      // Of a failure in a process of its own only the comment is told.
      let after = try openDescriptors()
      #expect(after == before, "\(after.difference(from: before))")
      #expect(groups.count == 0, "groups")
      let zombies = try zombies()
      #expect(zombies == [], "\(zombies)")
    }
  }
}

/// A process that fails, one that succeeds, and two that cannot be started, by turns.
private func runOne(_ number: Int, _ runner: ProcessRunner) async {
  var request = shell(number % 4 == 0 ? "exit 1" : "echo \(number)")
  if number % 4 == 2 { request.executable = "no-such-program" }
  if number % 4 == 3 { request.arguments = [String(repeating: "x", count: 200 << 10)] }
  do {
    let outcome = try await runner.run(request)
    #expect(number % 4 < 2)
    #expect(outcome.succeeded == (number % 4 == 1))
  } catch {
    #expect(number % 4 >= 2)
  }
}
