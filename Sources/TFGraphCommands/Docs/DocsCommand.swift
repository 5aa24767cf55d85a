import ArgumentParser
import FlowDiagnostics
import FlowRender
import Foundation
import TaskFlow

/// `tfgraph docs`: writes documentation pages of flow files.
struct DocsCommand: ParsableCommand, ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "docs",
    abstract: "Writes a page about each flow, as HTML and Markdown, and an index.",
    discussion: """
      A page has the picture, the inputs, each task with what it requires, provides and undoes, the \
      tiers, each retry with its area of influence, and what a failure of each task leads to.
      """)

  @Argument(
    help: "Flow files, or folders with files named 'NAME.flow.yaml'.",
    completion: .file(extensions: ["yaml", "yml", "json"]))
  var files: [String]

  @Option(
    name: [.long, .customShort("o")],
    help: ArgumentHelp("The folder to write to.", valueName: "folder"), completion: .directory)
  var output: String

  func run(on console: Console) async -> ExitStatus {
    guard let files = FlowFolder.expanded(files, on: console) else { return .usage }
    let sources = await FlowSource.all(of: files, on: console)
    let unreadable = sources.filter { $0.compilation == nil }
    if !unreadable.isEmpty {
      console.complain(FlowSource.text(of: unreadable, look: console.complaintLook))
      return unreadable.contains(where: \.isUnreadable) ? .usage : .findings
    }
    do {
      var pages: [FlowDocumentation] = []
      for source in sources {
        guard let sketch = source.compilation?.sketch else { continue }
        let options = FlowPicture.Options(linksToDocumentation: true)
        let drawing = FlowPicture(sketch, options: options).drawing
        let svg = try await ChildRenderer(console: console).svg(of: drawing)
        pages.append(FlowDocumentation(sketch, findings: source.findings, svg: svg))
      }
      return try write(pages, of: sources, on: console)
    } catch let failure as OutputFailure {
      console.fail(failure.description)
      return .outputFailed
    } catch {
      console.fail("\(error)")
      return .internalError
    }
  }

  private func write(
    _ pages: [FlowDocumentation], of sources: [FlowSource], on console: Console
  ) throws(OutputFailure) -> ExitStatus {
    var names: [String: String] = [:]
    for (source, page) in zip(sources, pages) {
      if let earlier = names.updateValue(source.path, forKey: page.fileStem) {
        console.fail(
          "'\(source.path)' and '\(earlier)' are both flow '\(page.name)'; rename one of them")
        return .usage
      }
    }
    for page in pages {
      let stem = "\(output)/\(page.fileStem)"
      try CreatedFile(path: "\(stem).md").write(page.markdown())
      try CreatedFile(path: "\(stem).html").write(page.html())
      if let svg = page.svg { try CreatedFile(path: "\(stem).svg").write(svg) }
    }
    let index = FlowDocumentationIndex(pages)
    try CreatedFile(path: "\(output)/index.md").write(index.markdown())
    try CreatedFile(path: "\(output)/index.html").write(index.html())
    let count = pages.count == 1 ? "1 flow" : "\(pages.count) flows"
    if sources.contains(where: { !$0.findings.isEmpty }) {
      console.complain(FlowSource.text(of: sources, look: console.complaintLook))
    }
    guard console.print("documented \(count) in \(output)/index.html") else { return .outputFailed }
    return sources.contains(where: \.hasErrors) ? .findings : .done
  }
}
