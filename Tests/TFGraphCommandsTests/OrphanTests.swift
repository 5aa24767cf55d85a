import Foundation
import Testing

/// What a killed command left running is ended before anything is run again.
@Suite(.timeLimit(.minutes(2))) struct OrphanTests {
  /// Ways of a task to go on for long, as a process that says its number in the file `started`.
  static let ways = [
    "echo $$ > started; exec sleep 1000",
    // Nothing of the run is in the environment of the program that the task begins with, once its engine
    // has written down which that is.
    #"until [ -s "${TFGRAPH_OUTPUT%/*}/leader" ]; do sleep 0.01; done; "#
      + "exec env -i sh -c 'echo $$ > started; exec sleep 1000'",
    // Nor in that of one that it starts.
    "env -i sh -c 'echo $$ > started; exec sleep 1000'; true",
    // In the background, in a session of its own, and its parent has ended.
    "setsid sh -c 'echo $$ > started; exec sleep 1000' & wait",
    // In the session of a program that ends when it is asked to, which it does not itself.
    "env -i sh -c 'trap \"\" TERM; echo $$ > started; while :; do sleep 1; done'; true",
    // Of a run that a task of the run has begun.
    #""$TFGRAPH" run inner.yaml"#,
  ]

  @Test(arguments: ways) func `it is found`(way: String) async throws {
    let scratch = try Scratch()
    func flow(_ name: String, _ text: String) -> String {
      """
      tfgraph: 1
      flow: \(name)
      linear:
        - task: one
          run: |
            if [ -e \(name).seen ]; then exit 0; fi
            touch \(name).seen
            \(text)
          revert: none

      """
    }
    try scratch.write(flow("outer", way), to: "flow.yaml")
    try scratch.write(flow("inner", Self.ways[0]), to: "inner.yaml")
    let environment = ["TFGRAPH": CommandRun.executable.path]
    let (call, task) = try scratch.runToStart("flow.yaml", environment: environment)
    kill(call.process.processIdentifier, SIGKILL)
    _ = await call.end()
    #expect(ProcessLife.of(task) == .lives)
    let all = try await CommandRun("runs", "--format", "json", in: scratch.url).output
    let outer = try #require(all.firstMatch(of: /"flow": "outer"[^}]*"run": "([^"]+)"/)?.1)
    let resumed = try await CommandRun(
      "resume", String(outer), in: scratch.url, environment: environment)
    #expect(resumed.code == 0, "\(resumed.complaints)")
    #expect(ProcessLife.of(task) == .ended)
  }
}
