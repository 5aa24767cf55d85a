import FlowGraph
import TaskFlow

extension RunMachine {
  /// Decides what the failure of an atom leads to, and sets intentions accordingly (semantics 6).
  mutating func resolve(_ node: NodeIndex, _ failure: Failure) {
    guard !options.neverResolves else {
      isHalted = true
      return
    }
    var atom = node
    var failure = failure
    var innermost: NodeIndex?
    while let controller = askedController(of: atom) {
      file(failure, of: atom, with: controller)
      do {
        let decision = try decision(of: controller)
        actions.append(.decided(controller, decision))
        switch decision {
        case .retry: return beginRetry(controller)
        case .revertAll: return revertEverything()
        case .revert: innermost = innermost ?? controller
        }
      } catch {
        // The controller itself has failed then, so the one around it is asked about that.
        failure = Failure(error)
        append(failure, of: controller)
        innermost = nil
      }
      atom = controller
    }
    if let innermost, !options.defersReverts {
      revert(within: innermost)
    } else {
      revertEverything()
    }
  }

  /// The nearest controller out that can be asked: one that was skipped or has no attempt is passed over.
  private func askedController(of node: NodeIndex) -> NodeIndex? {
    var next = tables.controller[Int(node)]
    while let controller = next {
      let hasAttempt = (history(of: controller)?.count ?? 0) > 0
      if states[Int(controller)] != .ignored, hasAttempt { return controller }
      next = tables.controller[Int(controller)]
    }
    return nil
  }

  private mutating func file(
    _ failure: Failure, of atom: NodeIndex, with controller: NodeIndex
  ) {
    guard case .retry(let index) = plan.nodes[Int(controller)].kind else { return }
    histories[Int(index)].file(failure, of: plan.name(of: atom))
    note(controller)
  }

  private func decision(of node: NodeIndex) throws -> RetryDecision {
    guard let controller = plan.controller(at: node), let history = history(of: node) else {
      return .revert
    }
    return try controller.decision(
      history: history, arguments: arguments(of: node, for: .execute))
  }

  // MARK: Setting intentions

  /// Has the controller's cone undone, and the controller executed again after that.
  private mutating func beginRetry(_ controller: NodeIndex) {
    // A REVERT sticks, and with a RETRY the cone is marked already.
    guard intentions[Int(controller)] == .execute else { return }
    trackUndone()
    intentions[Int(controller)] = .retry
    note(controller)
    revert(visits.cone(of: controller, in: plan.graph))
    if isFreeToBeUndone(controller) { enqueue(controller) }
  }

  /// Has the controller and its cone undone.
  private mutating func revert(within controller: NodeIndex) {
    switch intentions[Int(controller)] {
    case .revert: break
    case .retry: revert([controller])
    case .execute, .ignore: revert([controller] + visits.cone(of: controller, in: plan.graph))
    }
  }

  /// Has everything undone.
  mutating func revertEverything() {
    guard !revertsEverything else { return }
    revertsEverything = true
    revert(plan.nodes.indices.map { NodeIndex($0) })
  }

  /// Whether nothing is left of what comes after an atom that is to be undone.
  func isFreeToBeUndone(_ node: NodeIndex) -> Bool { undone?.open[Int(node)] == 0 }

  /// Begins to keep track of what is undone, before something is to be.
  mutating func trackUndone() {
    if undone == nil { undone = countedUndone }
  }

  /// What is undone, counted anew.
  var countedUndone: Passage {
    Passage(
      nodeCount: states.count, ownSettled: { states[$0].isUndone }, incoming: plan.graph,
      outgoing: plan.predecessors)
  }

  private mutating func revert(_ nodes: [NodeIndex]) {
    trackUndone()
    for node in nodes where tables.isAtom[Int(node)] {
      intentions[Int(node)] = .revert
      note(node)
      resumed.remove(node)
      if pausing.remove(node) != nil { actions.append(.cancelPause(node)) }
      let state = states[Int(node)]
      if state == .success || state == .failure, isFreeToBeUndone(node) { enqueue(node) }
    }
  }
}
