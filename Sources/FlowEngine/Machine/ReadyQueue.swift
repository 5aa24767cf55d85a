import HeapModule
import TaskFlow

/// Atoms that are ready, higher priority first, then in declaration order (semantics 5.3).
struct ReadyQueue: Sendable {
  private struct Entry: Comparable, Sendable {
    var priority: Int
    var node: NodeIndex

    static func < (left: Entry, right: Entry) -> Bool {
      left.priority == right.priority ? left.node < right.node : left.priority > right.priority
    }
  }

  private var heap = Heap<Entry>()

  var isEmpty: Bool { heap.isEmpty }

  mutating func insert(_ node: NodeIndex, priority: Int) {
    heap.insert(Entry(priority: priority, node: node))
  }

  /// The first atom with its priority, left in the queue.
  var first: (node: NodeIndex, priority: Int)? { heap.min.map { ($0.node, $0.priority) } }

  /// The atoms in it, each once, in declaration order.
  var nodes: [NodeIndex] { heap.isEmpty ? [] : Set(heap.unordered.map(\.node)).sorted() }

  mutating func popFirst() -> NodeIndex? { heap.popMin()?.node }
}
