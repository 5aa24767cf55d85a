import FlowEngine
import Foundation
import TaskFlow
import Testing

/// What documents say about values, as processes and expressions see it.
@Suite(.timeLimit(.minutes(2))) struct DocumentRunTests {
  private func run(_ body: String) async throws -> (report: RunReport, log: String) {
    let directory = try TemporaryDirectory()
    let reading = FlowDocument.read(
      bytes: Array("tfgraph: 1\nflow: f\n\(body)".utf8), path: directory.path + "/f.flow.yaml")
    #expect(reading.findings.isEmpty)
    let plan = try #require(reading.compile()?.plan)
    let executor = ProcessExecutor(
      environment: ProcessInfo.processInfo.environment, workingDirectory: "/",
      scratchDirectory: directory.path, runID: "run")
    let report = try await Engine(plan: plan, commands: executor).run()
    let log = FileManager.default.contents(atPath: directory.path + "/log") ?? Data()
    return (report, String(decoding: log, as: UTF8.self))
  }

  @Test func `the revert of a matrix's task finds what it provided under its own name`()
    async throws
  {
    let (report, log) = try await run(
      """
      linear:
        - task: load
          matrix: { region: [eu] }
          run: echo 7
          provides: { rows: { from: stdout, type: int } }
          revert: { run: echo "$region $rows" >> log }
        - task: fail
          run: 'false'
      """)
    #expect(report.state == .reverted)
    #expect(log == "eu 7\n")
  }

  @Test func `a written text becomes what its type says, or fails the task`() async throws {
    let (report, _) = try await run(
      """
      linear:
        - task: write
          run: |
            echo ' 12 '
            echo true > flag
          provides: { number: { from: stdout, type: int }, flag: { from: 'file:flag', type: bool } }
        - task: read
          set: { both: '${{ number > 11 && flag }}' }
        - task: fail
          run: echo twelve
          provides: { other: { from: stdout, type: int } }
          retry: never
      """)
    #expect(report.state == .reverted)
    #expect(
      report.failures.map(\.failure.message) == [
        "'other' has no value: 'twelve' is not an int; write a whole number such as 3"
      ])
    #expect(try report.values["both"]?.value(as: Bool.self) == true)
  }

  @Test func `the expressions of a revert read what became of the task`() async throws {
    let (report, log) = try await run(
      """
      linear:
        - task: first
          run: echo 1ms
          provides: pause
          revert: { wait: '${{ pause }}' }
        - task: second
          run: 'false'
          revert: { wait: '${{ default(failure, result) }}' }
      """)
    #expect(report.revertFailures.map(\.atom) == ["second"])
    #expect(report.revertFailures.first?.failure.message.contains("exited with code 1") == true)
    #expect(log == "")
  }

  @Test func `a rebound name means the same in when and in set`() async throws {
    let (report, _) = try await run(
      """
      inputs: { number: { type: int, default: 5 } }
      linear:
        - task: a
          requires: { n: number }
          when: n == 5
          set: ${{ n }}
          provides: five
        - task: b
          requires: { n: number }
          when: n != 5
          set: ${{ n }}
          provides: other
      """)
    #expect(report.state == .success)
    #expect(try report.values["five"]?.value(as: Int.self) == 5)
    #expect(report.values["other"] == nil)
  }
}
