public import ArgumentParser
import FlowEngine
public import FlowStoreSQLite
import Foundation
import Glibc

/// Where the runs of flows are kept.
enum RunFile {
  /// The store that commands without a flow file look into.
  static func path(_ given: String?, on console: Console) -> String {
    given ?? URL(filePath: console.workingDirectory).appending(path: ".tfgraph/runs.db").path
  }

  /// The command that goes on with a run, as it can be pasted into a shell.
  ///
  /// - Parameters:
  ///   - place: the path of the store, if it is not the one that the command looks into by itself.
  ///   - program: what the command is called.
  static func resuming(_ id: String, in place: String?, by program: String) -> String {
    guard let place else { return "\(program) resume \(id)" }
    let path = URL(filePath: place).path
    let isPlain = path.utf8.allSatisfy { byte in
      byte > 0x7F || "/._-+@%:,".utf8.contains(byte) || Character(UnicodeScalar(byte)).isLetter
        || Character(UnicodeScalar(byte)).isNumber
    }
    let word = isPlain ? path : "'\(path.replacing("'", with: "'\\''"))'"
    return "\(program) resume \(id) --store \(word)"
  }

  /// Opens a store that is there already.
  ///
  /// - Throws: ``StoreFailure`` when there is none, or it can't be used.
  static func open(
    _ path: String, _ durability: SQLiteRunStore.Durability = .full
  ) throws(StoreFailure) -> SQLiteRunStore {
    guard try isThere(path) else {
      throw StoreFailure(
        .unknownRun, "there are no runs in '\(path)'; name the file: --store PATH")
    }
    return try SQLiteRunStore(path: path, durability: durability)
  }

  /// Whether there is a store.
  ///
  /// - Throws: ``StoreFailure`` when that can't be found out.
  static func isThere(_ path: String) throws(StoreFailure) -> Bool {
    if access(path, F_OK) == 0 { return true }
    guard errno == ENOENT || errno == ENOTDIR else {
      let reason = String(cString: strerror(errno)).lowercased()
      throw StoreFailure(.broken, "'\(path)' can't be opened: \(reason)")
    }
    return false
  }

  /// The run that is meant: the one of that name, or the latest.
  ///
  /// - Throws: ``StoreFailure`` when there is none.
  static func latest(_ given: String?, in store: SQLiteRunStore) throws(StoreFailure) -> StoredRun {
    let newest = given == nil ? try store.runs().first?.head.id : nil
    guard let id = given ?? newest else {
      throw StoreFailure(.unknownRun, "there are no runs in '\(store.path)'")
    }
    guard let run = try store.run(id) else { throw .unknown(id) }
    return run
  }

  /// The run that is meant: the one of that name, or the latest that is not over.
  ///
  /// - Throws: ``StoreFailure`` when there is none.
  static func id(_ given: String?, in store: SQLiteRunStore) throws(StoreFailure) -> String {
    if let given { return given }
    guard let open = try store.runs().first(where: { $0.standing.state.isUnfinished }) else {
      let dirty = try store.runs().first { $0.standing.isDirty }?.head.id
      let hint = dirty.map { "; run '\($0)' could not be undone, and waits for a decision" } ?? ""
      throw StoreFailure(.unknownRun, "no run in '\(store.path)' is unfinished\(hint)")
    }
    return open.head.id
  }
}

extension SQLiteRunStore.Durability: ExpressibleByArgument {}

extension Console {
  /// Says what is wrong with a store.
  func fail(_ failure: StoreFailure) -> ExitStatus {
    fail(failure.description)
    return switch failure.reason {
    case .owned: .owned
    case .unknownRun, .knownRun, .changedFlow, .unsuitableRemedy: .usage
    case .broken: .outputFailed
    }
  }
}
