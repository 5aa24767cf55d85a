import Foundation
import Testing

/// `tfgraph why`.
struct WhyTests {
  @Test func `each task that one waits for is named with its reason and place`() async throws {
    let told = try await CommandRun("why", "samples/deploy.flow.yaml", "announce")
    #expect(told.code == 0)
    #expect(
      told.output == """
        announce comes after smoke-test
          announce reads 'build_seen' of smoke-test
          at samples/deploy.flow.yaml:63:25
        announce comes after promote
          announce is listed after flow rollout
          at samples/deploy.flow.yaml:61:11

        """)
    let first = try await CommandRun("why", "samples/deploy.flow.yaml", "build")
    #expect(first.output == "build waits for no other task\n")
  }

  @Test func `the shortest chain from another task is followed`() async throws {
    let told = try await CommandRun(
      "why", "samples/vm-boot.flow.yaml", "boot-it", "--after", "locate-images")
    let lines = told.output.split(separator: "\n").filter { !$0.hasPrefix("  at") }
    #expect(
      lines == [
        "download-images comes after locate-images",
        "  download-images reads 'image_locations' of locate-images",
        "boot-it comes after download-images",
        "  boot-it reads 'image_path' of download-images",
      ])
  }

  @Test func `a chain is as short as its tasks are few, however deep they are nested`() async throws
  {
    let scratch = try Scratch()
    try scratch.write(
      """
      tfgraph: 1
      flow: f
      graph:
        - { task: a, run: x, revert: none }
        - { task: p1, after: [a], run: x, revert: none }
        - { task: p2, after: [p1], run: x, revert: none }
        - flow: deep
          after: [a]
          linear:
            - flow: deeper
              linear: [{ task: only, run: x, revert: none }]
        - { task: z, after: [p2, deep], run: x, revert: none }

      """, to: "f.flow.yaml")
    let told = try await CommandRun("why", "f.flow.yaml", "z", "--after", "a", in: scratch.url)
    let hops = told.output.split(separator: "\n").filter { !$0.hasPrefix(" ") }
    #expect(hops == ["only comes after a", "z comes after only"])
    let same = try await CommandRun("why", "f.flow.yaml", "z", "--after", "z", in: scratch.url)
    #expect(same.code == 2)
    #expect(same.complaints.contains("'z' is one task"))
  }

  @Test(arguments: [
    ("build", "announce", "'build' does not come after 'announce': it comes before it"),
    ("locate-images", "get-my-ips", "neither waits for the other"),
  ])
  func `where there is no chain that is said`(task: String, after: String, phrase: String)
    async throws
  {
    let sample = after == "announce" ? "deploy" : "vm-boot"
    let told = try await CommandRun(
      "why", "samples/\(sample).flow.yaml", task, "--after", after)
    #expect(told.code == 1)
    #expect(told.complaints.contains(phrase))
  }

  private static let flow = """
    tfgraph: 1
    flow: f
    inputs: { wanted: { type: bool, default: false } }
    graph:
      - { task: a, run: 'true', provides: x, revert: { run: 'true' } }
      - { task: maybe, run: 'true', when: wanted, revert: none }
      - { task: late, run: 'true', after: [maybe], revert: none }
      - { task: b, requires: [x], run: 'exit 3', revert: none }
      - { task: c, run: 'true', after: [b], revert: none }

    """

  @Test(arguments: [
    ("a", "in this run a was undone, since\n  'b' failed: exited with code 3\n"),
    ("b", "in this run b failed: exited with code 3; it has no revert\n"),
    ("maybe", "in this run maybe was skipped\n  since 'wanted' was false\n"),
    ("late", "in this run late was skipped\n  with maybe, since 'wanted' was false\n"),
    ("c", "in this run c was not begun\n  'b' failed: exited with code 3\n"),
  ])
  func `what became of a task in a run is told with its cause`(task: String, fate: String)
    async throws
  {
    let scratch = try Scratch()
    try scratch.write(Self.flow, to: "flow.yaml")
    #expect(try await CommandRun("run", "flow.yaml", in: scratch.url).code == 1)
    let runs = try await CommandRun("runs", "--format", "json", in: scratch.url).output
    let id = String(try #require(runs.split(separator: "\"").first { $0.hasPrefix("20") }))
    let told = try await CommandRun("why", "flow.yaml", task, "--run", id, in: scratch.url)
    #expect(told.code == 0, "\(told.complaints)")
    #expect(told.output.hasSuffix(fate), "\(told.output)")
  }

  @Test func `what keeps a task from being run is told while it waits`() async throws {
    let scratch = try Scratch()
    try scratch.write(
      Self.flow.replacing("exit 3", with: "true"), to: "flow.yaml")
    let killed = try await CommandRun(
      "run", "flow.yaml", in: scratch.url, environment: ["TFGRAPH_CRASH_POINT": "after:1"])
    #expect(killed.code == SIGKILL)
    let runs = try await CommandRun("runs", "--format", "json", in: scratch.url).output
    let id = String(try #require(runs.split(separator: "\"").first { $0.hasPrefix("20") }))
    let told = try await CommandRun(
      "why", "flow.yaml", "b", "--run", id, "--format", "json", in: scratch.url)
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(told.output.utf8)) as? [String: Any])
    #expect(object["schema"] as? String == "tfgraph-why-1")
    let hops = try #require(object["hops"] as? [[String: Any]])
    let edge = try #require((hops.first?["edges"] as? [[String: Any]])?.first)
    #expect(edge["symbols"] as? [String] == ["x"])
    #expect(edge["place"] as? String == "flow.yaml:8:27")
    #expect(
      object["run"] as? [String]
        == ["in this run b was not begun", "  waits for a (running)"])
  }

  /// The name of the one run that is kept in a folder.
  private func run(of file: String, in scratch: Scratch) async throws -> String {
    _ = try await CommandRun("run", file, in: scratch.url)
    let runs = try await CommandRun("runs", "--format", "json", in: scratch.url).output
    return String(try #require(runs.split(separator: "\"").first { $0.hasPrefix("20") }))
  }

  @Test func `a run of another flow, or of what the flow was, is told as that`() async throws {
    let scratch = try Scratch()
    let flow = """
      tfgraph: 1
      flow: p
      linear:
        - { task: a, run: 'true', revert: none }
        - { task: b, run: 'false', revert: { run: 'true' } }

      """
    try scratch.write(flow, to: "p.flow.yaml")
    let id = try await run(of: "p.flow.yaml", in: scratch)
    func why(_ file: String, _ task: String) async throws -> CommandRun {
      try await CommandRun("why", file, task, "--run", id, in: scratch.url)
    }
    let kept = try await why("p.flow.yaml", "a")
    #expect(
      kept.output.hasSuffix(
        """
        in this run a was to be undone and has no revert, since
          'b' failed: exited with code 1

        """), "\(kept.output)")
    try scratch.write(flow.replacing("task: b", with: "task: bb"), to: "p.flow.yaml")
    let changed = try await why("p.flow.yaml", "bb")
    #expect(
      changed.output.hasSuffix("in this run there was no task bb: the flow has changed since\n"),
      "\(changed.output)")
    #expect(
      try await why("p.flow.yaml", "a").output
        .hasSuffix("the flow has changed since that run began\n"))
    try scratch.write(flow.replacing("flow: p", with: "flow: q"), to: "q.flow.yaml")
    let other = try await why("q.flow.yaml", "a")
    #expect(other.code == 2)
    #expect(other.complaints == "tfgraph: run '\(id)' is one of flow 'p', not of 'q'\n")
  }

  @Test func `what is not undone, as something after it could not be, is told so`() async throws {
    let scratch = try Scratch()
    try scratch.write(
      """
      tfgraph: 1
      flow: p
      linear:
        - { task: a, run: 'true', revert: { run: 'true' } }
        - { task: b, run: 'true', revert: { run: 'exit 9' } }
        - { task: c, run: 'exit 4', revert: none }

      """, to: "p.flow.yaml")
    let id = try await run(of: "p.flow.yaml", in: scratch)
    let told = try await CommandRun("why", "p.flow.yaml", "a", "--run", id, in: scratch.url)
    #expect(
      told.output.hasSuffix(
        """
        in this run a succeeded, and was not undone, since
          'b' could not be undone: exited with code 9

        """), "\(told.output)")
  }
}
