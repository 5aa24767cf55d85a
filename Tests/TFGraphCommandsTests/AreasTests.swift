import Foundation
import Testing

/// `tfgraph areas`.
struct AreasTests {
  private static let flow = """
    tfgraph: 1
    flow: f
    linear:
      - { task: before, run: 'true', revert: none }
      - flow: outer
        retry: { times: 3 }
        linear:
          - { task: one, run: 'true', revert: none }
          - flow: inner
            retry: { times: 5, exhausted: revert-all }
            linear:
              - { task: two, run: 'true', revert: none }
              - { task: three, run: 'true', retry: { times: 2 }, revert: none }

    """

  @Test func `each retry is told with its area, who is asked next, and the most attempts`()
    async throws
  {
    let scratch = try Scratch()
    try scratch.write(Self.flow, to: "flow.yaml")
    let told = try await CommandRun("areas", "flow.yaml", in: scratch.url)
    #expect(told.code == 0)
    #expect(
      told.output == """
        outer
          Tried up to 3 times in all; then this flow is undone.
          asked about   one

        inner
          Tried up to 5 times in all; then the whole flow is undone.
          asked about   two
          and when      three gives up
          attempts      3 × 5 = 15 of each task at most

        three
          Tried up to 2 times in all; then this flow is undone.
          asked about   three
          asked next    inner
          attempts      3 × 5 × 2 = 30 of each task at most

        """)
  }

  @Test func `that a retry which gives up leaves the rest of a flow done is told`() async throws {
    let scratch = try Scratch()
    let names = (1...30).map { "      - { task: task-\($0), run: 'true', revert: none }\n" }
      .joined()
    try scratch.write(
      "tfgraph: 1\nflow: f\nretry: { times: 2 }\nlinear:\n  - flow: in\n    retry: { times: 2 }\n"
        + "    linear:\n" + names, to: "f.flow.yaml")
    let told = try await CommandRun("areas", "f.flow.yaml", in: scratch.url).output
    #expect(
      told.hasPrefix(
        """
        f
          Tried up to 2 times in all; then this flow is undone.
          and when      in gives up
          in the end    only what gave up is undone; the rest of f stays done

        in

        """), "\(told)")
    #expect(told.split(separator: "\n").allSatisfy { $0.count <= 80 }, "\(told)")
  }

  @Test func `attempts of a retry that is never asked don't count`() async throws {
    let scratch = try Scratch()
    try scratch.write(
      """
      tfgraph: 1
      flow: f
      defaults: { timeout: 1m }
      linear:
        - flow: outer
          retry: { times: 26 }
          linear:
            - flow: inner
              retry: { times: 2, exhausted: revert-all }
              linear:
                - { task: two, run: 'echo two >> log; exit 1', idempotent: true }

      """, to: "f.flow.yaml")
    let areas = try await CommandRun("areas", "f.flow.yaml", in: scratch.url).output
    #expect(!areas.contains("asked next") && !areas.contains("gives up"), "\(areas)")
    let lint = try await CommandRun("lint", "f.flow.yaml", in: scratch.url).output
    #expect(!lint.contains("TFG304"), "\(lint)")
    let plan = try await CommandRun("plan", "f.flow.yaml", in: scratch.url).output
    #expect(plan.contains("two: up to 1 × 2 = 2 each"), "\(plan)")
    #expect(try await CommandRun("run", "f.flow.yaml", in: scratch.url).code == 1)
    #expect(scratch.read("log") == "two\ntwo\n")
  }

  @Test func `a flow without retries has none`() async throws {
    let scratch = try Scratch()
    try scratch.write(
      "tfgraph: 1\nflow: f\nlinear: [{ task: a, run: 'true', revert: none }]\n", to: "flow.yaml")
    #expect(
      try await CommandRun("areas", "flow.yaml", in: scratch.url).output
        == "the flow has no retries\n")
  }

  @Test func `as JSON it is for programs`() async throws {
    let told = try await CommandRun("areas", "samples/deploy.flow.yaml", "--format", "json")
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(told.output.utf8)) as? [String: Any])
    #expect(object["schema"] as? String == "tfgraph-areas-1")
    let areas = try #require(object["areas"] as? [[String: Any]])
    #expect(areas.map { $0["subject"] as? String } == ["rollout"])
    #expect(areas.first?["tasks"] as? [String] == ["canary", "smoke-test", "promote"])
  }
}
