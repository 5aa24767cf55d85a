/// A store that hands everything on to another, but for what it does itself.
public protocol ForwardingRunStore: RunStore {
  /// The store that does the work.
  var base: any RunStore { get }
}

extension ForwardingRunStore {
  public func make(_ head: RunHead, owner: RunOwner) throws(StoreFailure) -> RunLease {
    try base.make(head, owner: owner)
  }

  public func take(
    _ id: String, owner: RunOwner
  ) throws(StoreFailure) -> (RunLease, StoredRun) {
    try base.take(id, owner: owner)
  }

  public func save(_ changes: RunChanges, as lease: RunLease) throws(StoreFailure) {
    try base.save(changes, as: lease)
  }

  public func release(_ lease: RunLease) { base.release(lease) }

  public func run(_ id: String) throws(StoreFailure) -> StoredRun? { try base.run(id) }

  public func runs() throws(StoreFailure) -> [StoredRun] { try base.runs() }

  public func remove(_ id: String) throws(StoreFailure) { try base.remove(id) }
}
