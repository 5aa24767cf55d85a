import Foundation
import Testing

/// `tfgraph whatif`.
struct WhatIfTests {
  @Test func `it tells what the failure of a sample's task leads to`() async throws {
    let told = try await CommandRun("whatif", "samples/deploy.flow.yaml", "--fail", "smoke-test")
    #expect(told.code == 0)
    #expect(
      told.output == """
           1  ▶ build
           2  ▶ snapshot
           3  ▶ canary
           4  ✗ smoke-test fails
              ↻ rollout is undone and tried again
           5  ↩ canary is undone
           6  ▶ canary (attempt 2)
           7  ✗ smoke-test fails (attempt 2)
              ↻ rollout is given up, and everything is undone
           8  ↩ canary is undone
           9  ↩ build is undone

        The run fails and is undone: exit code 1.
          undone        build, canary
          no revert     snapshot, smoke-test
          not started   promote, announce

        """)
  }

  @Test func `a failure of the first attempt alone is recovered from`() async throws {
    let told = try await CommandRun("whatif", "samples/deploy.flow.yaml", "--fail", "smoke-test@1")
    #expect(told.output.contains("The run succeeds: exit code 0."))
    #expect(told.output.contains("▶ smoke-test (attempt 2)"))
  }

  @Test func `what can't be undone leaves a dirty run`() async throws {
    let told = try await CommandRun(
      "whatif", "samples/deploy.flow.yaml", "--fail", "promote", "--fail-revert", "canary")
    #expect(told.output.contains("⚠ canary can't be undone"))
    #expect(told.output.contains("The run fails and can't be undone: exit code 3."))
    #expect(told.output.contains("  not undone    "))
  }

  @Test func `a failure that does not come to pass is told`() async throws {
    let told = try await CommandRun(
      "whatif", "samples/deploy.flow.yaml", "--fail", "smoke-test@7", "--fail-revert", "announce")
    #expect(told.code == 0)
    #expect(
      told.complaints == """
        tfgraph: 'smoke-test' is said to fail in attempt 7, which does not happen in this run
        tfgraph: 'announce' is said to fail when it is undone, which does not happen in this run

        """)
  }

  @Test func `without a failure it tells the steps of a run`() async throws {
    let told = try await CommandRun("whatif", "samples/vm-boot.flow.yaml")
    #expect(told.output.contains("The run succeeds: exit code 0."))
    #expect(!told.output.contains("✗"))
  }

  @Test func `as JSON it is for programs`() async throws {
    let told = try await CommandRun(
      "whatif", "samples/deploy.flow.yaml", "--fail", "promote@1", "--format", "json")
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(told.output.utf8)) as? [String: Any])
    #expect(object["schema"] as? String == "tfgraph-whatif-1")
    #expect(object["state"] as? String == "succeeded")
    #expect((object["tasks"] as? [String: String])?["announce"] == "done")
    let steps = try #require(object["steps"] as? [[String: Any]])
    #expect(
      steps.contains { ($0["decisions"] as? [[String: String]])?.first?["decision"] == "retry" })
  }

  @Test func `a task that is not there is told with what may be meant`() async throws {
    let told = try await CommandRun("whatif", "samples/deploy.flow.yaml", "--fail", "smoketest@2")
    #expect(told.code == 2)
    #expect(
      told.complaints == "tfgraph: the flow has no task 'smoketest'; did you mean 'smoke-test'?\n")
  }

  @Test func `conditions over inputs with known values are answered`() async throws {
    let scratch = try Scratch()
    try scratch.write(
      """
      tfgraph: 1
      flow: deploy
      inputs: { loud: { type: bool, default: false } }
      linear:
        - task: build
          run: ./build.sh
          revert: none
        - task: announce
          when: loud
          run: ./announce.sh

      """, to: "f.flow.yaml")
    let quiet = try await CommandRun(
      ["whatif", "f.flow.yaml", "--fail", "announce"], in: scratch.url)
    #expect(
      quiet.complaints
        == "tfgraph: 'announce' is said to fail, which does not happen in this run\n")
    #expect(
      quiet.output == """
           1  ▶ build

        The run succeeds: exit code 0.
          done          build
          skipped       announce

        """)
    let loud = try await CommandRun(
      ["whatif", "f.flow.yaml", "--fail", "announce", "--input", "loud=true"], in: scratch.url)
    #expect(loud.complaints == "")
    #expect(loud.output.contains("✗ announce fails"))
    let wrong = try await CommandRun(
      ["whatif", "f.flow.yaml", "--input", "loud=3"], in: scratch.url)
    #expect(wrong.code == 2)
  }

  @Test func `attempts are counted from one`() async throws {
    let told = try await CommandRun("whatif", "samples/deploy.flow.yaml", "--fail", "build@0")
    #expect(told.code == 2)
    #expect(
      told.complaints.contains("attempts are counted from 1, and 'build@0' is none"))
  }
}
