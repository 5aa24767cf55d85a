import Foundation
import GRDBSQLite
import Synchronization

/// A folder whose disk fails with the n-th call that SQLite makes to it.
///
/// Nothing is flushed for real: a test has no power cut, and is fast.
final class FaultyDisk: Sendable {
  /// What SQLite asks of a disk and gets an answer to that can be no.
  enum Call: Hashable {
    case open(isNew: Bool)
    case access, delete, read, write, truncate, sync, size, lock, unlock, checkLock, map, mapLock

    var isOpen: Bool { if case .open = self { true } else { false } }
  }

  /// What goes wrong.
  enum Fault: String, CaseIterable {
    /// Any call fails, as with a broken device.
    case broken
    /// What needs more room fails.
    case full
    /// Half of what is to be written is, and that is said.
    case shortWrite
    /// What was written may be lost.
    case failedSync
  }

  /// How long it goes wrong.
  enum Persistence: String, CaseIterable {
    case once, sticky
  }

  private struct State {
    var fault: (kind: Fault, persistence: Persistence, left: Int)?
    var isOfDatabase = false
    var failed: [Call] = []
  }

  /// The folder.
  let folder: URL
  private let state = Mutex(State())

  /// Makes a folder.
  init() throws {
    folder = FileManager.default.temporaryDirectory.resolvingSymlinksInPath().appending(
      path: "tfgraph-disk-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    FaultyFileSystem.watch(self)
  }

  /// Where a store is.
  var path: String { folder.appending(path: "runs.db").path }

  /// The names of the files.
  func files() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }

  /// Removes the folder.
  func remove() {
    FaultyFileSystem.forget(self)
    try? FileManager.default.removeItem(at: folder)
  }

  /// Makes a call fail from now on.
  ///
  /// - Parameters:
  ///   - number: which of the calls that the fault can hit it is, from 1.
  ///   - changesDatabase: whether only what changes the database itself counts. That is what brings into
  ///     it what is in its log: a checkpoint.
  func fail(
    _ fault: Fault, _ persistence: Persistence, atCall number: Int, changesDatabase: Bool = false
  ) {
    state.withLock {
      $0 = State(fault: (fault, persistence, number), isOfDatabase: changesDatabase)
    }
  }

  /// Makes it a good disk again.
  ///
  /// - Returns: the calls that failed.
  func mend() -> [Call] {
    state.withLock { state in
      state.fault = nil
      return state.failed
    }
  }

  /// What a call is answered, `nil` when it is to be made.
  func answer(to call: Call, inDatabase: Bool = false) -> Int32? {
    state.withLock { state in
      guard let fault = state.fault, let code = fault.kind.code(of: call),
        !state.isOfDatabase || inDatabase && [.write, .truncate, .sync].contains(call)
      else { return nil }
      state.fault?.left -= 1
      guard fault.left == 1 || fault.left < 1 && fault.persistence == .sticky else { return nil }
      state.failed.append(call)
      return code
    }
  }

  /// Whether half of what fails to be written is written.
  var writesHalf: Bool { state.withLock { $0.fault?.kind == .shortWrite } }
}

extension FaultyDisk.Fault {
  /// The error that the file system of SQLite gives for a call, `nil` when the fault can't hit it.
  fileprivate func code(of call: FaultyDisk.Call) -> Int32? {
    switch (self, call) {
    case (.broken, _): call.inputOutputError
    case (.full, .write), (.full, .truncate): SQLITE_FULL
    case (.full, .open(isNew: true)): SQLITE_CANTOPEN
    case (.full, .map): SQLITE_IOERR | 19 << 8
    case (.shortWrite, .write), (.failedSync, .sync): call.inputOutputError
    default: nil
    }
  }
}

extension FaultyDisk.Call {
  /// The error of a device; its numbers are those of the macros `SQLITE_IOERR_READ` and so on, which Swift
  /// doesn't see.
  fileprivate var inputOutputError: Int32 {
    let number: Int32
    switch self {
    case .open: return SQLITE_CANTOPEN
    case .read: number = 1
    case .write: number = 3
    case .sync: number = 4
    case .truncate: number = 6
    case .size: number = 7
    case .unlock: number = 8
    case .delete: number = 10
    case .access: number = 13
    case .checkLock: number = 14
    case .lock: number = 15
    case .mapLock: number = 20
    case .map: number = 21
    }
    return SQLITE_IOERR | number << 8
  }
}
