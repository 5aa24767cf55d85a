import Foundation
import Testing

@Suite(.timeLimit(.minutes(2))) struct LintCommandTests {
  private let sound = """
    tfgraph: 1
    flow: hello
    defaults: { timeout: 1m }
    linear:
      - task: greet
        run: echo hello
        provides: greeting
        revert: none
      - task: repeat
        requires: [greeting]
        run: echo "$greeting"

    """

  @Test func `a sound file has no findings`() async throws {
    let scratch = try Scratch()
    try scratch.write(sound, to: "hello.flow.yaml")
    let run = try await CommandRun("lint", "hello.flow.yaml", in: scratch.url)
    #expect(run.output == "no findings\n")
    #expect(run.complaints == "")
    #expect(run.code == 0)
  }

  @Test func `a broken file gets each finding with its place and what to do`() async throws {
    let scratch = try Scratch()
    try scratch.write(
      sound.replacingOccurrences(of: "[greeting]", with: "[greting]"), to: "hello.flow.yaml")
    let run = try await CommandRun("lint", "hello.flow.yaml", in: scratch.url)
    #expect(
      run.output == """
        error[TFG101]: task 'repeat' requires 'greting', which nothing provides [missing-requirement]
          --> hello.flow.yaml:10:16
           |
        10 |     requires: [greting]
           |                ^^^^^^^
           = help: did you mean 'greeting', provided by task 'greet'?

        1 error

        """)
    #expect(run.code == 1)
  }

  @Test func `findings come as JSON`() async throws {
    let scratch = try Scratch()
    try scratch.write("tfgraph: 1\nflow: x\nlinaer: []\n", to: "x.flow.yaml")
    let run = try await CommandRun("lint", "--format", "json", "x.flow.yaml", in: scratch.url)
    #expect(run.code == 1)
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    let findings = try #require(json["findings"] as? [[String: Any]])
    #expect(findings.contains { $0["rule"] as? String == "unknown-key" })
  }

  @Test func `what can't be read is said in one phrase`() async throws {
    let scratch = try Scratch()
    let missing = try await CommandRun("lint", "gone.flow.yaml", in: scratch.url)
    #expect(missing.output.contains("there is no file 'gone.flow.yaml'"))
    #expect(missing.code == 2)
    let folder = try await CommandRun("lint", ".", in: scratch.url)
    #expect(folder.complaints == "tfgraph: in '.' no file is named like 'NAME.flow.yaml'\n")
    #expect(folder.code == 2)
  }

  @Test func `a folder stands for the flow files in it`() async throws {
    let scratch = try Scratch()
    try FileManager.default.createDirectory(
      at: scratch.url.appending(path: "flows/deep"), withIntermediateDirectories: true)
    try scratch.write("tfgraph: 1\nflow: x\nlinaer: []\n", to: "flows/x.flow.yaml")
    try scratch.write("tfgraph: 1\nflow: y\nliner: []\n", to: "flows/deep/y.flow.yaml")
    try scratch.write("no flow", to: "flows/other.yaml")
    let run = try await CommandRun("lint", "--format", "short", "flows", in: scratch.url)
    #expect(run.code == 1)
    let files = Set(run.output.split(separator: "\n").compactMap { $0.split(separator: ":").first })
    #expect(files.isSuperset(of: ["flows/deep/y.flow.yaml", "flows/x.flow.yaml"]))
    #expect(!run.output.contains("other.yaml"))
    let page = try await CommandRun("docs", "-o", "pages", "flows", in: scratch.url)
    #expect(page.code == 1 && page.complaints.contains("flows/deep/y.flow.yaml"))
  }

  private static let hostileTexts: [String: String] = [
    "empty": "", "nul": "a\0b", "two documents": "tfgraph: 1\n---\ntfgraph: 1\n",
    "brackets": String(repeating: "[", count: 100_000),
    "braces": String(repeating: "{", count: 100_000),
    "dashes": String(repeating: "- ", count: 100_000),
    "questions": String(repeating: "? ", count: 100_000),
    "tag": "tfgraph: !!int 1\n",
    "duplicate key": "tfgraph: 1\ntfgraph: 1\nflow: x\nlinear: []\n",
    "alias bomb": aliasBomb,
    "long scalar": "tfgraph: " + String(repeating: "x", count: 2 << 20) + "\n",
  ]

  private static var aliasBomb: String {
    var text = "a: &a [x,x,x,x,x,x,x,x,x]\n"
    for (name, before) in zip("bcdefghij", "abcdefghi") {
      text +=
        "\(name): &\(name) [" + Array(repeating: "*\(before)", count: 9).joined(separator: ",")
      text += "]\n"
    }
    return text
  }

  @Test(arguments: hostileTexts.keys.sorted())
  func `hostile files get an answer`(name: String) async throws {
    let scratch = try Scratch()
    let text = try #require(Self.hostileTexts[name])
    try scratch.write(text, to: "hostile.flow.yaml")
    let run = try await CommandRun("lint", "hostile.flow.yaml", in: scratch.url)
    #expect(run.code == 1, "\(name)")
    #expect(run.output.contains("--> hostile.flow.yaml:"), "\(name)")
    #expect(run.output.utf8.count < 10_000, "\(name)")
  }

  @Test func `bytes that are no UTF-8 get an answer`() async throws {
    let scratch = try Scratch()
    try Data([0x74, 0x3A, 0x20, 0xFF, 0xFE]).write(to: scratch.url.appending(path: "x.flow.yaml"))
    let run = try await CommandRun("lint", "x.flow.yaml", in: scratch.url)
    #expect(run.code == 1)
    #expect(run.output.contains("--> x.flow.yaml:1:4"))
  }

  @Test func `usage errors end with 2, help with 0`() async throws {
    #expect(try await CommandRun("lint").code == 2)
    #expect(try await CommandRun("lnit", "x").code == 2)
    #expect(try await CommandRun("run", "x", "--jobs", "0").code == 2)
    let help = try await CommandRun("lint", "--help")
    #expect(help.code == 0)
    #expect(help.output.contains("USAGE: tfgraph lint"))
    #expect(help.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
    #expect(try await CommandRun("--version").output == "0.1.0\n")
  }

  @Test func `standard input is linted as a file is`() async throws {
    let scratch = try Scratch()
    try scratch.write(sound.replacing("[greeting]", with: "[greting]"), to: "f.flow.yaml")
    let file = scratch.url.appending(path: "f.flow.yaml")
    let run = try PipedRun(["lint", "--format", "short", "--no-config", "-"], reading: file)
    #expect(run.output.hasPrefix("<standard input>:10:16: error[TFG101]: task 'repeat' requires"))
    #expect(run.code == 1)
    let fixed = try PipedRun(["lint", "--fix", "-"], reading: file)
    #expect(fixed.code == 2)
    #expect(fixed.output.contains("standard input can't be changed: name a file"))
    let planned = try PipedRun(["plan", "-"], reading: file)
    #expect(planned.code == 2)
    #expect(planned.output.contains("not from standard input"))
  }
}
