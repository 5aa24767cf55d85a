import FlowEngine
import Foundation
import Glibc
import TaskFlow
import Testing

@Suite(.timeLimit(.minutes(2))) struct OutputFileTests {
  private func values(_ text: String) throws(OutputFileFailure) -> [String: FlowValue] {
    try OutputFile(Array(text.utf8)).values
  }

  @Test func `lines give texts as they are`() throws {
    #expect(
      try values("a=1\n\nb_2=x = y \r\nC=\nlast={\"k\": 1}") == [
        "a": .string("1"), "b_2": .string("x = y "), "C": .string(""),
        "last": .string("{\"k\": 1}"),
      ])
    #expect(try values("").isEmpty)
    #expect(try values("\n \n".replacing(" ", with: "")).isEmpty)
  }

  @Test func `an object gives its members' values`() throws {
    let text = """
       {"a": 1.5, "b\\u0041": [1, {"x": [[]], "y": {}}, "é\\n"],
        "c": "text", "d": null, "e":true , "f": -0.5e+3 }

      """
    #expect(
      try values(text) == [
        "a": 1.5, "bA": [1, ["x": [[]], "y": [:]], "é\n"], "c": "text", "d": nil, "e": true,
        "f": -500.0,
      ])
    #expect(try values("{}").isEmpty)
    #expect(try values(" {\n} \n").isEmpty)
  }

  @Test(arguments: [
    (
      "a=1\nnonsense\n",
      "line 2 of $TFGRAPH_OUTPUT is not 'name=value'; write a value of several lines as a JSON object"
    ),
    ("a-b=1", "line 1 of $TFGRAPH_OUTPUT has 'a-b' as a name; use letters, digits and '_'"),
    ("=1", "line 1 of $TFGRAPH_OUTPUT has '' as a name; use letters, digits and '_'"),
    ("a=1\nb=2\na=3", "line 3 of $TFGRAPH_OUTPUT gives 'a' again, after line 1"),
    ("a=1\nb=\0", "line 2 of $TFGRAPH_OUTPUT contains a NUL character; write text only"),
  ])
  func `mistakes are named with their line`(_ text: String, _ message: String) {
    let failure = #expect(throws: OutputFileFailure.self) { try values(text) }
    #expect(failure?.description == message)
  }

  @Test(arguments: [
    "{", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "{\"a\":1,}", "{\"a\":[1,]}",
    "{\"a\":[1 2]}",
    "{\"a\":01}", "{\"a\":1.}", "{\"a\":.5}", "{\"a\":+1}", "{\"a\":1e}", "{\"a\":\"\\x\"}",
    "{\"a\":\"\\u12g4\"}", "{\"a\":\"\n\"}", "{\"a\":{1:2}}", "{\"a\":[}]}", "{a:1}", "{\"a\":}",
    "{\"a\":NaN}", "{\"a\":1}}", "{\"a\": 1}\nb=2", "{\"a\": 1, \"a\": 2}", "{\"a\":[1]]}",
    "{\"a\":{\"b\":1,}}",
  ])
  func `what is not JSON is refused`(_ text: String) {
    #expect(throws: OutputFileFailure.self) { try values(text) }
  }

  @Test func `the deepest nesting does not exhaust the stack`() throws {
    let depth = 1_000_000
    let text = "{\"a\":" + "[".repeated(depth) + "]".repeated(depth) + "}"
    #expect(throws: OutputFileFailure.self) { try values(text) }
    #expect(throws: OutputFileFailure.self) { try values("{\"a\":" + "[".repeated(depth)) }
  }

  @Test func `text that is not UTF-8 is refused`() {
    #expect(throws: OutputFileFailure.self) { try OutputFile([97, 61, 0xFF]) }
    #expect(throws: OutputFileFailure.self) { try OutputFile(Array("{\"".utf8) + [0xFF]) }
  }

  @Test func `a file that was removed or replaced gets an answer`() throws {
    let world = try TemporaryDirectory()
    #expect(try OutputFile(path: world.path + "/gone").values.isEmpty)
    #expect(throws: OutputFileFailure.self) { try OutputFile(path: world.path) }
    mkfifo(world.path + "/pipe", 0o600)
    #expect(try OutputFile(path: world.path + "/pipe").values.isEmpty)
    let large = try world.write("a=" + "x".repeated(OutputFile.largestSize), to: "large")
    let failure = #expect(throws: OutputFileFailure.self) { try OutputFile(path: large) }
    #expect(failure?.description == "$TFGRAPH_OUTPUT is longer than 16 MiB")
    #expect(throws: OutputFileFailure.self) { try OutputFile(path: "/dev/zero") }
  }
}
