public import FlowEngine
import Synchronization

/// A store that breaks with its n-th save, as if the engine died there or the disk was full.
public final class BreakingStore: ForwardingRunStore {
  public let base: any RunStore

  private let left: Mutex<Int>
  private let keepsLast: Bool

  /// A store that breaks.
  ///
  /// - Parameters:
  ///   - base: what keeps the runs.
  ///   - saves: how many saves work.
  ///   - keepsLast: whether the save that fails is kept nevertheless, as when an engine dies right after.
  public init(_ base: any RunStore, saves: Int, keepsLast: Bool = false) {
    self.base = base
    self.keepsLast = keepsLast
    left = Mutex(saves)
  }

  /// Keeps changes, as long as it works.
  ///
  /// - Throws: ``FlowEngine/StoreFailure`` from the save on that breaks it.
  public func save(_ changes: RunChanges, as lease: RunLease) throws(StoreFailure) {
    let left = left.withLock { left in
      left -= 1
      return left
    }
    if left >= 0 || (left == -1 && keepsLast) { try base.save(changes, as: lease) }
    if left < 0 { throw StoreFailure(.broken, "the disk is full") }
  }
}
