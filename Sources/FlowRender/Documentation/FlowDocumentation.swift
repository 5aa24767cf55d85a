public import FlowDiagnostics
import FlowGraph
public import TaskFlow

/// The pages of one flow: what it is given, what its tasks need, provide, do and undo, in which order
/// they run, and what a failure of each leads to.
///
/// Both pages say the same. They are pure text: nothing is read, run or fetched, and what a flow's
/// author wrote appears as words and nothing else. The HTML page is complete in itself, has no script,
/// and works in light and dark, on a narrow screen and on paper.
///
/// ```swift
/// let options = FlowPicture.Options(linksToDocumentation: true)
/// let page = FlowDocumentation(plan, svg: try FlowPicture(plan, options: options).svg()).html()
/// ```
public struct FlowDocumentation: Sendable {
  /// The flow's name.
  public let name: String

  /// The picture, if there is one.
  public let svg: String?

  let plan: Plan
  let errorCount: Int
  private let content: PageContent

  /// The most tasks that have a section of their own; of the others a page has the names.
  public static let sectionLimit = 2_000

  /// Pages about a plan, or about the sketch of an invalid flow.
  ///
  /// - Parameters:
  ///   - findings: what is wrong with the flow, if something is.
  ///   - svg: what ``FlowPicture/svg()`` gave for it; it is put into the HTML page as it is.
  public init(_ plan: Plan, findings: [Finding] = [], svg: String? = nil) {
    self.plan = plan
    self.svg = svg
    name = plan.name
    errorCount = findings.count { $0.severity == .error }
    content = FlowPage(plan, findings: findings).content
  }

  /// The name of the pages' files without its ending, which is safe for any flow's name: letters,
  /// digits, `-` and `_` stay, and `-` stands for everything else.
  public var fileStem: String {
    var stem = ""
    for scalar in name.unicodeScalars.prefix(100) {
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", "_": stem.unicodeScalars.append(scalar)
      default: stem += stem.isEmpty ? "" : "-"
      }
    }
    return stem.isEmpty ? "flow" : stem
  }

  /// The page in GitHub's Markdown.
  ///
  /// With a picture it refers to a file that is called ``fileStem`` and `.svg` beside it; without, it
  /// has a Mermaid diagram.
  public func markdown() -> String {
    let picture: MarkdownPage.Picture =
      if svg != nil {
        .file("\(fileStem).svg")
      } else {
        (try? FlowPicture(plan).mermaid()).map { .mermaid($0) } ?? .none
      }
    return MarkdownPage.text(of: content, picture: picture)
  }

  /// The page as a self-contained HTML file, which is well-formed XML as well.
  public func html() -> String {
    HTMLPage.text(of: content, picture: svg)
  }
}
