import FlowDiagnostics
import FlowEngine
import FlowGraph
import FlowRender
import TaskFlow
import Testing

/// What a page says about a failure is what the engine does.
@Suite struct FailureCourseTests {
  /// One run in which a task fails whenever it is executed.
  private struct FailingRun {
    private(set) var machine: RunMachine
    /// The controllers that had another attempt made, in the order of their first one.
    private(set) var retried: [NodeIndex] = []
    /// A controller's own failure, which a page says nothing about.
    private(set) var hasOwnFailure = false

    init(of plan: Plan, failing task: NodeIndex) {
      machine = RunMachine(plan: plan)
      var events: [MachineEvent] = []
      var next = 0
      note(machine.start(), failing: task, &events)
      while next < events.count {
        let event = events[next]
        next += 1
        note(machine.handle(event), failing: task, &events)
      }
    }

    private mutating func note(
      _ actions: [MachineAction], failing task: NodeIndex, _ events: inout [MachineEvent]
    ) {
      for action in actions {
        switch action {
        case .execute(let node, let call): events.append(ending(of: node, call, failing: task))
        case .revert(let node, _): events.append(.reverted(node))
        case .pause(let node, _): events.append(.pauseEnded(node))
        case .decided(let node, .retry) where !retried.contains(node): retried.append(node)
        default: break
        }
      }
    }

    private mutating func ending(
      of node: NodeIndex, _ call: MachineAction.Call, failing task: NodeIndex
    ) -> MachineEvent {
      if node == task { return .executionFailed(node, Failure("it fails")) }
      guard let controller = machine.plan.controller(at: node) else {
        let list = BoxedValue(FlowValue.list([1, 2]))
        let items = machine.plan.provision(of: node).items
        return .executed(node, AtomResult(elements: items.map { _ in list }))
      }
      do {
        let value = try controller.strategy.execute(
          history: call.history ?? History(), arguments: call.arguments(of: node, in: machine.plan))
        return .executed(node, AtomResult(whole: value, elements: [value]))
      } catch {
        hasOwnFailure = true
        return .executionFailed(node, Failure(error))
      }
    }
  }

  @Test func `the course of each task's failure is what a run does`() throws {
    var count = 0
    for seed in UInt64(0)..<300 {
      let plan = try #require(Compiler().compile(RandomFlow.make(seed: seed)).plan)
      for task in plan.atoms where plan.nodes[Int(task)].isTask {
        let run = FailingRun(of: plan, failing: task)
        if run.hasOwnFailure { continue }
        count += 1
        let course = FailureCourse(of: task, in: plan)
        let place: Comment = "seed \(seed), \(plan.name(of: task))"
        #expect(run.retried == course.retries.map(\.controller), place)
        check(course, against: run.machine, place)
      }
    }
    #expect(count > 1_000)
  }

  private func check(_ course: FailureCourse, against machine: RunMachine, _ place: Comment) {
    let undoing =
      switch course.end {
      case .flow(_, let undoing), .everything(_, let undoing): undoing
      }
    func states(_ nodes: [NodeIndex]) -> Set<AtomState> {
      Set(nodes.map { machine.states[Int($0)] })
    }
    #expect(states(undoing.undone + undoing.notUndoable).isSubset(of: [.reverted]), place)
    #expect(states(undoing.undoneIfRun).isSubset(of: [.reverted, .pending]), place)
    #expect(states(undoing.kept + undoing.goingOn).isSubset(of: [.success]), place)
    let plan = machine.plan
    let done = plan.atoms.filter {
      plan.nodes[Int($0)].isTask && machine.states[Int($0)] == .success
    }
    #expect(Set(done) == Set(undoing.kept + undoing.goingOn), place)
    for (position, node) in undoing.undone.enumerated() {
      let after = plan.graph.descendants(of: Int(node))
      #expect(undoing.undone[position...].allSatisfy { !after.contains(Int($0)) }, place)
    }
  }
}
