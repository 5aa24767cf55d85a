import Testing

@testable import TaskFlow

@Suite struct FlowTemplateTests {
  private let values: [String: FlowValue] = ["a": 1, "s": "x y", "m": ["k": [true, nil]]]

  @Test(
    arguments: [
      ("plain", "plain" as FlowValue), ("", ""), ("${{ m }}", ["k": [true, nil]]), ("${{a}}", 1),
      (" ${{ a }}", " 1"), ("v${{ a }}-${{ s }}-${{ m }}", #"v1-x y-{"k":[true,null]}"#),
      ("${{ a }}${{ a }}", "11"), ("$${{ a }}", "${{ a }}"), ("a $${{${{ a }}", "a ${{1"),
      ("$a ${b} {{c}} }}", "$a ${b} {{c}} }}"),
      ("${{ '}}' }}", "}}"), (#"${{ "\"}}" }}!"#, "\"}}!"), ("${{ default(z, '') }}!", "!"),
      ("$", "$"), ("${", "${"),
    ] as [(String, FlowValue)])
  func `a template has its value`(text: String, value: FlowValue) throws {
    #expect(try FlowTemplate.parse(text).get().evaluate { values[$0] } == value)
  }

  @Test(arguments: [
    ("a ${{ b", "'${{' is not closed", 2..<5), ("${{ 'b }}", "'${{' is not closed", 0..<3),
    ("é ${{ 1 + 1 }}", "unexpected '+' in an expression", 8..<9),
    ("${{ }}", "expected a value, found the end", 4..<4),
    ("${{}}", "expected a value, found the end", 3..<3),
  ])
  func `a mistake has its place in the whole text`(text: String, message: String, range: Range<Int>)
  {
    guard case .failure(let failure) = FlowTemplate.parse(text) else {
      Issue.record("no mistake was found")
      return
    }
    #expect(failure.errors.map(\.message) == [message])
    #expect(failure.errors.map(\.range) == [range])
  }

  @Test func `the mistakes of all its expressions are reported`() {
    guard case .failure(let failure) = FlowTemplate.parse("${{ = }} ${{ ok }} ${{ len(a) }} ${{")
    else {
      Issue.record("no mistake was found")
      return
    }
    #expect(failure.errors.map(\.range.lowerBound) == [4, 23, 33])
  }

  @Test func `types are checked in all its expressions`() throws {
    let template = try FlowTemplate.parse("a ${{ !n }} b ${{ length(n) }}").get()
    #expect(template.check(types: ["n": .int]).map(\.range.lowerBound) == [7, 25])
    #expect(
      template.check(types: [:], result: .int).map(\.message) == ["expected an int, found a text"])
    #expect(
      try FlowTemplate.parse("${{ n }}").get().check(types: ["n": .int], result: .int).isEmpty)
  }

  @Test func `symbols of all its expressions come once each`() throws {
    let template = try FlowTemplate.parse("${{ default(b, a) }} ${{ a }} ${{ b }}").get()
    #expect(template.symbols.map(\.name) == ["b", "a"])
    #expect(template.symbols.map(\.isOptional) == [false, false])
    #expect(try FlowTemplate.parse("$${{ a }}").get().isLiteral)
  }

  @Test func `a text cannot grow without bound`() throws {
    let template = try FlowTemplate.parse(String(repeating: "${{ s }}", count: 100)).get()
    let long = FlowValue.string(String(repeating: "x", count: 100_000))
    let failure = #expect(throws: ExpressionFailure.self) { try template.evaluate { _ in long } }
    #expect(failure?.reason == .tooLong)
    let whole = try FlowTemplate.parse("${{ s }}").get()
    let large = FlowValue.string(String(repeating: "x", count: 3_000_000))
    #expect(try whole.evaluate { _ in large } == large)
  }
}
