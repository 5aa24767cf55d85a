public import FlowEngine
import TaskFlow

/// Holds a store against what every store promises.
///
/// ```swift
/// let violations = await RunStoreConformance { try MyStore(path: freshPath()) }.violations()
/// #expect(violations == [])
/// ```
public struct RunStoreConformance: Sendable {
  private let makeStore: @Sendable () throws -> any RunStore

  /// - Parameter makeStore: makes an empty store; it is called for each promise.
  public init(_ makeStore: @escaping @Sendable () throws -> any RunStore) {
    self.makeStore = makeStore
  }

  /// What the store does not do, one sentence each; empty for a store that keeps all promises.
  public func violations() async -> [String] {
    var found: [String] = []
    for promise in Promise.allCases {
      do {
        if try await !holds(promise, for: try makeStore()) {
          found.append("broken: \(promise.rawValue)")
        }
      } catch {
        found.append("broken: \(promise.rawValue): \(error)")
      }
    }
    return found
  }

  private enum Promise: String, CaseIterable {
    case isThere = "a run that is made is there, pending"
    case isUnique = "a name is given once"
    case refusesUnknown = "what is not there is not found, taken or removed"
    case saves = "all that is saved comes back as it was"
    case replaces = "what is saved again replaces what it was"
    case hasOneOwner = "a run has one owner, who is named"
    case canBeTakenAgain = "a run that was given back can be taken"
    case refusesTheStale = "who has lost a run can't write to it"
    case isWonOnce = "of many who want a run one gets it"
    case lists = "runs are listed, the newest first"
    case removes = "a run that somebody has can't be removed, and another is forgotten whole"
  }

  private func holds(_ promise: Promise, for store: any RunStore) async throws -> Bool {
    switch promise {
    case .isThere: try Self.isThereWhenMade(store)
    case .isUnique: try Self.namesAreUnique(store)
    case .refusesUnknown: try Self.unknownRunsAreRefused(store)
    case .saves: try Self.savesEverything(store)
    case .replaces: try Self.replaces(store)
    case .hasOneOwner: try Self.hasOneOwner(store)
    case .canBeTakenAgain: try Self.canBeTakenAgain(store)
    case .refusesTheStale: try Self.refusesTheStale(store)
    case .isWonOnce: try await Self.isWonOnce(store)
    case .lists: try Self.listsRuns(store)
    case .removes: try Self.removes(store)
    }
  }

  // MARK: The promises

  private static let me = RunOwner(process: 1, host: "here")
  private static let other = RunOwner(process: 2, host: "there")

  private static func head(_ id: String) throws -> RunHead {
    let task = FlowTask("a") {}
    guard let plan = Compiler().compile(.linear("flow") { task }).plan else {
      throw Failure("the flow is wrong")
    }
    let inputs: [String: BoxedValue] = [
      "version": BoxedValue("1.4"), "none": BoxedValue(FlowValue.null),
    ]
    return try RunHead(id: id, plan: plan, file: "/flow.yaml", inputs: inputs, made: 1)
  }

  private static func isThereWhenMade(_ store: any RunStore) throws -> Bool {
    let head = try head("a")
    _ = try store.make(head, owner: me)
    return try store.run("a") == StoredRun(head: head, owner: me)
  }

  private static func namesAreUnique(_ store: any RunStore) throws -> Bool {
    let lease = try store.make(head("a"), owner: me)
    store.release(lease)
    guard reason({ _ = try store.make(head("a"), owner: me) }) == .knownRun else { return false }
    // Who was refused has not taken it.
    return try store.take("a", owner: me).1.epoch == 2
  }

  private static func unknownRunsAreRefused(_ store: any RunStore) throws -> Bool {
    try store.run("x") == nil && reason { _ = try store.take("x", owner: me) } == .unknownRun
      && reason { try store.remove("x") } == .unknownRun
  }

  private static func savesEverything(_ store: any RunStore) throws -> Bool {
    let lease = try store.make(head("a"), owner: me)
    let changes = try changes()
    try store.save(changes, as: lease)
    guard let run = try store.run("a") else { return false }
    try expect(run.standing, toBe: changes.standing)
    try expect(run.failures, toBe: changes.failures)
    try expect(run.calls, toBe: changes.calls)
    for (name, atom) in changes.atoms { try expect(run.atoms[name], toBe: atom) }
    return run.atoms.count == changes.atoms.count
  }

  /// - Throws: ``Failure`` that shows both when they differ.
  private static func expect<Value: Equatable>(_ value: Value, toBe expected: Value) throws {
    guard value == expected else { throw Failure("\(value) is not \(expected)") }
  }

