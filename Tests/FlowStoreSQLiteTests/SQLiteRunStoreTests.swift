import FlowEngine
import FlowStoreSQLite
import Foundation
import TaskFlow
import TaskFlowTesting
import Testing

struct SQLiteRunStoreTests {
  private let folder = FileManager.default.temporaryDirectory.appending(
    path: "tfgraph-store-\(UUID().uuidString)")

  private var path: String { folder.appending(path: "runs.db").path }

  private func withFolder<Value>(_ body: () async throws -> Value) async rethrows -> Value {
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body()
  }

  private func head(_ id: String) throws -> RunHead {
    try RunHead(
      id: id, plan: #require(Compiler().compile(.linear("all") { FlowTask("a") {} }).plan))
  }

  @Test func `a store in a file keeps the promises of a store`() async {
    await withFolder {
      let folder = folder.path
      let violations = await RunStoreConformance {
        try SQLiteRunStore(path: "\(folder)-\(UUID().uuidString)/runs.db")
      }.violations()
      #expect(violations == [])
    }
    for file
      in (try? FileManager.default.contentsOfDirectory(
        atPath: folder.deletingLastPathComponent().path)) ?? []
    where file.hasPrefix(folder.lastPathComponent) {
      try? FileManager.default.removeItem(
        at: folder.deletingLastPathComponent().appending(path: file))
    }
  }

  @Test func `what was saved is there when the file is opened again`() async throws {
    try await withFolder {
      let store = try SQLiteRunStore(path: path)
      let lease = try store.make(head("a"), owner: .current)
      var changes = RunChanges()
      changes.standing.state = .running
      try store.save(changes, as: lease)
      #expect(try SQLiteRunStore(path: path).run("a")?.standing.state == .running)
    }
  }

  @Test
  func `a value that is nested as deep as one may be is kept, and a deeper one fails its task`()
    async throws
  {
    try await withFolder {
      let store = try SQLiteRunStore(path: path)
      @Sendable func nested(_ depth: Int) -> FlowValue {
        (0..<depth).reduce(.int(7)) { value, _ in .list([value]) }
      }
      let most = FlowValueJSON.maximumDepth
      let each = RetryController.forEach(
        "each", values: [nested(most)], provides: Symbol<FlowValue>("value"))
      for depth in [most, most + 1] {
        let flow = Flow.linear("f", retry: each) {
          FlowTask("a", provides: Symbol<FlowValue>("deep")) { nested(depth) }
        }
        let plan = try #require(Compiler().compile(flow).plan)
        let id = "run\(depth)"
        let report = try await Engine(plan: plan).run(RunHead(id: id, plan: plan), in: store)
        let isFine = depth == most
        #expect(report.state == (isFine ? .success : .reverted))
        let stored = try #require(try store.run(id))
        #expect(stored.atoms["a"]?.result?.whole == (isFine ? .some(nested(depth)) : .none))
      }
    }
  }

  @Test func `what was saved of a run that is removed is not of the next one`() async throws {
    try await withFolder {
      let store = try SQLiteRunStore(path: path)
      var changes = RunChanges()
      changes.atoms = [("a", StoredAtom(state: .success, intention: .execute, attempts: 1))]
      let first = try store.make(head("a"), owner: .current)
      try store.save(changes, as: first)
      store.release(first)
      try store.remove("a")
      let second = try store.make(head("b"), owner: .current)
      #expect(try store.run("b")?.atoms == [:])
      try store.save(changes, as: second)
      #expect(try store.run("b")?.atoms.keys.sorted() == ["a"])
    }
  }

  @Test(arguments: ["plain", "\"\\\n\u{1}", "ä\u{1F600}", ""])
  func `names of all kinds are kept`(name: String) async throws {
    try await withFolder {
      let store = try SQLiteRunStore(path: path)
      let lease = try store.make(head("a"), owner: .current)
      var changes = RunChanges()
      changes.atoms = [
        (
          name,
          StoredAtom(
            state: .failure, intention: .retry, attempts: 12,
            result: try StoredResult(AtomResult(whole: BoxedValue(name), elements: [nil])),
            failure: Failure(name), history: try StoredHistory(History()))
        )
      ]
      changes.calls = [
        StoredCall(atom: name, action: .revert, attempt: 3, began: 7, failure: Failure(name)),
        StoredCall(atom: name, action: .execute, attempt: 3, began: -5, ended: 8),
      ]
      try store.save(changes, as: lease)
      let run = try #require(try store.run("a"))
      #expect(run.atoms == Dictionary(uniqueKeysWithValues: changes.atoms.map { ($0, $1) }))
      #expect(run.calls == changes.calls.reversed())
    }
  }

  /// A row has a limit, so what is longer is several.
  @Test func `a save of many megabytes is kept as a whole`() async throws {
    try await withFolder {
      let store = try SQLiteRunStore(path: path)
      let lease = try store.make(head("a"), owner: .current)
      let text = String(repeating: "x", count: 1 << 19)
      var changes = RunChanges()
      changes.standing.state = .running
      for number in 0..<7 {
        var atom = StoredAtom(state: .success, intention: .execute, attempts: number)
        atom.result = try StoredResult(AtomResult(whole: BoxedValue(text), elements: []))
        changes.atoms.append(("a\(number)", atom))
      }
      try store.save(changes, as: lease)
      changes.atoms = [changes.atoms[0]]
      changes.standing.state = .success
      try store.save(changes, as: lease)
      let run = try #require(try SQLiteRunStore(path: path).run("a"))
      #expect(run.standing.state == .success)
      #expect((0..<7).map { run.atoms["a\($0)"]?.attempts } == Array(0..<7))
    }
  }

  @Test(arguments: [true, false])
  func `nothing is saved into a file that is not there any more`(isReplaced: Bool) async throws {
    try await withFolder {
      let store = try SQLiteRunStore(path: path)
      let lease = try store.make(head("a"), owner: .current)
      try FileManager.default.moveItem(atPath: path, toPath: path + ".away")
      if isReplaced { try FileManager.default.copyItem(atPath: path + ".away", toPath: path) }
      let failure = #expect(throws: StoreFailure.self) { try store.save(RunChanges(), as: lease) }
      #expect(
        failure?.description == "'\(path)' was removed or replaced while the run went on")
    }
  }

