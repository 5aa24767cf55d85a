import Foundation
import Testing

@Suite(.timeLimit(.minutes(3))) struct RunCommandTests {
  /// Times stand at the beginnings of lines and behind 'after': they are taken out.
  private func timeless(_ text: String) -> String {
    text.replacing(/\d+\.\ds/, with: "0.0s").replacing(/(?m)^ +0\.0s/, with: "0.0s")
  }

  @Test func `a run tells each step and how it ended`() async throws {
    let scratch = try Scratch()
    try scratch.write(
      """
      tfgraph: 1
      flow: ship
      inputs: { version: { type: string } }
      linear:
        - task: build
          requires: [version]
          run: echo "image-$version"
          provides: image
        - task: push
          requires: [image]
          run: echo "pushing $image"

      """, to: "ship.flow.yaml")
    let run = try await CommandRun(
      "run", "ship.flow.yaml", "--input", "version=1.4.0", in: scratch.url)
    #expect(
      timeless(run.output) == """
        0.0s ▶ build
        0.0s ✓ build
        0.0s ▶ push
                 push │ pushing image-1.4.0
        0.0s ✓ push

        ship succeeded after 0.0s
          succeeded   build, push

        """)
    #expect(run.complaints == "")
    #expect(run.code == 0)
  }

  private let failing = """
    tfgraph: 1
    flow: ship
    linear:
      - task: first
        run: echo made > first
        revert: { run: rm first }
      - flow: rollout
        retry: { times: 2 }
        linear:
          - task: canary
            run: echo made > canary
            revert: { run: rm canary }
          - task: check
            run: echo "not healthy" >&2; exit 3
      - task: last
        run: echo made > last

    """

  @Test func `a flow that fails is undone, and the exit code is 1`() async throws {
    let scratch = try Scratch()
    try scratch.write(failing, to: "ship.flow.yaml")
    let run = try await CommandRun("run", "ship.flow.yaml", in: scratch.url)
    #expect(run.code == 1)
    #expect(scratch.read("canary") == nil)
    #expect(
      timeless(run.output) == """
        0.0s ▶ first
        0.0s ✓ first
        0.0s ▶ canary
        0.0s ✓ canary
        0.0s ▶ check
                 check │ not healthy
        0.0s ✗ check: exited with code 3: not healthy
        0.0s ↻ rollout is undone and tried again
        0.0s ↩ undoing canary
        0.0s ↩ canary undone
        0.0s ▶ canary (attempt 2)
        0.0s ✓ canary
        0.0s ▶ check (attempt 2)
                 check │ not healthy
        0.0s ✗ check: exited with code 3: not healthy
        0.0s ↻ rollout is given up
        0.0s ↩ undoing canary
        0.0s ↩ canary undone

        ship failed after 0.0s and was undone in part
          failed      check: exited with code 3: not healthy
          retried     check: exited with code 3: not healthy
          succeeded   first
          undone      canary (2 attempts)
          no revert   check (2 attempts)
          not started last

        """)
  }

  @Test func `a flow that can't be undone ends with 3`() async throws {
    let scratch = try Scratch()
    try scratch.write(
      """
      tfgraph: 1
      flow: stuck
      linear:
        - { task: one, run: "true", revert: { run: "exit 9" } }
        - { task: two, run: "exit 1" }

      """, to: "stuck.flow.yaml")
    let run = try await CommandRun("run", "stuck.flow.yaml", in: scratch.url)
    #expect(run.code == 3)
    #expect(run.output.contains("⚠ one could not be undone: exited with code 9"))
    #expect(run.output.contains("  not undone  one: exited with code 9"))
  }

  @Test func `inputs are checked before anything starts, and all that is wrong is said`()
    async throws
  {
    let scratch = try Scratch()
    try scratch.write(
      """
      tfgraph: 1
      flow: inputs
      inputs:
        version: { type: string, pattern: '\\d+' }
        count: { type: int, default: 1 }
        list: { type: list }
      linear:
        - { task: one, requires: [version, count, list], run: touch started }

      """, to: "inputs.flow.yaml")
    let run = try await CommandRun(
      "run", "inputs.flow.yaml", "--input", "version=x", "--input", "count=many", "--input",
      "verson=1", in: scratch.url)
    #expect(run.code == 2)
    #expect(run.output == "")
    #expect(scratch.read("started") == nil)
    let phrases = run.complaints.split(separator: "\n")
    #expect(phrases.contains { $0.contains("did you mean 'version'?") })
    #expect(phrases.contains { $0.contains("'version' must match") })
    #expect(phrases.contains { $0.contains("'count'") })
    #expect(phrases.contains { $0.contains("'list' has no value") })
  }

  @Test func `inputs come from a file, and the command line wins`() async throws {
    let scratch = try Scratch()
    try scratch.write(
      """
      tfgraph: 1
      flow: inputs
      inputs: { name: { type: string }, list: { type: list } }
      linear:
        - { task: one, requires: [name, list], run: 'echo "$name $list" > result' }

      """, to: "inputs.flow.yaml")
    try scratch.write("name: file\nlist: [1, two]\n", to: "inputs.yaml")
    let run = try await CommandRun(
      "run", "inputs.flow.yaml", "--inputs", "inputs.yaml", "-i", "name=line", in: scratch.url)
    #expect(run.code == 0, "\(run.complaints)")
    #expect(scratch.read("result") == "line [1,\"two\"]\n")
  }

  @Test func `a flow that does not compile is not run`() async throws {
    let scratch = try Scratch()
    try scratch.write(
      "tfgraph: 1\nflow: x\nlinear:\n  - { task: a, requires: [b], run: touch started }\n",
      to: "x.flow.yaml")
    let run = try await CommandRun("run", "x.flow.yaml", in: scratch.url)
    #expect(run.code == 1)
    #expect(run.complaints.contains("[missing-requirement]"))
    #expect(scratch.read("started") == nil)
  }

  @Test func `a value is never put into a command as text`() async throws {
    let scratch = try Scratch()
    try scratch.write(
      """
      tfgraph: 1
      flow: quoting
      inputs: { text: { type: string } }
      linear:
        - { task: one, requires: [text], run: 'printf %s "$text" > result' }

      """, to: "q.flow.yaml")
    let hostile = "\"; touch owned; $(touch owned) `touch owned` \u{202E}'"
    let run = try await CommandRun(
      "run", "q.flow.yaml", "--input", "text=\(hostile)", in: scratch.url)
    #expect(run.code == 0)
    #expect(scratch.read("result") == hostile)
    #expect(scratch.read("owned") == nil)
  }

  @Test func `the first interrupt waits for what runs, and says what was not done`() async throws {
    let scratch = try Scratch()
    try scratch.write(
      """
      tfgraph: 1
      flow: slow
      linear:
        - { task: one, run: 'echo > started; read line < gate' }
        - { task: two, run: 'echo > two' }

      """, to: "slow.flow.yaml")
    let call = try scratch.runToGate("slow.flow.yaml")
    kill(call.process.processIdentifier, SIGINT)
    await call.complaint()
    try scratch.openGate()
    let run = await call.end()
    #expect(run.code == 130)
    #expect(run.complaints.contains("nothing more is started"))
    #expect(run.output.contains("✓ one"))
    #expect(run.output.contains("  not done    two"))
    #expect(scratch.read("two") == nil)
  }

  @Test func `the second interrupt kills what runs`() async throws {
    let scratch = try Scratch()
    try scratch.write(
      """
      tfgraph: 1
      flow: stuck
      linear:
        - task: one
          run: 'trap "" INT TERM; echo > started; while :; do sleep 1000; done'
          revert: { run: 'echo > undone' }

      """, to: "stuck.flow.yaml")
    mkfifo(scratch.url.appending(path: "started").path, 0o600)
    let call = try CommandRun.start(["run", "stuck.flow.yaml"], in: scratch.url)
    _ = try FileHandle(forReadingFrom: scratch.url.appending(path: "started")).readToEnd()
    kill(call.process.processIdentifier, SIGTERM)
    kill(call.process.processIdentifier, SIGINT)
    let run = await call.end()
    #expect([130, 143].contains(run.code))
    #expect(run.output.contains("  unfinished  one"))
    #expect(scratch.read("undone") == nil)
  }
}
