import FlowGraph
public import TaskFlow

/// What is different in today's flow from the one that a run began with, and what that means for the run.
public struct FlowChanges: Sendable, Hashable {
  /// What makes no difference: descriptions, timeouts, tasks that have not been reached.
  public var compatible: [String] = []

  /// What makes a difference to what is still to be done, and has to be accepted.
  public var mattering: [String] = []

  /// What the run can't go on with.
  public var irreconcilable: [String] = []

  /// Whether nothing is different.
  public var isEmpty: Bool { compatible.isEmpty && mattering.isEmpty && irreconcilable.isEmpty }
}

extension FlowChanges {
  /// Makes sure that a run can go on with them.
  ///
  /// - Throws: ``StoreFailure`` when it can't, or they matter and are not accepted.
  package func check(_ id: String, isAccepted: Bool) throws(StoreFailure) {
    let reasons = irreconcilable.isEmpty && !isAccepted ? mattering : irreconcilable
    guard let first = reasons.first else { return }
    let more = reasons.count > 1 ? ", and \(reasons.count - 1) more" : ""
    let advice =
      irreconcilable.isEmpty
      ? "; accept it with --accept-changes" : "; run it with the flow that it began with"
    throw StoreFailure(
      .changedFlow, "the flow of run '\(id)' has changed: \(first)\(more)\(advice)")
  }
}

extension StoredRun {
  /// What is different in another plan of the flow.
  ///
  /// Complexity: linear in the size of both.
  ///
  /// - Parameter isToBeUndone: whether nothing more of it is to be executed, so that only what undoes matters.
  public func changes(to plan: Plan, isToBeUndone: Bool = false) -> FlowChanges {
    let outline = PlanOutline(of: plan)
    guard head.outline != outline else { return FlowChanges() }
    return FlowComparison(self, outline, plan, isToBeUndone: isToBeUndone).changes
  }
}

/// Holds a stored run against another plan of its flow.
private struct FlowComparison {
  private let run: StoredRun
  private let old: [String: PlanOutline.Atom]
  private let new: [String: PlanOutline.Atom]
  private let isToBeUndone: Bool
  private(set) var changes = FlowChanges()

