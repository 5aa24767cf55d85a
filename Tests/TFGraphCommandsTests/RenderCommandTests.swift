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

  @Test func `a cycle, missing symbols and a conflict are marked in one picture`() async throws {
    let scratch = try Scratch()
    try scratch.write(
      """
      tfgraph: 1
      flow: broken
      graph:
        - { task: a, requires: [z], run: echo, provides: x }
        - { task: b, requires: [x], run: echo, provides: y }
        - { task: c, requires: [y, ghost], run: echo, provides: z }
        - { task: p, run: echo, provides: twice }
        - { task: q, run: echo, provides: twice }
        - { task: reader, requires: [twice], run: echo, revert: { requires: [lost], run: echo } }

      """, to: "broken.flow.yaml")
    var pictures: Set<String> = []
    for _ in 0..<3 {
      let run = try await CommandRun(
        "render", "broken.flow.yaml", "--format", "svg", in: scratch.url)
      #expect(run.code == 1)
      for rule in ["dependency-cycle", "missing-requirement", "conflicting-provides"] {
        #expect(run.complaints.contains("[\(rule)]"))
      }
      pictures.insert(run.output)
    }
    #expect(pictures.count == 1)
    let svg = try #require(pictures.first)
    #expect(XMLParser(data: Data(svg.utf8)).parse())
    #expect(svg.contains("1 dependency cycle; 2 missing symbols; 1 conflict"))
    for words in [
      "task a, in a dependency cycle", "missing ghost", "missing lost", "symbol twice, in conflict",
      "task reader, needs a missing symbol",
    ] {
      #expect(svg.contains(words), "\(words)")
    }
    for hop in 1...3 { #expect(svg.contains(">\(hop)</text>"), "\(hop)") }
  }
}
