import Foundation
import Testing

/// The real command is killed at each save of a run, and another goes on with it.
@Suite(.timeLimit(.minutes(10))) struct CrashTests {
  /// A flow whose tasks write down what they do, in the order in which they begin.
  struct Flow: Sendable, CustomTestStringConvertible {
    let name: String
    let tasks: String
    var inputs: [String] = []

    var testDescription: String { name }

    var text: String { "tfgraph: 1\nflow: \(name)\n\(tasks)\n" }
  }

  private static let note = "echo \"$TFGRAPH_ATOM $TFGRAPH_ACTION $TFGRAPH_ATTEMPT\" >> log"

  static let flows = [
    Flow(
      name: "values",
      tasks: """
        linear:
          - { task: one, run: '\(note); echo 7', provides: { size: stdout.json }, revert: none }
          - { task: two, requires: [size], run: '\(note); [ "$size" = 7 ]', revert: none }
          - { task: three, run: '\(note)', revert: none }
        """),
    Flow(
      name: "undone",
      tasks: """
        linear:
          - { task: one, run: '\(note)', revert: { run: '\(note)' } }
          - { task: two, run: '\(note)', revert: { run: '\(note)' } }
          - { task: three, run: '\(note); exit 3', revert: { run: '\(note)' } }
        """),
    Flow(
      name: "retried",
      tasks: """
        linear:
          - { task: before, run: '\(note)', revert: { run: '\(note)' } }
          - task: flaky
            retry: { times: 3 }
            run: '\(note); [ "$TFGRAPH_ATTEMPT" = 3 ]'
            revert: { run: '\(note)' }
        """),
    Flow(
      name: "dirty",
      tasks: """
        linear:
          - { task: one, run: '\(note)', revert: { run: '\(note)' } }
          - { task: two, run: '\(note)', revert: { run: '\(note); exit 9' } }
          - { task: three, run: '\(note); exit 3', revert: none }
        """),
    Flow(
      name: "wide",
      tasks: """
        unordered:
          - { task: a, run: '\(note)', revert: none }
          - { task: b, run: '\(note)', revert: none }
          - { task: c, run: '\(note)', revert: none }
        """),
    Flow(
      name: "nested",
      tasks: """
        linear:
          - flow: inner
            retry: { times: 2, exhausted: revert-all }
            linear:
              - { task: x, run: '\(note)', revert: { run: '\(note)' } }
              - { task: y, run: '\(note); exit 1', revert: none }
          - { task: after, run: '\(note)', revert: none }
        """),
  ]

  /// What a run left behind.
  private struct Traces {
    var code: Int32
    /// What tasks did, each as often as it was done.
    var effects: [String: Int]
    /// What `show` says of the tasks and failures.
    var story: [String]
  }

  private func traces(_ scratch: Scratch, code: Int32) async throws -> Traces {
    let lines = (scratch.read("log") ?? "").split(separator: "\n").map(String.init)
    let story = try await CommandRun("show", in: scratch.url).output
    // Times are never the same.
    let told = story.split(separator: "\n").map { line in
      line.split(separator: " ").filter { !$0.hasSuffix("s") || !$0.first!.isNumber }.joined(
        separator: " ")
    }
    return Traces(
      code: code, effects: lines.reduce(into: [:]) { $0[$1, default: 0] += 1 },
      story: told.filter { line in
        !["run ", "made ", "owner "].contains { line.hasPrefix($0) }
      })
  }

  /// Runs a flow, killed with a save, and goes on with it; `nil` when there is no such save.
  private func run(_ flow: Flow, crash: String?) async throws -> Traces? {
    let scratch = try Scratch()
    try scratch.write(flow.text, to: "flow.yaml")
    let first = try await CommandRun(
      "run", "flow.yaml", in: scratch.url,
      environment: crash.map { ["TFGRAPH_CRASH_POINT": $0] } ?? [:])
    guard crash != nil else { return try await traces(scratch, code: first.code) }
    guard first.code == SIGKILL else { return nil }
    let runs = try await CommandRun("runs", "--format", "json", in: scratch.url)
    let wasOver = !runs.output.contains("interrupted")
    let id = try #require(runs.output.split(separator: "\"").first { $0.hasPrefix("20") })
    let second = try await CommandRun("resume", String(id), in: scratch.url)
    let result = try await traces(scratch, code: second.code)
    if wasOver { #expect(second.output.hasPrefix("run    ")) }
    return result
  }

  @Test(arguments: flows, ["before", "after"])
  func `a command that is killed at any save leaves a run that ends as one that was not`(
    flow: Flow, side: String
  ) async throws {
    let whole = try #require(try await run(flow, crash: nil))
    var number = 1
    while let broken = try await run(flow, crash: "\(side):\(number)") {
      #expect(broken.code == whole.code, "\(side) \(number)")
      #expect(broken.story == whole.story, "\(side) \(number)")
      // Nothing is lost, and only what was under way is done again.
      #expect(Set(broken.effects.keys) == Set(whole.effects.keys), "\(side) \(number)")
      let again = broken.effects.filter { $0.value > (whole.effects[$0.key] ?? 0) }
      #expect(again.count <= (flow.name == "wide" ? 3 : 1), "\(side) \(number): \(again)")
      number += 1
    }
    #expect(number > 3)
  }

  @Test func `a command that is killed again and again leaves a run that one of two racers ends`()
    async throws
  {
    let flow = Self.flows[0]
    let whole = try #require(try await run(flow, crash: nil))
    // Each owner makes one more save, then dies before or after it.
    for crashes in [
      ["before:1", "after:1"], ["after:2", "before:1", "after:1"],
      ["before:3", "after:1", "before:2"],
    ] {
      let scratch = try Scratch()
      try scratch.write(flow.text, to: "flow.yaml")
      for (index, crash) in crashes.enumerated() {
        let killed = try await CommandRun(
          index == 0 ? ["run", "flow.yaml"] : ["resume"], in: scratch.url,
          environment: ["TFGRAPH_CRASH_POINT": crash])
        #expect(killed.code == SIGKILL, "\(crashes)")
      }
      async let first = CommandRun(["resume"], in: scratch.url)
      async let second = CommandRun(["resume"], in: scratch.url)
      let codes = try await [first.code, second.code].sorted()
      // The other comes while the run is owned, when it has ended and is told, or when none is unfinished.
      #expect([[0, 0], [0, 2], [0, 5]].contains(codes), "\(crashes): \(codes)")
      let traces = try await traces(scratch, code: 0)
      #expect(traces.story == whole.story, "\(crashes)")
      #expect(Set(traces.effects.keys) == Set(whole.effects.keys), "\(crashes)")
    }
  }

  @Test func `a repeated attempt has the key that it had, and each retry another`() async throws {
    let scratch = try Scratch()
    try scratch.write(
      """
      tfgraph: 1
      flow: keys
      linear:
        - task: one
          retry: { times: 3 }
          run: 'echo "$TFGRAPH_IDEMPOTENCY_KEY" >> log; [ "$TFGRAPH_ATTEMPT" = 3 ]'
          revert: { run: 'echo "$TFGRAPH_IDEMPOTENCY_KEY" >> log' }

      """, to: "flow.yaml")
    // Each owner makes two more saves, so each call is interrupted when it had been made.
    var code = try await CommandRun(
      "run", "flow.yaml", in: scratch.url, environment: ["TFGRAPH_CRASH_POINT": "before:3"]
    ).code
    while code == SIGKILL {
      code = try await CommandRun(
        "resume", in: scratch.url, environment: ["TFGRAPH_CRASH_POINT": "before:3"]
      ).code
    }
    #expect(code == 0)
    let keys = (scratch.read("log") ?? "").split(separator: "\n").map(String.init)
    let calls = ["execute/1", "revert/1", "execute/2", "revert/2", "execute/3"]
    #expect(keys.count > calls.count)
    var order: [String] = []
    for key in keys where order.last != key { order.append(key) }
    #expect(order.map { $0.split(separator: "/").suffix(2).joined(separator: "/") } == calls)
    #expect(Set(order.map { $0.split(separator: "/").first }).count == 1)
  }

  @Test func `of two commands that want a run one gets it, and the other names it`() async throws {
    let scratch = try Scratch()
    try scratch.write(
      "tfgraph: 1\nflow: f\nlinear: [{ task: one, run: 'echo > started; read line < gate', revert: none }]\n",
      to: "flow.yaml")
    let call = try scratch.runToGate("flow.yaml")
    let other = try await CommandRun("resume", in: scratch.url)
    #expect(other.code == 5)
    #expect(other.complaints.contains("belongs to process \(call.process.processIdentifier) on "))
    #expect(try await CommandRun("runs", in: scratch.url).output.contains("  running  "))
    try scratch.openGate()
    #expect(await call.end().code == 0)
  }

  @Test func `a run that was stopped names the command that goes on with it`() async throws {
    let scratch = try Scratch()
    try scratch.write(
      """
      tfgraph: 1
      flow: f
      linear:
        - { task: one, run: 'echo > started; read line < gate', revert: none }
        - { task: two, run: 'echo two >> log', revert: none }

      """, to: "flow.yaml")
    let call = try scratch.runToGate("flow.yaml")
    kill(call.process.processIdentifier, SIGINT)
    await call.complaint()
    try scratch.openGate()
    let stopped = await call.end()
    let hint = try #require(stopped.output.split(separator: "\n").last)
    #expect(hint.hasPrefix("go on with: tfgraph resume 20"))
    let id = try #require(hint.split(separator: " ").last)
    let resumed = try await CommandRun("resume", String(id), in: scratch.url)
    #expect(resumed.code == 0)
    #expect(scratch.read("log") == "two\n")
    #expect(try await CommandRun("rm", String(id), in: scratch.url).code == 0)
    #expect(try await CommandRun("runs", in: scratch.url).output == "no runs\n")
  }

  @Test func `a run that could not be undone goes on when somebody says how`() async throws {
    let scratch = try Scratch()
    try scratch.write(
      """
      tfgraph: 1
      flow: stuck
      linear:
        - { task: one, run: 'true', revert: { run: 'echo one >> log' } }
        - task: two
          run: 'true'
          revert: { run: 'echo two >> log; echo "$TFGRAPH_IDEMPOTENCY_KEY" >> keys; [ -e fixed ]' }
        - { task: three, run: 'exit 3', revert: none }

      """, to: "flow.yaml")
    #expect(try await CommandRun("run", "flow.yaml", in: scratch.url).code == 3)
    #expect(try await CommandRun("runs", in: scratch.url).output.contains("  dirty  "))
    let wrong = try await CommandRun("resume", "--mark-reverted", "one", in: scratch.url)
    #expect(wrong.code == 2)
    #expect(wrong.complaints.contains("the revert of 'one' has not failed"))
    #expect(try await CommandRun("resume", "--retry-revert", in: scratch.url).code == 3)
    try scratch.write("", to: "fixed")
    let fixed = try await CommandRun("resume", "--retry-revert", in: scratch.url)
    #expect(fixed.code == 1, "\(fixed.output)\(fixed.complaints)")
    #expect(scratch.read("log") == "two\ntwo\ntwo\none\n")
    let keys = (scratch.read("keys") ?? "").split(separator: "\n").map { $0.split(separator: "/") }
    #expect(
      keys.map { $0.dropFirst().joined(separator: "/") }
        == ["two/revert/1", "two/revert/1/2", "two/revert/1/3"])
    #expect(try await CommandRun("runs", in: scratch.url).output.contains("  undone  "))
  }

  @Test func `what is accepted as it is is told as left`() async throws {
    let scratch = try Scratch()
    try scratch.write(
      """
      tfgraph: 1
      flow: stuck
      linear:
        - { task: one, run: 'true', revert: { run: 'echo one >> log' } }
        - { task: two, run: 'true', revert: { run: 'exit 9' } }
        - { task: three, run: 'exit 3', revert: none }

      """, to: "flow.yaml")
    #expect(try await CommandRun("run", "flow.yaml", in: scratch.url).code == 3)
    let dirty = try await CommandRun("show", in: scratch.url).output
    #expect(dirty.contains("\nnot undone\n  two: exited with code 9\n"))
    #expect(dirty.contains("\nnot undone, since what comes after is not\n  one\n"))
    #expect(dirty.contains("\nthree  no revert "))
    let accepted = try await CommandRun("resume", "--accept", in: scratch.url)
    #expect(accepted.code == 1)
    #expect(accepted.output.contains("two counts as undone"))
    #expect(accepted.output.contains("was undone, but for what is left"))
    #expect(accepted.output.contains("\n  left        two: exited with code 9\n"))
    #expect(accepted.output.contains("\n  undone      one\n"))
    let shown = try await CommandRun("show", in: scratch.url).output
    #expect(shown.contains("\ntwo    left "))
    #expect(shown.contains("\nleft\n  two: exited with code 9\n"))
  }

  @Test func `a run that has not ended is forgotten by force only, with what it left running`()
    async throws
  {
    let scratch = try Scratch()
    try scratch.write(
      """
      tfgraph: 1
      flow: f
      linear:
        - { task: one, run: 'echo $$ > started; exec sleep 1000', revert: none }

      """, to: "flow.yaml")
    let (call, process) = try scratch.runToStart("flow.yaml")
    let runs = try await CommandRun("runs", "--format", "json", in: scratch.url).output
    let id = String(try #require(runs.split(separator: "\"").first { $0.hasPrefix("20") }))
    #expect(try await CommandRun("rm", "--force", id, in: scratch.url).code == 5)
    kill(call.process.processIdentifier, SIGKILL)
    _ = await call.end()
    let refused = try await CommandRun("rm", id, in: scratch.url)
    #expect(refused.code == 2)
    #expect(refused.complaints.contains("has not ended; undo it with 'cancel', or forget it with"))
    #expect(try await CommandRun("rm", "--force", id, in: scratch.url).code == 0)
    #expect(ProcessLife.of(process) == .ended)
    #expect(try await CommandRun("runs", in: scratch.url).output == "no runs\n")
  }

  @Test func `nothing is run where processes can't have their files`() async throws {
    let scratch = try Scratch()
    try scratch.write(
      "tfgraph: 1\nflow: f\nlinear: [{ task: one, run: 'true', revert: { run: 'true' } }]\n",
      to: "flow.yaml")
    let run = try await CommandRun(
      "run", "flow.yaml", in: scratch.url, environment: ["TMPDIR": "/nonexistent"])
    #expect(run.code == 74)
    #expect(run.complaints.contains("cannot make a scratch directory in '/nonexistent'"))
    #expect(run.complaints.contains("nothing was run"))
    #expect(run.output == "")
  }
}