  init(_ run: StoredRun, _ outline: PlanOutline, _ plan: Plan, isToBeUndone: Bool) {
    self.run = run
    self.isToBeUndone = isToBeUndone
    old = Dictionary(
      run.head.outline.atoms.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    new = Dictionary(outline.atoms.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    for atom in run.head.outline.atoms where new[atom.name] == nil { compareGone(atom) }
    for atom in outline.atoms {
      guard let before = old[atom.name] else {
        changes.compatible.append("'\(atom.name)' is new")
        continue
      }
      compare(before, atom)
    }
    compareFlows(outline)
    compareOrder(outline)
    checkReach(of: plan)
    checkInputs(of: plan)
    if isBeingUndone, Set(old.keys) != Set(new.keys) {
      changes.irreconcilable.append("its tasks are others, and it is being undone")
    }
  }

  /// How an atom stands, when anything was done about it.
  private func touched(_ name: String) -> StoredAtom? {
    guard let atom = run.atoms[name], atom.state != .pending || atom.attempts > 0 else {
      return nil
    }
    return atom
  }

  private var isBeingUndone: Bool {
    run.standing.revertsEverything
      || run.atoms.values.contains { $0.intention == .revert || $0.intention == .retry }
  }

  private mutating func compareGone(_ atom: PlanOutline.Atom) {
    if touched(atom.name) != nil {
      changes.irreconcilable.append("'\(atom.name)' is gone, and it has begun")
    } else {
      note("'\(atom.name)' is gone", isCompatible: isToBeUndone)
    }
  }

  private mutating func compare(_ before: PlanOutline.Atom, _ after: PlanOutline.Atom) {
    let name = after.name
    let stored = touched(name)
    let isDone = stored?.state == .success || stored?.state == .ignored
    // As long as a controller can be asked, what is done may be done again.
    let isOver = isToBeUndone || isDone && before.controller == nil && after.controller == nil
    if before.isController != after.isController {
      changes.irreconcilable.append("'\(name)' is something else")
      return
    }
    if before.controller != after.controller {
      note("who is asked about a failure of '\(name)'", isIrreconcilable: stored != nil)
    }
    if before.provides != after.provides {
      note("what '\(name)' provides", isIrreconcilable: isDone)
    }
    if major(before) != major(after) {
      note("the version of '\(name)'", isIrreconcilable: stored != nil)
    } else if before.version != after.version {
      changes.compatible.append("the version of '\(name)'")
    }
    // An older version of tfgraph did not keep the rest.
    guard before.requires != nil else { return }
    if before.requires != after.requires { note("what '\(name)' requires", isCompatible: isOver) }
    if before.does != after.does {
      // A controller is asked again as long as its flow can fail.
      after.isController
        ? note("the rules of '\(name)'", isCompatible: isToBeUndone)
        : note("what '\(name)' does", isCompatible: isOver)
    }
    if before.condition != after.condition {
      note(
        "when '\(name)' is skipped",
        isCompatible: isOver || stored != nil && after.controller == nil)
    }
    if before.undoes != after.undoes {
      note(
        "how '\(name)' is undone",
        isCompatible: isToBeUndone && stored == nil
          || stored?.state == .reverted && after.controller == nil)
    }
    if before.once != after.once {
      note("whether '\(name)' is run at most once", isCompatible: isOver)
    }
    if before.words != after.words {
      changes.compatible.append("the description, timeout or priority of '\(name)'")
    }
  }

  private func major(_ atom: PlanOutline.Atom) -> Substring {
    atom.version?.prefix { $0 != "." } ?? "1"
  }

  private mutating func note(
    _ what: String, isCompatible: Bool = false, isIrreconcilable: Bool = false
  ) {
    if isIrreconcilable {
      changes.irreconcilable.append("\(what), and it has begun")
    } else if isCompatible {
      changes.compatible.append(what)
    } else {
      changes.mattering.append(what)
    }
  }

  /// Flows do nothing themselves, and their controllers are atoms.
  private mutating func compareFlows(_ outline: PlanOutline) {
    let before = run.head.outline
    guard let oldNodes = before.nodes, let newNodes = outline.nodes else { return }
    func flows(_ nodes: [String]) -> [String] {
      nodes.filter { $0.hasPrefix("<") }.map { String($0.dropFirst()) }
    }
    let (then, now) = (flows(oldNodes), flows(newNodes))
    let (known, left) = (Set(then), Set(now))
    for name in then where !left.contains(name) {
      changes.compatible.append("flow '\(name)' is gone")
    }
    for name in now {
      if !known.contains(name) {
        changes.compatible.append("flow '\(name)' is new")
      } else if before.flows?[name] != outline.flows?[name] {
        changes.compatible.append("the description, timeout or limit of flow '\(name)'")
      }
    }
  }

  // MARK: The order

  private mutating func compareOrder(_ outline: PlanOutline) {
    let before = run.head.outline
    let common = { [old, new] (atom: PlanOutline.Atom) in
      old[atom.name] != nil && new[atom.name] != nil ? atom.name : nil
    }
    var isSame = before.atoms.compactMap(common) == outline.atoms.compactMap(common)
    if isSame, before.edges != outline.edges || before.nodes != outline.nodes,
      let (then, now) = OutlineOrder(before).flatMap({ old in
        OutlineOrder(outline).map { (old, $0) }
      })
    {
      isSame = keepsOrder(then, now)
    }
    if !isSame { changes.mattering.append("the order between its tasks") }
  }

  /// Whether what both outlines have is in the same order in both, whatever came between.
  ///
  /// Complexity: linear in the size of both for what has other neighbours now; after a thousand of those it
  /// counts as another order.
  private func keepsOrder(_ then: OutlineOrder, _ now: OutlineOrder) -> Bool {
    let common = Set(old.keys).intersection(new.keys)
    var left = 1_000
    for name in common {
      let (before, after) = (
        then.nearest(before: name, among: common), now.nearest(before: name, among: common)
      )
      for other in before.symmetricDifference(after) {
        left -= 1
        let isKept =
          before.contains(other) ? now.comes(other, before: name) : then.comes(other, before: name)
        guard left > 0, isKept else { return false }
      }
    }
    return true
  }

  /// A run can't go on without inputs that nobody has given it.
  private mutating func checkInputs(of plan: Plan) {
    let defaults = Set(plan.inputs.filter { $0.defaultValue != nil }.map(\.symbol))
    for symbol in plan.inputSymbols
    where run.head.inputs[symbol] == nil && !defaults.contains(symbol) {
      changes.irreconcilable.append("it requires '\(symbol)' now, and the run was not given it")
    }
    for input in plan.inputs {
      guard let value = run.head.inputs[input.symbol], let problem = input.problem(with: value)
      else {
        continue
      }
      changes.irreconcilable.append("the input '\(input.symbol)' \(problem)")
    }
  }

  /// What has begun must not come after what has not.
  private mutating func checkReach(of plan: Plan) {
    guard let order = plan.graph.topologicalOrder() else { return }
    // An atom before each node that is not done, if there is one.
    var blocker = [NodeIndex?](repeating: nil, count: plan.nodes.count)
    for node in order {
      var found: NodeIndex?
      for edge in plan.predecessors.successors(of: Int(node)) {
        found = found ?? blocker[Int(edge)]
      }
      guard plan.nodes[Int(node)].isAtom else {
        blocker[Int(node)] = found
        continue
      }
      let name = plan.name(of: node)
      if let found, isUnderWayOrDone(name) {
        changes.irreconcilable.append(
          "'\(name)' has begun, and comes after '\(plan.name(of: found))' now, which is not done")
      }
      let state = run.atoms[name]?.state ?? .pending
      // While a run is undone, what comes later is undone first.
      blocker[Int(node)] = found ?? (state == .pending || state == .running ? node : nil)
    }
  }

  private func isUnderWayOrDone(_ name: String) -> Bool {
    switch run.atoms[name]?.state ?? .pending {
    case .pending, .reverted, .ignored: false
    default: true
    }
  }
}

/// What comes after what in an outline, by name.
private struct OutlineOrder {
  private let labels: [String]
  /// The nodes directly before each node.
  private var before: [[Int32]]
  private var positions: [String: Int32] = [:]

  /// The order of an outline; `nil` for one of an earlier version.
  init?(_ outline: PlanOutline) {
    guard let labels = outline.nodes else { return nil }
    self.labels = labels
    before = Array(repeating: [], count: labels.count)
    for index in stride(from: 0, to: outline.edges.count - 1, by: 2) {
      before[Int(outline.edges[index + 1])].append(outline.edges[index])
    }
    for (index, label) in labels.enumerated() { positions[label] = Int32(index) }
  }

  /// The atoms of some names that come before one of them, with nothing between but other nodes.
  func nearest(before name: String, among known: Set<String>) -> Set<String> {
    var found: Set<String> = []
    walk(from: name) { label in
      guard known.contains(label) else { return true }
      found.insert(label)
      return false
    }
    return found
  }

  /// Whether one atom comes before another.
  func comes(_ first: String, before second: String) -> Bool {
    var isFound = false
    walk(from: second) { label in
      if label == first { isFound = true }
      return !isFound
    }
    return isFound
  }

  /// Visits what comes before a node, each once, and goes on behind those that `visit` lets it pass.
  private func walk(from name: String, _ visit: (String) -> Bool) {
    guard let start = positions[name] else { return }
    var open = before[Int(start)]
    var seen = Set(open)
    while let next = open.popLast() {
      guard visit(labels[Int(next)]) else { continue }
      for other in before[Int(next)] where seen.insert(other).inserted { open.append(other) }
    }
  }
}
