import FlowEngine
import TaskFlow

/// A run by the letter of semantics 4 to 6: sets and definitions, no counters, no queues.
///
/// It is slow and plain on purpose, and shares no code with the machine that it judges.
struct ReferenceRun: ExploredRun {
  private let shape: Shape
  private var states: [NodeIndex: AtomState] = [:]
  private var intentions: [NodeIndex: Intention] = [:]
  private var histories: [NodeIndex: Int] = [:]
  private var filed: [NodeIndex: Set<NodeIndex>] = [:]
  private var failed: Set<NodeIndex> = []
  private(set) var attempts: [Int32]

  init(_ world: SmallWorld) {
    shape = Shape(world)
    attempts = Array(repeating: 0, count: world.plan.nodes.count)
    for atom in shape.atoms {
      states[atom] = .pending
      intentions[atom] = .execute
    }
    startReady()
  }

  // MARK: Looking at it

  var key: RunPicture { picture }

  var picture: RunPicture {
    RunPicture(shape.atoms, flow: flow) { atom in
      RunPicture.Atom(
        state: states[atom] ?? .pending, intention: intentions[atom] ?? .ignore,
        hasFailed: failed.contains(atom), attempts: histories[atom] ?? 0,
        filed: (filed[atom] ?? []).compactMap { shape.atoms.firstIndex(of: $0) })
    }
  }

  var choices: [RunChoice] { underWay.flatMap { shape.world.outcomes(of: $0) } }

  /// Every step follows from the rules here, so there is nothing else to hold it against.
  var violations: [String] { [] }

  private var underWay: [NodeIndex] {
    shape.atoms.filter { states[$0] == .running || states[$0] == .reverting }
  }

  /// 5.5: how it ends, when nothing runs and nothing can start.
  private var flow: FlowState {
    if !underWay.isEmpty { return .running }
    if isGivenUp || shape.atoms.contains(where: { states[$0] == .revertFailure }) {
      return .failure
    }
    return shape.atoms.allSatisfy { isDone($0) } ? .success : .reverted
  }

  /// 6.9, 6.11: nothing starts any more.
  private var isGivenUp: Bool {
    let options = shape.world.options
    return options.neverResolves && !failed.isEmpty
      || options.revertFailure == .halt
        && shape.atoms.contains { states[$0] == .revertFailure }
  }

  // MARK: 5, what runs next

  private func isDone(_ atom: NodeIndex) -> Bool {
    states[atom] == .success || states[atom] == .ignored
  }

  private func isToBeDone(_ atom: NodeIndex) -> Bool {
    intentions[atom] == .execute || intentions[atom] == .ignore
  }

  private func mayExecute(_ atom: NodeIndex) -> Bool {
    states[atom] == .pending && intentions[atom] == .execute
      && shape.ancestors(of: atom).allSatisfy { isDone($0) && isToBeDone($0) }
  }

  private func mayRevert(_ atom: NodeIndex) -> Bool {
    let undone: Set<AtomState?> = [.pending, .reverted, .ignored]
    return (states[atom] == .success || states[atom] == .failure)
      && (intentions[atom] == .revert || intentions[atom] == .retry)
      && shape.cone(of: atom).allSatisfy { undone.contains(states[$0]) }
  }

  /// 5.3: in declaration order, up to the limit.
  private mutating func startReady() {
    while !isGivenUp, underWay.count < shape.world.options.concurrencyLimit ?? .max,
      let atom = shape.atoms.first(where: { mayExecute($0) || mayRevert($0) })
    {
      if intentions[atom] == .revert {
        states[atom] = .reverting
      } else {
        if intentions[atom] == .retry { reset(shape.cone(of: atom)) }
        intentions[atom] = .execute
        states[atom] = .running
        attempts[Int(atom)] += 1
      }
    }
  }

  /// 6.2: back to where they were before they ran.
  private mutating func reset(_ cone: Set<NodeIndex>) {
    for atom in cone {
      states[atom] = .pending
      intentions[atom] = .execute
      forget(atom)
      failed.remove(atom)
    }
  }

  private mutating func forget(_ controller: NodeIndex) {
    histories[controller] = nil
    filed[controller] = nil
  }

  // MARK: What comes of a body

  mutating func take(_ choice: RunChoice) {
    let atom = choice.node
    switch (states[atom], choice.fails) {
    case (.running, false):
      states[atom] = .success
      if shape.isController(atom) {
        histories[atom, default: 0] += 1
        filed[atom] = []
      }
    case (.running, true):
      states[atom] = .failure
      failed.insert(atom)
      if !shape.world.options.neverResolves { resolve(failureOf: atom) }
    case (_, false):
      states[atom] = .reverted
      forget(atom)
    case (_, true):
      states[atom] = .revertFailure
      if shape.world.options.revertFailure == .continueIndependent { revert(shape.atoms) }
    }
    startReady()
  }

  // MARK: 6, what a failure does

  private mutating func resolve(failureOf atom: NodeIndex) {
    guard let controller = shape.asked(about: atom, histories) else { return revert(shape.atoms) }
    switch verdict(of: controller, about: atom) {
    case .retry(let controller):
      if intentions[controller] != .revert { intentions[controller] = .retry }
      revert(shape.cone(of: controller))
    case .revert(let controller):
      revert([controller])
      revert(shape.cone(of: controller))
    case .revertAll:
      revert(shape.atoms)
    }
  }

  private enum Verdict {
    case retry(NodeIndex)
    case revert(NodeIndex)
    case revertAll
  }

  /// 6.3: the failure is filed, and a controller that would revert has its parent asked first.
  private mutating func verdict(of controller: NodeIndex, about atom: NodeIndex) -> Verdict {
    filed[controller, default: []].insert(atom)
    let failures = filed[controller]?.count ?? 0
    switch shape.decision(
      of: controller, attempts: histories[controller] ?? 0, failures: failures)
    {
    case .retry: return .retry(controller)
    case .revertAll: return .revertAll
    case .revert: break
    }
    let defers = shape.world.options.defersReverts
    guard let parent = shape.asked(about: controller, histories) else {
      return defers ? .revertAll : .revert(controller)
    }
    let outer = verdict(of: parent, about: controller)
    if case .revert = outer, !defers { return .revert(controller) }
    return outer
  }

  private mutating func revert(_ atoms: some Sequence<NodeIndex>) {
    for atom in atoms { intentions[atom] = .revert }
  }
}
