import FlowDiagnostics
import FlowRender
import TaskFlow
import Testing

@Suite struct FlowDocumentationTests {
  private static func markdown(_ sample: SampleFlow) throws -> String {
    FlowDocumentation(try sample.plan).markdown()
  }

  private static func section(_ heading: String, of page: String) -> String {
    let lines = page.split(separator: "\n", omittingEmptySubsequences: false)
    guard let start = lines.firstIndex(where: { $0.hasPrefix("#") && $0.contains(heading) }) else {
      return ""
    }
    let level = lines[start].prefix { $0 == "#" } + " "
    let end = lines[(start + 1)...].firstIndex { $0.hasPrefix(level) || $0.hasPrefix("## ") }
    return lines[(start + 1)..<(end ?? lines.endIndex)].joined(separator: "\n")
  }

  @Test func `a task's section says all about it`() throws {
    let page = try Self.markdown(.deploy)
    #expect(
      Self.section("</a>promote", of: page)
        == """

        - **Where:** tier 5 of 6, in **rollout**
        - **Requires:**

          - `digest` string from [build](#task-build)
          - `replicas`, an [input](#inputs)

        - **Runs:**

          ```sh
          ./ops/set-image.sh production "$digest" "$replicas"
          ```

        - **Undo:**

          ```sh
          ./ops/restore.sh production "$previous"
          ```

        - **Undo requires:**

          - `digest` from [build](#task-build)
          - `replicas`, an [input](#inputs)
          - `previous` from [snapshot](#task-snapshot)

        """.replacing("`digest` string from", with: "`digest` from"))
    #expect(
      Self.section("</a>smoke-test", of: page).contains(
        "**Undo:** *says nothing* about being undone"))
    #expect(Self.section("</a>snapshot", of: page).contains("**Undo:** nothing to undo"))
    #expect(
      Self.section("</a>announce", of: page).contains(
        "**Undo:** *irreversible* it cannot be undone"))
  }

  @Test func `what a failure leads to is told step by step`() throws {
    let page = try Self.markdown(.deploy)
    let links = { (text: String) in text.replacing(/\[([^\]]*)\]\([^)]*\)/) { $0.output.1 } }
    #expect(
      links(Self.section("[promote]", of: page)) == """

        1. The retry of **rollout** is asked. As long as fewer than 2 attempts were made, **rollout** is undone (promote → canary) and tried again. Has no undo: smoke-test.
        2. With no attempt left, only **rollout** is undone. Stays done: build, snapshot.

        """)
    #expect(
      links(Self.section("[announce]", of: page)) == """

        Everything that has run is undone (promote → canary → build). Has no undo: smoke-test, announce.

        """)
  }

  @Test func `the outer retry is asked when the inner one gives up`() throws {
    let plan = try SampleFlow.plan(
      of: """
        tfgraph: 1
        flow: outer
        retry: { times: 3, exhausted: revert-all }
        linear:
          - { task: a, run: x, revert: { run: y } }
          - flow: inner
            retry: { for_each: [1, 2] }
            linear:
              - { task: b, run: x, revert: { run: y } }
        """)
    let page = FlowDocumentation(plan).markdown()
    let links = { (text: String) in text.replacing(/\[([^\]]*)\]\([^)]*\)/) { $0.output.1 } }
    #expect(
      links(Self.section("[b]", of: page)) == """

        1. The retry of **inner** is asked. As long as one of its 2 values is left, **inner** is undone (b) and tried again.
        2. Then the retry of **outer** is asked. As long as fewer than 3 attempts were made, **outer** is undone (b → a) and tried again.
        3. With no attempt left, the retry of **outer** has everything undone (b → a).

        """)
  }

  @Test func `inputs, order and retries have their sections`() throws {
    let page = try Self.markdown(.dailyImport)
    #expect(
      Self.section("Inputs", of: page).contains(
        "| `mirrors` | list | *required* | Where the archive can be had |"))
    #expect(
      Self.section("Order", of: page).contains(
        "| 3 | [load\\[eu\\]](#task-load-eu), [load\\[us\\]](#task-load-us), [load\\[ap\\]](#task-load-ap) |"
      ))
    let retry = Self.section("</a>acquire", of: page)
    #expect(
      retry.contains(
        "**Attempts:** Tried once with each value of mirrors; then this flow is undone."))
    #expect(retry.contains("**Is asked about:** [fetch](#task-fetch), [verify](#task-verify)"))
    #expect(
      retry.contains("**In the end:** only **acquire** is undone; what ran before stays done"))
    #expect(
      Self.section("</a>publish", of: page).contains(
        "**When:** `quality == \"good\"` with `quality` string from [quality-gate](#task-quality-gate); otherwise only it is skipped"
      ))
  }

  @Test(arguments: SampleFlow.allCases)
  func `both pages have the same words`(_ sample: SampleFlow) throws {
    let plan = try sample.plan
    let svg = try FlowPicture(plan, options: .init(linksToDocumentation: true)).svg()
    let documentation = FlowDocumentation(plan, svg: svg)
    let page = ParsedPage(documentation.html())
    #expect(page.problem == nil)
    #expect(documentation.html() == FlowDocumentation(plan, svg: svg).html())
    #expect(documentation.markdown().contains("](\(sample.rawValue).svg)"))
    for heading in ["Inputs", "Tasks", "Order", "Retries", "When a task fails"] {
      #expect(page.words.contains(heading))
      #expect(documentation.markdown().contains("</a>\(heading)\n"))
    }
    let identifiers = page.elements.compactMap { $0.attributes["id"] }
    #expect(Set(identifiers).count == identifiers.count)
    for link in page.elements.compactMap({ $0.attributes["href"] }) {
      #expect(identifiers.contains(String(link.dropFirst())), "\(link)")
    }
    #expect(!documentation.html().contains("<script"))
    #expect(!documentation.html().contains("http://") || svg.contains("http://www.w3.org/2000/svg"))
  }

  @Test func `an invalid flow's page has its findings and no course of failures`() throws {
    let compilation = try SampleFlow.compilation(
      of: "tfgraph: 1\nflow: broken\nlinear: [{ task: a, run: x, requires: [nowhere] }]")
    let page = FlowDocumentation(compilation.sketch, findings: compilation.findings).markdown()
    let finding = try #require(compilation.findings.first)
    #expect(page.contains("> *error* \(finding.message)"))
    #expect(page.contains("`nowhere` *missing: nothing gives it*"))
    #expect(!page.contains("When a task fails"))
  }

  @Test func `an index leads to the pages`() throws {
    let pages = try SampleFlow.allCases.map { FlowDocumentation(try $0.plan) }
    let index = FlowDocumentationIndex(pages)
    #expect(
      index.markdown() == """
        # Flows

        3 flows

        | Flow | Tasks | Tiers | Retries | Description |
        | --- | --- | --- | --- | --- |
        | [deploy](deploy.md) | 6 | 6 | 1 | Build, roll out to canary, then to production; undo everything on failure. |
        | [vm-boot](vm-boot.md) | 9 | 5 | 1 | Boot a virtual machine, with its image, network and volumes. |
        | [daily-import](daily-import.md) | 8 | 6 | 1 | Fetch the day's archive from a mirror, load it by region, publish it. |

        """)
    let html = ParsedPage(index.html())
    #expect(html.problem == nil)
    #expect(
      html.elements.compactMap { $0.attributes["href"] } == [
        "deploy.html", "vm-boot.html", "daily-import.html",
      ])
    #expect(ParsedPage(FlowDocumentationIndex([]).html()).problem == nil)
  }

  @Test func `a large flow has a page in bounds`() {
    var flow = Flow(
      name: "large", pattern: .linear, span: SourceSpan(file: "test", line: 1, column: 1))
    for index in 0..<20_000 {
      flow.append(FlowTask(name: "t\(index)", action: .wait(.duration(.zero)), span: flow.span))
    }
    let page = FlowDocumentation(Compiler().compile(flow).sketch).html()
    #expect(page.utf8.count < 4_000_000)
    #expect(page.contains("The first 2000 of 20000 tasks."))
  }
}
