import FlowEngine
import TaskFlow
import TaskFlowTesting

/// A run that can be copied and taken on in every way.
protocol ExploredRun {
  associatedtype Key: Hashable
  /// Runs with the same key go on alike.
  var key: Key { get }
  var picture: RunPicture { get }
  /// What can happen next, in declaration order, success first.
  var choices: [RunChoice] { get }
  /// How often each node began.
  var attempts: [Int32] { get }
  /// What did not hold so far.
  var violations: [String] { get }
  mutating func take(_ choice: RunChoice)
}

/// Everything that a run can do: its states, and where each choice leads.
///
/// How often atoms began is not part of a state, since a state would then never be met again; each step
/// says which atoms it began instead, so that equal explorations have equal attempts on every way.
struct Exploration: Sendable {
  struct Step: Sendable {
    var choice: RunChoice
    /// The atoms that began, by bit.
    var begun: UInt64
    var target: Int
  }

  private(set) var pictures: [RunPicture] = []
  private(set) var steps: [[Step]] = []
  private(set) var violations: [String] = []
  private var origins: [(state: Int, choice: RunChoice)?] = []

  var stepCount: Int { steps.reduce(0) { $0 + $1.count } }

  /// Goes every way from the beginning of a run.
  init<Run: ExploredRun>(of run: Run) {
    var known: [Run.Key: Int] = [run.key: 0]
    var pending = [(state: 0, run: run)]
    add(run, from: nil)
    while let (state, run) = pending.popLast() {
      for choice in run.choices {
        var next = run
        next.take(choice)
        let key = next.key
        let target: Int
        if let found = known[key] {
          target = found
          note(next)
        } else {
          target = pictures.count
          known[key] = target
          add(next, from: (state, choice))
          pending.append((target, next))
        }
        steps[state].append(
          Step(choice: choice, begun: Self.begun(run.attempts, next.attempts), target: target))
      }
    }
    checkEnds()
  }

  private mutating func add(
    _ run: some ExploredRun, from origin: (state: Int, choice: RunChoice)?
  ) {
    pictures.append(run.picture)
    steps.append([])
    origins.append(origin)
    note(run)
  }

  private mutating func note(_ run: some ExploredRun) {
    guard violations.count < 10 else { return }
    violations += run.violations
  }

  private static func begun(_ before: [Int32], _ after: [Int32]) -> UInt64 {
    before.indices.reduce(0) { before[$1] == after[$1] ? $0 : $0 | 1 << UInt64($1) }
  }

  /// No live lock: no way leads back to where it was, and each ends in an end of the flow.
  private mutating func checkEnds() {
    var open = [Int](repeating: 0, count: steps.count)
    for step in steps.joined() { open[step.target] += 1 }
    var pending = open.indices.filter { open[$0] == 0 }
    var passed = 0
    while let state = pending.popLast() {
      passed += 1
      for step in steps[state] {
        open[step.target] -= 1
        if open[step.target] == 0 { pending.append(step.target) }
      }
      let hasEnded = [.success, .failure, .reverted].contains(pictures[state].flow)
      if steps[state].isEmpty != hasEnded {
        violations.append("\(RunLaw.runEnds.rawValue): stands still at \(way(to: state))")
      }
    }
    if passed < steps.count {
      violations.append("\(RunLaw.runEnds.rawValue): a way leads back to where it was")
    }
  }

  /// The pictures of the ends.
  var ends: Set<RunPicture> {
    Set(steps.indices.filter { steps[$0].isEmpty }.map { pictures[$0] })
  }

  /// How a state is reached, for people.
  func way(to state: Int) -> String {
    var words = ["\(pictures[state])"]
    var current = state
    while let origin = origins[current] {
      words.append("\(origin.choice.node)\(origin.choice.fails ? " fails" : " ends")")
      current = origin.state
    }
    return words.reversed().joined(separator: ", ")
  }

  /// The first difference from another exploration, whose states have one picture each, or `nil` when both
  /// have the same states, and the same choices lead to the same in each.
  func difference(from reference: Exploration) -> String? {
    let known = Dictionary(
      zip(reference.pictures, reference.pictures.indices), uniquingKeysWith: { first, _ in first })
    for state in pictures.indices {
      guard let twin = known[pictures[state]] else {
        return "only the machine gets to: \(way(to: state))"
      }
      let theirs = reference.steps[twin]
      let isSame = steps[state].elementsEqual(theirs) { mine, other in
        mine.choice == other.choice && mine.begun == other.begun
          && pictures[mine.target] == reference.pictures[other.target]
      }
      if !isSame {
        let mine = steps[state].map { "\($0.choice) → \(pictures[$0.target])" }
        let other = theirs.map { "\($0.choice) → \(reference.pictures[$0.target])" }
        return "at \(way(to: state))\nmachine: \(mine)\nreference: \(other)"
      }
    }
    if Set(pictures).count != reference.pictures.count {
      return "only the reference gets to some states"
    }
    return ends == reference.ends ? nil : "the ends differ"
  }
}
