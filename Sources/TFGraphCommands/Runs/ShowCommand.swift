import ArgumentParser
import FlowDiagnostics
import FlowEngine
import FlowStoreSQLite
import TaskFlow

/// `tfgraph show`: tells what became of a run.
struct ShowCommand: ParsableCommand, ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: """
      Tells what became of a run: states, attempts, times, failures and what was written before them.
      """)

  @Argument(help: "The run; by default the latest.")
  var run: String?

  @OptionGroup var kept: StoreOptions

  func run(on console: Console) async -> ExitStatus {
    do throws(StoreFailure) {
      let store = try kept.open(on: console)
      let run = try RunFile.latest(run, in: store)
      let tails = OutputTails(path: store.logPath(of: run.head.id))
      let text = RunStory(run, isOwned: store.isOwned(run.head.id), tails: tails).text
      return console.write(text) ? .done : .outputFailed
    } catch {
      return console.fail(error)
    }
  }
}

/// What became of a run, as text.
struct RunStory {
  /// So much of a line is shown that a task wrote; 'tfgraph logs' has all of it.
  private static let longestLine = 300

  private let run: StoredRun
  private let isOwned: Bool
  private let facts: RunFacts
  private let tails: OutputTails

  init(_ run: StoredRun, isOwned: Bool, tails: OutputTails) {
    self.run = run
    self.tails = tails
    self.isOwned = isOwned
    facts = RunFacts(run, isOwned: isOwned)
  }

  var text: String {
    var text = """
      run    \(TerminalText.escaped(facts.id))
      flow   \(TerminalText.escaped(facts.flow)), plan \(run.head.outline.digest)
      state  \(facts.state)
      made   \(facts.time) UTC
      owner  process \(run.owner.process) on \(TerminalText.escaped(run.owner.host))\(epoch)

      """
    text += "\n" + RunTable.text(of: rows, header: ["task", "state", "attempts", "time"])
    for (label, failures) in [
      ("failed", run.failures.filter { !$0.isRevert && $0.recovered == nil }),
      ("not undone", run.failures.filter { $0.isRevert && $0.recovered == nil }),
      ("left", run.failures.filter(\.isAccepted)),
      ("retried", run.failures.filter { !$0.isRevert && $0.recovered != nil }),
    ] where !failures.isEmpty {
      text += "\n\(label)\n"
      for failure in failures {
        let message = TerminalText.escaped(failure.failure.message)
        text += "  \(TerminalText.escaped(failure.atom)): \(message)\n"
        guard failure.recovered == nil else { continue }
        for line in tails.last(of: failure.atom, failure.isRevert ? .revert : .execute) {
          let shown = line.prefix(Self.longestLine)
          let rest = shown.endIndex == line.endIndex ? "" : "…"
          text += "    │ \(TerminalText.escaped(String(shown)))\(rest)\n"
        }
      }
    }
    let blocked = run.head.outline.atoms.map(\.name).filter { name in
      run.atoms[name]?.state == .success && run.atoms[name]?.intention == .revert
    }
    if run.standing.isDirty, !blocked.isEmpty {
      text += "\nnot undone, since what comes after is not\n"
      for name in blocked { text += "  \(TerminalText.escaped(name))\n" }
    }
    if !undecided.isEmpty {
      text += "\nundecided\n"
      for name in undecided {
        text += "  \(TerminalText.escaped(name)): it may have been done; 'tfgraph resume' asks\n"
      }
    }
    return text
  }

  /// Tasks that are run at most once, and of whose end nothing is known.
  private var undecided: [String] {
    guard !isOwned, run.standing.state.isUnfinished else { return [] }
    return run.head.outline.atoms.filter { atom in
      atom.once == true && run.atoms[atom.name]?.state == .running
    }.map(\.name)
  }

  private var epoch: String {
    run.epoch == 1 ? "" : ", taken up \(run.epoch - 1 == 1 ? "once" : "\(run.epoch - 1) times")"
  }

  private var rows: [[String]] {
    var times: [String: Int64] = [:]
    for call in run.calls {
      if let ended = call.ended { times[call.atom, default: 0] += ended - call.began }
    }
    let left = Set(run.failures.filter(\.isAccepted).map(\.atom))
    return run.head.outline.atoms.filter { !$0.isController }.map { atom in
      let stored = run.atoms[atom.name]
      // Of Swift code nothing tells whether it undoes something.
      let hasRevert = atom.undoes != nil || run.head.file == nil
      let undone = left.contains(atom.name) ? "left" : hasRevert ? "undone" : "no revert"
      return [
        TerminalText.escaped(atom.name),
        stored?.state == .reverted ? undone : "\(stored?.state ?? .pending)",
        "\(stored?.attempts ?? 0)",
        times[atom.name].map { RunNarration.text(of: .microseconds($0)) } ?? "",
      ]
    }
  }
}
