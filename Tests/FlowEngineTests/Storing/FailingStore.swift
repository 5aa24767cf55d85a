import FlowEngine
import Synchronization

/// A store that breaks with its n-th save, as if the engine died there, and works again when it is mended.
final class FailingStore: RunStore {
  private let base: any RunStore
  private let left: Mutex<Int>
  private let keepsLast: Bool

  /// - Parameters:
  ///   - saves: how many saves work.
  ///   - keepsLast: whether the save that fails is kept nevertheless, as when the engine dies right after.
  init(_ base: any RunStore, saves: Int, keepsLast: Bool) {
    self.base = base
    self.keepsLast = keepsLast
    left = Mutex(saves)
  }

  func save(_ changes: RunChanges, as lease: RunLease) throws(StoreFailure) {
    let left = left.withLock { left in
      left -= 1
      return left
    }
    if left >= 0 || (left == -1 && keepsLast) { try base.save(changes, as: lease) }
    if left < 0 { throw StoreFailure(.broken, "the disk is full") }
  }

  func make(_ head: RunHead, owner: RunOwner) throws(StoreFailure) -> RunLease {
    try base.make(head, owner: owner)
  }

  func take(_ id: String, owner: RunOwner) throws(StoreFailure) -> (RunLease, StoredRun) {
    try base.take(id, owner: owner)
  }

  func release(_ lease: RunLease) { base.release(lease) }
  func run(_ id: String) throws(StoreFailure) -> StoredRun? { try base.run(id) }
  func runs() throws(StoreFailure) -> [StoredRun] { try base.runs() }
  func remove(_ id: String) throws(StoreFailure) { try base.remove(id) }
}
