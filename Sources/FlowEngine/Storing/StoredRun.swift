import Glibc
public import TaskFlow

/// A run as a store keeps it: all that is needed to go on with it, and to tell what happened.
public struct StoredRun: Sendable, Equatable {
  /// What was known of it when it was made.
  public var head: RunHead

  /// How it stands.
  public var standing: RunStanding

  /// How often it was taken up, the first time included; each owner has another number.
  public var epoch: Int

  /// Who has it, or had it last.
  public var owner: RunOwner

  /// The atoms that are not as they were before the run, by name.
  public var atoms: [String: StoredAtom]

  /// The failures, in the order in which they happened.
  public var failures: [StoredFailure]

  /// The calls of atoms, in the order in which they began.
  public var calls: [StoredCall]

  /// A run as a store keeps it.
  public init(
    head: RunHead, standing: RunStanding = RunStanding(), epoch: Int = 1, owner: RunOwner,
    atoms: [String: StoredAtom] = [:], failures: [StoredFailure] = [], calls: [StoredCall] = []
  ) {
    self.head = head
    self.standing = standing
    self.epoch = epoch
    self.owner = owner
    self.atoms = atoms
    self.failures = failures
    self.calls = calls
  }
}

/// What is known of a run when it is made, and never changes.
public struct RunHead: Sendable, Hashable, Codable {
  /// Its name, unique in its store.
  public var id: String

  /// The name of its flow.
  public var flow: String

  /// The file of its flow, as an absolute path, if it has one.
  public var file: String?

  /// What the plan was: see ``PlanOutline``.
  public var outline: PlanOutline

  /// The values that the flow was given, by symbol.
  public var inputs: [String: FlowValue]

  /// The names of the tasks that are run, in order, when others of the flow are not; `nil` for all.
  public var selection: [String]?

  /// When it was made, in microseconds since 1970.
  public var made: Int64

  /// What is known of a run when it is made.
  ///
  /// - Throws: `FlowValueConversionError` when the encoding of an input throws.
  public init(
    id: String, plan: Plan, file: String? = nil, inputs: [String: BoxedValue] = [:],
    selection: [String]? = nil, made: Int64 = WallTime.now
  ) throws {
    self.id = id
    flow = plan.name
    self.file = file
    outline = PlanOutline(of: plan)
    self.inputs = try inputs.mapValues { try $0.storedValue() }
    self.selection = selection
    self.made = made
  }
}

/// How a run stands as a whole.
public struct RunStanding: Sendable, Hashable, Codable {
  /// Its state.
  public var state = FlowState.pending

  /// How often what happened.
  public var statistics = RunStatistics()

  /// Whether a failure was left unresolved, so that nothing more was started.
  public var isHalted = false

  /// Whether everything is to be undone.
  public var revertsEverything = false

  /// Whether something is neither done nor undone.
  public var isDirty = false

  /// Whether what is undone is not all that was done: something that could not be undone was accepted as it
  /// is (see ``RunRemedy``), or stays done outside of a retry that gave up.
  public var hasLeft = false

  /// When it was last saved, in microseconds since 1970.
  public var saved: Int64 = 0

  /// A run that has not started.
  public init() {}

  /// All of it as numbers: it is written with each save, so it has a form that costs little.
  package var numbers: [Int] {
    let leaving = isDirty ? 1 : hasLeft ? 2 : 0
    return [
      Int(state.rawValue), isHalted ? 1 : 0, revertsEverything ? 1 : 0, leaving, Int(saved),
    ] + statistics.numbers
  }

  /// What ``numbers`` gave; `nil` for what it can't have given.
  package init?(numbers: [Int]) {
    guard numbers.count > 5, let raw = UInt8(exactly: numbers[0]),
      let state = FlowState(rawValue: raw),
      let statistics = RunStatistics(numbers: Array(numbers[5...]))
    else { return nil }
    self.state = state
    isHalted = numbers[1] == 1
    revertsEverything = numbers[2] == 1
    isDirty = numbers[3] == 1
    hasLeft = numbers[3] == 2
    saved = Int64(numbers[4])
    self.statistics = statistics
  }
}

/// How an atom stands.
public struct StoredAtom: Sendable, Hashable, Codable {
  /// Its state.
  public var state: AtomState

  /// What is to become of it.
  public var intention: Intention

  /// How often it was executed.
  public var attempts: Int

  /// What `execute` returned, while it counts as done.
  public var result: StoredResult?

  /// Why `execute` failed, while it counts as failed.
  public var failure: Failure?

  /// A controller's attempts.
  public var history: StoredHistory?

  /// How an atom stands.
  public init(
    state: AtomState, intention: Intention, attempts: Int, result: StoredResult? = nil,
    failure: Failure? = nil, history: StoredHistory? = nil
  ) {
    self.state = state
    self.intention = intention
    self.attempts = attempts
    self.result = result
    self.failure = failure
    self.history = history
  }
}

/// What an atom returned, in the form that stores have.
public struct StoredResult: Sendable, Hashable {
  /// The whole result; `nil` when the atom returned nothing.
  public var whole: FlowValue?

  /// The value of each provided symbol; `nil` where the result lacks it.
  public var elements: [FlowValue?]

