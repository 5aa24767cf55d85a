import FlowDiagnostics
import TaskFlow
import Testing

/// The nodes of a tree, one a line in their order: place, length and what is there.
func outline(_ source: String, sourceLocation: Testing.SourceLocation = #_sourceLocation) throws
  -> String
{
  let (tree, findings) = DocumentReader.parse(source, file: "f")
  #expect(findings == [], sourceLocation: sourceLocation)
  let root = try #require(tree, sourceLocation: sourceLocation).root
  var lines: [String] = []
  var rest = [(node: root, depth: 0)]
  while let (node, depth) = rest.popLast() {
    let place = "\(node.span.line):\(node.span.column)+\(node.span.length)"
    let content = node.text.map { "\"" + $0.replacing("\n", with: "⏎") + "\"" } ?? "\(node.kind)"
    lines.append(String(repeating: "  ", count: depth) + place + " " + content)
    let children = node.items.map(\.self) + node.entries.flatMap { [$0.key, $0.value] }
    rest += children.reversed().map { ($0, depth + 1) }
  }
  return lines.joined(separator: "\n")
}

/// The findings of a source, one a line: place, length, rule and message.
func findings(_ source: String, limits: DocumentLimits = DocumentLimits()) -> String {
  DocumentReader.parse(source, file: "f", limits: limits).findings
    .map { "\($0.span.line):\($0.span.column)+\($0.span.length) [\($0.rule)] \($0.message)" }
    .joined(separator: "\n")
}

/// The root of a source without findings.
func root(_ source: String) throws -> DocumentNode {
  let (tree, findings) = DocumentReader.parse(source, file: "f")
  #expect(findings == [])
  return try #require(tree).root
}
