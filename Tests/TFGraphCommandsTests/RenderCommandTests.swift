import Foundation
import FoundationXML
import Testing

@Suite(.timeLimit(.minutes(3))) struct RenderCommandTests {
  private let flow = """
    tfgraph: 1
    flow: hello
    linear:
      - { task: greet, run: echo hello, provides: greeting }
      - { task: repeat, requires: [greeting], run: echo "$greeting" }

    """

  @Test func `a picture is written, the same each time`() async throws {
    let scratch = try Scratch()
    try scratch.write(flow, to: "hello.flow.yaml")
    let run = try await CommandRun(
      "render", "hello.flow.yaml", "--svg", "out/hello.svg", in: scratch.url)
    #expect(run.code == 0, "\(run.complaints)")
    #expect(run.output == "")
    let svg = try #require(scratch.read("out/hello.svg"))
    #expect(XMLParser(data: Data(svg.utf8)).parse())
    #expect(svg.contains("2 tasks in 2 tiers"))
    let again = try await CommandRun(
      "render", "hello.flow.yaml", "--format", "svg", in: scratch.url)
    #expect(again.output == svg)
  }

  @Test(arguments: [
    ("text", " 1  ■ greet"), ("mermaid", "flowchart"), ("dot", "digraph"), ("svg", "<svg"),
  ])
  func `each format goes to standard output`(format: String, sign: String) async throws {
    let scratch = try Scratch()
    try scratch.write(flow, to: "hello.flow.yaml")
    let run = try await CommandRun("render", "hello.flow.yaml", "--format", format, in: scratch.url)
    #expect(run.code == 0)
    #expect(run.output.contains(sign))
  }

  @Test func `an invalid flow is drawn with what is wrong, and the exit code is 1`() async throws {
    let scratch = try Scratch()
    try scratch.write(
      """
      tfgraph: 1
      flow: ring
      graph:
        - { task: a, requires: [y], run: echo, provides: x }
        - { task: b, requires: [x, gone], run: echo, provides: y }

      """, to: "ring.flow.yaml")
    let run = try await CommandRun("render", "ring.flow.yaml", "--svg", "ring.svg", in: scratch.url)
    #expect(run.code == 1)
    #expect(run.complaints.contains("[dependency-cycle]"))
    let svg = try #require(scratch.read("ring.svg"))
    #expect(XMLParser(data: Data(svg.utf8)).parse())
    #expect(svg.contains("gone"))
  }

  @Test func `a file that can't be written is said, and the exit code is 74`() async throws {
    let scratch = try Scratch()
    try scratch.write(flow, to: "hello.flow.yaml")
    let run = try await CommandRun(
      "render", "hello.flow.yaml", "--svg", "/proc/nowhere/x.svg", in: scratch.url)
    #expect(run.code == 74)
    #expect(run.complaints.contains("can't write '/proc/nowhere/x.svg'"))
  }

  @Test func `hostile names reach no picture as markup`() async throws {
    let scratch = try Scratch()
    try scratch.write(
      """
      tfgraph: 1
      flow: hostile
      description: "<script>alert(1)</script> ]]> & \\u202E \\"'"
      linear:
        - task: one
          description: "javascript:alert(1) \\\\N <b>"
          run: echo
          provides: { "a": "file:<x>&\\"" }

      """, to: "hostile.flow.yaml")
    let run = try await CommandRun(
      "render", "hostile.flow.yaml", "--format", "svg", in: scratch.url)
    #expect(XMLParser(data: Data(run.output.utf8)).parse(), "\(run.complaints)")
    #expect(!run.output.contains("<script"))
  }
}
