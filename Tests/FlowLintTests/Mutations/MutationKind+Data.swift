import FlowDiagnostics
import TaskFlow

extension MutationKind {
  /// Mistakes in what is required and provided.
  static let data: [MutationKind] = [
    dropProvider, renameAtProvider, renameInput, renameAtReader, renameOptional, dropRequires,
    requireOwn, unusedInput,
  ]

  private static let dropProvider = MutationKind(name: "drop a provider") { flow in
    flow.entries.compactMap { entry in
      guard entry.name == "provides" || entry.name == "set", entry.owner == "task",
        let lines = entry.lines
      else { return nil }
      let readers = readers(of: entry, in: flow) { _ in true }
      // A task that sets nothing has no action either.
      guard !readers.isEmpty, entry.name == "provides" else { return nil }
      return Mutation(
        what: "drop 'provides' of '\(flow.items[entry.item].name)'", flow: flow,
        text: flow.replacing(lines, with: []), rule: "missing-requirement",
        lines: readers.map { $0 > lines.upperBound ? $0 - lines.count : $0 })
    }
  }

  private static let renameAtProvider = MutationKind(name: "rename a symbol at its provider") {
    flow in
    flow.entries.flatMap { entry -> [Mutation] in
      guard ["provides", "set"].contains(entry.name), ["task", "retry"].contains(entry.owner)
      else { return [] }
      let nodes =
        entry.value.kind == .scalar
        ? [entry.value] : Array(entry.value.items) + entry.value.entries.map(\.key)
      return nodes.compactMap { node in
        guard let symbol = node.text else { return nil }
        let readers = readers(of: entry, in: flow) { $0 == symbol }
        guard !readers.isEmpty else { return nil }
        return Mutation(
          what: "rename provided '\(symbol)'", flow: flow,
          text: flow.replacing(node.span, with: symbol + "_renamed"), rule: "missing-requirement",
          lines: readers)
      }
    }
  }

  /// The lines in which what a task or retry provides is required, for symbols of its own.
  private static func readers(
    of entry: GoodFlow.Entry, in flow: GoodFlow, _ isMeant: (String) -> Bool
  ) -> [Int] {
    flow.readers { provider in
      let plan = flow.plan
      let items = plan.provision(of: provider.node).items
      guard isMeant(items[Int(provider.element)].key) else { return false }
      let span = plan.span(of: provider.node)
      return entry.owner == "retry"
        ? entry.lines?.contains(span.line) ?? (entry.key.span.line == span.line)
          || flow.items[entry.item].lines.contains(span.line) && plan.task(at: provider.node) == nil
        : span == flow.items[entry.item].nameNode?.span
    }.map(\.span.line)
  }

  private static let renameInput = MutationKind(name: "rename an input") { flow in
    guard let inputs = flow.items[0].node["inputs"] else { return [] }
    return inputs.entries.compactMap { entry in
      guard let symbol = entry.key.text else { return nil }
      let readers = flow.readers(ofInput: { $0 == symbol }, of: { _ in false })
      return Mutation(
        what: "rename input '\(symbol)'", flow: flow,
        text: flow.replacing(entry.key.span, with: symbol + "_renamed"),
        rule: "missing-requirement", lines: readers.map(\.span.line))
    }
  }

  private static let renameAtReader = renamed("requires", rule: "missing-requirement")
  private static let renameOptional = renamed("optional", rule: "optional-never-present")

  private static func renamed(_ key: String, rule: String) -> MutationKind {
    MutationKind(name: "rename a symbol in '\(key)'") { flow in
      flow.entries.filter { $0.name == key }.flatMap { entry -> [Mutation] in
        let nodes = Array(entry.value.items) + entry.value.entries.map(\.value)
        return nodes.map { node in
          Mutation(
            what: "rename '\(node.text ?? "")' in '\(key)'", flow: flow,
            text: flow.replacing(node.span, with: (node.text ?? "") + "_renamed"), rule: rule,
            lines: [node.span.line])
        }
      }
    }
  }

  private static let dropRequires = MutationKind(name: "drop 'requires'") { flow in
    flow.entries.compactMap { entry in
      guard entry.name == "requires", let lines = entry.lines else { return nil }
      let names = entry.value.items.compactMap(\.text) + entry.value.entries.compactMap(\.key.text)
      let run = flow.entries.first {
        $0.name == "run" && $0.owner == entry.owner && $0.item == entry.item
      }
      guard let range = run?.lines else { return nil }
      let use = range.first { line in
        names.contains { flow.lines[line - 1].contains("\"$\($0)\"") }
      }
      guard let use else { return nil }
      return Mutation(
        what: "drop 'requires' of '\(flow.items[entry.item].name)'", flow: flow,
        text: flow.replacing(lines, with: []), rule: "undeclared-variable",
        lines: [use > lines.upperBound ? use - lines.count : use],
        // The order is gone as well, and what stood behind all that can fail may be before it.
        companions: ["irreversible-before-fallible"])
    }
  }

  private static let requireOwn = MutationKind(name: "require what the task itself provides") {
    flow in
    flow.entries.compactMap { entry in
      let item = flow.items[entry.item]
      guard entry.name == "provides", entry.owner == "task", item.isBlock,
        item.node["matrix"] == nil,
        let symbol = entry.value.text ?? entry.value.items.first?.text
          ?? entry.value.entries.first?.key.text
      else { return nil }
      let what = "have '\(item.name)' require its '\(symbol)'"
      if let requires = item.node["requires"] {
        guard let first = requires.items.first else { return nil }
        return Mutation(
          what: what, flow: flow,
          text: flow.replacing(first.span, with: "\(symbol), \(first.text ?? "")"),
          rule: "self-requirement", lines: [first.span.line])
      }
      let line = item.lines.lowerBound
      return Mutation(
        what: what, flow: flow,
        text: flow.inserting("\(item.indentation)requires: [\(symbol)]", behind: line),
        rule: "self-requirement", lines: [line + 1])
    }
  }

  private static let unusedInput = MutationKind(name: "an input that nobody reads") { flow in
    flow.entries.filter { $0.name == "inputs" && $0.lines != nil }.map { entry in
      let line = entry.key.span.line
      return Mutation(
        what: "add an input", flow: flow,
        text: flow.inserting("  never_read: { type: string, default: x }", behind: line),
        rule: "unused-input", lines: [line + 1])
    }
  }
}
