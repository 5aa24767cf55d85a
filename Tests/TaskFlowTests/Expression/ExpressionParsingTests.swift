import Testing

@testable import TaskFlow

@Suite struct ExpressionParsingTests {
  @Test func `symbols come once each in the order of their appearance`() throws {
    let text = "b == a.b[c] && default(d.x, b) && length([a, e]) > 0 || default(e, 1) == d"
    let symbols = try FlowExpression.parse(text).get().symbols
    #expect(symbols.map(\.name) == ["b", "a", "c", "d", "e"])
    #expect(symbols.map(\.range.lowerBound) == [0, 5, 9, 23, 45])
    #expect(symbols.filter(\.isOptional).isEmpty)
    let optional = try FlowExpression.parse("default(a.b, b) == default([c], 1)").get().symbols
    #expect(optional.map(\.isOptional) == [true, false, true])
  }

  @Test func `positions count Unicode scalars of the whole text`() throws {
    let symbols = try FlowExpression.parse("  ${{ 'e\u{301}😀' == abc }} ").get().symbols
    #expect(symbols.map(\.range) == [15..<18])
    let template = try FlowTemplate.parse("é ${{ a }} ${{ b }}").get()
    #expect(template.symbols.map(\.range) == [6..<7, 15..<16])
  }

  @Test(arguments: [
    ("", "expected a value, found the end", 0..<0),
    ("a &&", "expected a value, found the end", 4..<4),
    ("a b", "expected the end of the expression, found 'b'", 2..<3),
    ("(a", "this is not closed; ')' is missing", 0..<1),
    ("a)", "expected the end of the expression, found ')'", 1..<2),
    ("a[0", "this is not closed; ']' is missing", 1..<2),
    ("[a, b", "this is not closed; ']' is missing", 0..<1),
    ("length(a b)", "expected ')', found 'b'", 9..<10),
    ("a.", "expected a key after '.', found the end", 2..<2),
    ("a.0", "expected a key after '.', found an int", 2..<3),
    ("'abc", "the string is not closed", 0..<4),
    (#""a\q""#, "unknown escape in a string", 2..<4),
    (#""\u{110000}""#, "unknown escape in a string", 1..<3),
    ("01", "'01' is not a number", 0..<2), ("3x", "'3x' is not a number", 0..<2),
    ("1e", "'1e' is not a number", 0..<2),
    ("9223372036854775808", "the number does not fit into an int", 0..<19),
    ("a = b", "unexpected '=' in an expression", 2..<3),
    ("a + 1", "unexpected '+' in an expression", 2..<3),
    ("a & b", "unexpected '&' in an expression", 2..<3),
    ("{a: 1}", "unexpected '{' in an expression", 0..<1),
    ("a\u{0}", "unexpected the character U+0000 in an expression", 1..<2),
    ("a < b < c", "comparisons don't chain", 6..<7),
    ("a -1", "expected the end of the expression, found an int", 2..<4),
    ("len(a)", "unknown function 'len'", 0..<3),
    ("length()", "'length' takes one argument, not 0", 0..<8),
    ("default(a)", "'default' takes two arguments, not 1", 0..<10),
    ("${{ a", "'${{' is not closed", 0..<3),
    ("${{ a }} b", "one expression is expected here, and nothing beside its '${{ }}'", 0..<10),
  ])
  func `a mistake has its place`(text: String, message: String, range: Range<Int>) {
    let errors = mistakes(of: text)
    #expect(errors.map(\.message) == [message])
    #expect(errors.map(\.range) == [range])
  }

  @Test(arguments: [
    ("len(a)", "did you mean 'length'?"), ("lenght(a)", "did you mean 'length'?"),
    ("toJSON(a)", "did you mean 'json'?"), ("exec(a)", "there are length(), default(), json()"),
    ("a and b", "write '&&'"), ("a = 1", "write '==' to compare"), ("fooBar", "write 'foo_bar'"),
    ("a -1", "there is no arithmetic; compute the value in a task"),
  ])
  func `a common mistake is told how to be mended`(text: String, help: String) {
    #expect(mistakes(of: text).map(\.help) == [help])
  }

  @Test func `mistakes that don't stop the reading are reported together`() {
    #expect(
      mistakes(of: "len(Foo) && sise(b) && json()").map(\.range.lowerBound) == [4, 0, 12, 23])
  }

  @Test(arguments: ["(", "[", "!(", "length(", "a[", "-", "!", "a.", "a&&", "${{", "'", "(((("])
  func `deep nesting has one error`(word: String) {
    for count in [65, 3_000, 100_000] {
      #expect(mistakes(of: String(repeating: word, count: count)).count == 1)
    }
  }

  @Test func `64 parentheses are read and long chains too`() throws {
    let nested = String(repeating: "(", count: 64) + "1" + String(repeating: ")", count: 64)
    #expect(try FlowExpression.parse(nested).get().evaluate { _ in nil } == 1)
    let chain = "true" + String(repeating: " && true", count: 2_000)
    #expect(try FlowExpression.parse(chain).get().evaluate { _ in nil } == true)
    let signs = String(repeating: "!", count: 16_000) + "true"
    #expect(try FlowExpression.parse(signs).get().evaluate { _ in nil } == true)
  }

  @Test(arguments: 0..<10 as Range<UInt64>)
  func `no text crashes reading, checking or evaluation`(seed: UInt64) {
    var generator = FuzzGenerator(seed: seed)
    let words = [
      "a", "b", "c", " ", " ", "(", ")", "[", "]", ",", ".", "==", "!=", "<", ">=", "&&", "||", "!",
      "1",
      "-2", "0.5", "'x'", "\"", "\\", "true", "null", "length(", "default(", "json(", "é", "${{",
      "}}",
    ]
    let values: [String: FlowValue] = ["a": ["x": [1, 2]], "b": [true, "x"]]
    for _ in 0..<1_000 {
      let text = generator.text(of: words, upTo: 14)
      let count = text.unicodeScalars.count
      switch FlowTemplate.parse(text) {
      case .success(let template):
        _ = template.check(types: ["a": .map, "b": .list], result: .bool)
        _ = try? template.evaluate { values[$0] }
      case .failure(let failure):
        #expect(
          failure.errors.allSatisfy { 0 <= $0.range.lowerBound && $0.range.upperBound <= count })
      }
      switch FlowExpression.parse(text) {
      case .success(let expression):
        let errors = expression.check(types: ["a": .map, "b": .list])
        let result = Result { try expression.evaluate { values[$0] } }
        #expect(
          FlowExpression.parse(expression.source).map(\.nodes.count)
            == .success(expression.nodes.count))
        if errors.isEmpty, case .failure(let error as ExpressionFailure) = result {
          #expect(error.range.upperBound <= count)
        }
      case .failure(let failure):
        #expect(!failure.errors.isEmpty)
        #expect(
          failure.errors.allSatisfy { 0 <= $0.range.lowerBound && $0.range.upperBound <= count })
      }
    }
  }

  private func mistakes(of text: String) -> [ExpressionError] {
    guard case .failure(let failure) = FlowExpression.parse(text) else { return [] }
    return failure.errors
  }
}
