import FlowDiagnostics
import FlowRender
import Foundation
import TaskFlow
import Testing

/// Texts that try to be more than text, at every place of a page.
@Suite struct HostilePageTests {
  /// A flow with one text wherever a flow can have one.
  private static func plan(saying text: String) -> Plan {
    let span = SourceSpan(file: text, line: 1, column: 1)
    let command = CommandAction(
      invocation: .shell(text: text, interpreter: [text]),
      environment: [.init(name: text, value: text)], workingDirectory: text)
    var task = FlowTask(
      name: "task \(text)",
      requirements: [
        Requirement(parameter: "other", symbol: text, span: span),
        Requirement(symbol: "own", span: span),
        Requirement(symbol: "value", type: SymbolType(.list), span: span),
      ],
      provision: Provision(
        form: .whole, items: [.init(symbol: "given \(text)", type: SymbolType(.string), span: span)]
      ),
      action: .command(command), span: span)
    task = task.changing { traits in
      traits.summary = text
      traits.injections = [.init(symbol: "own", value: BoxedValue(text))]
      traits.revert = TaskTraits.Revert(
        action: .command(CommandAction(invocation: .program([text, text]))), span: span)
      traits.condition = Condition(
        requirements: [], summary: text, span: span, decide: { _ in true })
    }
    let retry = RetryController(
      name: "retry \(text)", strategy: .parameterizedForEach,
      requirements: [Requirement(symbol: text, span: span)],
      provision: Provision(form: .whole, items: [.init(symbol: "value", span: span)]),
      filter: FailureFilter(summary: text) { _ in true }, span: span)
    var inner = Flow(name: "flow \(text)", pattern: .linear, retry: retry, span: span)
    inner.summary = text
    inner.append(task)
    var flow = Flow(name: text, pattern: .linear, span: span)
    flow.summary = text
    flow.append(inner)
    let pattern = try? InputPattern.parse("[<>&\"'`|]+").get()
    flow.inputs = [
      FlowInput(
        symbol: text, type: .string, defaultValue: .string(text), pattern: pattern, summary: text,
        span: span)
    ]
    return Compiler().compile(flow).sketch
  }

  private static func pages(saying text: String) throws -> FlowDocumentation {
    let plan = plan(saying: text)
    let span = SourceSpan(file: text, line: 1, column: 1)
    let finding = Finding(rule: text, message: text, span: span, help: text)
    let picture = FlowPicture(plan, options: .init(linksToDocumentation: true))
    return FlowDocumentation(plan, findings: [finding], svg: try picture.svg())
  }

  private static let elements: Set = [
    "html", "head", "meta", "title", "style", "body", "header", "main", "nav", "section", "figure",
    "h1", "h2", "h3", "p", "ul", "ol", "li", "dl", "dt", "dd", "div", "table", "thead", "tbody",
    "tr", "th", "td", "pre", "code", "strong", "span", "a", "svg", "desc", "g", "rect", "path",
    "text",
  ]

  private static let attributes: Set = [
    "lang", "charset", "name", "http-equiv", "content", "class", "id", "href", "aria-label",
    "scope", "tabindex", "style", "xmlns", "viewBox", "role", "aria-roledescription",
    "aria-hidden", "x", "y", "width", "height", "rx", "d", "transform", "text-anchor",
  ]

  @Test(arguments: HostileText.all)
  func `a text is text on a page and in an index`(_ text: String) throws {
    let pages = try Self.pages(saying: text)
    let index = FlowDocumentationIndex([pages], title: text)
    for html in [pages.html(), index.html()] {
      let page = ParsedPage(html)
      #expect(page.problem == nil)
      #expect(Set(page.elements.map(\.name)).subtracting(Self.elements).isEmpty)
      for element in page.elements {
        #expect(Set(element.attributes.keys).subtracting(Self.attributes).isEmpty)
        guard let link = element.attributes["href"] else { continue }
        let isSafe = link.hasPrefix("#") || link == "\(pages.fileStem).html"
        #expect(isSafe, "\(link)")
        guard link.hasPrefix("#") else { continue }
        #expect(page.elements.contains { "#\($0.attributes["id"] ?? "")" == link }, "\(link)")
      }
    }
  }

  @Test(arguments: [
    "<script>alert('1')</script>", "a & b \"c\"", "]]>", "javascript:alert(1)", "数据",
  ])
  func `a text comes back from a page as it was`(_ text: String) throws {
    let words = ParsedPage(try Self.pages(saying: text).html()).words
    #expect(words.contains("flow \(text)"))
    #expect(words.contains("given \(text)"))
    // Name, summary, default, action, condition, filter and others.
    #expect(words.components(separatedBy: text).count > 15)
  }

  @Test(arguments: HostileText.all)
  func `a text is text in Markdown`(_ text: String) throws {
    let pages = try Self.pages(saying: text)
    let plain = try Self.pages(saying: "plain")
    let (hostile, harmless) = (Self.shape(of: pages.markdown()), Self.shape(of: plain.markdown()))
    // The same headings and tables, and no markup beside our own.
    #expect(hostile.headings == harmless.headings)
    #expect(hostile.tableRows == harmless.tableRows)
    #expect(
      hostile.tags.allSatisfy { $0.wholeMatch(of: /<a id="[a-z0-9-]+">|<\/a>/) != nil },
      "\(hostile.tags)")
  }

  /// What a reader of Markdown sees beside words and code.
  private static func shape(of markdown: String) -> (headings: Int, tableRows: Int, tags: [String])
  {
    var (headings, rows) = (0, 0)
    var tags: [String] = []
    var fence: String?
    for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
      let content = line.drop { $0 == " " }
      let ticks = content.prefix { $0 == "`" }
      if let open = fence {
        if content == open { fence = nil }
        continue
      }
      if ticks.count >= 3 {
        fence = String(ticks)
        continue
      }
      if line.hasPrefix("#") { headings += 1 }
      if line.hasPrefix("|") { rows += 1 }
      tags += withoutCode(String(line)).matches(of: /<[^>]*>/).map { String($0.output) }
    }
    return (headings, rows, tags)
  }

  /// A line without its code spans, by CommonMark's rule: a run of backticks to the next equal one.
  private static func withoutCode(_ line: String) -> String {
    var result = ""
    var rest = Array(line.unicodeScalars)[...]
    while let first = rest.first {
      if first == "\\" {
        rest = rest.dropFirst(2)
        continue
      }
      guard first == "`" else {
        result.unicodeScalars.append(first)
        rest = rest.dropFirst()
        continue
      }
      let run = rest.prefix { $0 == "`" }.count
      rest = rest.dropFirst(run)
      var ahead = rest
      while !ahead.isEmpty {
        let next = ahead.drop { $0 != "`" }
        let length = next.prefix { $0 == "`" }.count
        ahead = next.dropFirst(length)
        if length == run {
          rest = ahead
          break
        }
      }
    }
    return result
  }

  @Test func `the names of pages are safe for any flow`() {
    for text in HostileText.all + ["../../etc/passwd", "a/b", "."] {
      let stem = FlowDocumentation(Self.plan(saying: text)).fileStem
      #expect(stem.wholeMatch(of: /[A-Za-z0-9_][A-Za-z0-9_-]*/) != nil, "\(stem)")
    }
  }
}
