import FlowDiagnostics
import FlowRender
import Foundation
import TaskFlow
import Testing

/// What the articles show is what the code does.
struct ArticleTests {
  @Test func `all Swift in the articles is compiled and run by a test`() throws {
    let snippets = try Article.snippets()
    var count = 0
    for article in try Article.all() {
      for block in article.blocks(of: "swift") {
        #expect(snippets.contains(block), "\(article.name) has no snippet for:\n\(block)")
        count += 1
      }
    }
    #expect(count > 0)
  }

  @Test func `a flow file in an article has no findings but those that follow it`() throws {
    var count = 0
    for article in try Article.all() {
      let shown = article.blocks(of: "console")
      for block in article.blocks(of: "yaml") {
        let path = "release.flow.yaml"
        let reading = FlowDocument.read(bytes: Array((block + "\n").utf8), path: path)
        let findings = try #require(reading.compile()).findings
        let sources = SourceTexts([path: SourceText(reading.text)])
        let text = TextFindingRenderer(sources: sources).text(for: findings)
        let isExpected = findings.isEmpty || shown.contains { text.hasPrefix($0) }
        #expect(isExpected, "\(article.name):\n\(text)")
        count += 1
      }
    }
    #expect(count > 0)
  }

  @Test(arguments: ["model", "areas"])
  func `a diagram is what its flow file is drawn as`(_ name: String) throws {
    let folder = Article.root.appending(path: "Sources/TaskFlow/TaskFlow.docc/Resources")
    let flow = folder.appending(path: "\(name).flow.yaml")
    let compilation = try #require(FlowDocument.read(path: flow.path).compile())
    #expect(!compilation.hasErrors)
    let drawn = try FlowPicture(compilation.sketch).svg()
    let kept = try String(
      contentsOf: folder.appending(path: "\(name).svg"), encoding: .utf8)
    #expect(kept == drawn)
  }
}
