import HeapModule
import TaskFlow

/// Atoms that are ready: those whose flows have room for one more come out, higher priority first, then in
/// declaration order (semantics 5.3).
///
/// Each flow with a limit has a line of its own. A line that has room and somebody in it stands in the line
/// around it, at the place of its first; so a flow that is full costs nothing but its own line.
struct StartQueue: Sendable {
  private let limits: FlowLimits
  /// Of each limit one; the first is that of all atoms, and the only one if no flow has a limit.
  private var lines: [Line]

  private struct Line: Sendable {
    /// Atoms that are in no smaller line.
    var atoms = ReadyQueue()
    /// The lines of flows inside it, each with what was its first when it came; some of that is over.
    var inner = Heap<Place>()
    /// How many atoms of its flow run.
    var running = 0
    /// As what it stands in the line around it, if it does.
    var place: ReadyQueue.Entry?
  }

  private struct Place: Comparable, Sendable {
    var entry: ReadyQueue.Entry
    var line: Int

    static func < (left: Place, right: Place) -> Bool { left.entry < right.entry }
  }

  init(_ limits: FlowLimits) {
    self.limits = limits
    lines = Array(repeating: Line(), count: limits.counts.count)
  }

  /// All atoms in it, each once, in declaration order.
  var nodes: [NodeIndex] {
    lines.count == 1 ? lines[0].atoms.nodes : lines.flatMap(\.atoms.nodes).sorted()
  }

  /// - Complexity: O(log n), with flows with limits as often as they are nested.
  mutating func insert(_ node: NodeIndex, priority: Int) {
    let line = limits.line(of: node)
    lines[line].atoms.insert(node, priority: priority)
    if line > 0 { stand(from: line) }
  }

  /// The first atom whose flows have room.
  mutating func popFirst() -> NodeIndex? {
    if lines.count == 1 { return lines[0].atoms.popFirst() }
    var line = 0
    while let inner = firstLine(in: line) { line = inner }
    let node = lines[line].atoms.popFirst()
    stand(from: line)
    return node
  }

  /// Counts an atom that runs from now on.
  mutating func begin(_ node: NodeIndex) { count(node, 1) }

  /// Counts an atom that has ended.
  mutating func end(_ node: NodeIndex) { count(node, -1) }

  private mutating func count(_ node: NodeIndex, _ change: Int) {
    var line = limits.line(of: node)
    guard line > 0 else { return }
    while line > 0 {
      lines[line].running += change
      line = limits.around(line)
    }
    stand(from: limits.line(of: node))
  }

  // MARK: Lines in lines

  /// The line inside that comes before the atoms of a line.
  private mutating func firstLine(in line: Int) -> Int? {
    forgetOver(in: line)
    guard let inner = lines[line].inner.min else { return nil }
    if let own = lines[line].atoms.firstEntry, own < inner.entry { return nil }
    return inner.line
  }

  /// Has a line, and those around it, stand where they belong.
  private mutating func stand(from line: Int) {
    var line = line
    while line > 0 {
      forgetOver(in: line)
      let around = limits.around(line)
      let first = [lines[line].inner.min?.entry, lines[line].atoms.firstEntry]
        .compactMap(\.self).min()
      let place = lines[line].running < limits.counts[line] ? first : nil
      if place != lines[line].place {
        lines[line].place = place
        if let place { lines[around].inner.insert(Place(entry: place, line: line)) }
      }
      line = around
    }
  }

  /// Drops what stands in a line for lines that are full, empty, or stand elsewhere in it by now.
  private mutating func forgetOver(in line: Int) {
    while let first = lines[line].inner.min, lines[first.line].place != first.entry {
      lines[line].inner.removeMin()
    }
  }
}

/// How many atoms of each flow may run at once (flow-format 12).
struct FlowLimits: Sendable {
  /// The limits of the flows that have one, each after those around it, behind one for all atoms that limits
  /// nothing.
  private(set) var counts = [Int.max]
  private var outer: [Int32] = [0]
  /// The innermost limit of each node; empty when no flow has one.
  private var lines: [Int32] = []

  init(of plan: Plan) {
    guard plan.flows.contains(where: { $0.concurrencyLimit != nil }) else { return }
    var lineOfFlow: [Int32] = []
    for flow in plan.flows {
      let around = flow.parent.map { lineOfFlow[Int($0)] } ?? 0
      guard let limit = flow.concurrencyLimit else {
        lineOfFlow.append(around)
        continue
      }
      lineOfFlow.append(Int32(counts.count))
      counts.append(limit.count)
      outer.append(around)
    }
    lines = plan.nodes.map { lineOfFlow[Int($0.flow)] }
  }

  /// The innermost limit of a node, as an index in ``counts``.
  func line(of node: NodeIndex) -> Int { lines.isEmpty ? 0 : Int(lines[Int(node)]) }

  /// The limit around another.
  func around(_ line: Int) -> Int { Int(outer[line]) }
}
