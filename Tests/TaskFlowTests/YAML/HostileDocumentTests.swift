import FlowDiagnostics
import TaskFlow
import Testing

/// Inputs that are made to cost time or memory get one answer, and early.
@Suite struct HostileDocumentTests {
  private func finding(
    _ source: String, limits: DocumentLimits = DocumentLimits()
  ) -> String {
    let (tree, findings) = DocumentReader.parse(source, file: "f", limits: limits)
    #expect(tree == nil)
    return findings.map { "\($0.span) \($0.message)" }.joined(separator: "\n")
  }

  @Test(arguments: [
    ("[", "f:1:65"), ("{", "f:1:65"), ("- ", "f:1:129"), ("? ", "f:1:129"), ("{a: ", "f:1:257"),
    ("[\n", "f:65:1"), ("[{a: ", "f:1:161"), ("? - ", "f:1:129"),
  ])
  func `a hundred thousand openings stop at the nesting limit`(opening: String, place: String) {
    let found = finding(String(repeating: opening, count: 100_000))
    #expect(found == "\(place) more than 64 lists and mappings inside each other")
  }

  @Test func `nesting up to the limit is read`() throws {
    let source = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
    var node = try root(source)
    var depth = 1
    while let inner = node.items.first {
      node = inner
      depth += 1
    }
    #expect(depth == 64)
    #expect(
      finding("[" + source + "]").hasSuffix("more than 64 lists and mappings inside each other"))
  }

  @Test func `a million laughs end where they exceed ten times the file`() {
    var source = "a0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha]\n"
    for level in 1...20 {
      let aliases = [String](repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
      source += "a\(level): &a\(level) [\(aliases)]\n"
    }
    #expect(
      finding(source).hasSuffix("aliases up to this one stand for more than 10 times the file"))
  }

  @Test func `aliases up to ten times the file are read`() throws {
    let item = String(repeating: "x", count: 1000)
    let few = "- &a \(item)\n" + String(repeating: "- *a\n", count: 10)
    #expect(try root(few).items.count == 11)
    let many = "- &a \(item)\n" + String(repeating: "- *a\n", count: 11)
    #expect(finding(many) == "f:12:3 aliases up to this one stand for more than 10 times the file")
  }

  @Test func `aliases can't nest deeper than brackets`() {
    var source = "# " + String(repeating: "x", count: 10_000) + "\n- &a0 [x]\n"
    for level in 1..<80 { source += "- &a\(level) [*a\(level - 1)]\n" }
    let expected = "with alias '*a62' more than 64 lists and mappings are inside each other"
    #expect(finding(source).hasSuffix(expected))
  }

  @Test(arguments: [
    ("", ""), ("\"", "\""), ("'", "'"), ("|\n ", ""), (">\n ", ""), ("a: ", ""), ("\"", "\": 1"),
  ])
  func `a scalar over a mebibyte is refused at its place`(before: String, after: String) {
    let text = String(repeating: "x", count: 1 << 20)
    #expect(
      DocumentReader.parse(before + text + after, file: "f").findings.count
        == (after == "\": 1" ? 1 : 0))
    #expect(!finding(before + text + "y" + after).isEmpty)
  }

  @Test func `a file over the limit is refused before it is looked at`() {
    var limits = DocumentLimits()
    limits.fileSize = 10
    #expect(finding("\u{0}0123456789", limits: limits) == "f:1:1 the file is over 10 bytes")
    #expect(DocumentReader.parse("0123456789", file: "f", limits: limits).tree != nil)
  }

  @Test func `values, anchors and mistakes have limits`() {
    var limits = DocumentLimits()
    limits.nodes = 1000
    limits.anchors = 10
    limits.findings = 5
    let values = "[" + String(repeating: "a,", count: 2000)
    #expect(finding(values, limits: limits) == "f:1:2000 more than 1000 values in one file")
    let anchors = (0..<11).map { "- &a\($0) x\n" }.joined()
    #expect(finding(anchors, limits: limits) == "f:11:3 more than 10 anchors in one file")
    let tags = DocumentReader.parse(
      String(repeating: "- !x a\n", count: 9), file: "f", limits: limits)
    #expect(tags.tree == nil)
    #expect(tags.findings.map(\.span.line) == [1])
    #expect(tags.findings[0].notes == ["the file has 5 such mistakes or more; this is the first"])
  }

  @Test func `two hundred thousand entries are no mistake, in lines or in one line`() throws {
    let entries = (0..<200_000).map { "key\($0): \($0)" }
    let block = try #require(
      DocumentReader.parse(entries.joined(separator: "\n"), file: "f").tree)
    #expect(block.nodeCount == 400_001)
    #expect(block.root.entries.count == 200_000)
    #expect(block.root.entries[199_999].value.value(as: Int.self) == 199_999)
    let flow = try #require(
      DocumentReader.parse("{" + entries.joined(separator: ", ") + "}", file: "f").tree)
    #expect(flow.root.entries[199_999].key.span.line == 1)
    #expect(flow.root.entries[199_999].key.text == "key199999")
  }

  @Test func `what follows the document is not read`() {
    let tags = String(repeating: "%TAG !a! x\n", count: 100_000)
    #expect(finding("a: 1\n...\n" + tags) == "f:3:1 a second document begins here")
    #expect(finding(tags) == "f:1:1 directive '%TAG' is not supported")
  }
}
