import FlowEngine
import Foundation
import TaskFlow
import Testing

/// Sentences of the articles that no snippet shows.
struct StatementTests {
  private let notes = Notes()

  /// The lines of a run of the flow that the article on areas of influence draws, with `verify` failing.
  private func importLines(
    revertsAll: Bool = false, innerRevertsAll: Bool = false,
    options: RunOptions = RunOptions(concurrencyLimit: 1)
  ) async throws -> [String] {
    let flow = Flow.linear("import") {
      task("lock")
      Flow.linear("load", retry: .times("load-retry", attempts: 2, revertsAll: revertsAll)) {
        task("fetch")
        Flow.linear("write", retry: .times("write-retry", attempts: 3, revertsAll: innerRevertsAll))
        {
          task("insert")
          task("verify", fails: true)
        }
      }
    }
    let plan = try #require(Compiler().compile(flow).plan)
    let report = try await Engine(plan: plan, options: options).run()
    #expect(report.state == .reverted)
    return notes.lines
  }

  private func task(_ name: String, fails: Bool = false) -> FlowTask {
    let notes = notes
    return FlowTask(name) {
      notes.add("\(name)+")
      if fails { throw Failure("\(name) fails") }
    }
    .reverting { _ in notes.add("\(name)-") }
  }

  private let load =
    ["fetch+"] + Array(repeating: ["insert+", "verify+", "verify-", "insert-"], count: 3).joined()
    + ["fetch-"]

  @Test func `a final revert undoes only the innermost flow that gave up`() async throws {
    #expect(try await importLines() == ["lock+"] + load + load.dropLast())
  }

  @Test func `a controller that reverts all does not ask the one around it`() async throws {
    let lines = try await importLines(innerRevertsAll: true)
    #expect(lines == ["lock+"] + load + ["lock-"])
  }

  @Test func `a controller that reverts all undoes what is outside too`() async throws {
    #expect(try await importLines(revertsAll: true) == ["lock+"] + load + load + ["lock-"])
  }

  @Test func `deferred reverts without a controller further out undo everything`() async throws {
    let options = RunOptions(concurrencyLimit: 1, defersReverts: true)
    #expect(try await importLines(options: options) == ["lock+"] + load + load + ["lock-"])
  }

  @Test(arguments: ["TaskFlow", "FlowEngine"])
  func `a landing page names every public type of its module`(_ module: String) throws {
    let sources = Article.root.appending(path: "Sources/\(module)")
    let page = try String(
      contentsOf: sources.appending(path: "\(module).docc/\(module).md"), encoding: .utf8)
    let files = FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)
    while let file = files?.nextObject() as? URL {
      guard file.pathExtension == "swift" else { continue }
      let text = try String(contentsOf: file, encoding: .utf8)
      let declaration =
        /(?m)^public (?:indirect |final )?(?:struct|enum|class|actor|protocol|typealias) (\w+)/
      for match in text.matches(of: declaration) {
        let link = "- ``\(match.output.1)``"
        #expect(page.contains(link), "\(link) is missing")
      }
    }
  }
}
