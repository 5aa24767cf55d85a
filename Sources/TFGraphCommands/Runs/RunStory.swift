import FlowDiagnostics
import FlowEngine
import TaskFlow

/// What became of a run, as text and for programs.
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
    for (label, failures) in failures where !failures.isEmpty {
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
    if !blocked.isEmpty {
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

  /// The failures by what came of them.
  private var failures: [(label: String, failures: [StoredFailure])] {
    [
      ("failed", run.failures.filter { !$0.isRevert && $0.recovered == nil }),
      ("not undone", run.failures.filter { $0.isRevert && $0.recovered == nil }),
      ("left", run.failures.filter(\.isAccepted)),
      ("retried", run.failures.filter { !$0.isRevert && $0.recovered != nil }),
    ]
  }

  /// Of a dirty run, what stands because what comes after it could not be undone.
  private var blocked: [String] {
    guard run.standing.isDirty else { return [] }
    return run.head.outline.atoms.map(\.name).filter { name in
      run.atoms[name]?.state == .success && run.atoms[name]?.intention == .revert
    }
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
    tasks.map { task in
      [
        TerminalText.escaped(task.name), task.state, "\(task.attempts)",
        task.time.map { RunNarration.text(of: $0) } ?? "",
      ]
    }
  }

  /// What is told of a task: its name, state and attempts, and how long these took in all.
  private var tasks: [(name: String, state: String, attempts: Int, time: Duration?)] {
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
      return (
        atom.name, stored?.state == .reverted ? undone : "\(stored?.state ?? .pending)",
        stored?.attempts ?? 0, times[atom.name].map { .microseconds($0) }
      )
    }
  }
}

extension RunStory {
  /// For programs: what a list of runs has, and more. Times are in seconds, since 1970 or as lengths.
  var value: FlowValue {
    var fields = facts.fields
    fields["schema"] = "tfgraph-run-1"
    fields["file"] = run.head.file.map { .string($0) } ?? .null
    fields["plan"] = .string(run.head.outline.digest)
    fields["owner"] = ["process": .int(Int(run.owner.process)), "host": .string(run.owner.host)]
    fields["takenUp"] = .int(run.epoch - 1)
    fields["inputs"] = .map(run.head.inputs)
    fields["tasks"] = .list(
      tasks.map { task in
        [
          "task": .string(task.name), "state": .string(task.state),
          "attempts": .int(task.attempts),
          "time": task.time.map { .float($0 / .seconds(1)) } ?? .null,
        ]
      })
    fields["failures"] = .list(
      failures.flatMap { label, failures in failures.map { value(of: $0, label) } })
    fields["blocked"] = .list(blocked.map { .string($0) })
    fields["undecided"] = .list(undecided.map { .string($0) })
    return .map(fields)
  }

  private func value(of failure: StoredFailure, _ label: String) -> FlowValue {
    [
      "task": .string(failure.atom), "kind": .string(label),
      "message": .string(failure.failure.message),
      "output": .list(
        tails.last(of: failure.atom, failure.isRevert ? .revert : .execute).map { .string($0) }),
    ]
  }
}
