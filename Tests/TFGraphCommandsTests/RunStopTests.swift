import Foundation
import Testing

/// What the end of a run says when it was stopped while it was undone, or could not be.
@Suite(.timeLimit(.minutes(3))) struct RunStopTests {
  @Test func `a run that is stopped while it is undone says what is left to undo`() async throws {
    let scratch = try Scratch()
    try scratch.write(
      """
      tfgraph: 1
      flow: back
      linear:
        - { task: one, run: 'true', revert: { run: 'echo > one-undone' } }
        - { task: two, run: 'true', revert: { run: 'echo > started; read line < gate' } }
        - { task: three, run: 'exit 4' }

      """, to: "back.flow.yaml")
    let call = try scratch.runToGate("back.flow.yaml")
    kill(call.process.processIdentifier, SIGINT)
    // What runs goes on when the command has said that nothing more is started.
    await call.complaint()
    try scratch.openGate()
    let run = await call.end()
    #expect(run.code == 130)
    #expect(run.output.contains(", before all that was to be undone was\n"))
    #expect(run.output.contains("\n  not undone  one\n"))
    #expect(run.output.contains("\n  undone      two\n"))
    #expect(run.output.contains("\n  no revert   three\n"))
    #expect(!run.output.contains("nothing was undone"))
    #expect(scratch.read("one-undone") == nil)
  }

  @Test func `what a failed revert keeps from being undone is not called succeeded`() async throws {
    let scratch = try Scratch()
    try scratch.write(
      """
      tfgraph: 1
      flow: stuck
      linear:
        - { task: one, run: 'true', revert: { run: 'true' } }
        - { task: two, run: 'true', revert: { run: 'exit 9' } }
        - { task: three, run: 'exit 1' }

      """, to: "stuck.flow.yaml")
    let run = try await CommandRun("run", "stuck.flow.yaml", in: scratch.url)
    #expect(run.code == 3)
    #expect(
      run.output.hasSuffix(
        """
          failed      three: exited with code 1
          not undone  two: exited with code 9
                      one
          no revert   three

        """))
  }
}
