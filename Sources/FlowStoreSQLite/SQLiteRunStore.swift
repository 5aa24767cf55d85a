public import FlowEngine
import Foundation
import GRDB
import Synchronization
import TaskFlow

/// Keeps runs in a SQLite file.
///
/// What was saved is there after a power cut, if the disk does what it says: each transaction is flushed
/// (`synchronous=FULL` in the mode WAL, read back when the file is opened). One file serves any number of
/// processes on one machine; it must not lie on a network file system.
public final class SQLiteRunStore: RunStore {
  /// What outlives what.
  public enum Durability: String, Sendable, CaseIterable {
    /// What was saved outlives a power cut.
    case full
    /// What was saved outlives the process; the last moments before a power cut can be lost.
    case process
  }

  /// The path of the file.
  public let path: String

  /// What outlives what.
  public let durability: Durability

  /// The real path of the file: what lies beside it is the same for all who use it, by whatever name.
  private let place: String

  private let queue: DatabaseQueue
  /// The file that was opened; another may come to its path, or none be left there.
  private let file: StoreFile.Identity?
  private let held = Mutex<[String: Held]>([:])

  /// A run that is owned here.
  private struct Held {
    var number: Int64
    var epoch: Int
    /// Where the next save goes; no other owner saves meanwhile.
    var nextSave: SaveNumber
    var lock: LockFile
  }

  /// Opens a file, and makes it if there is none.
  ///
  /// - Throws: `StoreFailure` when it is no store of runs, of a newer version, or can't be used.
  public init(path: String, durability: Durability = .full) throws(StoreFailure) {
    self.path = path
    self.durability = durability
    try StoreFile.prepare(path, mounts: StoreFile.mounts)
    place = StoreFile.realPlace(of: path)
    do {
      var configuration = Configuration()
      configuration.busyMode = .timeout(10)
      configuration.label = "tfgraph runs"
      queue = try DatabaseQueue(path: StoreFile.literal(path), configuration: configuration)
      try queue.writeWithoutTransaction { try Schema.open($0, durability: durability) }
      file = StoreFile.Identity(of: path)
    } catch {
      throw StoreFile.failure(error, path: path)
    }
  }

  /// How large a file may be that is checked before each run; that takes about 1.2 ms a MiB.
  private static let largestChecked = 16 << 20

  /// What SQLite says that it does: its version, and the modes of the journal and of flushing.
  public func settings() throws(StoreFailure) -> [(name: String, value: String)] {
    try read { db in
      try ["journal_mode", "synchronous", "application_id", "user_version"].map { name in
        (name, try String.fetchOne(db, sql: "PRAGMA \(name)") ?? "")
      } + [("sqlite", try String.fetchOne(db, sql: "SELECT sqlite_version()") ?? "")]
    }
  }

  /// What is damaged in the file, or `nil` when nothing is.
  ///
  /// Complexity: linear in the size of the file.
  public func damage() throws(StoreFailure) -> String? {
    try read { db in
      let found = try String.fetchAll(db, sql: "PRAGMA integrity_check(3)")
      return found == ["ok"] ? nil : found.joined(separator: "; ")
    }
  }

  /// How long it takes to write something that changes nothing, flushed as a save is.
  ///
  /// - Throws: `StoreFailure` when it can't be written.
  public func timeOfSave() throws(StoreFailure) -> Duration {
    let start = ContinuousClock.now
    try write { db in
      let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
      try db.execute(sql: "PRAGMA user_version = \(version)")
    }
    return ContinuousClock.now - start
  }

  public func make(_ head: RunHead, owner: RunOwner) throws(StoreFailure) -> RunLease {
    let (lock, (number, nextSave)) = try locking(head.id, owner) { db in
      guard try Int64.fetchOne(db, sql: Rows.number, arguments: [head.id]) == nil else {
        throw StoreFailure.known(head.id)
      }
      let number = try Rows.insert(head, owner: owner, in: db)
      return (number, try Rows.nextSave(of: number, in: db))
    }
    held.withLock {
      $0[head.id] = Held(number: number, epoch: 1, nextSave: nextSave, lock: lock)
    }
    return RunLease(id: head.id, epoch: 1)
  }

  public func take(
    _ id: String, owner: RunOwner
  ) throws(StoreFailure) -> (RunLease, StoredRun) {
    guard try run(id) != nil else { throw .unknown(id) }
    let (lock, (number, nextSave, run)) = try locking(id, owner) { db in
      guard let number = try Int64.fetchOne(db, sql: Rows.number, arguments: [id]) else {
        throw StoreFailure.unknown(id)
      }
      try Rows.take(number, owner: owner, in: db)
      return (number, try Rows.nextSave(of: number, in: db), try Rows.run(number, in: db))
    }
    held.withLock {
      $0[id] = Held(number: number, epoch: run.epoch, nextSave: nextSave, lock: lock)
    }
    return (RunLease(id: id, epoch: run.epoch), run)
  }

