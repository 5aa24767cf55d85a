import FlowRender

/// Texts that try to be more than text.
enum HostileText {
  static let all: [String] = [
    "", " ", "\"", "'", "\\", "<", "&", "&amp;", "&#x41;", "</text><script>alert(1)</script>",
    "]]>", "<![CDATA[x]]>", "<!-- x -->", "<?xml?>", "\\N \\G \\l \\r \\n", "\"]; n9 [label=\"x",
    "javascript:alert(1)", "\" onload=\"alert(1)", "' onload='alert(1)",
    "\u{0}\u{1}\u{8}\u{1B}[31m",
    "\u{7F}\u{85}\u{9B}31m", "a\nb\r\nc\rd\te", "\u{202E}gnp.exe", "\u{2066}x\u{2069}\u{200F}",
    "\u{FEFF}\u{200B}", "\u{FFFE}\u{FFFF}\u{1FFFF}", "👩‍👩‍👧‍👦 🏳️‍🌈 🚀", "数据导入", "مرحبا", "e\u{301}",
    "a" + String(repeating: "\u{301}", count: 5_000), String(repeating: "long-name-", count: 1_000),
    String(repeating: "<&\">", count: 500), "end", "1. one", "- x", "# x", "```", "`**x**`",
    "%%{init}%%",
    "n0 --> n1", "|\"x\"|", "<b>x</b>", "#quot;", "#35;", "${{ secrets.X }}", "<br/>",
    "\u{2028}\u{2029}",
  ]

  /// A place of a drawing that takes any text.
  enum Place: String, CaseIterable, Sendable {
    case title, description, name, detail, tooltip, link, ghostName, controllerName, symbolName
    case startName, clusterName, pattern, badge, clusterTooltip, symbol, condition, hopSymbol
    case edgeTooltip
  }

  /// A drawing with everything in it, and a text at one place.
  static func drawing(with text: String, at place: Place) -> Drawing {
    var drawing = Drawing(
      title: "title", description: "description",
      nodes: [
        .init(kind: .start, name: "flow", tier: 0, cluster: 0),
        .init(kind: .retryController, name: "retry", detail: "detail", tier: 1, cluster: 0),
        .init(name: "task", detail: "detail", tooltip: "tooltip", tier: 2, cluster: 0, link: "#x"),
        .init(kind: .ghost, name: "ghost", tier: 1),
        .init(kind: .symbol, name: "symbol", tier: 0),
      ],
      clusters: [
        .init(
          kind: .areaOfInfluence, name: "cluster", pattern: "linear", badge: "↻ 3×",
          tooltip: "tooltip")
      ],
      edges: [
        .init(from: 0, to: 1), .init(from: 1, to: 2, kind: .decider(condition: "condition")),
        .init(from: 3, to: 2, kind: .data(symbols: ["a", "b"]), tooltip: "tooltip"),
        .init(from: 4, to: 1, kind: .data(symbols: ["s"])),
        .init(from: 2, to: 2, kind: .cycleHop(number: 1, symbols: ["s"])),
      ])
    switch place {
    case .title: drawing.title = text
    case .description: drawing.description = text
    case .name: drawing.nodes[2].name = text
    case .detail: drawing.nodes[2].detail = text
    case .tooltip: drawing.nodes[2].tooltip = text
    case .link: drawing.nodes[2].link = text
    case .ghostName: drawing.nodes[3].name = text
    case .controllerName: drawing.nodes[1].name = text
    case .symbolName: drawing.nodes[4].name = text
    case .startName: drawing.nodes[0].name = text
    case .clusterName: drawing.clusters[0].name = text
    case .pattern: drawing.clusters[0].pattern = text
    case .badge: drawing.clusters[0].badge = text
    case .clusterTooltip: drawing.clusters[0].tooltip = text
    case .symbol: drawing.edges[3].kind = .data(symbols: [text, "s"])
    case .condition: drawing.edges[1].kind = .decider(condition: text)
    case .hopSymbol: drawing.edges[4].kind = .cycleHop(number: 1, symbols: [text])
    case .edgeTooltip: drawing.edges[2].tooltip = text
    }
    return drawing
  }
}
