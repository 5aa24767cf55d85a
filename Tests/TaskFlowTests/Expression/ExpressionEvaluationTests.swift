import Testing

@testable import TaskFlow

private let values: [String: FlowValue] = [
  "text": "héllo", "n": 3, "x": 2.5, "yes": true, "no": false, "none": nil,
  "list": [1, "b", [true]],
  "map": ["a": ["b": [10, 20]], "b c": 1, "n": nil],
]

@Suite struct ExpressionEvaluationTests {
  @Test(
    arguments: [
      ("3", 3), ("-3", -3), ("2.5e1", 25.0), ("'a\"b'", "a\"b"),
      (#""\\\"\'\n\t\u{1F600}""#, "\\\"'\n\t😀"),
      ("null", nil), ("[]", []), ("[1, 'a', n,]", [1, "a", 3]), ("map.a.b[1]", 20),
      ("map['b c']", 1),
      ("list[2][0]", true), ("[1,2][1]", 2),
      ("1 == 1.0", true), ("[1, 2.0] == [1.0, 2]", true),
      ("text != 'x'", true), ("none == null", true),
      ("text == null", false), ("n < x", false), ("n >= 3.0", true), ("'a' < 'b'", true),
      ("9007199254740993 > 9007199254740992.0", true),
      ("9223372036854775807 < 9223372036854775808.0", true),
      ("!no && yes", true), ("!yes || no", false), ("yes || no && no", true),
      ("!(yes && no)", true),
      ("no && missing", false), ("yes || missing.x", true), ("none != null && none.a == 1", false),
      ("length(text)", 5), ("length(list)", 3), ("length(map)", 3), ("default(missing, 7)", 7),
      ("default(map.z.y, 'd')", "d"), ("default(list[9], 1)", 1), ("default(none, 1)", 1),
      ("default(map.n, 1)", 1),
      ("default(n, missing)", 3), ("default(missing, default(gone, 2))", 2),
      ("default(missing == 1, false)", false),
      ("json(map)", #"{"a":{"b":[10,20]},"b c":1,"n":null}"#), ("json('a')", "\"a\""),
      ("json(none)", "null"),
    ] as [(String, FlowValue)])
  func `an expression has its value`(text: String, value: FlowValue) throws {
    #expect(try FlowExpression.parse(text).get().evaluate { values[$0] } == value)
  }

  @Test(arguments: [
    ("missing", ExpressionFailure.Reason.absent, "'missing' has no value", 0..<7),
    ("default(missing, gone)", .absent, "'gone' has no value", 17..<21),
    ("map.z", .absent, "there is no key 'z'", 4..<5),
    ("list[3]", .absent, "there is no element 3, only 3", 5..<6),
    ("list[-1]", .absent, "there is no element -1, only 3", 5..<7),
    ("none.a", .absent, "this is null and has no elements", 0..<4),
    ("text.a", .mistyped, "a string has no such key 'a'", 5..<6),
    ("list['a']", .mistyped, "a list has no such key 'a'", 5..<8),
    ("map[0]", .mistyped, "a map has no such element", 4..<5),
    ("!n", .mistyped, "expected a bool, found an int", 1..<2),
    ("yes && n", .mistyped, "expected a bool, found an int", 7..<8),
    ("none || yes", .mistyped, "expected a bool, found null", 0..<4),
    ("text == n", .mistyped, "a string and an int cannot be compared with '=='", 0..<9),
    ("yes < no", .mistyped, "a bool and a bool cannot be compared with '<'", 0..<8),
    ("none < 1", .mistyped, "null and an int cannot be compared with '<'", 0..<8),
    ("length(n)", .mistyped, "an int has no length", 7..<8),
    ("default(!n, 1)", .mistyped, "expected a bool, found an int", 9..<10),
    ("(missing) == missing", .absent, "'missing' has no value", 1..<8),
  ])
  func `a failure has its reason and its place`(
    text: String, reason: ExpressionFailure.Reason, message: String, range: Range<Int>
  ) throws {
    let expression = try FlowExpression.parse(text).get()
    let failure = ExpressionFailure(reason: reason, message: message, range: range)
    #expect(throws: failure) { try expression.evaluate { values[$0] } }
  }

  @Test func `JSON of JSON cannot grow without bound`() throws {
    let text = String(repeating: "json(", count: 60) + "'\"'" + String(repeating: ")", count: 60)
    let expression = try FlowExpression.parse(text).get()
    let failure = #expect(throws: ExpressionFailure.self) { try expression.evaluate { _ in nil } }
    #expect(failure?.reason == .tooLong)
  }
}

@Suite struct ExpressionCheckTests {
  private let types: [String: ValueType] = [
    "text": .string, "n": .int, "x": .float, "yes": .bool, "list": .list, "map": .map,
  ]

  @Test(arguments: [
    ("text == n", "a string and an int cannot be compared with '=='", 0..<9),
    ("yes < true", "a bool and a bool cannot be compared with '<'", 0..<10),
    ("!text", "expected a bool, found a string", 1..<5),
    ("n && yes", "expected a bool, found an int", 0..<1),
    ("length(n)", "expected a string or a list or a map, found an int", 7..<8),
    ("text.a", "a string has no elements", 0..<4),
    ("list.a", "the elements of a list have numbers, not keys", 5..<6),
    ("map[0]", "the elements of a map have keys, not numbers", 4..<5),
    ("null < 1", "null and an int cannot be compared with '<'", 0..<8),
    ("unknown < yes", "a value and a bool cannot be compared with '<'", 0..<13),
    ("json(map) == 1", "a string and an int cannot be compared with '=='", 0..<14),
    ("default(n, 1) == 'a'", "an int and a string cannot be compared with '=='", 0..<20),
  ])
  func `a mistake shows without values`(text: String, message: String, range: Range<Int>) throws {
    let errors = try FlowExpression.parse(text).get().check(types: types)
    #expect(errors == [ExpressionError(message, at: range)])
  }

  @Test(arguments: [
    "unknown == 1", "unknown && yes", "n == x", "n < 2.5", "text != null", "map.a.b[0] < 3",
    "list[n] == 'a'",
    "default(unknown, 1) > 2", "length(unknown) == 0", "!(text < 'b')", "default(n, 'a') == 'b'",
  ])
  func `what may be right is not reported`(text: String) throws {
    #expect(try FlowExpression.parse(text).get().check(types: types, result: .bool).isEmpty)
  }

  @Test(arguments: [
    ("n", "an int"), ("'true'", "a string"), ("null", "null"), ("length(text)", "an int"),
  ])
  func `a condition must be a bool`(text: String, found: String) throws {
    let errors = try FlowExpression.parse(text).get().check(types: types, result: .bool)
    #expect(errors.map(\.message) == ["expected a bool, found \(found)"])
  }

  @Test func `the type of an expression is known when it does not depend on values`() throws {
    #expect(try FlowExpression.parse("length(a) > 1").get().inferredType(types: [:]) == .bool)
    #expect(try FlowExpression.parse("a.b").get().inferredType(types: ["a": .map]) == nil)
  }

  @Test(arguments: 0..<10 as Range<UInt64>)
  func `what the check passes has no type failure`(seed: UInt64) throws {
    var generator = FuzzGenerator(seed: seed)
    let values: [String: FlowValue] = ["text": "a", "n": 3, "x": 2, "yes": true]
    var passed = 0
    for _ in 0..<500 {
      let text = randomExpression(&generator)
      let expression = try FlowExpression.parse(text).get()
      guard expression.check(types: types).isEmpty else { continue }
      passed += 1
      do throws(ExpressionFailure) {
        _ = try expression.evaluate { values[$0] }
      } catch {
        Issue.record("\(text) failed with \(error), seed \(seed)")
      }
    }
    #expect(passed > 50)
  }

  /// An expression of scalars, where every type is known.
  private func randomExpression(_ generator: inout FuzzGenerator, depth: Int = 0) -> String {
    let leaves = ["text", "n", "x", "yes", "1", "2.5", "'b'", "true", "null"]
    let choice = Int.random(in: 0..<(depth < 3 ? 8 : 2), using: &generator)
    if choice < 2 { return leaves.randomElement(using: &generator) ?? "n" }
    let first = randomExpression(&generator, depth: depth + 1)
    switch choice {
    case 2: return "!\(first)"
    case 3: return "length(\(first))"
    case 4: return "json(\(first))"
    default:
      let signs = ["==", "!=", "<", ">=", "&&", "||"]
      let second = randomExpression(&generator, depth: depth + 1)
      return "(\(first) \(signs.randomElement(using: &generator) ?? "==") \(second))"
    }
  }
}