  /// The stored form of a result.
  ///
  /// - Throws: `FlowValueConversionError` when a value's own encoding throws.
  public init(_ result: AtomResult) throws {
    // All elements together are a map or a list of them.
    whole = try result.whole?.storedValue(around: 1)
    elements = try result.elements.map { try $0?.storedValue() }
  }

  /// The result.
  public var result: AtomResult {
    AtomResult(
      whole: whole.map { BoxedValue($0) }, elements: elements.map { $0.map { BoxedValue($0) } })
  }
}

extension StoredResult: Codable {
  private enum CodingKeys: CodingKey {
    case whole, elements
  }

  /// Reads a result; a value that is null is not the same as none, so each is in a list of at most one.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    whole = try container.decodeIfPresent([FlowValue].self, forKey: .whole)?.first
    elements =
      try container.decodeIfPresent([[FlowValue]].self, forKey: .elements)?.map(\.first) ?? []
  }

  /// Writes the result.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    if let whole { try container.encode([whole], forKey: .whole) }
    guard !elements.isEmpty else { return }
    try container.encode(elements.map { $0.map { [$0] } ?? [] }, forKey: .elements)
  }
}

/// A controller's attempts, in the form that stores have.
public struct StoredHistory: Sendable, Hashable, Codable {
  /// What was provided for each attempt, and the failures that were filed in it.
  public struct Entry: Sendable, Hashable {
    /// What the controller provided for it; `nil` if nothing.
    public var value: FlowValue?
    /// The failures, in order.
    public var failures: [History.Outcome]
  }

  /// The attempts, oldest first.
  public var entries: [Entry]

  /// The controller's own failure.
  public var ownFailure: Failure?

  /// The stored form of a history.
  ///
  /// - Throws: `FlowValueConversionError` when a value's own encoding throws.
  public init(_ history: History) throws {
    entries = try history.entries.map { entry in
      Entry(value: try entry.value?.storedValue(), failures: entry.failures)
    }
    ownFailure = history.ownFailure
  }

  /// The history.
  public var history: History {
    var history = History()
    for entry in entries {
      history.begin(value: entry.value.map { BoxedValue($0) })
      for filed in entry.failures { history.file(filed.failure, of: filed.atom) }
    }
    history.ownFailure = ownFailure
    return history
  }
}

extension StoredHistory.Entry: Codable {
  private enum CodingKeys: CodingKey {
    case value, failures
  }

  /// Reads an attempt.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    // A value that is null is not the same as none.
    if container.contains(.value) {
      value = try container.decode(FlowValue.self, forKey: .value)
    }
    failures = try container.decode([History.Outcome].self, forKey: .failures)
  }

  /// Writes the attempt.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    if let value { try container.encode(value, forKey: .value) }
    try container.encode(failures, forKey: .failures)
  }
}

/// A failure of a run.
public struct StoredFailure: Sendable, Hashable, Codable {
  /// The place in the order in which failures happened, from 0.
  public var serial: Int

  /// The atom's name.
  public var atom: String

  /// Whether it was its revert that failed.
  public var isRevert: Bool

  /// The place among the failures that the run recovered from, if it did; of a revert what somebody had
  /// done about it, as the number of a ``Settlement``.
  public var recovered: Int?

  /// What went wrong.
  public var failure: Failure

  /// What somebody had done about a revert that failed: see ``RunRemedy``.
  public enum Settlement: Int, Sendable {
    /// It was called again, or somebody undid it by hand in a run of an earlier version.
    case retried
    /// What should have been undone was accepted as it is.
    case accepted
    /// Somebody undid it by hand.
    case marked
  }

  /// Whether it is of a revert, and what should have been undone was accepted as it is.
  public var isAccepted: Bool { isRevert && recovered == Settlement.accepted.rawValue }

  /// A failure of a run.
  public init(serial: Int, atom: String, isRevert: Bool, recovered: Int?, failure: Failure) {
    self.serial = serial
    self.atom = atom
    self.isRevert = isRevert
    self.recovered = recovered
    self.failure = failure
  }
}

/// A call of an atom's method.
public struct StoredCall: Sendable, Hashable, Codable {
  /// The atom's name.
  public var atom: String

  /// Which method was called.
  public var action: TaskContext.Action

  /// Which attempt it was, from 1.
  public var attempt: Int

  /// When it began, in microseconds since 1970; with several beginnings of one attempt, the last.
  public var began: Int64

  /// When it ended, in microseconds since 1970; `nil` while nothing is known of that.
  public var ended: Int64?

  /// What went wrong, if something did.
  public var failure: Failure?

  /// A call of an atom's method.
  public init(
    atom: String, action: TaskContext.Action, attempt: Int, began: Int64, ended: Int64? = nil,
    failure: Failure? = nil
  ) {
    self.atom = atom
    self.action = action
    self.attempt = attempt
    self.began = began
    self.ended = ended
    self.failure = failure
  }
}

/// Who has a run.
public struct RunOwner: Sendable, Hashable, Codable {
  /// The process.
  public var process: Int32
  /// The name of its machine.
  public var host: String

  /// This process.
  public static var current: RunOwner {
    var name = [CChar](repeating: 0, count: 256)
    gethostname(&name, name.count - 1)
    return RunOwner(
      process: getpid(),
      host: String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self))
  }

  /// A process on a machine.
  public init(process: Int32, host: String) {
    self.process = process
    self.host = host
  }
}
