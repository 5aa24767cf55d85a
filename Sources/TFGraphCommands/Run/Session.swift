import FlowDiagnostics
import FlowEngine
import Foundation
import Glibc
import TaskFlow

/// One run of a flow on the command line: the engine, what is shown of it, and the signals.
struct Session {
  private let plan: Plan
  private let console: Console
  private let executor: ProcessExecutor
  private let engine: Engine
  private let display: RunDisplay
  /// Keeps what tasks write, if the run is kept.
  private let log: OutputLog?

  /// The command that goes on with the run, if it is kept.
  private let resuming: String?

  init(
    plan: Plan, secrets: Secrets, id: String, jobs: Int?, isVerbose: Bool, console: Console,
    resuming: String?, log: OutputLog?, isCancelling: Bool = false
  ) {
    self.log = log
    self.plan = plan
    self.console = console
    self.resuming = resuming
    executor = ProcessExecutor(
      environment: console.environment, workingDirectory: console.workingDirectory,
      scratchDirectory: console.scratchDirectory, runID: id, secrets: secrets)
    let limit = jobs ?? ProcessInfo.processInfo.activeProcessorCount
    engine = Engine(
      plan: plan, options: RunOptions(concurrencyLimit: limit), commands: executor)
    display = RunDisplay(
      plan: plan, console: console, showsOutput: isVerbose || !console.isTerminal,
      isCancelling: isCancelling)
  }

  /// A name for a run that sorts by time: `20261123-124501-3f2a`.
  static func newID() -> String {
    let format = Date.VerbatimFormatStyle(
      format: """
        \(year: .padded(4))\(month: .twoDigits)\(day: .twoDigits)-\
        \(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased))\
        \(minute: .twoDigits)\(second: .twoDigits)
        """, timeZone: .gmt, calendar: Calendar(identifier: .gregorian))
    let random = String(UInt16.random(in: 0...UInt16.max), radix: 16)
    return "\(Date().formatted(format))-\(String(repeating: "0", count: 4 - random.count))\(random)"
  }

  /// Runs the flow as `start` says, and shows how it ended.
  func run(
    _ start: @escaping @Sendable (Engine, RunControl, [any RunListener]) async throws -> RunReport
  ) async -> ExitStatus {
    if let problem = scratchProblem {
      console.fail("\(problem); nothing was run")
      return .outputFailed
    }
    let control = RunControl()
    let signals = InterruptSignals()
    let stop = Stop()
    let engine = engine
    let listeners: [any RunListener] = [display] + [log].compactMap { $0 }
    let display = display
    let running = Task {
      try await start(engine, control, listeners)
    }
    let listening = Task {
      var interrupts = 0
      for await occurrence in signals.occurrences {
        // The signals of `tfgraph cancel` say themselves how much of a hurry there is.
        let isCancelled = [SIGUSR1, SIGUSR2].contains(occurrence.signal)
        if !isCancelled { interrupts += 1 }
        stop.note(isCancelled ? SIGTERM : occurrence.signal, isCancelled: isCancelled)
        // Done first and told then: whoever shows the run may be slow to take more.
        if occurrence.signal == SIGUSR2 || !isCancelled && interrupts > 1 {
          // Cancelled first, so that what is killed counts as interrupted and not as failed.
          control.suspend()
          running.cancel()
          executor.killAll()
          display.announce("killing what runs")
        } else {
          control.suspend()
          display.announce(
            isCancelled
              ? "the run is cancelled; nothing more is started"
              : "nothing more is started; Ctrl-C again kills what runs")
        }
      }
    }
    let ticking = display.startTicking()
    let report: RunReport
    do {
      report = try await running.value
    } catch {
      ticking?.cancel()
      signals.stop()
      log?.discardIfEmpty()
      if let failure = error as? StoreFailure { return console.fail(failure) }
      console.fail("\(error)")
      return .usage
    }
    ticking?.cancel()
    signals.stop()
    await listening.value
    if let failure = report.storeFailure {
      // What was not kept is not told.
      display.close()
      let status = console.fail(failure)
      if let resuming, failure.reason == .broken {
        console.complain(
          "\(console.program): what was kept is whole; once that is mended go on with: \(resuming)")
      }
      return status
    }
    let undecided = report.machine.undecided
    let goesOn = report.state == .suspended && undecided.isEmpty
    let hint =
      stop.isCancelled && goesOn
      ? "the tfgraph that cancelled it is to undo what it did\n"
      : goesOn ? resuming.map { "go on with: \($0)\n" } : nil
    let isWritten = display.finish(with: report, hint: hint ?? "")
    if let problem = log?.problem {
      console.complain("\(console.program): not all that tasks wrote is kept: \(problem)")
    }
    if report.isDirty, let resuming {
      console.complain(
        "\(console.program): go on with '\(resuming)' and --retry-revert, --mark-reverted TASK or --accept"
      )
    }
    ask(about: undecided)
    let status = status(of: report, signal: stop.signal)
    return isWritten || status != .done ? status : .outputFailed
  }

  /// Why processes can't be given a folder for their files, which all of them need, each revert too.
  private var scratchProblem: ScratchFailure? {
    let startsProcesses = plan.tasks.contains { task in
      [task.action, task.traits.revert?.action].contains { action in
        if case .command = action { true } else { false }
      }
    }
    guard startsProcesses else { return nil }
    do throws(ScratchFailure) {
      try AttemptDirectory(in: console.scratchDirectory).remove()
      return nil
    } catch {
      return error
    }
  }

  /// Says what somebody has to decide before the run can go on.
  private func ask(about undecided: [NodeIndex]) {
    guard let resuming else { return }
    for node in undecided {
      let task = plan.name(of: node)
      let symbols = plan.provision(of: node).items.map { "\"\($0.symbol)\": …" }
      let done = symbols.isEmpty ? task : "'\(task)={\(symbols.joined(separator: ", "))}'"
      console.complain(
        "\(console.program): nobody knows whether '\(TerminalText.escaped(task))' was done, and it is to be run "
          + "at most once; look, then")
      console.complain(
        "  \(resuming) --mark-done \(done), or --mark-failed \(task), or --run-again \(task)")
    }
  }

  private func status(of report: RunReport, signal: Int32?) -> ExitStatus {
    if report.isDirty { return .dirty }
    switch report.state {
    case .success: return .done
    case .reverted: return .findings
    case .failure: return .dirty
    default:
      if let signal { return .stopped(signal: signal) }
      return report.machine.undecided.isEmpty ? .internalError : .suspended
    }
  }
}
