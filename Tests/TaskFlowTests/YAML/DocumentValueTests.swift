import FlowDiagnostics
import TaskFlow
import Testing

@Suite struct DocumentValueTests {
  @Test func `any data becomes a value`() throws {
    let source = """
      text: a
      list: [1, 2.5, true, null, [], {}]
      map: &m { a: { b: [x] } }
      again: *m
      '1': quoted
      """
    let expected: FlowValue = [
      "text": "a", "list": [1, 2.5, true, nil, [], [:]], "map": ["a": ["b": ["x"]]],
      "again": ["a": ["b": ["x"]]], "1": "quoted",
    ]
    let (value, findings) = try root(source).flowValue()
    #expect(value == expected)
    #expect(findings == [])
    #expect(try root("a").flowValue().value == "a")
  }

  @Test func `what no value can be is told with its place, all of it`() throws {
    let source = "1: a\ntrue: b\n~: c\nx: [.nan, -.inf, 99999999999999999999]\n? \n: d\n1.5: e\n"
    let (value, findings) = try root(source).flowValue()
    #expect(value == nil)
    #expect(
      findings.map { "\($0.span.line):\($0.span.column) [\($0.rule)] \($0.message)" } == [
        "1:1 [yaml-syntax] the key '1' is no text", "2:1 [yaml-syntax] the key 'true' is no text",
        "3:1 [yaml-syntax] the key '~' is no text",
        "4:5 [wrong-value] '.nan' is not supported as a number",
        "4:11 [wrong-value] '-.inf' is not supported as a number",
        "4:18 [wrong-value] the number '99999999999999999999' is too large",
        "5:2 [yaml-syntax] a key is missing", "7:1 [yaml-syntax] the key '1.5' is no text",
      ])
  }

  @Test func `of duplicate keys the first stays`() {
    let (tree, findings) = DocumentReader.parse("{a: 1, a: 2}", file: "f")
    #expect(findings.count == 1)
    #expect(tree?.root.flowValue().value == ["a": 1])
  }

  @Test func `a part of a document is a value of its own`() throws {
    let node = try #require(try root("a: {b: [1, 2]}\nc: .nan")["a"])
    #expect(node.flowValue().value == ["b": [1, 2]])
  }
}
