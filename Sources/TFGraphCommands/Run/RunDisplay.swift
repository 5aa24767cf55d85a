import FlowDiagnostics
import FlowEngine
import Synchronization
import TaskFlow

/// Shows a run while it goes on: a line an event, and on a terminal below them what runs now.
final class RunDisplay: RunListener {
  private struct State {
    /// The tasks that run now, in the order in which they started.
    var running: [Running] = []
    /// How many lines of the live list are on the screen.
    var shownLines = 0
    var elapsed = Duration.zero
    var isWritten = true
    /// What tasks wrote last, shown when they fail.
    var tails: [NodeIndex: [String]] = [:]
  }

  private struct Running {
    var node: NodeIndex
    var isReverting: Bool
    var since: Duration
    var progress = 0.0
  }

  private let lines: RunNarration
  private let console: Console
  private let showsOutput: Bool
  private let isCancelling: Bool
  private let now: @Sendable () -> Duration
  private let state = Mutex(State())

  /// - Parameter isCancelling: whether the run is undone because somebody wants that.
  init(plan: Plan, console: Console, showsOutput: Bool, isCancelling: Bool) {
    lines = RunNarration(plan: plan)
    self.console = console
    self.showsOutput = showsOutput
    self.isCancelling = isCancelling
    let start = ContinuousClock.now
    now = { ContinuousClock.now - start }
  }

  private var isLive: Bool { console.isTerminal && console.environment["TERM"] != "dumb" }

  /// Repaints the live list from time to time, on a terminal.
  func startTicking() -> Task<Void, Never>? {
    guard isLive else { return nil }
    return Task {
      while !Task.isCancelled {
        try? await Task.sleep(for: .milliseconds(200))
        state.withLock { repaint(&$0) }
      }
    }
  }

  /// Shows an event.
  func receive(_ event: RunEvent) {
    state.withLock { state in
      state.elapsed = event.elapsed
      update(&state, with: event)
      var text = ""
      if case .output(let node, let output) = event.kind, !showsOutput {
        state.tails[node] = Array((state.tails[node] ?? []).suffix(9)) + [output.text]
        return
      }
      if let line = lines.line(for: event) { text += line + "\n" }
      if case .atomChanged(let node, _, .failure, _, _) = event.kind {
        for line in state.tails.removeValue(forKey: node) ?? [] {
          text += "         \(lines.name(node)) │ \(TerminalText.escaped(line))\n"
        }
      }
      guard !text.isEmpty else { return }
      emit(text, &state)
    }
  }

  /// Tells something that is no event of the run.
  func announce(_ phrase: String) {
    state.withLock { state in
      erase(&state)
      console.complain("\(console.program): \(phrase)")
      paint(&state)
    }
  }

  /// Takes the live list away and shows how the run ended.
  ///
  /// - Parameter hint: what can be done next.
  /// - Returns: whether everything could be written.
  func finish(with report: RunReport, hint: String = "") -> Bool {
    state.withLock { state in
      erase(&state)
      // What was interrupted counts as running to the end, and the list may be repainted once more.
      state.running = []
      let summary = RunSummary(
        report: report, lines: lines, width: console.width, isCancelled: isCancelling)
      let text = summary.text + hint
      return console.write(text) && state.isWritten
    }
  }

  /// Takes the live list away and shows nothing else.
  func close() {
    state.withLock { state in
      erase(&state)
      state.running = []
    }
  }

  private func update(_ state: inout State, with event: RunEvent) {
    switch event.kind {
    case .atomChanged(let node, _, let new, _, _):
      guard lines.plan.nodes[Int(node)].isTask else { return }
      state.running.removeAll { $0.node == node }
      if new == .running || new == .reverting {
        state.running.append(
          Running(node: node, isReverting: new == .reverting, since: event.elapsed))
      }
    case .calledAgain(let node, let action, _):
      guard lines.plan.nodes[Int(node)].isTask else { return }
      state.running.append(
        Running(node: node, isReverting: action == .revert, since: event.elapsed))
    case .progress(let node, let fraction):
      for index in state.running.indices where state.running[index].node == node {
        state.running[index].progress = fraction
      }
    default: break
    }
  }

  // MARK: The live list

  private func emit(_ text: String, _ state: inout State) {
    erase(&state)
    if !console.write(text) { state.isWritten = false }
    paint(&state)
  }

  private func repaint(_ state: inout State) {
    erase(&state)
    paint(&state)
  }

  private func erase(_ state: inout State) {
    guard state.shownLines > 0 else { return }
    // The cursor is not at the start of its line when the terminal has echoed a key, such as `^C`.
    _ = console.write("\r\u{1B}[\(state.shownLines)A\u{1B}[J")
    state.shownLines = 0
  }

  private func paint(_ state: inout State) {
    guard isLive, !state.running.isEmpty else { return }
    let shown = state.running.prefix(10)
    var text = ""
    for task in shown { text += row(task) + "\n" }
    if state.running.count > shown.count {
      text += "  … and \(state.running.count - shown.count) more\n"
    }
    state.shownLines = shown.count + (state.running.count > shown.count ? 1 : 0)
    if !console.write(text) { state.isWritten = false }
  }

  private func row(_ task: Running) -> String {
    let elapsed = RunNarration.text(of: max(.zero, now() - task.since))
    let bar = task.progress > 0 && task.progress < 1 ? " \(Int(task.progress * 100)) %" : ""
    let verb = task.isReverting ? "↩ undoing " : "▶ "
    let row = "  \(verb)\(lines.name(task.node))  \(elapsed)\(bar)"
    return String(row.prefix(console.width - 1))
  }
}
