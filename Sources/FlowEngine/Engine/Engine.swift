public import TaskFlow

/// Runs plans: calls atoms as a ``RunMachine`` says, in parallel, and tells it what came of that.
///
/// ```swift
/// let report = try await Engine(plan: plan).run(inputs: ["version": BoxedValue("1.4.0")])
/// try report.throwFailures()
/// ```
public struct Engine: Sendable {
  /// What is run.
  public let plan: Plan

  /// The rules of the run.
  public var options: RunOptions

  /// Where time comes from, for timeouts, pauses and the times in events.
  public var clock: any Clock<Duration>

  /// A random number from 0 to 1, for pauses with jitter.
  public var random: @Sendable () -> Double

  /// What runs processes; without one a task that needs a process fails.
  public var commands: (any CommandExecutor)?

  let tables: RunTables

  /// An engine that runs at most as many atoms at once as `options` say.
  public init(
    plan: Plan, options: RunOptions = RunOptions(),
    clock: any Clock<Duration> = ContinuousClock(),
    random: @escaping @Sendable () -> Double = { Double.random(in: 0...1) },
    commands: (any CommandExecutor)? = nil
  ) {
    self.plan = plan
    self.options = options
    self.clock = clock
    self.random = random
    self.commands = commands
    tables = RunTables(plan)
  }

  /// Runs the plan.
  ///
  /// A task that fails is no error here: the report tells what became of the run.
  ///
  /// A run that is asked to stop by its `control` waits for what runs. One whose caller's task is cancelled
  /// cancels what runs as well: what a body then still returns is kept, and what throws is no failure but
  /// was interrupted, so its atom stays running or reverting in a run that ends suspended.
  ///
  /// - Parameters:
  ///   - inputs: the values that the flow is given, by symbol; declared defaults fill in the rest.
  ///   - control: asks the run to stop.
  ///   - deadline: how long the run may go on; it is suspended then, as by its `control`.
  ///   - listeners: are told what happens, all the same in the same order.
  ///   - listener: a listener that is a function; it comes last.
  /// - Throws: ``MissingInputs`` before anything runs when a required input has no value.
  @concurrent
  public func run(
    inputs: [String: BoxedValue] = [:], control: RunControl = RunControl(),
    deadline: Duration? = nil, listeners: [any RunListener] = [],
    listener: (@Sendable (RunEvent) -> Void)? = nil
  ) async throws(MissingInputs) -> RunReport {
    await run(
      try machine(inputs: inputs), control: control, deadline: deadline,
      listeners: listeners + [listener.map(ClosureListener.init)].compactMap { $0 }, journal: nil)
  }

  /// Takes up a run that was suspended or has ended, in its own plan and with its own inputs.
  ///
  /// What succeeded is kept. What was interrupted is called again, as the same attempt. A failure that
  /// nobody was asked about is resolved now. A run that was undone starts over; one that succeeded, or
  /// that is dirty with nothing left to undo, ends as it did before (semantics 10.2).
  ///
  /// - Parameters:
  ///   - machine: the run, from a report.
  ///   - control: asks the run to stop.
  ///   - deadline: how long the run may go on; it is suspended then.
  ///   - listeners: are told what happens, all the same in the same order.
  ///   - listener: a listener that is a function; it comes last.
  @concurrent
  public func resume(
    _ machine: RunMachine, control: RunControl = RunControl(), deadline: Duration? = nil,
    listeners: [any RunListener] = [], listener: (@Sendable (RunEvent) -> Void)? = nil
  ) async -> RunReport {
    await run(
      machine.following(options), control: control, deadline: deadline,
      listeners: listeners + [listener.map(ClosureListener.init)].compactMap { $0 }, journal: nil)
  }

  /// Runs what a machine says, from where it stands; a copy that is kept costs a copy of all its tables.
  func run(
    _ machine: consuming RunMachine, control: RunControl, deadline: Duration?,
    listeners: [any RunListener], journal: RunJournal?
  ) async -> RunReport {
    let drive = RunDrive(
      machine: machine, engine: self, control: control, listeners: listeners, journal: journal)
    return await run(Workshop(drive: drive), control, deadline)
  }

  /// A run that has not started.
  func machine(inputs: [String: BoxedValue]) throws(MissingInputs) -> RunMachine {
    var inputs = inputs
    for input in plan.inputs where inputs[input.symbol] == nil {
      inputs[input.symbol] = input.defaultValue.map { BoxedValue($0) }
    }
    let missing = tables.inputSymbols.filter { inputs[$0] == nil }
    guard missing.isEmpty else { throw MissingInputs(symbols: missing) }
    return RunMachine(tables: tables, inputs: inputs, options: options)
  }

  /// Owns the workers of a run: they are started here, and cancelled with the caller's task.
  private func run(
    _ workshop: Workshop, _ control: RunControl, _ deadline: Duration?
  ) async -> RunReport {
    control.connect { workshop.stop() }
    defer { control.disconnect() }
    let alarm = deadline.map { deadline in
      Task { [clock] in
        if (try? await clock.sleep(for: deadline)) != nil { control.suspend() }
      }
    }
    let report = await withTaskCancellationHandler {
      await withDiscardingTaskGroup { group in
        workshop.start()
        while let orders = await workshop.orders() {
          for _ in 0..<orders.workers { group.addTask { await workshop.work() } }
          for pause in orders.pauses { group.addTask { await pause.value } }
          if orders.isStopped { workshop.post(.stop) }
        }
        let report = workshop.report()
        // What still runs can't be kept any more.
        if report.storeFailure != nil { group.cancelAll() }
        return report
      }
    } onCancel: {
      control.suspend()
    }
    // Nothing of a run outlives it.
    alarm?.cancel()
    await alarm?.value
    return report
  }
}

/// The error of a run that lacks values which the flow requires.
public struct MissingInputs: Error, Sendable, CustomStringConvertible {
  /// The symbols without a value, in order.
  public var symbols: [String]

  /// What is missing, and what to do about it.
  public var description: String {
    "no value for \(symbols.map { "'\($0)'" }.joined(separator: ", ")); give the flow its inputs"
  }
}

extension Plan {
  /// The symbols that the flow must be given: each that some atom requires from its input.
  public var inputSymbols: [String] {
    var found: Set<String> = []
    for atom in atoms {
      for method in Method.allCases {
        for (requirement, binding) in zip(
          requirements(of: atom, for: method), bindings(of: atom, for: method))
        where binding == .input && !requirement.isOptional {
          found.insert(requirement.symbol)
        }
      }
    }
    return found.sorted()
  }
}
