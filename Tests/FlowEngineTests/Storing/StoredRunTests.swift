import FlowEngine
import Synchronization
import TaskFlow
import TaskFlowTesting
import Testing

/// Runs whose store breaks at any save go on from what was kept, and end as if nothing had happened.
struct StoredRunTests {
  fileprivate static let size = Symbol<Int>("size")
  fileprivate static let names = Symbol<[String]>("names")
  fileprivate static let region = Symbol<String>("region")

  /// Counts what bodies did, by task and attempt.
  fileprivate final class Effects: Sendable {
    private let counts = Mutex<[String: Int]>([:])

    func note(_ context: TaskContext) {
      counts.withLock {
        $0["\(context.atom) \(context.action) \(context.attempt)", default: 0] += 1
      }
    }

    var all: [String: Int] { counts.withLock { $0 } }
  }

  /// A task that fails in its first attempts, and notes what it does.
  fileprivate static func task(
    _ name: String, _ effects: Effects, failing: Int = 0, isIrreversible: Bool = false
  ) -> FlowTask {
    FlowTask(
      name,
      withContext: { (context: TaskContext) in
        effects.note(context)
        if context.attempt <= failing { throw Failure("\(name)#\(context.attempt)") }
      }
    ).reverting { context in
      effects.note(context)
      if isIrreversible { throw Failure("\(name) stays") }
    }
  }

  @Test func `what is told during each attempt is heard, also when the run is kept`() async throws {
    let plan = try compile(
      .linear("all", retry: .times("again", attempts: 3)) {
        FlowTask(
          "says",
          withContext: { (context: TaskContext) in
            context.tell("attempt", .int(context.attempt))
            if context.attempt < 3 { throw Failure("again") }
          })
      })
    let capture = EventCapture()
    let report = try await Engine(plan: plan).run(
      RunHead(id: "run", plan: plan), in: MemoryRunStore(), listeners: [capture])
    #expect(report.state == .success)
    let told = capture.events.compactMap { event -> FlowValue? in
      if case .told(_, _, let details) = event.kind { details } else { nil }
    }
    #expect(told == [1, 2, 3])
  }

  enum World: String, CaseIterable {
    case values, retries, regions, undone, dirty, skipped, wide

    fileprivate func flow(_ effects: Effects) -> Flow {
      switch self {
      case .values:
        .linear("values") {
          FlowTask("measure", provides: StoredRunTests.size, StoredRunTests.names) {
            (3, ["a", "b"])
          }
          FlowTask(
            "join", requires: StoredRunTests.size, StoredRunTests.names,
            provides: StoredRunTests.region
          ) {
            "\($0) \($1.joined(separator: "+"))"
          }
          StoredRunTests.task("last", effects)
        }
      case .retries:
        .linear("retries", retry: .times("outer", attempts: 2)) {
          StoredRunTests.task("first", effects)
          Flow.linear("inner", retry: .times("inner-retry", attempts: 2)) {
            StoredRunTests.task("a", effects)
            StoredRunTests.task("flaky", effects, failing: 3)
          }
        }
      case .regions:
        .linear(
          "regions",
          retry: .forEach("each", values: ["x", "y", "z"], provides: StoredRunTests.region)
        ) {
          StoredRunTests.task("load", effects, failing: 2)
          FlowTask("report", requires: StoredRunTests.region, provides: StoredRunTests.names) {
            [$0]
          }
        }
      case .undone:
        .linear("undone") {
          StoredRunTests.task("a", effects)
          Flow.unordered("both") {
            StoredRunTests.task("b", effects)
            StoredRunTests.task("c", effects)
          }
          StoredRunTests.task("fails", effects, failing: 1)
        }
      case .dirty:
        .linear("dirty") {
          StoredRunTests.task("a", effects)
          StoredRunTests.task("stays", effects, isIrreversible: true)
          StoredRunTests.task("fails", effects, failing: 1)
        }
      case .skipped: skipping(effects)
      case .wide:
        .unordered("wide") { for index in 0..<12 { StoredRunTests.task("t\(index)", effects) } }
      }
    }

    private func skipping(_ effects: Effects) -> Flow {
      var flow = Flow.graph("skipping", retry: .times("again", attempts: 2)) {
        for name in ["a", "b"] { StoredRunTests.task(name, effects) }
        StoredRunTests.task("c", effects, failing: 1)
      }
      flow.link(from: "a", to: "b", decider: LinkDecider(depth: .atom) { _ in false })
      flow.link(from: "b", to: "c")
      return flow
    }
  }

  /// What is the same however often an engine dies.
  private struct End: Equatable {
    var state: FlowState
    var atoms: [String: StoredAtom]
    var failures: [StoredFailure]

    init?(_ run: StoredRun?) {
      guard let run else { return nil }
      state = run.standing.state
      atoms = run.atoms
      failures = run.failures
    }
  }

  private func engine(_ world: World, _ effects: Effects) throws -> (Engine, RunHead) {
    let plan = try compile(world.flow(effects))
    return (
      Engine(plan: plan, options: .serial),
      try RunHead(id: "run", plan: plan, inputs: [:], made: 0)
    )
  }