  public func save(_ changes: RunChanges, as lease: RunLease) throws(StoreFailure) {
    let texts: [[UInt8]]
    do {
      texts = try SaveText.texts(of: changes)
    } catch {
      throw StoreFile.failure(error, path: path)
    }
    let run = held.withLock { held in
      guard let run = held[lease.id], run.epoch == lease.epoch else { return nil as Held? }
      held[lease.id]?.nextSave.advance(by: texts.count)
      return run
    }
    guard let run else { throw .owned(lease.id, by: try self.run(lease.id)?.owner) }
    guard StoreFile.Identity(of: path) == file else {
      throw StoreFailure(.broken, "'\(path)' was removed or replaced while the run went on")
    }
    do {
      try queue.writeWithoutTransaction { db in
        try db.saving {
          let isOwned = try Rows.save(
            changes, texts, of: run.number, epoch: run.epoch, at: run.nextSave, in: db)
          guard isOwned else {
            throw StoreFailure.owned(lease.id, by: try Rows.owner(of: run.number, in: db))
          }
        }
      }
    } catch {
      throw StoreFile.failure(error, path: path)
    }
  }

  public func release(_ lease: RunLease) {
    let lock = held.withLock { held -> LockFile? in
      guard held[lease.id]?.epoch == lease.epoch else { return nil }
      return held.removeValue(forKey: lease.id)?.lock
    }
    lock?.unlock()
  }

  public func run(_ id: String) throws(StoreFailure) -> StoredRun? {
    try read { db in
      try Int64.fetchOne(db, sql: Rows.number, arguments: [id]).map { try Rows.run($0, in: db) }
    }
  }

  public func runs() throws(StoreFailure) -> [StoredRun] {
    try read { try Rows.heads(in: $0) }
  }

  public func remove(_ id: String) throws(StoreFailure) {
    guard let run = try run(id) else { throw .unknown(id) }
    let lock = try lock(id, run.owner)
    defer { lock.unlock() }
    try write { try Rows.remove(id, in: $0) }
    unlink(logPath(of: id))
  }

  /// The path of the file beside the store in which a run's output may be kept; it goes with the run.
  public func logPath(of id: String) -> String { LockFile.path(of: id, in: place, ending: "log") }

  /// Whether somebody has a run now.
  public func isOwned(_ id: String) -> Bool { LockFile.isLocked(LockFile.path(of: id, in: place)) }

  /// Who has a run now; `nil` when nobody has, or its name is not known yet.
  public func owner(of id: String) -> RunOwner? {
    LockFile.owner(of: LockFile.path(of: id, in: place))
  }

  /// Waits until nobody has a run; somebody may take it right after that.
  public func waitUntilFree(_ id: String) async {
    let path = LockFile.path(of: id, in: place)
    await withCheckedContinuation { continuation in
      // A thread of its own, as it may wait for long.
      Thread.detachNewThread {
        LockFile.waitUntilFree(path)
        continuation.resume()
      }
    }
  }

  private func lock(_ id: String, _ owner: RunOwner) throws(StoreFailure) -> LockFile {
    try LockFile(LockFile.path(of: id, in: place), run: id, owner: owner)
  }

  /// Writes with a run locked; the lock is given back when that fails.
  private func locking<Value>(
    _ id: String, _ owner: RunOwner, _ body: (Database) throws -> Value
  ) throws(StoreFailure) -> (LockFile, Value) {
    let lock = try lock(id, owner)
    do {
      let value = try write { db in
        try Self.checkStructure(of: db)
        try Schema.complete(db)
        return try body(db)
      }
      return (lock, value)
    } catch {
      lock.unlock()
      throw error
    }
  }

  /// Makes sure that a file is whole before something is run that is kept in it. Of a larger one what is
  /// damaged is found when it is read.
  private static func checkStructure(of db: Database) throws {
    let size = try ["page_count", "page_size"].reduce(1) { size, name in
      try size * (Int.fetchOne(db, sql: "PRAGMA \(name)") ?? 0)
    }
    guard size <= largestChecked else { return }
    let found = try String.fetchOne(db, sql: "PRAGMA quick_check(1)")
    guard found != "ok" else { return }
    // What it says first is only which database it means.
    throw StoreFile.damaged(
      found?.split(separator: "\n").last.map(String.init) ?? "it has a page that makes no sense")
  }

  private func write<Value>(_ body: (Database) throws -> Value) throws(StoreFailure) -> Value {
    do {
      var value: Value?
      try queue.writeWithoutTransaction { db in
        try db.inTransaction(.immediate) {
          value = try body(db)
          return .commit
        }
      }
      guard let value else { throw StoreFailure(.broken, "'\(path)' kept nothing") }
      return value
    } catch {
      throw StoreFile.failure(error, path: path)
    }
  }

  private func read<Value>(_ body: (Database) throws -> Value) throws(StoreFailure) -> Value {
    do {
      return try queue.read(body)
    } catch {
      throw StoreFile.failure(error, path: path)
    }
  }
}
