import FlowEngine
import TaskFlow

/// In which order calls end in a simulated run.
package enum EndOrder: Sendable, Hashable, CaseIterable {
  /// As they began.
  case first
  /// The latest first, so that old calls take very long.
  case last
  /// Any.
  case random
  /// Any, but the calls of one atom end only when nothing else is left to end.
  case starvingOne
  /// Any, but failures come first.
  case failuresFirst
}

extension SimulatedRun {
  /// Runs to the end.
  ///
  /// - Parameters:
  ///   - order: in which order calls end.
  ///   - stopPercent: how often, of a hundred steps, the run is asked to stop.
  ///   - random: makes the choices.
  ///   - mostSteps: how many steps are enough; a run that takes more does not end.
  package mutating func run(
    _ order: EndOrder, stopPercent: Int = 0, mostSteps: Int = 100_000,
    random: inout SeededGenerator
  ) {
    let starved = NodeIndex(random.number(0...max(0, machine.plan.nodes.count - 1)))
    var steps = 0
    while !isOver {
      steps += 1
      guard steps <= mostSteps else {
        return invariants.violate(.runEnds, "is not over after \(mostSteps) steps")
      }
      if random.happens(stopPercent) {
        let interrupted = calls.randomElement(using: &random)?.node
        take(random.happens(50) ? interrupted.map { .interrupt($0) } ?? .suspend : .suspend)
      } else {
        take(next(order, starved: starved, random: &random))
      }
    }
    if steps == 0 { invariants.checkEnd(of: machine) }
  }

  private func next(
    _ order: EndOrder, starved: NodeIndex, random: inout SeededGenerator
  ) -> Choice {
    let ends =
      calls.map { Choice.end($0.node) } + pauses.map { Choice.endPause($0) }
    let any = ends[random.number(0...ends.count - 1)]
    switch order {
    case .first: return ends[0]
    case .last: return ends[ends.count - 1]
    case .random: return any
    case .starvingOne:
      return ends.filter { $0 != .end(starved) }.randomElement(using: &random) ?? any
    case .failuresFirst:
      return calls.first { failsNext($0) }.map { .end($0.node) } ?? any
    }
  }

  private func failsNext(_ call: PendingCall) -> Bool {
    switch preview(of: call) {
    case .executionFailed, .revertFailed: true
    default: false
    }
  }

  /// What would come of a call that ended now.
  private func preview(of call: PendingCall) -> MachineEvent {
    var copy = self
    return copy.answer(to: call)
  }
}
