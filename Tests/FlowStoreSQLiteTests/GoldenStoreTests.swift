import FlowEngine
import FlowStoreSQLite
import Foundation
import TaskFlow
import TaskFlowTesting
import Testing

/// Files that earlier versions have written are gone on with by this one.
struct GoldenStoreTests {
  private static let size = Symbol<Int>("size")

  /// The flow of the run in each file; it never changes.
  private static func plan() throws -> Plan {
    let flow = Flow.linear("golden", retry: .times("again", attempts: 3)) {
      FlowTask("measure", provides: size) { 7 }
      FlowTask(
        "flaky",
        withContext: { (context: TaskContext) in
          if context.attempt < 3 { throw Failure("attempt \(context.attempt)") }
        })
      FlowTask("last", requires: size) { size in
        if size != 7 { throw Failure("the size is \(size)") }
      }
    }
    return try #require(Compiler().compile(flow).plan)
  }

  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Golden")

  /// The file of each version of the schema.
  private static let files = ["version-1.db", "version-2.db"]
  private static let newest = "version-2.db"

  private func withFile<Value>(
    _ name: String, _ body: (URL) async throws -> Value
  ) async throws -> Value {
    let scratch = FileManager.default.temporaryDirectory.appending(
      path: "tfgraph-golden-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: scratch) }
    let file = scratch.appending(path: "runs.db")
    try FileManager.default.copyItem(at: Self.folder.appending(path: name), to: file)
    return try await body(file)
  }

  @Test(arguments: files) func `a run of an earlier version is gone on with`(name: String)
    async throws
  {
    try await withFile(name) { file in
      let store = try SQLiteRunStore(path: file.path)
      let stored = try #require(try store.run("golden"))
      #expect(stored.standing.state == .running)
      #expect(try store.runs().map(\.standing) == [stored.standing])
      #expect(stored.atoms["flaky"]?.state == .running)
      #expect(stored.atoms["again"]?.history?.entries.count == 2)
      #expect(stored.failures.map(\.failure.message) == ["attempt 1"])
      #expect(stored.calls.map(\.atom) == ["measure", "flaky", "measure", "flaky"])
      let report = try await Engine(plan: Self.plan()).resume("golden", in: store)
      #expect(report.state == .success)
      #expect(report.recoveredFailures.map(\.failure.message) == ["attempt 1", "attempt 2"])
      #expect(report.atoms.map(\.attempts) == [3, 3, 3, 1])
      #expect(try report.values["size"]?.value(as: Int.self) == 7)
      let ended = try #require(try SQLiteRunStore(path: file.path).run("golden"))
      #expect(try store.runs().map(\.standing) == [ended.standing])
      #expect(ended.standing.state == .success)
      #expect(ended.calls.map(\.attempt) == [1, 1, 2, 2, 3, 3, 1])
      #expect(ended.calls.allSatisfy { $0.ended != nil })
    }
  }

  @Test func `a file of an earlier version is of this one once a run in it is taken`() async throws
  {
    try await withFile("version-1.db") { file in
      let (first, second) = (
        try SQLiteRunStore(path: file.path), try SQLiteRunStore(path: file.path)
      )
      func version() throws -> String? {
        try second.settings().first { $0.name == "user_version" }?.value
      }
      _ = try (first.runs(), second.run("golden"))
      #expect(try version() == "1")
      let (lease, stored) = try first.take("golden", owner: .current)
      #expect(try version() == "2")
      #expect(try second.run("golden") == stored)
      var changes = RunChanges()
      changes.standing.state = .suspended
      try first.save(changes, as: lease)
      #expect(try second.run("golden")?.standing.state == .suspended)
      #expect(try second.run("golden")?.atoms == stored.atoms)
      first.release(lease)
      try second.remove("golden")
      #expect(try first.runs() == [])
    }
  }

  /// The header of a SQLite file has the version of the schema at byte 60, and whose file it is at byte 68.
  @Test(arguments: [
    (60, "was written by a newer version of tfgraph; use that one"),
    (68, "is another program's database"),
  ])
  func `a file that is not for this version is refused and left as it was`(
    offset: Int, phrase: String
  ) async throws {
    try await withFile(Self.newest) { file in
      var bytes = try Data(contentsOf: file)
      bytes[offset + 3] &+= 1
      try bytes.write(to: file)
      #expect(throws: StoreFailure(.broken, "'\(file.path)' \(phrase)")) {
        _ = try SQLiteRunStore(path: file.path)
      }
      #expect(try Data(contentsOf: file) == bytes)
    }
  }

  /// Makes the file of this version: `TFGRAPH_GOLDEN=PATH swift test --filter GoldenStoreTests`.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["TFGRAPH_GOLDEN"] != nil))
  func `a file of this version is written`() async throws {
    let path = try #require(ProcessInfo.processInfo.environment["TFGRAPH_GOLDEN"])
    let store = try SQLiteRunStore(path: path)
    let plan = try Self.plan()
    let head = try RunHead(id: "golden", plan: plan, made: 0)
    let report = try await Engine(plan: plan).run(
      head, in: BreakingStore(store, saves: 4), owner: RunOwner(process: 1, host: "golden"))
    #expect(report.storeFailure != nil)
  }
}
