import ArgumentParser
import FlowEngine
import FlowStoreSQLite
import Glibc
import TaskFlow

/// `tfgraph cancel`: stops a run and undoes what it did.
struct CancelCommand: ParsableCommand, ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "cancel",
    abstract: "Stops a run that has not ended, and undoes what it did.",
    discussion: """
      A tfgraph that has the run is asked to stop: it starts nothing more and waits for what runs, or \
      kills that with --now. After that everything that was done is undone in reverse order. Exit codes: \
      0 everything is undone; 2 there is no such run, it has ended, or its flow is not as it was, so that it \
      is only stopped; 3 something could not be undone; \
      5 the run is on another machine.
      """)

  @Argument(help: "The run; by default the latest that has not ended.")
  var run: String?

  @OptionGroup var kept: StoreOptions

  @Option(
    help: ArgumentHelp("The flow file, when it is not where it was.", valueName: "path"),
    completion: .file(extensions: ["yaml", "yml", "json"]))
  var file: String?

  @Flag(help: "Kill what runs instead of waiting for it.")
  var now = false

  @Flag(help: "Undo it with reverts that have changed since.")
  var acceptChanges = false

  @Option(
    name: [.long, .customShort("j")],
    help: "How many tasks may be undone at once; by default as many as there are processors.")
  var jobs: Int?

  @Flag(help: "Show every line that tasks write, also on a terminal.")
  var verbose = false

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("'--jobs' is at least 1") }
  }

  func run(on console: Console) async -> ExitStatus {
    do throws(StoreFailure) {
      let store = try kept.open(on: console)
      let id = try RunFile.id(self.run, in: store)
      func found() throws(StoreFailure) -> KeptRun {
        try KeptRun(id, in: store, givenAs: kept.store, by: console.program)
      }
      let begun = try found()
      guard !begun.hasEnded else {
        let phrase =
          begun.stored.standing.isDirty
          ? "could not be undone; 'tfgraph show \(id)' says why, and 'tfgraph resume' goes on with it"
          : "has ended; there is nothing to cancel"
        throw StoreFailure(.unknownRun, "run '\(id)' \(phrase)")
      }
      // First of all: the longer it runs, the more there is to undo.
      let wasStopped = try await stop(begun, on: console)
      let run = wasStopped ? try found() : begun
      guard !run.hasEnded else {
        throw StoreFailure(
          .unknownRun,
          "run '\(id)' \(run.stored.standing.state) before it could be stopped; nothing more is undone"
        )
      }
      guard let readiness = try await readiness(of: run, wasStopped: wasStopped, on: console) else {
        return .usage
      }
      // What has changed was looked at, as far as it undoes something.
      let status = try await run.takeUp(
        readiness, .undo, acceptsChanges: true, jobs: jobs, isVerbose: verbose, on: console)
      // That it was undone is what was asked for.
      let standing = try store.run(id)?.standing
      return standing?.state == .reverted && standing?.isDirty == false ? .done : status
    } catch {
      return console.fail(error)
    }
  }

  /// What is needed to undo it; `nil`, with a complaint, when that is not there.
  private func readiness(
    of run: KeptRun, wasStopped: Bool, on console: Console
  ) async throws(StoreFailure) -> KeptRun.Readiness? {
    func tellThatNothingIsUndone() {
      if wasStopped { console.complain("\(console.program): it is stopped, and nothing is undone") }
    }
    do throws(StoreFailure) {
      let ready = try await run.prepare(
        moved: file, acceptsChanges: acceptChanges, isToBeUndone: true, on: console)
      if case .success(let readiness) = ready { return readiness }
      tellThatNothingIsUndone()
      return nil
    } catch {
      tellThatNothingIsUndone()
      throw error
    }
  }

  /// Has whoever runs it stop, and waits for that.
  ///
  /// - Returns: whether somebody ran it.
  private func stop(_ run: KeptRun, on console: Console) async throws(StoreFailure) -> Bool {
    let id = run.stored.head.id
    guard run.store.isOwned(id) else { return false }
    guard let owner = run.store.owner(of: id), owner.host == RunOwner.current.host else {
      throw .owned(id, by: run.stored.owner)
    }
    kill(owner.process, now ? SIGUSR2 : SIGUSR1)
    // One that is halted, as by Ctrl-Z, hears nothing.
    kill(owner.process, SIGCONT)
    console.complain(
      "\(console.program): waiting for process \(owner.process) to stop\(now ? "" : " when its tasks have ended")"
    )
    await run.store.waitUntilFree(id)
    return true
  }
}
