import FlowEngine
import TaskFlow
import TaskFlowTesting
import Testing

struct RetryRunTests {
  @Test func `a retry undoes the flow and runs it again`() async throws {
    let script = TaskScript()
    let flow = Flow.linear("all") {
      script.task("before")
      Flow.linear("inner", retry: .times("again", attempts: 3)) {
        script.task("a")
        script.task("b", executes: .fails("b#1"), .fails("b#2"), .succeeds)
      }
    }
    let report = try await run(flow)
    #expect(
      script.log.lines == ["before+", "a+", "b+", "b-", "a-", "a+", "b+", "b-", "a-", "a+", "b+"])
    #expect(report.state == .success)
    #expect(report.attempts(of: "b") == 3)
    #expect(report.attempts(of: "before") == 1)
    #expect(report.failures.isEmpty)
    #expect(report.recoveredFailures.map(\.failure.message) == ["b#1", "b#2"])
  }

  @Test func `an inner controller that gives up asks the one around it`() async throws {
    let script = TaskScript()
    let flow = Flow.linear("all", retry: .times("outer", attempts: 2)) {
      script.task("before")
      Flow.linear("inner", retry: .times("again", attempts: 2)) {
        script.task("a", executes: .fails("a#1"), .fails("a#2"), .fails("a#3"), .succeeds)
      }
    }
    let report = try await run(flow)
    #expect(
      script.log.lines == [
        "before+", "a+", "a-", "a+", "a-", "before-", "before+", "a+", "a-", "a+",
      ])
    #expect(report.state == .success)
    #expect(report.attempts(of: "again") == 4)
  }

  @Test func `a retry can give the next value each time`() async throws {
    let value = Symbol<String>("value")
    let log = CallLog()
    let flow = Flow.linear(
      "all", retry: .forEach("each", values: ["a", "b", "c"], provides: value)
    ) {
      FlowTask("try", requires: value) {
        log.note($0)
        if $0 != "c" { throw Failure("not \($0)") }
      }
    }
    let report = try await run(flow)
    #expect(log.lines == ["a", "b", "c"])
    #expect(try report.value(of: value) == "c")
  }

  @Test func `a for-each over nothing fails by itself and is undone`() async throws {
    let value = Symbol<String>("value")
    let flow = Flow.linear("all", retry: .forEach("each", values: [], provides: value)) {
      FlowTask("try", requires: value) { _ in }
    }
    let report = try await run(flow)
    #expect(report.state == .reverted)
    #expect(report.states == ["each": .reverted, "try": .pending])
    #expect(report.failures.map(\.failure.message) == ["no values to try; the list is empty"])
  }

  @Test func `a for-each over what is no list fails by itself`() async throws {
    let values = Symbol<[Int]>("values")
    let value = Symbol<Int>("value")
    let flow = Flow.linear("all", retry: .forEach("each", valuesOf: values, provides: value)) {
      FlowTask("try", requires: value) { _ in }
    }
    let report = try await run(flow, inputs: ["values": BoxedValue("text")])
    #expect(
      report.failures.map(\.failure.message) == ["expected a list of values to try, found string"])
  }

  private struct Policy: RetryPolicy {
    var start: @Sendable (History) throws -> Int = { $0.count }
    var decide: @Sendable (History) throws -> RetryDecision

    func execute(history: History, arguments: Arguments) throws -> BoxedValue? {
      BoxedValue(try start(history))
    }

    func onFailure(history: History, arguments: Arguments) throws -> RetryDecision {
      try decide(history)
    }
  }

  @Test func `a controller of one's own decides by its history`() async throws {
    let script = TaskScript()
    let number = Symbol<Int>("number")
    let policy = Policy { history in
      let failures = history.entries.flatMap { $0.failures.map(\.failure.message) }
      let values = try history.providedValues.map { try $0.value(as: Int.self) }
      script.log.note("\(values) \(failures)")
      return history.count < 2 ? .retry : .revertAll
    }
    let flow = Flow.linear("all") {
      script.task("before")
      Flow.linear("inner", retry: .custom("mine", policy: policy, provides: number)) {
        FlowTask("t", requires: number) { throw Failure("f\($0)") }
      }
    }
    try await run(flow)
    #expect(script.log.lines == ["before+", #"[0] ["f0"]"#, #"[0, 1] ["f0", "f1"]"#, "before-"])
  }

  @Test func `an error of a decision is resolved by the controller around it`() async throws {
    let flow = Flow.linear("all", retry: .times("outer", attempts: 2)) {
      Flow.linear(
        "inner", retry: .custom("mine", policy: Policy { _ in throw Failure("undecided") })
      ) {
        TaskScript().task("a", executes: .fails("a#1"), .succeeds)
      }
    }
    let report = try await run(flow)
    #expect(report.state == .success)
    #expect(report.failures.isEmpty)
    #expect(report.recoveredFailures.map(\.failure.message) == ["a#1", "undecided"])
  }

  @Test func `without one around it an error of a decision undoes everything`() async throws {
    let script = TaskScript()
    let flow = Flow.linear("all") {
      script.task("before")
      Flow.linear(
        "inner", retry: .custom("mine", policy: Policy { _ in throw Failure("undecided") })
      ) {
        script.task("a", executes: .fails("a broke"))
      }
    }
    let report = try await run(flow)
    #expect(script.log.lines == ["before+", "a+", "a-", "before-"])
    #expect(report.failures.map(\.failure.message) == ["a broke", "undecided"])
    #expect(report.failures.map(\.atom) == ["a", "mine"])
  }

  @Test func `a controller that can't start is resolved by the one around it`() async throws {
    let policy = Policy(start: { _ in throw Failure("can't start") }, decide: { _ in .retry })
    let flow = Flow.linear("all", retry: .times("outer", attempts: 2)) {
      Flow.linear("inner", retry: .custom("mine", policy: policy)) { TaskScript().task("a") }
    }
    let report = try await run(flow)
    #expect(report.state == .reverted)
    #expect(report.attempts(of: "mine") == 2)
    #expect(report.attempts(of: "a") == 0)
  }

  // MARK: The examples of TaskFlow's guide

  @Test func `a nested flow is tried with each value`() async throws {
    let value = Symbol<String>("value")
    let script = TaskScript()
    let flow = Flow.linear("f1") {
      script.task("t1")
      Flow.linear("f2", retry: .forEach("r1", values: ["a", "b", "c"], provides: value)) {
        script.task("t2")
        FlowTask("t3", requires: value) { value in
          script.log.note("t3 \(value)")
          if value != "c" { throw Failure("not \(value)") }
        }
      }
      script.task("t4")
    }
    let report = try await run(flow)
    #expect(
      script.log.lines == ["t1+", "t2+", "t3 a", "t2-", "t2+", "t3 b", "t2-", "t2+", "t3 c", "t4+"])
    #expect(report.state == .success)
  }

  @Test(arguments: [5, 6])
  func `the sixth failure of send_message reverts`(failures: Int) async throws {
    let flow = Flow.linear("send message", retry: .times("sender", retries: 5)) {
      TaskScript().task("send_message", executes: .fails("refused").times(failures), .succeeds)
    }
    let report = try await run(flow)
    #expect(report.state == (failures == 5 ? .success : .reverted))
    #expect(report.attempts(of: "send_message") == 6)
  }

  @Test func `connect tries each server of a list that it is given`() async throws {
    let servers = Symbol<[String]>("server_ips")
    let ip = Symbol<String>("ip")
    let log = CallLog()
    let flow = Flow.linear("connecting", retry: .forEach("pick", valuesOf: servers, provides: ip)) {
      FlowTask("connect", requires: ip) {
        log.note($0)
        if $0 != "192.168.1.3" { throw Failure("refused") }
      }
    }
    let ips = ["192.168.1.1", "192.168.1.2", "192.168.1.3"]
    let report = try await run(flow, inputs: ["server_ips": BoxedValue(ips)])
    #expect(log.lines == ips)
    #expect(report.state == .success)
    #expect(report.recoveredFailures.count == 2)
  }
}
