import TaskFlow

extension Engine {
  /// Runs the plan and keeps the run in a store as it goes: what has happened is stored before anybody is
  /// told and before anything follows from it (semantics 11).
  ///
  /// - Parameters:
  ///   - head: the run, with its inputs; its plan is that of the engine.
  ///   - store: where it is kept.
  ///   - owner: who runs it.
  ///   - control: asks the run to stop.
  ///   - deadline: how long the run may go on; it is suspended then.
  ///   - listeners: are told what happens, all the same in the same order.
  /// - Throws: ``StoreFailure`` or ``MissingInputs`` before anything runs. When the run can't be stored any
  ///   more later, its report says so in ``RunReport/storeFailure``.
  @concurrent
  public func run(
    _ head: RunHead, in store: any RunStore, owner: RunOwner = .current,
    control: RunControl = RunControl(), deadline: Duration? = nil,
    listeners: [any RunListener] = []
  ) async throws -> RunReport {
    let machine = try machine(inputs: head.inputs.mapValues { BoxedValue($0) })
    let lease = try store.make(head, owner: owner)
    defer { store.release(lease) }
    return await run(
      machine, control: control, deadline: deadline, listeners: listeners,
      journal: RunJournal(store: store, lease: lease))
  }

  /// Takes up a stored run whose engine has died or suspended it.
  ///
  /// What was stored as done is not done again. A call that began, and of whose end nothing is stored, is
  /// made again as the same attempt. A run that has ended is told as it ended, and nothing is run.
  ///
  /// - Parameters:
  ///   - id: the name of the run.
  ///   - store: where it is kept.
  ///   - owner: who takes it up.
  ///   - control: asks the run to stop.
  ///   - deadline: how long the run may go on; it is suspended then.
  ///   - listeners: are told what happens, all the same in the same order.
  ///   - remedy: what somebody says about the run; without one a dirty run is told as it ended.
  ///   - acceptsChanges: whether the run goes on with a flow that has changed so that it matters: see
  ///     ``FlowChanges``.
  ///   - preparing: is called when the run is owned and before anything is run; it ends what the engine
  ///     that died has left behind.
  /// - Throws: ``StoreFailure`` when there is no such run, somebody has it, or the plan is another than it
  ///   was.
  @concurrent
  public func resume(
    _ id: String, in store: any RunStore, owner: RunOwner = .current,
    control: RunControl = RunControl(), deadline: Duration? = nil,
    listeners: [any RunListener] = [], remedy: RunRemedy? = nil, acceptsChanges: Bool = false,
    preparing: @Sendable () async -> Void = {}
  ) async throws(StoreFailure) -> RunReport {
    let (lease, stored) = try store.take(id, owner: owner)
    defer { store.release(lease) }
    // What has ended is told by the plan that it had, as far as today's has the same atoms.
    let isUnfinished = stored.standing.state.isUnfinished || remedy != nil
    let changes = stored.changes(to: plan)
    if isUnfinished { try changes.check(id, isAccepted: acceptsChanges) }
    var machine = try RunMachine(tables: tables, stored: stored, options: options)
    guard machine.flowState.isUnfinished || machine.isDirty && remedy != nil else {
      return RunReport(of: machine, duration: .zero)
    }
    var journal = RunJournal(store: store, lease: lease)
    if !changes.isEmpty { journal.outline = PlanOutline(of: plan) }
    if let remedy {
      machine.keepJournal()
      do throws(UnsuitableRemedy) {
        try machine.remedy(remedy)
      } catch {
        throw StoreFailure(.unsuitableRemedy, error.description)
      }
      // What was said is kept before anything is done about it.
      try journal.save(&machine)
    }
    await preparing()
    return await run(
      machine, control: control, deadline: deadline, listeners: listeners, journal: journal)
  }
}
