import Foundation
import Testing

@Suite(.timeLimit(.minutes(2))) struct FormatCommandTests {
  private let loose = "flow:  f\ntfgraph: 1\nlinear: [ ]\n"
  private let form = "tfgraph: 1\nflow: f\nlinear: []\n"

  @Test func `the samples are in their form`() async throws {
    let run = try await CommandRun("fmt", "--check", "samples")
    #expect(run.output == "" && run.complaints == "")
    #expect(run.code == 0)
  }

  @Test func `a file is written anew, with its mode, and a second time it stays`() async throws {
    let scratch = try Scratch()
    try scratch.write(loose, to: "a.flow.yaml")
    let path = scratch.url.appending(path: "a.flow.yaml").path
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
    try FileManager.default.createSymbolicLink(
      at: scratch.url.appending(path: "link.flow.yaml"),
      withDestinationURL: URL(filePath: path))
    let run = try await CommandRun("fmt", "link.flow.yaml", in: scratch.url)
    #expect(run.output == "link.flow.yaml\n" && run.complaints == "" && run.code == 0)
    #expect(scratch.read("a.flow.yaml") == form)
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    #expect(attributes[.posixPermissions] as? Int == 0o640)
    let names = try FileManager.default.contentsOfDirectory(atPath: scratch.url.path)
    #expect(names.sorted() == ["a.flow.yaml", "link.flow.yaml"])
    let again = try await CommandRun("fmt", "a.flow.yaml", in: scratch.url)
    #expect(again.output == "" && again.code == 0)
  }

  @Test func `a check names the files that would change, and writes none`() async throws {
    let scratch = try Scratch()
    try scratch.write(loose, to: "b.flow.yaml")
    try scratch.write(form, to: "a.flow.yaml")
    try scratch.write(loose, to: "other.yaml")
    let run = try await CommandRun("fmt", "--check", ".", in: scratch.url)
    #expect(run.output == "./b.flow.yaml\n")
    #expect(run.code == 1)
    #expect(scratch.read("b.flow.yaml") == loose)
  }

  @Test func `a difference is shown as patch reads it`() async throws {
    let scratch = try Scratch()
    try scratch.write(loose + "# end", to: "a.flow.yaml")
    let run = try await CommandRun("fmt", "--diff", "a.flow.yaml", in: scratch.url)
    #expect(
      run.output == """
        --- a.flow.yaml
        +++ a.flow.yaml
        @@ -1,4 +1,4 @@
        -flow:  f
         tfgraph: 1
        -linear: [ ]
        -# end
        \\ No newline at end of file
        +flow: f
        +linear: []
        +# end

        """)
    #expect(run.code == 1)
    #expect(scratch.read("a.flow.yaml") == loose + "# end")
  }

  @Test func `standard input goes to standard output`() async throws {
    let scratch = try Scratch()
    try scratch.write(loose, to: "a.flow.yaml")
    let run = try PipedRun(["fmt", "-"], reading: scratch.url.appending(path: "a.flow.yaml"))
    #expect(run.output == form)
    #expect(run.code == 0)
  }

  @Test func `a file that can't be read or has mistakes is left alone`() async throws {
    let scratch = try Scratch()
    let broken = form + "flow: g\n"
    try scratch.write(broken, to: "broken.flow.yaml")
    let run = try await CommandRun("fmt", "broken.flow.yaml", in: scratch.url)
    #expect(run.code == 1 && run.output == "")
    #expect(run.complaints.contains("duplicate key 'flow'"))
    #expect(scratch.read("broken.flow.yaml") == broken)
    let absent = try await CommandRun("fmt", "nowhere.flow.yaml", in: scratch.url)
    #expect(absent.complaints == "tfgraph: there is no file 'nowhere.flow.yaml'\n")
    #expect(absent.code == 2)
    let empty = try await CommandRun("fmt", "--check", "/nowhere/", in: scratch.url)
    #expect(empty.code == 2)
  }

  @Test func `JSON is left as it is`() async throws {
    let scratch = try Scratch()
    let json = "{\"tfgraph\":1,\"flow\":\"f\",\"linear\":[]}"
    try scratch.write(json, to: "a.json")
    let run = try await CommandRun("fmt", "--check", "a.json", in: scratch.url)
    #expect(run.complaints.contains("it is JSON"))
    #expect(run.code == 0 && scratch.read("a.json") == json)
  }

  @Test func `the schema is printed`() async throws {
    let run = try await CommandRun("schema")
    #expect(run.code == 0)
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    #expect(json["$id"] as? String == "urn:tfgraph:flow-file:1")
  }
}
