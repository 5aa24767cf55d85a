import DequeModule
import HeapModule
import TaskFlow

/// Atoms that are ready, higher priority first, then in declaration order (semantics 5.3).
///
/// Most come in that order already: those wait in a line, and only those that come out of order in a heap.
struct ReadyQueue: Sendable {
  /// An atom with its place in the order.
  struct Entry: Comparable, Sendable {
    var priority: Int
    var node: NodeIndex

    static func < (left: Entry, right: Entry) -> Bool {
      left.priority == right.priority ? left.node < right.node : left.priority > right.priority
    }
  }

  private var line: Deque<Entry> = []
  private var heap = Heap<Entry>()

  var isEmpty: Bool { line.isEmpty && heap.isEmpty }

  mutating func insert(_ node: NodeIndex, priority: Int) {
    let entry = Entry(priority: priority, node: node)
    if let last = line.last, entry < last {
      heap.insert(entry)
    } else {
      line.append(entry)
    }
  }

  /// The first atom, left in the queue.
  var firstEntry: Entry? { isHeapNext ? heap.min : line.first }

  /// The atoms in it, each once, in declaration order.
  var nodes: [NodeIndex] {
    isEmpty ? [] : Set(line.map(\.node) + heap.unordered.map(\.node)).sorted()
  }

  mutating func popFirst() -> NodeIndex? {
    let entry = isHeapNext ? heap.popMin() : line.popFirst()
    return entry?.node
  }

  private var isHeapNext: Bool {
    guard let early = heap.min else { return false }
    return line.first.map { early < $0 } ?? true
  }
}
