import FlowDiagnostics

/// Writes a page as GitHub's Markdown.
struct MarkdownPage {
  /// How the picture gets into the page.
  enum Picture {
    /// As a picture in a file beside the page.
    case file(String)
    /// As a Mermaid diagram in the page.
    case mermaid(String)
    case none
  }

  private let content: PageContent
  private let picture: Picture
  private var lines: [String] = []
  private var indent = ""

  private init(_ content: PageContent, _ picture: Picture) {
    self.content = content
    self.picture = picture
  }

  /// The whole file.
  static func text(of content: PageContent, picture: Picture = .none) -> String {
    var page = MarkdownPage(content, picture)
    page.write(content.blocks)
    while page.lines.last == "" { page.lines.removeLast() }
    return page.lines.joined(separator: "\n") + "\n"
  }

  private mutating func write(_ blocks: [PageBlock]) {
    for block in blocks {
      write(block)
      if let last = lines.last, last != "" { lines.append("") }
    }
  }

  private mutating func add(_ line: String) {
    lines.append(line.isEmpty ? "" : indent + line)
  }

  private mutating func write(_ block: PageBlock) {
    switch block {
    case .heading(let level, let text, let anchor):
      let target = anchor.map { "<a id=\"\($0)\"></a>" } ?? ""
      add(String(repeating: "#", count: min(level, 6)) + " \(target)\(inline(text))")
    case .paragraph(let text, let tone):
      add((tone == .error || tone == .warning ? "> " : "") + inline(text))
    case .list(let items, let isOrdered):
      for (index, item) in items.enumerated() {
        add((isOrdered ? "\(index + 1). " : "- ") + inline(item))
      }
    case .facts(let facts): for fact in facts { write(fact) }
    case .table(let labels, let rows): write(labels, rows)
    case .code(let text, let language):
      for line in MarkdownText.codeBlock(text, language: language) { add(line) }
    case .picture(let summary): write(picture, summary)
    case .card(let blocks): write(blocks)
    }
  }

  private mutating func write(_ fact: PageFact) {
    let label = "- **\(MarkdownText.escaped(fact.label)):**"
    guard case .paragraph(let text, _)? = fact.content.first else {
      add(label)
      lines.append("")
      return writeIndented(fact.content[...])
    }
    add("\(label) \(inline(text))")
    guard fact.content.count > 1 else { return }
    lines.append("")
    writeIndented(fact.content.dropFirst())
  }

  private mutating func writeIndented(_ blocks: ArraySlice<PageBlock>) {
    indent += "  "
    write(Array(blocks))
    indent.removeLast(2)
  }

  private mutating func write(_ labels: [String], _ rows: [[[PageText]]]) {
    func row(_ cells: [String]) -> String { "| \(cells.joined(separator: " | ")) |" }
    add(row(labels.map(MarkdownText.escaped)))
    add(row(labels.map { _ in "---" }))
    for cells in rows { add(row(cells.map { inline($0, isInTable: true) })) }
  }

  private mutating func write(_ picture: Picture, _ summary: String) {
    switch picture {
    case .file(let name):
      add("![\(MarkdownText.escaped(summary))](\(PageTarget.file(name).address))")
    case .mermaid(let text):
      add("```mermaid")
      for line in text.split(separator: "\n") { add(String(line)) }
      add("```")
    case .none: break
    }
  }

  private func inline(_ pieces: [PageText], isInTable: Bool = false) -> String {
    pieces.map { piece -> String in
      switch piece {
      case .text(let words), .muted(let words): spaced(words)
      case .strong(let words): "**\(MarkdownText.escaped(words))**"
      case .code(let words): MarkdownText.code(words, isInTable: isInTable)
      case .link(let words, let target): "[\(MarkdownText.escaped(words))](\(target.address))"
      case .tag(let words, _): "*\(MarkdownText.escaped(words))*"
      }
    }.joined()
  }

  /// Escaping drops the spaces at the start, which matter between pieces.
  private func spaced(_ words: String) -> String {
    (words.hasPrefix(" ") ? " " : "") + MarkdownText.escaped(words)
  }
}
