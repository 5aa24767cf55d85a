import FlowDiagnostics
import FlowEngine
import TaskFlow
import Testing

/// The Swift of the article "Getting started".
struct GettingStartedSnippets {
  private let notes = Notes()

  private func release(smokeTestFails: Bool) -> Flow {
    let notes = notes
    // snippet: declare
    let version = Symbol<String>("version")
    let digest = Symbol<String>("digest")

    let build = FlowTask("build", requires: version, provides: digest) { version in
      notes.add("build \(version)")
      return "sha-\(version)"
    }
    .reverting { context in
      if let digest = try context.provided(digest) { notes.add("remove \(digest)") }
    }

    let canary = FlowTask("canary", requires: digest) { digest in
      notes.add("set canary to \(digest)")
    }
    .reverting { _ in notes.add("restore canary") }

    let smokeTest = FlowTask("smoke-test") {
      if smokeTestFails { throw Failure("the canary does not answer") }
    }

    let flow = Flow.linear("release") {
      build
      Flow.linear("rollout", retry: .times("again", attempts: 2, revertsAll: true)) {
        canary
        smokeTest
      }
    }
    // end snippet
    return flow
  }

  @Test func `the release runs, or is undone in reverse order`() async throws {
    let flow = release(smokeTestFails: true)
    // snippet: compile-and-run
    let compilation = Compiler(store: ["version"]).compile(flow)
    let plan = try #require(compilation.plan)
    let report = try await Engine(plan: plan).run(inputs: ["version": BoxedValue("1.4.0")])
    // end snippet
    // snippet: undone
    #expect(report.state == .reverted)
    #expect(
      notes.lines == [
        "build 1.4.0",
        "set canary to sha-1.4.0", "restore canary",
        "set canary to sha-1.4.0", "restore canary",
        "remove sha-1.4.0",
      ])
    // end snippet
    #expect(throws: RunFailure.self) { try report.throwFailures() }
  }

  @Test func `the release that works is a success`() async throws {
    let plan = try #require(
      Compiler(store: ["version"]).compile(release(smokeTestFails: false)).plan)
    let report = try await Engine(plan: plan).run(inputs: ["version": BoxedValue("1.4.0")])
    #expect(report.state == .success)
    #expect(notes.lines == ["build 1.4.0", "set canary to sha-1.4.0"])
  }

  @Test func `what nothing provides is found before anything runs`() {
    let flow = release(smokeTestFails: false)
    // snippet: missing
    let compilation = Compiler().compile(flow)
    #expect(compilation.plan == nil)
    #expect(compilation.findings.map(\.rule) == ["missing-requirement"])
    // end snippet
  }
}
