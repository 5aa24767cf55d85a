import FlowEngine
import TaskFlow
import Testing

/// The Swift of the article "Runs that survive".
@Suite(.timeLimit(.minutes(1))) struct DurableSnippets {
  @Test func `a run that is kept can be taken up again`() async throws {
    let plan = try #require(Compiler().compile(.linear("import") { FlowTask("a") {} }).plan)
    // snippet: durable
    let store = MemoryRunStore()
    let engine = Engine(plan: plan)
    let head = try RunHead(id: "import-7", plan: plan)
    let report = try await engine.run(head, in: store)

    // Later, or in another process:
    let again = try await engine.resume("import-7", in: store)
    // end snippet
    #expect(report.state == .success)
    #expect(again.state == .success)
  }
}
