import Foundation
import FoundationXML
import Testing

@Suite(.timeLimit(.minutes(5))) struct DocsCommandTests {
  @Test func `each flow gets its pages, and all an index`() async throws {
    let scratch = try Scratch()
    for name in ["one", "two"] {
      try scratch.write(
        "tfgraph: 1\nflow: \(name)\nlinear:\n  - { task: \(name)-task, run: echo }\n",
        to: "\(name).flow.yaml")
    }
    let run = try await CommandRun(
      "docs", "one.flow.yaml", "two.flow.yaml", "--output", "docs", in: scratch.url)
    #expect(run.code == 0, "\(run.complaints)")
    #expect(run.output == "documented 2 flows in docs/index.html\n")
    for name in ["one", "two", "index"] {
      let page = try #require(scratch.read("docs/\(name).html"))
      let body = page.replacingOccurrences(of: "<!DOCTYPE html>", with: "")
      #expect(XMLParser(data: Data(body.utf8)).parse(), "\(name)")
      #expect(scratch.read("docs/\(name).md") != nil)
    }
    #expect(scratch.read("docs/index.html")?.contains("one.html") == true)
    #expect(scratch.read("docs/one.html")?.contains("one-task") == true)
  }

  @Test func `two files of one flow's name are not written over each other`() async throws {
    let scratch = try Scratch()
    for file in ["a", "b"] {
      try scratch.write(
        "tfgraph: 1\nflow: same\nlinear:\n  - { task: t, run: echo }\n", to: "\(file).flow.yaml")
    }
    let run = try await CommandRun(
      "docs", "a.flow.yaml", "b.flow.yaml", "--output", "docs", in: scratch.url)
    #expect(run.code == 2)
    #expect(run.complaints.contains("are both flow 'same'"))
  }

  @Test func `an invalid flow is documented with its findings, and they are said`() async throws {
    let scratch = try Scratch()
    try scratch.write(
      "tfgraph: 1\nflow: lost\nlinear:\n  - { task: t, requires: [gone], run: echo }\n",
      to: "lost.flow.yaml")
    let run = try await CommandRun("docs", "lost.flow.yaml", "--output", "docs", in: scratch.url)
    #expect(run.code == 1)
    #expect(run.complaints.contains("[missing-requirement]"))
    #expect(scratch.read("docs/lost.html")?.contains("missing-requirement") == true)
  }

  @Test func `a file that can't be read is said`() async throws {
    let scratch = try Scratch()
    let run = try await CommandRun("docs", "gone.yaml", "--output", "docs", in: scratch.url)
    #expect(run.code == 2)
    #expect(run.complaints.contains("there is no file 'gone.yaml'"))
  }

  @Test func `output is what is made of the samples today`() async throws {
    let scratch = try Scratch()
    let process = Process()
    process.executableURL = CommandRun.repository.appending(path: ".ci/output")
    process.currentDirectoryURL = CommandRun.repository
    let products = CommandRun.executable.deletingLastPathComponent().path
    process.arguments = [products, scratch.url.appending(path: "output").path]
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    let made = try files(below: scratch.url.appending(path: "output"))
    let kept = try files(below: CommandRun.repository.appending(path: "output"))
    #expect(made.keys.sorted() == kept.keys.sorted())
    for (name, text) in made {
      #expect(kept[name] == text, "\(name) differs; run 'make output' and look at the change")
    }
  }

  private func files(below folder: URL) throws -> [String: Data] {
    var files: [String: Data] = [:]
    let base = folder.resolvingSymlinksInPath().path + "/"
    let walk = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    while let url = walk?.nextObject() as? URL {
      let path = url.resolvingSymlinksInPath().path
      let kind = try FileManager.default.attributesOfItem(atPath: path)[.type]
      if kind as? FileAttributeType == .typeRegular {
        files[String(path.dropFirst(base.count))] = try Data(contentsOf: url)
      }
    }
    return files
  }
}
