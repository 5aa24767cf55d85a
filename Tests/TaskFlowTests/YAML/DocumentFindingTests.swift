import FlowDiagnostics
import TaskFlow
import Testing

@Suite struct DocumentFindingTests {
  @Test func `each duplicate key is reported against the first`() throws {
    let source = "a: 1\nb: {x: 1, \"x\": 2}\na: 2\n'a': 3\ne\u{301}: 1\né: 2\n"
    let (tree, list) = DocumentReader.parse(source, file: "f")
    #expect(
      findings(source) == """
        2:11+3 [duplicate-key] duplicate key 'x'
        3:1+1 [duplicate-key] duplicate key 'a'
        4:1+3 [duplicate-key] duplicate key 'a'
        6:1+1 [duplicate-key] duplicate key 'é'
        """)
    #expect(list.map { $0.related.map(\.span.line) } == [[2], [1], [1], [5]])
    #expect(tree?.root["a"]?.text == "1")
  }

  @Test func `mistakes that are not of syntax are all collected`() {
    let source = """
      a: !!str 1
      b: *nothing
      c: &c [*c]
      <<: {x: 1}
      '<<': fine
      d: &e !foo {x: 1}
      [x]: 1
      ? {y: 1}
      : 2
      f: *d
      """
    #expect(
      findings(source) == """
        1:4+5 [yaml-syntax] tags are not supported
        2:4+8 [yaml-syntax] undefined alias '*nothing'
        3:8+2 [yaml-syntax] alias '*c' is inside what it stands for
        4:1+2 [yaml-syntax] merge key '<<' is not supported
        5:1+4 [duplicate-key] duplicate key '<<'
        6:7+4 [yaml-syntax] tags are not supported
        7:1+3 [yaml-syntax] a key can't be a list
        8:3+6 [yaml-syntax] a key can't be a mapping
        10:4+2 [yaml-syntax] undefined alias '*d'
        """)
  }

  @Test(arguments: [
    ("a: !!int 1", "1:4+5 [yaml-syntax] tags are not supported"),
    ("a: &x !!map {}", "1:7+5 [yaml-syntax] tags are not supported"),
    ("! a", "1:1+1 [yaml-syntax] tags are not supported"),
    ("a: !<tag:x> b", "1:4+8 [yaml-syntax] tags are not supported"),
    ("a: !e!x b", "1:4+1 [yaml-syntax] tags are not supported"),
    ("a: *b", "1:4+2 [yaml-syntax] undefined alias '*b'"),
    ("&a [x, *a]", "1:8+2 [yaml-syntax] alias '*a' is inside what it stands for"),
    ("<<: {}", "1:1+2 [yaml-syntax] merge key '<<' is not supported"),
    ("[x]: 1", "1:1+3 [yaml-syntax] a key can't be a list"),
    ("? {y: 1}\n: 2", "1:3+6 [yaml-syntax] a key can't be a mapping"),
    ("", "1:1+1 [yaml-syntax] the file is empty"),
    ("\n# only\n  # comments\n", "1:1+1 [yaml-syntax] the file is empty"),
    ("a: 1\n---\nb: 2", "2:1+1 [yaml-syntax] a second document begins here"),
    ("a: 1\n...\n# c\n...\nb: 2", "5:1+1 [yaml-syntax] a second document begins here"),
    ("--- a\n--- b", "2:1+1 [yaml-syntax] a second document begins here"),
    ("%TAG ! x\n---\na", "1:1+8 [yaml-syntax] directive '%TAG' is not supported"),
    ("%YAML 1.1\n---\na", "1:1+9 [yaml-syntax] YAML version '1.1' is not supported"),
    ("# c\n%YAML 1.2\n%YAML 1.2\n---\na", "3:1+9 [yaml-syntax] second directive '%YAML'"),
    ("%FOO\n---\na", "1:1+4 [yaml-syntax] directive '%FOO' is not supported"),
    ("a: \u{0}", "1:4+1 [yaml-syntax] the file has a NUL byte"),
    ("é: \u{7}", "1:4+1 [yaml-syntax] the character U+0007 can't stand in a file"),
    ("a\r\nb\u{2028}", "2:2+1 [yaml-syntax] the character U+2028 can't stand in a file"),
    ("a: \u{FEFF}b", "1:4+1 [yaml-syntax] the character U+FEFF can't stand in a file"),
  ])
  func `what a flow file can't have is told with its place`(source: String, expected: String) {
    #expect(findings(source) == expected)
  }

  @Test(arguments: [
    ("%YAML 1.2\n---\na", "a"), ("--- a\n...\n\n# end\n...\n", "a"), ("\u{FEFF}a", "a"),
    ("# c\n\na\n", "a"), ("---\n", ""), ("--- # c\na", "a"), ("a ", "a"),
  ])
  func `what is allowed around a document is passed over`(source: String, text: String) throws {
    #expect(try root(source).text == text)
  }

  @Test(
    arguments: [
      ([0x61, 0x0A, 0x62, 0xFF], "f:2:2 byte 0xFF is not UTF-8"),
      ([0xC3], "f:1:1 byte 0xC3 is not UTF-8"),
      ([0xC0, 0xAF], "f:1:1 byte 0xC0 is not UTF-8"),
      ([0x61, 0xED, 0xA0, 0x80], "f:1:2 byte 0xED is not UTF-8"),
      ([0x61, 0x0D, 0x0A, 0x0D, 0xF4, 0x90, 0x80, 0x80], "f:3:1 byte 0xF4 is not UTF-8"),
      ([0xE2, 0x82], "f:1:1 byte 0xE2 is not UTF-8"),
      ([0xEF, 0xBB, 0xBF, 0x61, 0xF8], "f:1:2 byte 0xF8 is not UTF-8"),
      ([0xFF, 0xFE, 0x61, 0x00], "f:1:1 the file is UTF-16"),
      ([0xFE, 0xFF, 0x00, 0x61], "f:1:1 the file is UTF-16"),
    ] as [([UInt8], String)])
  func `bytes that are no UTF-8 have a place`(bytes: [UInt8], expected: String) {
    let (tree, findings) = DocumentReader.parse(bytes: bytes, file: "f")
    #expect(tree == nil)
    #expect(findings.map { "\($0.span) \($0.message)" } == [expected])
  }

  @Test func `an undefined alias is broken and asks for the name that was meant`() {
    let (tree, findings) = DocumentReader.parse("a: &base x\nb: *bsae", file: "f")
    #expect(findings.map(\.help) == ["did you mean '*base'?"])
    #expect(tree?.root["b"]?.isBroken == true)
  }
}