  /// Runs until the store has broken as often as is said, and then to the end.
  ///
  /// - Returns: the end, and whether the store broke each time.
  private func run(
    _ world: World, breaks: [(saves: Int, keepsLast: Bool)], _ effects: Effects = Effects()
  ) async throws -> (end: End?, broke: Bool, report: RunReport?) {
    let store = MemoryRunStore()
    let (engine, head) = try engine(world, effects)
    var broke = true
    for (index, point) in breaks.enumerated() {
      let failing = BreakingStore(store, saves: point.saves, keepsLast: point.keepsLast)
      let report =
        index == 0
        ? try await engine.run(head, in: failing) : try await engine.resume("run", in: failing)
      guard report.storeFailure != nil else {
        broke = false
        break
      }
      #expect(report.state == .suspended)
    }
    let report =
      breaks.isEmpty
      ? try await engine.run(head, in: store) : try await engine.resume("run", in: store)
    return (End(store.run("run")), broke, report)
  }

  @Test(arguments: World.allCases, [true, false])
  func `a run that breaks at any save ends as one that does not`(world: World, keepsLast: Bool)
    async throws
  {
    let whole = try await run(world, breaks: [])
    var saves = 0
    while true {
      let broken = try await run(world, breaks: [(saves, keepsLast)])
      #expect(broken.end == whole.end, "after \(saves) saves")
      #expect(broken.report?.failures.map(\.failure) == whole.report?.failures.map(\.failure))
      #expect(broken.report?.recoveredFailures.count == whole.report?.recoveredFailures.count)
      #expect(broken.report?.values.keys.sorted() == whole.report?.values.keys.sorted())
      #expect(broken.report?.statistics.retries == whole.report?.statistics.retries)
      guard broken.broke, saves < 100 else { break }
      saves += 1
    }
    #expect(saves > 2)
    #expect(saves < 100)
  }

  @Test(arguments: [World.values, .undone, .dirty])
  func `a run that breaks twice ends as one that does not`(world: World) async throws {
    let whole = try await run(world, breaks: [])
    for first in 0..<8 {
      for second in 0..<8 {
        let broken = try await run(world, breaks: [(first, true), (second, false)])
        #expect(broken.end == whole.end, "after \(first) and \(second) saves")
      }
    }
  }

  @Test func `only what had begun and not ended is done again`() async throws {
    for saves in 0..<8 {
      let effects = Effects()
      let whole = Effects()
      _ = try await run(.undone, breaks: [], whole)
      _ = try await run(.undone, breaks: [(saves, false)], effects)
      let again = effects.all.filter { $0.value > 1 }
      #expect(again.count <= 1, "\(again)")
      #expect(Set(effects.all.keys) == Set(whole.all.keys))
    }
  }

  @Test func `nothing begins before it is stored, and nothing is told`() async throws {
    let effects = Effects()
    let (engine, head) = try engine(.undone, effects)
    let capture = EventCapture()
    let store = BreakingStore(MemoryRunStore(), saves: 0, keepsLast: false)
    let report = try await engine.run(head, in: store, listeners: [capture])
    #expect(report.storeFailure?.description == "the disk is full")
    #expect(effects.all.isEmpty)
    #expect(capture.take().isEmpty)
  }

  @Test func `a run that has ended is told as it ended, and nothing is run`() async throws {
    let effects = Effects()
    let store = MemoryRunStore()
    let (engine, head) = try engine(.undone, effects)
    let first = try await engine.run(head, in: store)
    let before = effects.all
    let second = try await engine.resume("run", in: store)
    #expect(second.state == .reverted)
    #expect(second.failures.map(\.failure) == first.failures.map(\.failure))
    #expect(effects.all == before)
  }

  @Test func `a run whose flow has changed is not gone on with, and what changed is named`()
    async throws
  {
    let store = MemoryRunStore()
    let (engine, head) = try engine(.values, Effects())
    _ = try await engine.run(
      head, in: BreakingStore(store, saves: 2, keepsLast: false))
    let other = try compile(.linear("values") { FlowTask("measure", provides: Self.size) { 3 } })
    await #expect(
      throws: StoreFailure(
        .changedFlow,
        "the flow of run 'run' has changed: 'join' is gone, and it has begun, and 1 more; "
          + "run it with the flow that it began with")
    ) {
      _ = try await Engine(plan: other).resume("run", in: store)
    }
    #expect(try await engine.resume("run", in: store).state == .success)
  }

  @Test func `a result that can't be stored is the failure of its task`() async throws {
    struct Stubborn: Codable, Sendable {
      init() {}
      init(from decoder: any Decoder) throws { throw Failure("no") }
      func encode(to encoder: any Encoder) throws { throw Failure("can't be encoded") }
    }
    let plan = try compile(
      .linear("all") { FlowTask("a", provides: Symbol<Stubborn>("s")) { Stubborn() } })
    let report = try await Engine(plan: plan).run(
      RunHead(id: "run", plan: plan), in: MemoryRunStore())
    #expect(report.state == .reverted)
    #expect(report.failures.map(\.atom) == ["a"])
  }

  @Test func `calls are kept with their times and failures`() async throws {
    let store = MemoryRunStore()
    let (engine, head) = try engine(.retries, Effects())
    _ = try await engine.run(head, in: store)
    let calls = try #require(store.run("run")).calls
    #expect(calls.count { $0.atom == "flaky" && $0.action == .execute } == 4)
    #expect(
      calls.filter { $0.atom == "flaky" && $0.action == .execute }.map(\.failure?.message)
        == ["flaky#1", "flaky#2", "flaky#3", nil])
    for call in calls { #expect(try #require(call.ended) >= call.began) }
  }
}
