import FlowDiagnostics
import TaskFlow

extension MutationKind {
  /// Mistakes in the text of the file.
  static let text: [MutationKind] = [
    misspellKey, duplicateKey, dropQuote, tab, version, hiddenCharacter,
  ]

  private static let misspellKey = MutationKind(name: "misspell a key") { flow in
    flow.entries.compactMap { entry in
      // Without these an item is neither task nor flow, which is another mistake.
      guard entry.name != "task", entry.name != "flow" || entry.item == 0 else { return nil }
      return Mutation(
        what: "misspell '\(entry.name)'", flow: flow,
        text: flow.replacing(entry.key.span, with: entry.name + "x"), rule: "unknown-key",
        lines: [entry.key.span.line])
    }
  }

  private static let duplicateKey = MutationKind(name: "give a key twice") { flow in
    flow.entries.compactMap { entry in
      let line = entry.key.span.line
      guard let lines = entry.lines, lines.count == 1, !flow.lines[line - 1].isItem else {
        return nil
      }
      return Mutation(
        what: "give '\(entry.name)' twice", flow: flow,
        text: flow.inserting(flow.lines[line - 1], behind: line), rule: "duplicate-key",
        lines: [line + 1])
    }
  }

  private static let dropQuote = MutationKind(name: "drop a closing quote") { flow in
    quoted(in: flow).map { node in
      let quote = SourceSpan(
        file: node.span.file, line: node.span.line,
        column: node.span.column + node.span.length - 1)
      // What follows is read as text up to the next quote, wherever that is.
      return Mutation(
        what: "drop a quote in line \(quote.line)", flow: flow,
        text: flow.replacing(quote, with: ""), rule: "yaml-syntax", lines: [quote.line],
        countsRelated: true)
    }
  }

  /// The scalars in quotes.
  private static func quoted(in flow: GoodFlow) -> [DocumentNode] {
    var found: [DocumentNode] = []
    var open = [flow.items[0].node]
    while let node = open.popLast() {
      let isQuoted = node.style == .singleQuoted || node.style == .doubleQuoted
      if node.kind == .scalar, isQuoted { found.append(node) }
      open += Array(node.items) + node.entries.flatMap { [$0.key, $0.value] }
    }
    return found.sorted { $0.span < $1.span }
  }

  private static let tab = MutationKind(name: "indent with a tab") { flow in
    flow.entries.compactMap { entry in
      let line = entry.key.span.line
      let text = flow.lines[line - 1]
      guard entry.lines != nil, text.hasPrefix("  "), !text.isItem else { return nil }
      return Mutation(
        what: "indent '\(entry.name)' with a tab", flow: flow,
        text: flow.replacing(line...line, with: ["\t" + text.drop { $0 == " " }]),
        rule: "yaml-syntax", lines: [line])
    }
  }

  private static let version = MutationKind(name: "ask for another version") { flow in
    flow.entries.filter { $0.name == "tfgraph" }.map { entry in
      Mutation(
        what: "version 2", flow: flow, text: flow.replacing(entry.value.span, with: "2"),
        rule: "unsupported-version", lines: [entry.key.span.line])
    }
  }

  private static let hiddenCharacter = MutationKind(name: "put in what can't be seen") { flow in
    flow.entries.compactMap { entry in
      guard entry.name == "description" else { return nil }
      let span = entry.value.span
      let place = SourceSpan(file: span.file, line: span.line, column: span.column + 2)
      let scalars = Array(flow.lines[span.line - 1].unicodeScalars)
      return Mutation(
        what: "reorder line \(span.line)", flow: flow,
        text: flow.replacing(place, with: "\(scalars[place.column - 1])\u{202E}"),
        rule: "confusable-name", lines: [span.line])
    }
  }
}

extension String {
  /// Whether an item of a list begins in the line.
  fileprivate var isItem: Bool { drop { $0 == " " }.hasPrefix("- ") }
}
