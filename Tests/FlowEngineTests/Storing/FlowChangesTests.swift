import FlowEngine
import TaskFlow
import TaskFlowTesting
import Testing

/// What a changed flow means for a run that goes on with it.
struct FlowChangesTests {
  private static let text = """
    tfgraph: 1
    flow: f
    inputs: { y: { type: int } }
    linear:
      - { task: a, run: echo 1, provides: x, revert: { run: undo a } }
      - { task: b, run: echo b, requires: [x], timeout: 5s, revert: { run: undo b } }
      - flow: inner
        retry: { times: 2 }
        linear:
          - { task: c, run: echo c, requires: [x], revert: none }
          - { task: d, run: echo d, revert: none }

    """

  private static func plan(_ text: String) throws -> Plan {
    try #require(FlowDocument.read(bytes: Array(text.utf8), path: "f").compile()?.plan)
  }

  /// A run in which `a` is done, `b` is under way, and the rest has not begun.
  private static func run() throws -> StoredRun {
    var run = StoredRun(
      head: try RunHead(id: "run", plan: try plan(text)), owner: RunOwner(process: 1, host: "h"))
    run.standing.state = .running
    run.atoms["a"] = StoredAtom(
      state: .success, intention: .execute, attempts: 1,
      result: try StoredResult(
        AtomResult(whole: BoxedValue("1"), elements: [BoxedValue("1")])))
    run.atoms["b"] = StoredAtom(state: .running, intention: .execute, attempts: 1)
    return run
  }

  enum Weight: String {
    case compatible, mattering, irreconcilable
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let old: String
    let new: String
    let weight: Weight
    let phrase: String

    init(_ old: String, _ new: String, _ weight: Weight, _ phrase: String) {
      (self.old, self.new, self.weight, self.phrase) = (old, new, weight, phrase)
    }

    var testDescription: String { "\(old) → \(new)" }
  }

  static let cases = [
    Case("timeout: 5s", "timeout: 9s", .compatible, "the description, timeout or priority of 'b'"),
    Case(
      "task: b,", "task: b, description: B,", .compatible,
      "the description, timeout or priority of 'b'"),
    Case("flow: f", "flow: g", .compatible, "flow 'f' is gone"),
    // Its controller goes by its name.
    Case("flow: inner", "flow: other", .mattering, "'inner.retry' is gone"),
    Case(
      "flow: inner", "flow: inner\n    timeout: 1h", .compatible,
      "the description, timeout or limit of flow 'inner'"),
    Case(
      "flow: f", "flow: f\nconcurrency: { limit: 2 }", .compatible,
      "the description, timeout or limit of flow 'f'"),
    Case("echo 1", "echo 2", .compatible, "what 'a' does"),
    Case("echo b", "echo bb", .mattering, "what 'b' does"),
    Case("echo d", "echo dd", .mattering, "what 'd' does"),
    Case("undo a", "undo aa", .mattering, "how 'a' is undone"),
    Case("times: 2", "times: 3", .mattering, "the rules of 'inner.retry'"),
    Case("run: echo d,", "run: echo d, when: x == \"1\",", .mattering, "when 'd' is skipped"),
    Case("requires: [x], revert: none", "revert: none", .mattering, "what 'c' requires"),
    Case("run: echo d,", "run: echo d, provides: z,", .mattering, "what 'd' provides"),
    Case("      - { task: d, run: echo d, revert: none }\n", "", .mattering, "'d' is gone"),
    Case(
      "      - { task: c", "      - { task: new, run: echo, revert: none }\n      - { task: c",
      .compatible, "'new' is new"),
    Case(
      "  - { task: b", "  - { task: new, run: echo, revert: none }\n  - { task: b", .irreconcilable,
      "'b' has begun, and comes after 'new' now, which is not done"),
    Case("provides: x", "provides: [x, y]", .irreconcilable, "what 'a' provides, and it has begun"),
    Case("task: a,", "task: z,", .irreconcilable, "'a' is gone, and it has begun"),
    Case(
      "task: b,", "task: b, version: 2.0,", .irreconcilable, "the version of 'b', and it has begun"),
    Case("task: b,", "task: b, version: 1.1,", .compatible, "the version of 'b'"),
    Case(
      "      - { task: c, run: echo c, requires: [x], revert: none }\n      - { task: d, run: echo d, revert: none }\n",
      "      - { task: d, run: echo d, revert: none }\n      - { task: c, run: echo c, requires: [x], revert: none }\n",
      .mattering, "the order between its tasks"),
    Case("task: b,", "task: b, at_most_once: true,", .mattering, "whether 'b' is run at most once"),
    Case(
      "requires: [x], revert: none", "requires: [y], revert: none", .irreconcilable,
      "it requires 'y' now, and the run was not given it"),
    Case(
      "      - { task: c",
      "      - { task: new, run: echo, provides: x, revert: none }\n      - { task: c", .mattering,
      "what 'c' requires"),
  ]

  @Test(arguments: cases) func `each difference is named, and weighs what it should`(
    change: Case
  ) throws {
    let text = Self.text.replacing(change.old, with: change.new)
    #expect(text != Self.text)
    let changes = try Self.run().changes(to: try Self.plan(text))
    let (found, others) =
      switch change.weight {
      case .compatible: (changes.compatible, changes.mattering + changes.irreconcilable)
      case .mattering: (changes.mattering, changes.irreconcilable)
      case .irreconcilable: (changes.irreconcilable, [])
      }
    if change.phrase.isEmpty {
      #expect(changes.isEmpty)
    } else {
      #expect(found.contains(change.phrase), "\(changes)")
      #expect(others.isEmpty, "\(changes)")
    }
  }

