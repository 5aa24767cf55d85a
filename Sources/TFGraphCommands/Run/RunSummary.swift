import FlowDiagnostics
import FlowEngine
import TaskFlow

/// How a run ended: what succeeded, was retried, was undone, was left.
struct RunSummary {
  let report: RunReport
  let lines: RunNarration
  let width: Int
  /// Whether it was undone because somebody wanted that.
  let isCancelled: Bool

  /// The summary, some lines.
  var text: String {
    var text = "\n" + headline + "\n"
    for (label, entries) in sections where !entries.isEmpty {
      text += LabelledLines.text(label, entries, width: width)
    }
    return text
  }

  private var headline: String {
    let name = TerminalText.escaped(lines.plan.name)
    let time = "after \(RunNarration.text(of: report.duration))"
    if report.isDirty {
      return "\(name) failed \(time) and could not be undone: something is neither done nor undone"
    }
    return switch report.state {
    case .success: "\(name) succeeded \(time)"
    case .reverted
    where isCancelled
      || report.failures.allSatisfy { $0.failure.type == UnfinishedVerdict.cancelledType }:
      "\(name) was cancelled and is undone \(time)"
    case .reverted where !report.acceptedReverts.isEmpty:
      "\(name) failed \(time) and was undone, but for what is left"
    case .reverted where tasks.contains { $0.state == .success && hasRevert($0) }:
      "\(name) failed \(time) and was undone in part"
    case .reverted: "\(name) failed \(time) and was undone"
    case .failure: "\(name) failed \(time)"
    case .suspended where isBeingUndone:
      "\(name) was stopped \(time), before all that was to be undone was"
    case .suspended where tasks.contains { $0.state == .reverted }:
      "\(name) was stopped \(time), before what was undone was tried again"
    case .suspended: "\(name) was stopped \(time); nothing was undone"
    default: "\(name) is \(report.state) \(time)"
    }
  }

  private var tasks: [RunReport.Atom] {
    report.atoms.filter { lines.plan.nodes[Int($0.node)].isTask }
  }

  private func hasRevert(_ atom: RunReport.Atom) -> Bool {
    lines.plan.task(at: atom.node)?.hasRevert == true
  }

  /// Whether something is still to be undone.
  private var isBeingUndone: Bool {
    tasks.contains { atom in
      switch atom.state {
      case .reverting: true
      case .success, .failure: atom.intention == .revert || atom.intention == .retry
      default: false
      }
    }
  }

  private var sections: [(String, [String])] {
    let tasks = tasks
    func names(
      _ states: AtomState..., where fits: (RunReport.Atom) -> Bool = { _ in true }
    ) -> [String] {
      tasks.filter { states.contains($0.state) && fits($0) }.map { atom in
        atom.attempts > 1
          ? "\(lines.name(atom.node)) (\(atom.attempts) attempts)" : lines.name(atom.node)
      }
    }
    func failures(_ list: [RunReport.AtomFailure]) -> [String] {
      list.map { "\(lines.name($0.node)): \(TerminalText.escaped($0.failure.message))" }
    }
    let left = Set(report.acceptedReverts.map(\.node))
    return [
      ("failed", failures(report.failures)),
      (
        "not undone",
        failures(report.revertFailures)
          + joined(names(.success) { $0.intention == .revert })
      ),
      ("retried", failures(report.recoveredFailures)),
      ("succeeded", joined(names(.success) { $0.intention != .revert })),
      ("skipped", joined(names(.ignored))),
      ("left", failures(report.acceptedReverts)),
      ("undone", joined(names(.reverted) { hasRevert($0) && !left.contains($0.node) })),
      ("no revert", joined(names(.reverted) { !hasRevert($0) })),
      ("unfinished", joined(names(.failure, .running))),
      ("half undone", joined(names(.reverting))),
      (report.state == .suspended ? "not done" : "not started", joined(names(.pending))),
    ]
  }

  /// Names in one entry, since there are often many.
  private func joined(_ names: [String]) -> [String] {
    names.isEmpty ? [] : [names.joined(separator: ", ")]
  }
}
