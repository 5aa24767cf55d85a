import FlowEngine
import Glibc
import Testing

/// In processes of their own, since signals and what they do belong to a whole process.
@Suite(.timeLimit(.minutes(2))) struct InterruptSignalsTests {
  @Test func `the first and the second signal are told, and the program lives`() async {
    await #expect(processExitsWith: .success) {
      let signals = InterruptSignals()
      var iterator = signals.occurrences.makeAsyncIterator()
      kill(getpid(), SIGINT)
      #expect(await iterator.next() == .init(signal: SIGINT, number: 1))
      kill(getpid(), SIGINT)
      let second = await iterator.next()
      #expect(second == .init(signal: SIGINT, number: 2))
      #expect(second?.exitCode == 130)
      kill(getpid(), SIGTERM)
      #expect(await iterator.next() == .init(signal: SIGTERM, number: 3))
      kill(getpid(), SIGHUP)
      #expect(await iterator.next() == .init(signal: SIGHUP, number: 4))
    }
  }

  @Test func `after the stream has ended the signal ends the program again`() async {
    await #expect(processExitsWith: .signal(SIGTERM)) {
      let signals = InterruptSignals()
      var iterator = signals.occurrences.makeAsyncIterator()
      kill(getpid(), SIGTERM)
      _ = await iterator.next()
      signals.stop()
      #expect(await iterator.next() == nil)
      kill(getpid(), SIGTERM)
      // The signal may be delivered to another thread, so wait for it.
      while true { pause() }
    }
  }

  @Test func `one can listen after another, not beside it`() async {
    await #expect(processExitsWith: .success) {
      for _ in 0..<100 {
        let signals = InterruptSignals()
        var other = InterruptSignals([SIGTERM]).occurrences.makeAsyncIterator()
        #expect(await other.next() == nil)
        var iterator = signals.occurrences.makeAsyncIterator()
        kill(getpid(), SIGINT)
        #expect(await iterator.next() == .init(signal: SIGINT, number: 1))
        signals.stop()
      }
    }
  }

  @Test func `a signal that is ignored stays so`() async {
    await #expect(processExitsWith: .success) {
      signal(SIGHUP, SIG_IGN)
      let signals = InterruptSignals()
      var iterator = signals.occurrences.makeAsyncIterator()
      kill(getpid(), SIGHUP)
      kill(getpid(), SIGINT)
      #expect(await iterator.next() == .init(signal: SIGINT, number: 1))
    }
  }

  @Test func `processes that are started meanwhile still hear the signals`() async {
    await #expect(processExitsWith: .success) {
      let signals = InterruptSignals()
      let outcome = try await run(shell("kill -INT $$; sleep 1000"))
      #expect(outcome.termination == .signalled(SIGINT))
      signals.stop()
    }
  }
}