  @Test func `each save is flushed, and only the owner can read the files`() async throws {
    try await withFolder {
      let store = try SQLiteRunStore(path: path)
      let settings = try Dictionary(
        uniqueKeysWithValues: store.settings().map { ($0.name, $0.value) })
      #expect(settings["journal_mode"] == "wal")
      #expect(settings["synchronous"] == "2")
      #expect(settings["user_version"] == "2")
      _ = try store.make(head("a"), owner: .current)
      for file in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
        let attributes = try FileManager.default.attributesOfItem(
          atPath: folder.appending(path: file).path)
        #expect(attributes[.posixPermissions] as? Int == 0o600, "\(file)")
      }
    }
  }

  @Test func `a file is one store by whatever name, and nobody else reads one that was empty`()
    async throws
  {
    try await withFolder {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try Data().write(to: folder.appending(path: "runs.db"))
      chmod(path, 0o666)
      let other = folder.appending(path: "other.db").path
      try FileManager.default.createSymbolicLink(atPath: other, withDestinationPath: path)
      let stores = try [SQLiteRunStore(path: path), SQLiteRunStore(path: other)]
      let lease = try stores[0].make(head("a"), owner: .current)
      #expect(stores[1].isOwned("a"))
      #expect(stores[1].owner(of: "a") == .current)
      #expect(throws: StoreFailure.self) { try stores[1].take("a", owner: .current) }
      #expect(throws: StoreFailure.self) { try stores[1].remove("a") }
      stores[0].release(lease)
      #expect(stores[0].logPath(of: "a") == stores[1].logPath(of: "a"))
      let attributes = try FileManager.default.attributesOfItem(atPath: path)
      #expect(attributes[.posixPermissions] as? Int == 0o600)
    }
  }

  @Test(arguments: [(0o644, 0o600), (0o660, 0o600), (0o444, 0o400)])
  func `a store that others may read is closed to them, and its owner may do what he could`(
    mode: mode_t, left: Int
  ) async throws {
    try await withFolder {
      let store = try SQLiteRunStore(path: path)
      _ = try store.make(head("a"), owner: .current)
      let files = ["", "-wal", "-shm"].map { path + $0 }
      for file in files { chmod(file, mode) }
      _ = try SQLiteRunStore(path: path)
      for file in files {
        let attributes = try FileManager.default.attributesOfItem(atPath: file)
        #expect(attributes[.posixPermissions] as? Int == left, "\(file)")
      }
    }
  }

  @Test func `a store that goes by two names is refused, since its locks go by one`() async throws {
    try await withFolder {
      _ = try SQLiteRunStore(path: path)
      let other = folder.appending(path: "other.db").path
      try FileManager.default.linkItem(atPath: path, toPath: other)
      for name in [path, other] {
        let phrase = "has 2 names (hard links); a store has one, so remove the others"
        #expect(throws: StoreFailure(.broken, "'\(name)' \(phrase)")) {
          _ = try SQLiteRunStore(path: name)
        }
      }
      try FileManager.default.removeItem(atPath: other)
      _ = try SQLiteRunStore(path: path)
    }
  }

  @Test func `two stores on one file know each other's owners`() async throws {
    try await withFolder {
      let (first, second) = (try SQLiteRunStore(path: path), try SQLiteRunStore(path: path))
      let owner = RunOwner(process: 7, host: "here")
      let lease = try first.make(head("a"), owner: owner)
      #expect(throws: StoreFailure(.owned(owner), "run 'a' belongs to process 7 on here")) {
        _ = try second.take("a", owner: .current)
      }
      first.release(lease)
      let (taken, _) = try second.take("a", owner: .current)
      #expect(throws: StoreFailure.self) { try first.save(RunChanges(), as: lease) }
      try second.save(RunChanges(), as: taken)
    }
  }

  @Test func `who only looks who has a run keeps nobody from it`() async throws {
    try await withFolder {
      let store = try SQLiteRunStore(path: path)
      store.release(try store.make(head("a"), owner: .current))
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<2 {
          group.addTask {
            while !Task.isCancelled {
              _ = store.isOwned("a")
              _ = store.owner(of: "a")
              await Task.yield()
            }
          }
        }
        defer { group.cancelAll() }
        for _ in 0..<500 { store.release(try store.take("a", owner: .current).0) }
      }
    }
  }

  @Test func `who has just got the run of one that died is not taken for the dead`() async throws {
    try await withFolder {
      let (first, second) = (try SQLiteRunStore(path: path), try SQLiteRunStore(path: path))
      _ = try first.make(head("a"), owner: .current)
      // Its own name is written after it has the lock; no process has so high a number.
      let lock = try FileHandle(forWritingTo: URL(filePath: "\(path)-a.lock"))
      try lock.write(contentsOf: Data("99999999 \(RunOwner.current.host)\n".utf8))
      try lock.close()
      #expect(throws: StoreFailure(.owned(nil), "run 'a' belongs to another process")) {
        _ = try second.take("a", owner: .current)
      }
    }
  }

  @Test(arguments: [
    ("not a database, but long enough to look like one", "is no database"),
    ("SQLite format 3\u{0}", "is no database"),
  ])
  func `a file of something else is refused and left as it was`(text: String, phrase: String)
    async throws
  {
    try await withFolder {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let bytes = Data((text + String(repeating: " ", count: 2000)).utf8)
      try bytes.write(to: URL(filePath: path))
      let failure = #expect(throws: StoreFailure.self) { _ = try SQLiteRunStore(path: path) }
      #expect(failure?.description.contains(phrase) == true, "\(failure?.description ?? "")")
      #expect(try Data(contentsOf: URL(filePath: path)) == bytes)
    }
  }
}
