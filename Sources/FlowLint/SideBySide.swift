import Dispatch
import Synchronization

/// Does independent pieces of work on all processors.
enum SideBySide {
  /// What a function makes of each element, in their order.
  ///
  /// - Parameter isWorthIt: whether the work is more than what it costs to wake other threads.
  static func map<Element: Sendable, Value: Sendable>(
    _ elements: [Element], isWorthIt: Bool, _ transform: @Sendable (Element) -> Value
  ) -> [Value] {
    guard isWorthIt else { return elements.map(transform) }
    let values = Mutex([Value?](repeating: nil, count: elements.count))
    DispatchQueue.concurrentPerform(iterations: elements.count) { index in
      let value = transform(elements[index])
      values.withLock { $0[index] = value }
    }
    return values.withLock { $0.map { $0! } }
  }
}
