import Testing

@testable import TaskFlow

@Suite struct FlowValueJSONTests {
  @Test(
    arguments: [
      ("null", FlowValue.null), (" true ", true), ("false", false), ("0", 0), ("-0", 0),
      ("-12", -12),
      ("9223372036854775807", .int(.max)), ("-9223372036854775808", .int(.min)),
      ("9223372036854775808", 9_223_372_036_854_775_808.0), ("1.0", 1.0), ("1e2", 100.0),
      ("-0.0", .float(-0.0)), ("1E-2", 0.01), ("5e-324", .float(.leastNonzeroMagnitude)),
      ("\"\"", ""),
      (#""a\"\\\/\b\f\n\r\té\u00e9😀\ud83d\ude00""#, "a\"\\/\u{8}\u{C}\n\r\té\u{e9}😀😀"),
      ("[]", []), ("{}", [:]), ("[1,[2,{}],3]", [1, [2, [:]], 3]),
      (#"{"b": {"a": [null]}, "a": 1}"#, ["a": 1, "b": ["a": [nil]]]), ("\u{FEFF}1", 1),
      (#""\u0000""#, "\u{0}"),
    ] as [(String, FlowValue)])
  func `a well-formed text is read`(text: String, value: FlowValue) throws {
    #expect(try FlowValueJSON.parse(text) == value)
  }

  @Test(arguments: [
    ("", "expected a value, found the end", 1, 1), ("  ", "expected a value, found the end", 1, 3),
    ("01", "a number must not start with a zero", 1, 1),
    ("1.", "expected a digit, found the end", 1, 3),
    ("+1", "expected a value, found '+'", 1, 1), ("1e999", "the number is too large", 1, 1),
    ("nan", "expected a value, found 'n'", 1, 1), ("[1,]", "expected a value, found ']'", 1, 4),
    ("[1\n 2]", "expected ',' or ']', found '2'", 2, 2),
    ("[1", "expected ',' or ']', found the end", 1, 3),
    ("{\"a\":1,\n\"é\":1,\"a\":2}", "the key \"a\" is there twice", 2, 7),
    ("{\"\\u00e9\":1,\"e\\u0301\":2}", "the key \"e\u{301}\" is there twice", 1, 13),
    ("{a:1}", "expected a key in double quotes, found 'a'", 1, 2),
    ("{\"a\" 1}", "expected ':' after the key, found '1'", 1, 6),
    ("{\"a\":1,}", "expected a key in double quotes, found '}'", 1, 8),
    ("\"abc", "the string is not closed", 1, 1),
    ("\"\t\"", "the character U+0009 must be escaped in a string", 1, 2),
    (#""\x""#, "'x' cannot be escaped", 1, 2),
    (#""\ud800""#, "a surrogate without its other half", 1, 2),
    (#""\udc00\ud800""#, "a surrogate without its other half", 1, 2),
    (#""\ud800\u0041""#, "a surrogate without its other half", 1, 2),
    (#""\u12G4""#, "expected four hexadecimal digits after '\\u'", 1, 2),
    ("1 2", "unexpected '2' after the value", 1, 3),
    ("// x", "expected a value, found '/'", 1, 1), ("tru", "expected a value, found 't'", 1, 1),
  ])
  func `a malformed text has one positioned error`(
    text: String, message: String, line: Int, column: Int
  ) {
    #expect(throws: FlowValueJSONError(message: message, line: line, column: column)) {
      try FlowValueJSON.parse(text)
    }
  }

  @Test func `bytes that are not UTF-8 are an error`() {
    #expect(throws: FlowValueJSONError(message: "the string is not UTF-8", line: 1, column: 3)) {
      try FlowValueJSON.parse(utf8: [0x5B, 0x22, 0xFF, 0x22, 0x5D])
    }
  }

  @Test func `512 open lists are read and one more is refused`() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    let value = try FlowValueJSON.parse(nested(512))
    #expect(FlowValueJSON.text(of: value) == nested(512))
    for text in [nested(513), nested(100_000), String(repeating: "{\"a\":", count: 100_000)] {
      let error = #expect(throws: FlowValueJSONError.self) { try FlowValueJSON.parse(text) }
      #expect(error?.message == "nested more than 512 deep")
    }
  }

  @Test(
    arguments: [
      (FlowValue.null, "null"), (3, "3"), (3.0, "3.0"), (.float(-0.0), "-0.0"), (0.1, "0.1"),
      (1e20, "1e+20"), (.float(.nan), "null"), (.float(-.infinity), "null"),
      ("a\"\\\n\r\t\u{1}\u{7F}é/", "\"a\\\"\\\\\\n\\r\\t\\u0001\u{7F}é/\""),
      (["b": 1, "a": [true, nil], "B": [:], "c": []], #"{"B":{},"a":[true,null],"b":1,"c":[]}"#),
    ] as [(FlowValue, String)])
  func `the compact text is canonical`(value: FlowValue, text: String) {
    #expect(FlowValueJSON.text(of: value) == text)
  }

  @Test func `the pretty text has one entry a line`() {
    let value: FlowValue = ["b": [1, [:]], "a": [], "c": ["x": "y"]]
    #expect(
      FlowValueJSON.text(of: value, style: .pretty) == """
        {
          "a": [],
          "b": [
            1,
            {}
          ],
          "c": {
            "x": "y"
          }
        }
        """)
  }

  @Test func `a text longer than the limit is not made`() {
    let value: FlowValue = ["abc", "def"]
    #expect(FlowValueJSON.text(of: value, limit: 13) == #"["abc","def"]"#)
    #expect(FlowValueJSON.text(of: value, limit: 12) == nil)
    #expect(FlowValueJSON.text(of: "abc", limit: 4) == nil)
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `reading what was written gives an equal value`(seed: UInt64) throws {
    var generator = FuzzGenerator(seed: seed)
    for _ in 0..<50 {
      let value = randomValue(&generator)
      #expect(try FlowValueJSON.parse(FlowValueJSON.text(of: value)) == value)
      #expect(try FlowValueJSON.parse(FlowValueJSON.text(of: value, style: .pretty)) == value)
    }
  }

  @Test(arguments: 0..<10 as Range<UInt64>)
  func `no text crashes the reader`(seed: UInt64) {
    var generator = FuzzGenerator(seed: seed)
    let words = [
      "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "d83d", "1", "-", ".", "e", "true", "é",
      "\n",
    ]
    for _ in 0..<1_000 {
      let text = generator.text(of: words, upTo: 12)
      guard let value = try? FlowValueJSON.parse(text) else { continue }
      #expect((try? FlowValueJSON.parse(FlowValueJSON.text(of: value))) == value, "\(text)")
    }
  }
}

/// A value with up to three levels.
private func randomValue(_ generator: inout FuzzGenerator, depth: Int = 0) -> FlowValue {
  switch Int.random(in: 0..<(depth < 3 ? 7 : 5), using: &generator) {
  case 0: return .null
  case 1: return .bool(.random(using: &generator))
  case 2: return .int(Int(truncatingIfNeeded: generator.next()))
  case 3:
    let float = Double(bitPattern: generator.next())
    return .float(float.isFinite ? float : 0.5)
  case 4: return .string(generator.text(of: ["a", "\"", "\\", "\n", "é", "😀", "\u{1}"], upTo: 5))
  case 5:
    return .list((0..<generator.next() % 4).map { _ in randomValue(&generator, depth: depth + 1) })
  default:
    var entries: [String: FlowValue] = [:]
    for _ in 0..<generator.next() % 4 {
      entries[generator.text(of: ["a", "b", "é", "\""], upTo: 3)] = randomValue(
        &generator, depth: depth + 1)
    }
    return .map(entries)
  }
}
