import FlowEngine
import Foundation
import TFGraphCommands
import TaskFlow
import Testing

/// The Swift of the README, with what its tasks work on made up.
struct ReadmeSnippets {
  private struct Registry {
    var notes: Notes

    func push(_ version: String) async throws -> String { "sha-\(version)" }
    func remove(_ digest: String) async throws { notes.add("remove \(digest)") }
  }

  private struct Cluster {
    enum Stage { case canary }
    var notes: Notes

    func setImage(_ digest: String, in stage: Stage) async throws { notes.add("set \(digest)") }
    func restore(_ stage: Stage) async throws { notes.add("restore") }
  }

  private let notes = Notes()

  @Test func `the flow of the README runs`() async throws {
    let registry = Registry(notes: notes)
    let cluster = Cluster(notes: notes)
    let smokeTest = FlowTask("smoke-test") {}
    // snippet: readme
    let version = Symbol<String>("version")
    let digest = Symbol<String>("digest")

    let build = FlowTask("build", requires: version, provides: digest) { version in
      try await registry.push(version)
    }
    .reverting { context in
      if let digest = try context.provided(digest) { try await registry.remove(digest) }
    }

    let canary = FlowTask("canary", requires: digest) { digest in
      try await cluster.setImage(digest, in: .canary)
    }
    .reverting { _ in try await cluster.restore(.canary) }

    let flow = Flow.linear("release") {
      build
      Flow.linear("rollout", retry: .times("rollout-retry", attempts: 2)) {
        canary
        smokeTest.timeout(.seconds(90))
      }
    }

    let compilation = Compiler(store: ["version"]).compile(flow)
    if let plan = compilation.plan {
      let report = try await Engine(plan: plan).run(inputs: ["version": BoxedValue("1.4.0")])
      try report.throwFailures()
    }
    // end snippet
    #expect(notes.lines == ["set sha-1.4.0"])
  }

  /// A program of one's own; it ends the process, so it is compiled only: `CatalogTests` run the samples.
  private func program(release: Flow, restore: Flow) async {
    // snippet: catalog
    await TFGraph.main(flows: [release, restore])
    // end snippet
  }

  @Test func `the README shows what is compiled here`() throws {
    let url = Article.root.appending(path: "README.md")
    let readme = Article(name: "README.md", text: try String(contentsOf: url, encoding: .utf8))
    let snippets = try Article.snippets()
    for block in readme.blocks(of: "swift") {
      let body = block.split(separator: "\n", omittingEmptySubsequences: false)
        .drop { $0.isEmpty || $0.hasPrefix("import ") }.joined(separator: "\n")
      #expect(snippets.contains(body), "no snippet for:\n\(body)")
    }
  }
}
