import Synchronization

/// The children of a flow, shared by copies of it.
///
/// A class, because releasing a value tree recurses over its depth: here a loop takes nested lists
/// apart, so that 100,000 flows within each other do not exhaust the stack.
final class ChildList: Sendable {
  private let storage: Mutex<[FlowItem]>

  init(_ items: [FlowItem]) {
    storage = Mutex(items)
  }

  var items: [FlowItem] { storage.withLock { $0 } }

  /// Adds an item in place; the caller knows that nobody else holds the list.
  func append(_ item: FlowItem) {
    storage.withLock { $0.append(item) }
  }

  deinit {
    var pending = storage.withLock { Self.takeNested(&$0) }
    while var list = pending.popLast() {
      guard isKnownUniquelyReferenced(&list) else { continue }
      pending += list.storage.withLock { Self.takeNested(&$0) }
    }
  }

  /// Takes the nested flows' lists out of `items`, and leaves nothing in it.
  private static func takeNested(_ items: inout [FlowItem]) -> [ChildList] {
    let nested = items.compactMap { item -> ChildList? in
      if case .flow(let flow) = item { flow.children } else { nil }
    }
    items = []
    return nested
  }
}
