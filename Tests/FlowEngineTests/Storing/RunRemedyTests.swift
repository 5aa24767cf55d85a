import FlowEngine
import TaskFlow
import TaskFlowTesting
import Testing

/// What becomes of a run of which somebody says what it can't know by itself.
struct RunRemedyTests {
  private let script = TaskScript()

  /// The revert of b fails the first time, so a is not undone.
  private func dirtyRun(in store: MemoryRunStore) async throws -> Engine {
    let plan = try compile(
      .linear("all") {
        script.task("a")
        script.task("b", reverts: .fails("stuck"), .succeeds)
        script.task("c", executes: .fails("no"))
      })
    let engine = Engine(plan: plan)
    let report = try await engine.run(RunHead(id: "run", plan: plan), in: store)
    #expect(report.state == .failure)
    #expect(report.isDirty)
    #expect(store.run("run")?.standing.isDirty == true)
    return engine
  }

  private func ran(_ body: () async throws -> Void) async rethrows -> [String] {
    let before = script.log.lines.count
    try await body()
    return Array(script.log.lines[before...])
  }

  @Test func `without a remedy it is told as it ended`() async throws {
    let store = MemoryRunStore()
    let engine = try await dirtyRun(in: store)
    let lines = try await ran {
      let report = try await engine.resume("run", in: store)
      #expect(report.isDirty)
      #expect(report.state == .failure)
    }
    #expect(lines == [])
  }

  @Test func `a revert that failed is tried again, and what comes before it is undone`()
    async throws
  {
    let store = MemoryRunStore()
    let engine = try await dirtyRun(in: store)
    let lines = try await ran {
      let report = try await engine.resume("run", in: store, remedy: .retryReverts)
      #expect(report.state == .reverted)
      #expect(!report.isDirty)
    }
    #expect(lines == ["b-", "a-"])
    #expect(store.run("run")?.standing.isDirty == false)
    #expect(store.run("run")?.atoms["b"]?.state == .reverted)
  }

  @Test(arguments: [RunRemedy.markReverted(["b"]), .acceptReverts])
  func `a task that counts as undone is not called, and what comes before it is undone`(
    remedy: RunRemedy
  ) async throws {
    let store = MemoryRunStore()
    let engine = try await dirtyRun(in: store)
    let lines = try await ran {
      let report = try await engine.resume("run", in: store, remedy: remedy)
      #expect(report.state == .reverted)
    }
    #expect(lines == ["a-"])
  }

  @Test func `a task whose revert has not failed is refused`() async throws {
    let store = MemoryRunStore()
    let engine = try await dirtyRun(in: store)
    await #expect(throws: StoreFailure.self) {
      _ = try await engine.resume("run", in: store, remedy: .markReverted(["a"]))
    }
    #expect(store.run("run")?.standing.isDirty == true)
    let report = try await engine.resume("run", in: store, remedy: .retryReverts)
    #expect(report.state == .reverted)
  }

  @Test(arguments: [RunRemedy.retryReverts, .markReverted(["b"])], 1...2)
  func `a remedy is kept before anything is done about it`(remedy: RunRemedy, saves: Int)
    async throws
  {
    let store = MemoryRunStore()
    let engine = try await dirtyRun(in: store)
    let broken = try? await engine.resume(
      "run", in: BreakingStore(store, saves: saves), remedy: remedy)
    #expect(broken?.storeFailure != nil)
    let report = try await engine.resume("run", in: store)
    #expect(report.state == .reverted)
    #expect(!report.isDirty)
    #expect(store.run("run")?.atoms["a"]?.state == .reverted)
    #expect(store.run("run")?.atoms["b"]?.state == .reverted)
  }
}
