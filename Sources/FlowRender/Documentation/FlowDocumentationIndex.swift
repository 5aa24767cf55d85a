import FlowGraph
import TaskFlow

/// The page that leads to the pages of several flows, which are called
/// ``FlowDocumentation/fileStem`` with `.html` and `.md`, beside it.
public struct FlowDocumentationIndex: Sendable {
  private let title: String
  private let pages: [FlowDocumentation]

  /// An index of flows, in this order.
  public init(_ pages: [FlowDocumentation], title: String = "Flows") {
    self.pages = pages
    self.title = title
  }

  /// The index in GitHub's Markdown, with links to the Markdown pages.
  public func markdown() -> String {
    MarkdownPage.text(of: content(fileEnding: "md"))
  }

  /// The index as a self-contained HTML file, with links to the HTML pages.
  public func html() -> String {
    HTMLPage.text(of: content(fileEnding: "html"))
  }

  private func content(fileEnding: String) -> PageContent {
    let heading = PageBlock.heading(level: 1, [.text(title)], anchor: nil)
    guard !pages.isEmpty else {
      return PageContent(
        title: title, kind: "Index", blocks: [heading, .paragraph([.text("No flows.")], .quiet)])
    }
    let rows = pages.map { page -> [[PageText]] in
      var name: [PageText] = [.link(page.name, .file("\(page.fileStem).\(fileEnding)"))]
      if page.errorCount > 0 {
        name += [.text(" "), .tag(PlanWords.count(page.errorCount, "error"), .error)]
      }
      return [
        name, [.text("\(page.plan.tasks.count)")],
        [.text(page.plan.tiers.map { "\($0.count)" } ?? "–")],
        [.text("\(page.plan.controllers.count)")],
        page.plan.flows[0].summary.map { [.text($0)] } ?? [],
      ]
    }
    return PageContent(
      title: title, kind: "Index",
      blocks: [
        heading,
        .paragraph([.text(PlanWords.count(pages.count, "flow"))], .quiet),
        .table(labels: ["Flow", "Tasks", "Tiers", "Retries", "Description"], rows: rows),
      ])
  }
}
