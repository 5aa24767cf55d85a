import FlowDiagnostics

/// A drawing as plain text, for terminals: time runs down, the number of each tier is in the
/// margin, frames are bars at the left, and below each box is what it waits for.
struct TextWriter {
  private let drawing: Drawing
  private let columns: Int
  /// The edges that lead to each node, in declaration order.
  private let incoming: [[Int]]
  private let marginWidth: Int

  /// Deeper frames are not indented further, or nothing would be left for words.
  private static let deepestIndent = 8

  init(_ drawing: Drawing, columns: Int) {
    self.drawing = drawing
    self.columns = max(columns, 40)
    var incoming = [[Int]](repeating: [], count: drawing.nodes.count)
    for (index, edge) in drawing.edges.enumerated() { incoming[edge.target].append(index) }
    self.incoming = incoming
    let highest = drawing.nodes.compactMap(\.tier).max().map { TextWriter.number($0).count }
    marginWidth = max(2, highest ?? 0)
  }

  /// A tier as people count: from 1.
  private static func number(_ tier: Int) -> String {
    "\(min(max(tier, 0), 999_998) + 1)"
  }

  /// The whole picture; every line ends with a line feed and none is wider than the columns.
  var text: String {
    var lines = [ColumnText.fitted(drawing.title, columns: columns)]
    lines += wrapped(drawing.description)
    lines.append("")
    var previousTier: Int?
    for step in Nesting.steps(of: drawing, by: .tier) {
      switch step {
      case .open(let cluster, let depth):
        lines.append(opening(of: drawing.clusters[cluster], depth: depth))
      case .close(let cluster, let depth):
        lines.append(frame(depth) + corner(drawing.clusters[cluster], "╰"))
      case .node(let index, let depth):
        let tier = drawing.nodes[index].tier
        lines.append(row(of: index, depth: depth, showsTier: tier != previousTier))
        lines += incoming[index].compactMap { reason(for: drawing.edges[$0], depth: depth) }
        previousTier = tier
      }
    }
    return lines.map { trimmed($0) + "\n" }.joined()
  }

  private func trimmed(_ line: String) -> String {
    var end = line.endIndex
    while end > line.startIndex, line[line.index(before: end)] == " " {
      end = line.index(before: end)
    }
    return String(line[..<end])
  }

  private func wrapped(_ paragraph: String) -> [String] {
    let words = VisibleText.line(paragraph).split(separator: " ")
    return ColumnText.wrapped(
      words.map { ColumnText.fitted(String($0), columns: columns) }, columns: columns)
  }

  /// The margin and the bars of the frames around.
  private func frame(_ depth: Int, margin: String = "") -> String {
    let padding = String(repeating: " ", count: max(0, marginWidth - margin.count))
    return padding + margin + "  "
      + String(repeating: "│ ", count: min(depth, TextWriter.deepestIndent))
  }

  private func corner(_ cluster: Drawing.Cluster, _ corner: String) -> String {
    corner + (cluster.kind == .areaOfInfluence ? "╌╌" : "──")
  }

  private func opening(of cluster: Drawing.Cluster, depth: Int) -> String {
    var words = [cluster.name, cluster.pattern].compactMap(\.self)
    if let badge = cluster.badge { words.append("[\(badge)]") }
    if let attempts = cluster.attempts { words.append(attempts.words) }
    if cluster.revertsAll { words.append("reverts everything") }
    words.removeAll(where: \.isEmpty)
    let start = frame(depth) + corner(cluster, "╭") + " "
    return start
      + ColumnText.fitted(words.joined(separator: "  "), columns: columns - width(start))
  }

  private func row(of index: Int, depth: Int, showsTier: Bool) -> String {
    let node = drawing.nodes[index]
    let tier = showsTier ? node.tier.map(TextWriter.number) ?? "" : ""
    let start = frame(depth, margin: tier)
    let glyph = node.state.glyph ?? sign(of: node)
    let head = "\(glyph) \(name(of: node))"
    let room = columns - width(start)
    guard let detail = node.detail, !detail.isEmpty else {
      return start + ColumnText.fitted(head, columns: room)
    }
    let fittedHead = ColumnText.fitted(head, columns: max(12, room * 2 / 3))
    let rest = room - width(fittedHead) - 2
    return "\(start)\(fittedHead)  \(ColumnText.fitted(detail, columns: rest))"
  }

  private func name(of node: Drawing.Node) -> String {
    let state = node.state.words.map { " (\($0))" } ?? ""
    let marks = node.marks.filter(\.isDefect).map { " — \(node.words(of: $0))" }.joined()
    let name =
      switch node.kind {
      case .start: "start of \(node.name)"
      case .end: "end of \(node.name)"
      case .task, .retryController, .foldedFlow, .symbol, .ghost: node.name
      }
    // Long names leave room for what is said about them.
    let room = columns / 2 - width(state)
    return ColumnText.fitted(name, columns: max(12, room)) + state + marks
  }

  private func sign(of node: Drawing.Node) -> String {
    if node.kind == .ghost { return "?" }
    if node.isDefective { return "!" }
    return switch node.kind {
    case .retryController: "↻"
    case .foldedFlow: "▤"
    case .symbol: "◇"
    case .start: "·"
    case .end: "◦"
    case .task, .ghost: "■"
    }
  }

  private func reason(for edge: Drawing.Edge, depth: Int) -> String? {
    let name = edge.sourceCluster.map { drawing.clusters[$0].name }.flatMap {
      $0.isEmpty ? nil : $0
    }
    let source = ColumnText.fitted(
      name ?? drawing.nodes[edge.source].name, columns: columns / 3)
    let words: String
    switch edge.kind {
    case .order, .data(symbols: []): words = "after \(source)"
    case .data(let symbols): words = "← \(symbols.joined(separator: ", ")) from \(source)"
    case .decider(let condition): words = "after \(source) if \(condition)"
    case .revert: words = "undone after \(source)"
    case .cycleHop(let number, let symbols):
      words = "cycle, hop \(number): ← \(symbols.joined(separator: ", ")) from \(source)"
    }
    let start = frame(depth) + "    "
    return start + ColumnText.fitted(words, columns: columns - width(start))
  }

  private func width(_ text: String) -> Int { ColumnText.width(text) }
}
