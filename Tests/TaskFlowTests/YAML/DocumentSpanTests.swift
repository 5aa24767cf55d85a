import FlowDiagnostics
import TaskFlow
import Testing

@Suite struct DocumentSpanTests {
  @Test func `every key and value has its place`() throws {
    let source = """
      # comment
      flow: deploy
      list: [a, "b c", 'd''e']   # comment
      map: { x: 1, y: }

      tasks:
        - task: build
          run: |
            ./build.sh
        - task: größe
      none:
      """
    let actual = try outline(source)
    #expect(
      actual == """
        2:1+12 mapping
          2:1+4 "flow"
          2:7+6 "deploy"
          3:1+4 "list"
          3:7+18 sequence
            3:8+1 "a"
            3:11+5 "b c"
            3:18+6 "d'e"
          4:1+3 "map"
          4:6+12 mapping
            4:8+1 "x"
            4:11+1 "1"
            4:14+1 "y"
            4:17+1 ""
          6:1+5 "tasks"
          7:3+13 sequence
            7:5+11 mapping
              7:5+4 "task"
              7:11+5 "build"
              8:5+3 "run"
              8:10+1 "./build.sh⏎"
            10:5+11 mapping
              10:5+4 "task"
              10:11+5 "größe"
          11:1+4 "none"
          11:6+1 ""
        """)
  }

  @Test func `a node of several lines reaches to the end of its first line`() throws {
    let source = """
      text: one
        two
      quoted: "one
        two"   # c
      list: [a,
        b]
      folded: >-   \n  x
        y
      """
    let actual = try outline(source)
    #expect(
      actual == """
        1:1+9 mapping
          1:1+4 "text"
          1:7+3 "one two"
          3:1+6 "quoted"
          3:9+4 "one two"
          5:1+4 "list"
          5:7+2 sequence
            5:8+1 "a"
            6:3+1 "b"
          7:1+6 "folded"
          7:9+2 "x y"
        """)
  }

  @Test func `columns count characters, whatever the line ends and the byte order mark`() throws {
    let expected = """
      1:1+6 mapping
        1:1+2 "é😀"
        1:5+2 "名前"
        2:1+1 "b"
        2:4+1 "2"
      """
    #expect(try outline("é😀: 名前\nb: 2\n") == expected)
    #expect(try outline("\u{FEFF}é😀: 名前\r\nb: 2\r\n") == expected)
    #expect(try outline("é😀: 名前\rb: 2\r") == expected)
  }

  @Test func `an alias has its own place and the anchored content`() throws {
    let node = try root("a: &x [1, &y two]\nb: *x\nc: *y\n&k d: *x\n")
    let alias = try #require(node["b"])
    #expect(alias.span == SourceSpan(file: "f", line: 2, column: 4, length: 2))
    #expect(alias.isAlias)
    #expect(alias.items.map(\.text) == ["1", "two"])
    #expect(alias.items[0].span.line == 1)
    #expect(node["c"]?.text == "two")
    // The anchor is no part of a scalar's place.
    #expect(alias.items[1].span == SourceSpan(file: "f", line: 1, column: 14, length: 3))
    #expect(node["d"]?.isAlias == true)
  }

  @Test func `an anchor given again stands for the new node`() throws {
    let node = try root("[&a 1, *a, &a 2, *a, &b [&b 3], *b]")
    #expect(node.items.map(\.text) == ["1", "1", "2", "2", nil, "3"])
  }

  @Test func `JSON is read as it is`() throws {
    let node = try root("{\"a\":[1,2.5,\"x\\/\\u00e9\\n\"],\n\t\"b\":{\"c\":null,\"d\":true}}")
    #expect(node["a"]?.items.map(\.text) == ["1", "2.5", "x/é\n"])
    #expect(node["b"]?["c"]?.isNull == true)
    #expect(node["b"]?["d"]?.value(as: Bool.self) == true)
    #expect(node["b"]?.entries[0].key.span.column == 7)
  }

  @Test func `surrogate pairs of JSON are read, and leave all places right`() throws {
    let source = #"{"a": "\ud83d\uDE00\\ud83d", "b": ["\ud83d\ude00\ud83d\ude01", 1],"#
    let node = try root(source + "\n \"é\": \"\\\"\\ud83d\\ude00\", \"c\": 2}")
    let alone = try root("['x', \"\\U0001f600\"]")
    #expect(node.span.length == source.unicodeScalars.count - 1)
    #expect(node["a"]?.text == #"😀\ud83d"#)
    #expect(node["a"]?.span == SourceSpan(file: "f", line: 1, column: 7, length: 21))
    #expect(node["b"]?.items.map(\.span.column) == [36, 64])
    #expect(node["é"]?.text == "\"😀")
    #expect(node["c"]?.span == SourceSpan(file: "f", line: 2, column: 30, length: 1))
    #expect(alone.items[1].text == "😀")
    #expect(
      findings(#"["\ud83d"]"#) == "1:5+1 [yaml-syntax] the escape is of no character")
    #expect(
      findings(#"['x', "\ud83d\ude00"]"#) == "1:10+1 [yaml-syntax] the escape is of no character")
  }

  @Test func `a node says how it is written`() throws {
    let node = try root("- a\n- 'a'\n- \"a\"\n- |\n  a\n- >\n  a\n- [a]\n- {a: b}\n- a: b\n- - a\n")
    #expect(
      node.items.map(\.style) == [
        .plain, .singleQuoted, .doubleQuoted, .literal, .folded, .flow, .flow, .block, .block,
      ])
    #expect(node.style == .block)
  }

  @Test func `asking for what a node is not gives nothing`() throws {
    let node = try root("a: [x]")
    #expect(node.text == nil)
    #expect(node.items.isEmpty)
    #expect(node["b"] == nil)
    #expect(node["a"]?.entries.isEmpty == true)
    #expect(node.resolution == nil)
  }
}