  /// Something of everything; a value that is null is not the same as none.
  private static func changes() throws -> RunChanges {
    var history = History()
    history.begin(value: nil)
    history.begin(value: BoxedValue(FlowValue.null))
    let failure = Failure("no", reason: .exit(code: 3), causes: [.init(message: "m", type: "T")])
    history.file(failure, of: "a")
    var changes = RunChanges()
    changes.standing.state = .running
    changes.standing.saved = 7
    changes.atoms = [
      (
        "a'\"\n ä",
        StoredAtom(
          state: .success, intention: .revert, attempts: 2,
          result: try StoredResult(
            AtomResult(
              whole: BoxedValue(FlowValue.null),
              elements: [nil, BoxedValue(FlowValue.null), BoxedValue(1.0), BoxedValue("x")])))
      ),
      ("b", StoredAtom(state: .failure, intention: .execute, attempts: 1, failure: failure)),
      (
        "c",
        StoredAtom(
          state: .success, intention: .execute, attempts: 2, result: try StoredResult(AtomResult()),
          history: try StoredHistory(history))
      ),
    ]
    changes.failures = [
      StoredFailure(serial: 0, atom: "a", isRevert: false, recovered: 0, failure: failure),
      StoredFailure(serial: 1, atom: "b", isRevert: true, recovered: nil, failure: failure),
    ]
    changes.calls = [
      StoredCall(atom: "a", action: .execute, attempt: 1, began: 1, ended: 2, failure: failure),
      StoredCall(atom: "a", action: .revert, attempt: 1, began: 3),
    ]
    return changes
  }

  private static func replaces(_ store: any RunStore) throws -> Bool {
    let lease = try store.make(head("a"), owner: me)
    var changes = try changes()
    try store.save(changes, as: lease)
    changes.standing.state = .suspended
    changes.atoms = [("b", StoredAtom(state: .reverted, intention: .revert, attempts: 5))]
    changes.failures[1].recovered = 1
    changes.failures.removeFirst()
    changes.calls = [StoredCall(atom: "a", action: .revert, attempt: 1, began: 4, ended: 5)]
    var outline = try head("a").outline
    outline.atoms[0].name = "other"
    changes.outline = outline
    try store.save(changes, as: lease)
    guard let run = try store.run("a") else { return false }
    try expect(run.head.outline, toBe: outline)
    return run.standing.state == .suspended && run.atoms.count == 3
      && run.atoms["b"]?.state == .reverted && run.atoms["b"]?.failure == nil
      && run.failures.map(\.recovered) == [0, 1] && run.calls.map(\.ended) == [2, 5]
  }

  private static func hasOneOwner(_ store: any RunStore) throws -> Bool {
    _ = try store.make(head("a"), owner: me)
    return reason { _ = try store.take("a", owner: other) } == .owned(me)
  }

  private static func canBeTakenAgain(_ store: any RunStore) throws -> Bool {
    store.release(try store.make(head("a"), owner: me))
    let (lease, run) = try store.take("a", owner: other)
    return run.owner == other && run.epoch == 2 && lease == RunLease(id: "a", epoch: 2)
  }

  private static func refusesTheStale(_ store: any RunStore) throws -> Bool {
    let stale = try store.make(head("a"), owner: me)
    store.release(stale)
    let (lease, _) = try store.take("a", owner: other)
    store.release(stale)
    let isRefused = reason { try store.save(RunChanges(), as: stale) } == .owned(other)
    try store.save(RunChanges(), as: lease)
    return isRefused
  }

  private static func isWonOnce(_ store: any RunStore) async throws -> Bool {
    store.release(try store.make(head("a"), owner: me))
    let wins = await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<8 {
        group.addTask { (try? store.take("a", owner: other)) != nil }
      }
      return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    return wins == 1
  }

  private static func listsRuns(_ store: any RunStore) throws -> Bool {
    for id in ["b", "c", "a"] { _ = try store.make(head(id), owner: me) }
    let runs = try store.runs()
    return runs.map(\.head.id) == ["a", "c", "b"]
      && runs.allSatisfy { $0.head.outline == PlanOutline() }
  }

  private static func removes(_ store: any RunStore) throws -> Bool {
    let lease = try store.make(head("a"), owner: me)
    try store.save(changes(), as: lease)
    guard reason({ try store.remove("a") }) == .owned(me) else { return false }
    store.release(lease)
    try store.remove("a")
    guard try store.run("a") == nil, try store.runs().isEmpty else { return false }
    store.release(try store.make(head("a"), owner: me))
    return try store.run("a")?.atoms.isEmpty == true
  }

  /// Why something is refused, or `nil` when it is not.
  private static func reason(_ body: () throws -> Void) -> StoreFailure.Reason? {
    do {
      try body()
      return nil
    } catch {
      return (error as? StoreFailure)?.reason
    }
  }
}
