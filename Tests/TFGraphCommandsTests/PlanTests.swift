import Foundation
import Testing

/// `tfgraph plan`.
struct PlanTests {
  @Test func `it tells tiers with reasons, attempts, inputs and the critical path`() async throws {
    let told = try await CommandRun(
      "plan", "samples/deploy.flow.yaml", "--input", "version=1.4.0", "--store", "/dev/null/none")
    #expect(told.code == 2)
    let scratch = try Scratch()
    try scratch.write(
      try String(
        contentsOf: CommandRun.repository.appending(path: "samples/deploy.flow.yaml"),
        encoding: .utf8), to: "deploy.flow.yaml")
    let plan = try await CommandRun(
      "plan", "deploy.flow.yaml", "--input", "version=1.4.0", in: scratch.url)
    #expect(plan.code == 0, "\(plan.complaints)")
    #expect(
      plan.output == """
        deploy runs 6 tasks in 6 tiers, one task at a time

        tier  tasks
           1  build
           2  snapshot                  ← listed after build
           3  canary                    ← flow rollout is listed after snapshot
           4  smoke-test                ← listed after canary
           5  promote                   ← listed after smoke-test
           6  announce                  ← listed after flow rollout

          attempts       canary, smoke-test, promote: up to 2 each
                         9 in all at most
          critical path  build → snapshot → canary → smoke-test → promote → announce
          inputs         version = "1.4.0"
                         replicas = 3, its default
                         fail_at = "none", its default

        """, "\(plan.output)")
  }

  private static let flow = """
    tfgraph: 1
    flow: f
    inputs:
      notify: { type: bool, default: false }
      region: { type: string }
    secrets: [TOKEN]
    graph:
      - { task: fetch, run: 'echo 1', provides: rows, secrets: [TOKEN], revert: none }
      - { task: load, requires: [rows], run: 'true', matrix: { to: [a, b, c] }, revert: none }
      - { task: check, requires: [rows], exec: ['true'], after: [load], when: 'rows != ""', revert: none }
      - { task: tell, requires: [region], run: 'true', when: notify, after: [check], revert: none }
      - { task: end, wait: 2s, after: [tell] }

    """

  @Test func `what waits only for room in a flow has that as its reason`() async throws {
    let scratch = try Scratch()
    try scratch.write(
      """
      tfgraph: 1
      flow: f
      unordered:
        - flow: narrow
          concurrency: { limit: 2 }
          unordered:
            - { task: load, run: 'true', matrix: { to: [a, b, c] }, revert: none }
        - { task: free, run: 'true', revert: none }

      """, to: "f.flow.yaml")
    let plan = try await CommandRun("plan", "f.flow.yaml", in: scratch.url)
    #expect(plan.output.contains("   1  load[a], load[b], free\n"))
    #expect(
      plan.output.contains(
        "   2  load[c]                   ← flow narrow does no more than 2 at once\n"))
    let why = try await CommandRun("why", "f.flow.yaml", "load[c]", in: scratch.url)
    #expect(
      why.output == """
        load[c] waits for no other task
        load[c] waits for room: flow narrow does no more than 2 at once
          at f.flow.yaml:5:27

        """)
  }

  @Test func `conditions on inputs are answered, and what they skip is said`() async throws {
    let scratch = try Scratch()
    try scratch.write(Self.flow, to: "f.flow.yaml")
    let plan = try await CommandRun(
      "plan", "f.flow.yaml", in: scratch.url)
    #expect(
      plan.output == """
        f runs 5 tasks in 3 tiers, at most 3 tasks at once

        tier  tasks
           1  fetch
           2  load[a], load[b], load[c]  ← reads 'rows' of fetch
           3  check                     ← said to come after load[a]

          conditions     check: 'rows != ""' is open, and taken as true: it reads what
                         fetch provides
                         tell: 'notify' is false
          skipped        tell, end
          critical path  fetch → load[a] → check
          inputs         notify = false, its default
                         region needs a value: --input region=…
          secrets        TOKEN of the environment, for fetch; it is not set

        """, "\(plan.output)")
    let notified = try await CommandRun(
      "plan", "f.flow.yaml", "--input", "notify=true", "--input", "region=eu", in: scratch.url,
      environment: ["TOKEN": "long enough"])
    #expect(notified.output.contains("tell: 'notify' is true"))
    #expect(notified.output.contains("f runs 7 tasks in 5 tiers"))
    #expect(notified.output.contains("TOKEN of the environment, for fetch\n"))
  }

  @Test func `an input that it can't have is told as by a run`() async throws {
    let plan = try await CommandRun(
      "plan", "samples/deploy.flow.yaml", "--input", "version=one", "--input", "vresion=1.0.0")
    #expect(plan.code == 2)
    #expect(plan.complaints.contains("did you mean 'version'?"))
    #expect(plan.complaints.contains("input 'version' must match"))
  }

  @Test func `a limit that makes a run longer than its critical path is told`() async throws {
    let scratch = try Scratch()
    let waits = (1...6).map { "      - { task: t\($0), wait: 10s }" }.joined(separator: "\n")
    try scratch.write(
      """
      tfgraph: 1
      flow: f
      linear:
        - flow: inner
          concurrency: { limit: 2 }
          unordered:
      \(waits)
        - { task: last, wait: 15s }

      """, to: "f.flow.yaml")
    let plan = try await CommandRun("plan", "f.flow.yaml", in: scratch.url)
    #expect(plan.output.contains("25.0s at least\n"), "\(plan.output)")
    #expect(plan.output.contains("30.0s at least, as flow 'inner' runs 2 at once\n"))
    let json = try await CommandRun("plan", "f.flow.yaml", "--format", "json", in: scratch.url)
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    let tightest = try #require(object["tightestFlow"] as? [String: Any])
    #expect(tightest["flow"] as? String == "inner" && tightest["limit"] as? Int == 2)
    #expect(tightest["seconds"] as? Double == 30)
  }

  @Test func `the critical path has the times of earlier runs`() async throws {
    let scratch = try Scratch()
    try scratch.write(
      """
      tfgraph: 1
      flow: f
      linear:
        - { task: a, run: 'true', revert: none }
        - { task: b, run: 'true', revert: none }

      """, to: "f.flow.yaml")
    #expect(try await CommandRun("run", "f.flow.yaml", in: scratch.url).code == 0)
    let plan = try await CommandRun("plan", "f.flow.yaml", "--format", "json", in: scratch.url)
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(plan.output.utf8)) as? [String: Any])
    let path = try #require(object["criticalPath"] as? [String: Any])
    #expect(path["runs"] as? Int == 1)
    #expect(try #require(path["seconds"] as? Double) > 0)
    let text = try await CommandRun("plan", "f.flow.yaml", in: scratch.url).output
    #expect(text.contains("at least, by 1 earlier run"))
  }

  @Test func `as JSON each task has its wait with symbol and place`() async throws {
    let scratch = try Scratch()
    try scratch.write(Self.flow, to: "f.flow.yaml")
    let plan = try await CommandRun("plan", "f.flow.yaml", "--format", "json", in: scratch.url)
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(plan.output.utf8)) as? [String: Any])
    #expect(object["schema"] as? String == "tfgraph-plan-1")
    let tiers = try #require(object["tiers"] as? [[[String: Any]]])
    let waits = try #require(tiers[1][0]["waits"] as? [String: Any])
    #expect(waits["symbols"] as? [String] == ["rows"])
    #expect(waits["before"] as? String == "fetch")
    #expect(waits["place"] as? String == "f.flow.yaml:9:30")
    let link = try #require(tiers[2][0]["waits"] as? [String: Any])
    #expect(link["place"] as? String == "f.flow.yaml:10:62")
    #expect(object["skipped"] as? [String] == ["tell", "end"])
    #expect(
      (object["inputs"] as? [[String: Any]])?.map { $0["source"] as? String }
        == ["default", "missing"])
  }

  @Test func `a flow of 300 tasks fits into 80 columns, and is not all told at once`() async throws
  {
    let scratch = try Scratch()
    var text = "tfgraph: 1\nflow: many\nlinear:\n"
    for part in 1...3 {
      text += "  - flow: part-\(part)\n    unordered:\n"
      for task in 1...100 {
        text += "      - { task: task-\(part)-\(task), run: 'true', revert: none }\n"
      }
    }
    try scratch.write(text, to: "f.flow.yaml")
    let plan = try await CommandRun("plan", "f.flow.yaml", in: scratch.url).output
    let lines = plan.split(separator: "\n")
    #expect(lines.allSatisfy { $0.count <= 80 })
    #expect(lines.count < 40, "\(plan)")
    #expect(plan.contains("and 60 more"))
    #expect(plan.contains("← flow part-2 is listed after flow part-1"))
    let all = try await CommandRun("plan", "f.flow.yaml", "--all", in: scratch.url).output
    #expect(all.contains("task-3-100"))
  }
}
