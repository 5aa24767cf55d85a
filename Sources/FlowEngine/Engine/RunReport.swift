import Synchronization
public import TaskFlow

/// What became of a run.
public struct RunReport: Sendable {
  /// What became of one atom.
  public struct Atom: Sendable {
    /// Its node in the plan.
    public var node: NodeIndex
    /// Its name.
    public var name: String
    /// Its state at the end; running or reverting when its call was interrupted.
    public var state: AtomState
    /// What was to become of it at the end.
    public var intention: Intention
    /// How often it was executed.
    public var attempts: Int
    /// How much of its work is done, from 0 to 1: what it said last while it neither succeeded nor waits.
    public var progress: Double
  }

  /// A failure with the atom that it belongs to.
  public struct AtomFailure: Sendable {
    /// The atom's node in the plan.
    public var node: NodeIndex
    /// The atom's name.
    public var atom: String
    /// What went wrong.
    public var failure: Failure
  }

  /// The state in which the run ended: success, failure, reverted or suspended.
  public var state: FlowState

  /// The atoms, in declaration order.
  public var atoms: Atoms { Atoms(machine: machine, progress: progress) }

  private let progress: [NodeIndex: Double]
  private let knownValues: KnownValues

  /// Failures that led to the end, in the order in which they happened.
  public var failures: [AtomFailure]

  /// Failures of attempts that were followed by another.
  public var recoveredFailures: [AtomFailure]

  /// Failures of reverts: with one the run is dirty.
  public var revertFailures: [AtomFailure]

  /// Failures of reverts that somebody accepted: what should have been undone is left as it was.
  public var acceptedReverts: [AtomFailure]

  /// The values that atoms provided which succeeded and were not undone, by symbol; of several the last
  /// in declaration order.
  ///
  /// Complexity: linear in the size of the plan when they are first asked for, constant after that.
  public var values: [String: BoxedValue] { knownValues.all(in: machine) }

  /// How long the run took; of one that was taken up again, since then.
  public var duration: Duration

  /// How often what happened, since the run was first started.
  public var statistics: RunStatistics

  /// The run as it stands, for ``Engine/resume(_:control:deadline:listeners:listener:)``.
  public var machine: RunMachine

  /// Why the run could not be stored any more, so that it was given up; it is suspended then, and what it
  /// did after the last time that it was stored is done again when it is taken up.
  public var storeFailure: StoreFailure?

  /// Whether something is neither done nor undone.
  public var isDirty: Bool { !revertFailures.isEmpty }

  /// What became of a run as it stands.
  package init(
    of machine: RunMachine, progress: [NodeIndex: Double] = [:], duration: Duration,
    storeFailure: StoreFailure? = nil
  ) {
    let plan = machine.plan
    self.machine = machine
    self.progress = progress
    knownValues = KnownValues()
    statistics = machine.statistics
    self.duration = duration
    self.storeFailure = storeFailure
    state = storeFailure == nil ? machine.flowState : .suspended
    func named(_ failures: [MachineFailure]) -> [AtomFailure] {
      failures.map { AtomFailure(node: $0.node, atom: plan.name(of: $0.node), failure: $0.failure) }
    }
    failures = named(machine.failures)
    recoveredFailures = named(machine.recoveredFailures)
    revertFailures = named(machine.revertFailures)
    acceptedReverts = named(machine.acceptedReverts)
  }
}

extension RunReport {
  /// What became of each atom, in declaration order.
  public struct Atoms: RandomAccessCollection, Sendable {
    fileprivate let machine: RunMachine
    fileprivate let progress: [NodeIndex: Double]

    /// The position of the first atom.
    public var startIndex: Int { 0 }

    /// The position after the last atom.
    public var endIndex: Int { machine.tables.atoms.count }

    /// What became of the atom at a position.
    public subscript(position: Int) -> Atom {
      let node = machine.tables.atoms[position]
      let state = machine.states[Int(node)]
      let isUnderWay = state != .success && state != .pending
      return Atom(
        node: node, name: machine.plan.name(of: node), state: state,
        intention: machine.intentions[Int(node)], attempts: Int(machine.attempts[Int(node)]),
        progress: isUnderWay ? progress[node] ?? 0 : state == .success ? 1 : 0)
    }
  }

  /// The values of a run, gathered when somebody first asks.
  private final class KnownValues: Sendable {
    private let gathered = Mutex<[String: BoxedValue]?>(nil)

    func all(in machine: RunMachine) -> [String: BoxedValue] {
      gathered.withLock { gathered in
        if let gathered { return gathered }
        var values: [String: BoxedValue] = [:]
        for atom in machine.tables.atoms where machine.states[Int(atom)] == .success {
          let elements = machine.result(of: atom)?.elements ?? []
          for (item, value) in zip(machine.plan.provision(of: atom).items, elements) {
            if let value { values[item.symbol] = value }
          }
        }
        gathered = values
        return values
      }
    }
  }
}

extension Array {
  /// The element at a position, or `nil` past the end.
  subscript<Wrapped>(checked index: Int) -> Element? where Element == Wrapped? {
    index < count ? self[index] : nil
  }
}

extension RunReport {
  /// Throws what a run that did not succeed has to say; nothing for one that succeeded or was suspended.
  ///
  /// - Throws: ``RunFailure``
  public func throwFailures() throws(RunFailure) {
    switch state {
    case .failure, .reverted: throw RunFailure(failures: failures, revertFailures: revertFailures)
    default: break
    }
  }
}

/// The error of a run that did not succeed: the failures that it did not recover from, and those of
/// reverts.
public struct RunFailure: Error, Sendable, CustomStringConvertible {
  /// The failures that led to the end.
  public var failures: [RunReport.AtomFailure]

  /// The failures of reverts.
  public var revertFailures: [RunReport.AtomFailure]

  /// What went wrong, one phrase a failure.
  public var description: String {
    let original = failures.map { "'\($0.atom)' failed: \($0.failure.message)" }
    let reverts = revertFailures.map { "'\($0.atom)' could not be undone: \($0.failure.message)" }
    return (original + reverts).joined(separator: "; ")
  }
}