  @Test func `what is done may be done again as long as a controller can be asked`() throws {
    var run = try Self.run()
    run.atoms["c"] = StoredAtom(state: .success, intention: .execute, attempts: 1)
    let text = Self.text.replacing("echo c", with: "echo cc")
    #expect(run.changes(to: try Self.plan(text)).mattering == ["what 'c' does"])
  }

  @Test func `of a run that is to be undone only what undoes it matters`() throws {
    let text = Self.text.replacing("echo b", with: "echo bb").replacing(
      "times: 2", with: "times: 3"
    )
    .replacing("undo a", with: "undo aa").replacing(
      "      - { task: d, run: echo d, revert: none }\n", with: "")
    let changes = try Self.run().changes(to: try Self.plan(text), isToBeUndone: true)
    #expect(changes.mattering == ["how 'a' is undone"])
    #expect(changes.irreconcilable == [])
    #expect(changes.compatible.contains("'d' is gone"))
  }

  @Test func `another order is seen beside a task that is new`() throws {
    let text = """
      tfgraph: 1
      flow: f
      graph:
        - { task: a, run: echo, revert: none }
        - { task: b, run: echo, after: [a], revert: none }
        - { task: c, run: echo, after: [b], revert: none }

      """
    let run = StoredRun(
      head: try RunHead(id: "run", plan: try Self.plan(text)),
      owner: RunOwner(process: 1, host: "h"))
    let added = text + "  - { task: new, run: echo, after: [b], revert: none }\n"
    #expect(run.changes(to: try Self.plan(added)).mattering == [])
    let between = added.replacing(
      "after: [b], revert: none }\n  - { task: new",
      with: "after: [new], revert: none }\n  - { task: new")
    #expect(run.changes(to: try Self.plan(between)).mattering == [])
    let moved = added.replacing(
      "task: c, run: echo, after: [b]", with: "task: c, run: echo, after: [a]")
    #expect(run.changes(to: try Self.plan(moved)).mattering == ["the order between its tasks"])
  }

  @Test func `while a run is undone its tasks must stay the same`() throws {
    var run = try Self.run()
    run.atoms["b"]?.intention = .revert
    let text = Self.text.replacing("      - { task: d, run: echo d, revert: none }\n", with: "")
    #expect(
      run.changes(to: try Self.plan(text)).irreconcilable
        == ["its tasks are others, and it is being undone"])
  }

  private let script = TaskScript()

  /// A run that stopped when `a` was done.
  private func stoppedRun(in store: MemoryRunStore) async throws {
    let plan = try compile(
      .linear("f") {
        script.task("a")
        script.task("b")
      })
    _ = try await Engine(plan: plan).run(
      RunHead(id: "run", plan: plan), in: BreakingStore(store, saves: 1, keepsLast: true))
    #expect(store.run("run")?.atoms["a"]?.state == .success)
  }

  @Test func `a task that is added before what has not begun is run`() async throws {
    let store = MemoryRunStore()
    try await stoppedRun(in: store)
    let before = script.log.lines.count
    let plan = try compile(
      .linear("f") {
        script.task("a")
        script.task("b")
        script.task("c")
      })
    let report = try await Engine(plan: plan).resume("run", in: store)
    #expect(report.state == .success)
    #expect(script.log.lines.dropFirst(before).suffix(2) == ["b+", "c+"])
    #expect(store.run("run")?.head.outline.atoms.map(\.name) == ["a", "b", "c"])
    #expect(store.run("run")?.changes(to: plan).isEmpty == true)
  }

  @Test func `what matters is accepted or refused, and what can't be is refused`() async throws {
    let store = MemoryRunStore()
    try await stoppedRun(in: store)
    let shorter = try compile(.linear("f") { script.task("a") })
    let without = try compile(.linear("f") { script.task("x") })
    let failure = await #expect(throws: StoreFailure.self) {
      _ = try await Engine(plan: without).resume("run", in: store, acceptsChanges: true)
    }
    #expect(failure?.description.contains("'a' is gone, and it has begun") == true)
    let refused = await #expect(throws: StoreFailure.self) {
      _ = try await Engine(plan: shorter).resume("run", in: store)
    }
    #expect(refused?.reason == .changedFlow)
  }
}

/// The fingerprint of a plan.
struct PlanDigestTests {
  private func digest(_ text: String) throws -> String {
    let bytes = Array("tfgraph: 1\nflow: f\nlinear:\n\(text)\n".utf8)
    let plan = try #require(FlowDocument.read(bytes: bytes, path: "f").compile()?.plan)
    return PlanOutline(of: plan).digest
  }

  @Test func `it is the same for the same flow, and in every process`() throws {
    let text = "  - { task: a, run: echo a, revert: none }"
    #expect(try digest(text) == digest("  # a remark\n  - { revert: none, task: a, run: echo a }"))
    // Computed apart from the definition of FNV-1a.
    #expect(try digest(text) == "2befbede60847903")
    #expect(try digest(text) != digest(text.replacing("echo a", with: "echo b")))
    #expect(try digest(text) != digest(text + "\n  - { task: b, run: echo, revert: none }"))
  }

  @Test func `what is stored of a plan is what its encoding gives`() throws {
    let text = """
      tfgraph: 1
      flow: f
      linear:
        - { task: a, run: echo, provides: x, when: 1 == 1, version: 1.2, timeout: 5s, revert: { run: b } }
        - { task: b, set: { y: 1 }, retry: { times: 2 }, revert: none }

      """
    let plan = try #require(FlowDocument.read(bytes: Array(text.utf8), path: "f").compile()?.plan)
    for selection in [nil, ["a"]] {
      let head = try RunHead(
        id: "r", plan: plan, file: selection.map { _ in "/f" }, inputs: ["i": BoxedValue(1)],
        selection: selection)
      #expect(try head.flowValue == FlowValue(encoding: head))
    }
  }
}
