import FlowEngine
import FlowStoreSQLite
import Foundation
import TaskFlow
import Testing

/// The Swift of the article "Runs that survive", and of the page of the store in a file.
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

  @Test func `a run in a file can be taken up by another store`() async throws {
    let plan = try #require(Compiler().compile(.linear("import") { FlowTask("a") {} }).plan)
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "tfgraph-snippet-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "runs.db").path
    // snippet: file
    let store = try SQLiteRunStore(path: path)
    let head = try RunHead(id: "import-7", plan: plan)
    let report = try await Engine(plan: plan).run(head, in: store)

    // Later, or in another process:
    let again = try await Engine(plan: plan).resume("import-7", in: try SQLiteRunStore(path: path))
    // end snippet
    #expect(report.state == .success)
    #expect(again.state == .success)
  }
}
