import FlowEngine
import TaskFlow
import TaskFlowTesting
import Testing

struct ListenerTests {
  private let script = TaskScript()

  /// A flow whose second task fails once.
  private var flow: Flow {
    Flow.linear("all", retry: .times("again", attempts: 2)) {
      script.task("a")
      script.task("b", executes: .fails("b broke"), .succeeds)
    }
  }

  @Test func `all listeners see the same order`() async throws {
    let plan = try compile(flow)
    let (first, second) = (RunTrace(of: plan), RunTrace(of: plan))
    _ = try await Engine(plan: plan).run(listeners: [first, second])
    let expected = "a▶ a✓ b▶ b✗ b↩ b↩✓ a↩ a↩✓ again↻ a▶ a✓ b▶ b✓ · success"
    #expect(first.line() == expected)
    #expect(second.line() == expected)
  }

  @Test func `a listener that is a function comes after the others`() async throws {
    let capture = EventCapture()
    let counts = CallLog()
    _ = try await Engine(plan: try compile(flow)).run(listeners: [capture]) { _ in
      counts.note("\(capture.events.count)")
    }
    #expect(counts.lines == (1...capture.events.count).map { "\($0)" })
  }

  @Test func `a filter chooses what a listener is told`() async throws {
    let plan = try compile(flow)
    let (states, decisions, named) = (EventCapture(), EventCapture(), EventCapture())
    let (flowEvents, all) = (EventCapture(), EventCapture())
    _ = try await Engine(plan: plan).run(listeners: [
      all, states.only(.states(.failure, .reverted)), decisions.only(.decisions),
      named.only(.named("b", in: plan) && .atoms), flowEvents.only(.flow),
    ])
    #expect(states.events.count == 3)
    #expect(decisions.events.count == 1)
    #expect(named.events.count == 7)
    #expect(flowEvents.events.count == 2)
    #expect(all.events(!.progress && !.atoms && !.decisions).count == 2)
    #expect(all.events(.progress || .flow).count == all.events(.progress).count + 2)
    #expect(all.events(.output).isEmpty)
  }

  @Test func `events are read as a sequence that ends with the run`() async throws {
    let plan = try compile(flow)
    let events = EventSequence(.states(.running))
    async let report = Engine(plan: plan).run(listeners: [events])
    var names: [String] = []
    for await event in events { names.append(event.atom.map { plan.name(of: $0) } ?? "") }
    #expect(names == ["again", "a", "b", "again", "a", "b"])
    #expect(try await report.state == .success)
  }

  @Test func `a task tells events of its own until its call is over`() async throws {
    let late = CallLog()
    let flow = Flow.linear("all") {
      FlowTask(
        "copy",
        withContext: { (context: TaskContext) in
          context.tell("copied", ["files": 3])
          context.tell("checked")
        })
    }
    let plan = try compile(flow)
    let (told, copied) = (EventCapture(), EventCapture())
    let printer = PrintingListener(plan: plan) { late.note($0) }
    _ = try await Engine(plan: plan).run(listeners: [
      told.only(.told()), copied.only(.told("copied")), printer.only(.told()),
    ])
    #expect(told.events.count == 2)
    guard case .told(_, "copied", let details) = copied.events.first?.kind else {
      Issue.record("not told")
      return
    }
    #expect(details == ["files": 3])
    #expect(
      late.lines.map { $0.drop { $0 != "·" } } == [
        "· copy: copied {\"files\":3}", "· copy: checked",
      ])
  }

  @Test func `durations are measured call by call`() async throws {
    let clock = ManualClock()
    let flow = Flow.linear("all") {
      FlowTask("a") { clock.advance(by: .seconds(3)) }
        .reverting { _ in clock.advance(by: .seconds(5)) }
      FlowTask("b") {
        clock.advance(by: .seconds(2))
        throw Failure("b broke")
      }
    }
    let plan = try compile(flow)
    let durations = DurationListener()
    let report = try await Engine(plan: plan, clock: clock).run(listeners: [durations])
    let (a, b) = (report.node("a"), report.node("b"))
    #expect(
      durations.calls == [
        .init(atom: a, action: .execute, attempt: 1, duration: .seconds(3)),
        .init(atom: b, action: .execute, attempt: 1, duration: .seconds(2)),
        .init(atom: b, action: .revert, attempt: 1, duration: .zero),
        .init(atom: a, action: .revert, attempt: 1, duration: .seconds(5)),
      ])
    #expect(durations.total(of: a) == .seconds(8))
    #expect(report.duration == .seconds(10))
  }

  @Test func `what happens is printed in words`() async throws {
    let printed = CallLog()
    let plan = try compile(flow)
    let printer = PrintingListener(plan: plan) { printed.note($0) }
    _ = try await Engine(plan: plan, clock: ManualClock()).run(listeners: [printer])
    #expect(
      printed.lines == [
        "   0.0s ▶ a", "   0.0s ✓ a", "   0.0s ▶ b", "   0.0s ✗ b: b broke",
        "   0.0s ↻ all is undone and tried again", "   0.0s ↩ undoing b", "   0.0s ↩ b undone",
        "   0.0s ↩ undoing a", "   0.0s ↩ a undone", "   0.0s ▶ a (attempt 2)", "   0.0s ✓ a",
        "   0.0s ▶ b (attempt 2)", "   0.0s ✓ b",
      ])
  }
}
