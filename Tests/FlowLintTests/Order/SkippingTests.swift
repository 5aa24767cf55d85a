import FlowDiagnostics
import FlowEngine
import TaskFlow
import TaskFlowTesting
import Testing

@testable import FlowLint

/// What is said of conditions is what the engine does with them.
struct SkippingTests {
  /// A run in which the task of one condition is skipped and nothing fails of itself.
  private func run(
    _ plan: Plan, _ document: RandomDocument, skipping input: String, failing: NodeIndex? = nil
  ) -> SimulatedRun {
    let inputs = document.conditions.reduce(into: [String: BoxedValue]()) {
      $0[$1] = BoxedValue($1 != input)
    }
    var run = SimulatedRun(plan: plan, inputs: inputs)
    while let call = run.calls.first(where: { $0.node != failing }) ?? run.calls.first {
      run.take(call.node == failing && call.action == .execute ? .fail(call.node) : .end(call.node))
    }
    return run
  }

  private func condition(of decision: SkipDecision, in plan: Plan) -> String {
    plan.task(at: decision.node)?.traits.condition?.summary ?? ""
  }

  @Test func `what a decision is said to skip is skipped, in 1,500 random flows`() throws {
    var count = 0
    for seed: UInt64 in 1...1_500 {
      let document = RandomDocument(seed: seed, .init(conditions: 3))
      let plan = try #require(document.plan, "seed \(seed)\n\(document.text)")
      var reach = SkipReach(of: plan)
      for decision in SkipDecision.all(in: plan) {
        let atoms = reach.atoms(skippedAt: decision.node, decision.depth)
        let skipped = try #require(atoms)
        let run = run(plan, document, skipping: condition(of: decision, in: plan))
        // A value that is not there can keep the run from coming that far.
        guard run.machine.flowState == .success else { continue }
        let ignored = plan.atoms.filter { run.machine.states[Int($0)] == .ignored }
        #expect(ignored == skipped.sorted(), "seed \(seed)\n\(document.text)")
        count += 1
      }
    }
    #expect(count > 500, "\(count)")
  }

  @Test func `a value that is said to be lost is not there in a run, in 1,000 random flows`() throws
  {
    var (executing, reverting) = (0, 0)
    for seed: UInt64 in 1...1_000 {
      let document = RandomDocument(seed: seed, .init(conditions: 3))
      let plan = try #require(document.plan)
      for loss in LostValues(in: plan).losses where loss.method == .execute {
        let input = condition(of: loss.decision, in: plan)
        let run = run(plan, document, skipping: input)
        #expect(run.machine.flowState != .success, "seed \(seed)\n\(document.text)")
        executing += 1
      }
      reverting += LostValues(in: plan).losses.count { $0.method == .revert }
    }
    #expect(executing > 100 && reverting > 20, "\(executing) \(reverting)")
  }

  @Test func `with one condition no other value is lost, in 1,000 random flows`() throws {
    var (lost, kept) = (0, 0)
    for seed: UInt64 in 1...1_000 {
      let document = RandomDocument(seed: seed, .init(conditions: 1))
      let plan = try #require(document.plan)
      guard let input = document.conditions.first else { continue }
      let succeeds = run(plan, document, skipping: input).machine.flowState == .success
      let losses = LostValues(in: plan).losses.filter { $0.method == .execute }
      #expect(losses.isEmpty == succeeds, "seed \(seed)\n\(document.text)")
      if succeeds { kept += 1 } else { lost += 1 }
    }
    #expect(lost > 50 && kept > 500, "\(lost) \(kept)")
  }

  @Test func `a revert that is reported fails in a run`() throws {
    let text = """
      tfgraph: 1
      flow: deploy
      inputs: { c0: { type: bool } }
      linear:
        - task: snapshot
          when: c0
          skip: atom
          run: x
          provides: previous
        - task: roll-out
          run: x
          revert: { requires: [previous], run: x }
        - task: check
          run: x
      """
    let reading = FlowDocument.read(bytes: Array(text.utf8), path: "flow.yaml")
    let rules = LintRule.all.filter { $0.name == "revert-needs-missing" }
    #expect(Linter(rules: rules).lint(reading).findings.map(\.span.line) == [12])
    // Only its findings are errors; the flow compiles.
    let plan = try #require(reading.compile()?.plan)
    func state(skipping: Bool) -> AtomState {
      var run = SimulatedRun(plan: plan, inputs: ["c0": BoxedValue(!skipping)])
      while let call = run.calls.first {
        let fails = plan.name(of: call.node) == "check" && call.action == .execute
        run.take(fails ? .fail(call.node) : .end(call.node))
      }
      return run.machine.states[Int(plan.atoms[1])]
    }
    #expect(state(skipping: true) == .revertFailure)
    #expect(state(skipping: false) == .reverted)
  }

  @Test func `a controller that a link can skip alone is told`() {
    var flow = Flow.graph("f") {
      FlowTask("a") {}
      Flow.linear("inner", retry: .times("again", attempts: 2)) {
        FlowTask("b") {}
      }
    }
    let rules = LintRule.all.filter { $0.name == "skipped-provider" }
    for depth in SkipDepth.allCases {
      var linked = flow
      linked.link(from: "a", to: "inner", decider: LinkDecider(depth: depth) { _ in false })
      let found = Linter(rules: rules).lint(linked).findings.map(\.message)
      #expect(
        found
          == (depth == .all
            ? [] : ["the retry of flow 'inner' can be skipped while its tasks run"]))
    }
    flow.link(from: "a", to: "inner")
    #expect(Linter(rules: rules).lint(flow).findings == [])
  }
}
