import FlowEngine
import Glibc
import Synchronization

/// Lets tests kill the command where it is most delicate: before or after the n-th time that a run is saved.
///
/// There is none in a release build.
enum CrashPoint {
  /// The variable that says where: `before:3` or `after:3`, the first save being 1.
  static let variable = "TFGRAPH_CRASH_POINT"

  /// The store, or one that kills the process.
  static func guarding(_ store: any RunStore, _ environment: [String: String]) -> any RunStore {
    #if DEBUG
      let words = environment[variable]?.split(separator: ":") ?? []
      if words.count == 2, let number = Int(words[1]) {
        return CrashingStore(store, at: number, isBefore: words[0] == "before")
      }
    #endif
    return store
  }
}

#if DEBUG
  /// Kills the process with a save of a run.
  private final class CrashingStore: ForwardingRunStore {
    let base: any RunStore
    private let number: Int
    private let isBefore: Bool
    private let saves = Mutex(0)

    init(_ base: any RunStore, at number: Int, isBefore: Bool) {
      self.base = base
      self.number = number
      self.isBefore = isBefore
    }

    func save(_ changes: RunChanges, as lease: RunLease) throws(StoreFailure) {
      let save = saves.withLock { saves in
        saves += 1
        return saves
      }
      if save == number, isBefore { kill(getpid(), SIGKILL) }
      try base.save(changes, as: lease)
      if save == number { kill(getpid(), SIGKILL) }
    }
  }
#endif
