import FlowEngine
import FlowStoreSQLite
import Foundation
import TaskFlow
import TaskFlowTesting
import Testing

/// The files of a store with a run whose engine has died, and what that engine did.
struct DiskImage {
  /// The files by name.
  var files: [String: Data] = [:]
  /// What bodies did, by task, action and attempt.
  let effects: [String: Int]

  /// - Parameter isClosed: whether the store was closed; else what was saved is in its log only.
  private init(isClosed: Bool, load: Int = 0) async throws {
    let disk = try FaultyDisk()
    defer { disk.remove() }
    let world = try DiskWorld(load: load)
    var store: SQLiteRunStore? = try SQLiteRunStore(path: disk.path)
    if let store {
      let report = try await world.engine.run(world.head, in: BreakingStore(store, saves: 5))
      #expect(report.storeFailure != nil)
    }
    effects = world.effects.all
    if isClosed { store = nil }
    for name in try disk.files() {
      files[name] = try Data(contentsOf: disk.folder.appending(path: name))
    }
    #expect(files["runs.db-wal", default: Data()].isEmpty == isClosed)
    store = nil
  }

  /// As a killed program leaves them.
  static func ofKilledProgram() async throws -> DiskImage { try await DiskImage(isClosed: false) }

  /// As a program leaves them that has given up the run.
  static func ofClosedStore(load: Int = 0) async throws -> DiskImage {
    try await DiskImage(isClosed: true, load: load)
  }

  /// Makes another run in the store.
  mutating func addRun() throws {
    let disk = try FaultyDisk()
    defer { disk.remove() }
    try write(to: disk)
    var head = try DiskWorld().head
    head.id = "other"
    head.inputs = ["load": .string(String(repeating: "x", count: 5000))]
    var store: SQLiteRunStore? = try SQLiteRunStore(path: disk.path)
    if let lease = try store?.make(head, owner: .current) { store?.release(lease) }
    store = nil
    files["runs.db"] = try Data(contentsOf: URL(filePath: disk.path))
  }

  /// Puts the files on a disk.
  func write(to disk: FaultyDisk) throws {
    for (name, bytes) in files { try bytes.write(to: disk.folder.appending(path: name)) }
  }
}
