import FlowDiagnostics
import TaskFlow

extension MutationKind {
  /// Mistakes in the order of tasks, and in how they are undone.
  static let order: [MutationKind] = [
    swapNeighbours, forgetOrder, unknownAfter, cycle, duplicateName, dropRevert,
  ]

  private static let swapNeighbours = MutationKind(name: "swap two neighbours of a linear flow") {
    flow in
    pairs(of: flow, order: "linear").filter { $0.second - $0.first == 1 }.compactMap { pair in
      let (first, second) = (pair.items.0, pair.items.1)
      let lines = first.lines.lowerBound...second.lines.upperBound
      return Mutation(
        what: "swap '\(first.name)' and '\(second.name)'", flow: flow,
        text: flow.replacing(
          lines,
          with: Array(flow.lines[second.lines.lowerBound - 1..<second.lines.upperBound])
            + Array(flow.lines[first.lines.lowerBound - 1..<first.lines.upperBound])),
        rule: "missing-requirement", lines: pair.readers.map { $0 - first.lines.count })
    }
  }

  /// Two children of one flow, the second of which requires what only the first gives.
  private struct Pair {
    let items: (GoodFlow.Item, GoodFlow.Item)
    /// Their positions in the flow.
    let first: Int
    let second: Int
    /// The lines of what the second requires of the first.
    let readers: [Int]
  }

  private static func pairs(of flow: GoodFlow, order: String) -> [Pair] {
    flow.items.indices.flatMap { parent -> [Pair] in
      let children = flow.items.filter { $0.parent == parent && $0.order == order }
      return children.indices.flatMap { second in
        children.indices.compactMap { first -> Pair? in
          guard first != second else { return nil }
          let readers = flow.readers { flow.isInside($0.node, children[first]) }
            .filter { flow.isInside($0.atom, children[second]) }
          guard !readers.isEmpty else { return nil }
          return Pair(
            items: (children[first], children[second]), first: first, second: second,
            readers: readers.map(\.span.line))
        }
      }
    }
  }

  private static let forgetOrder = MutationKind(name: "make a flow unordered") { flow in
    flow.entries.compactMap { entry in
      guard entry.owner == "flow", entry.name == "linear" || entry.name == "graph",
        flow.items[entry.item].node["target"] == nil
      else { return nil }
      let readers = pairs(of: flow, order: entry.name)
        .filter { $0.items.0.parent == entry.item }.flatMap(\.readers)
      guard !readers.isEmpty else { return nil }
      return Mutation(
        what: "make '\(flow.items[entry.item].name)' unordered", flow: flow,
        text: flow.replacing(entry.key.span, with: "unordered"), rule: "unordered-dependency",
        lines: readers)
    }
  }

  private static let unknownAfter = MutationKind(name: "be put after nothing") { flow in
    let inserted = flow.items.filter { $0.parent != nil && $0.isBlock && $0.node["after"] == nil }
      .map { item in
        let line = item.lines.lowerBound
        return Mutation(
          what: "put '\(item.name)' after nobody", flow: flow,
          text: flow.inserting("\(item.indentation)after: [nobody]", behind: line),
          rule: "unknown-name", lines: [line + 1])
      }
    let renamed = flow.entries.filter { $0.name == "after" }.flatMap { entry in
      entry.value.items.map { node in
        Mutation(
          what: "misspell '\(node.text ?? "")' in 'after'", flow: flow,
          text: flow.replacing(node.span, with: (node.text ?? "") + "-x"), rule: "unknown-name",
          lines: [node.span.line])
      }
    }
    return inserted + renamed
  }

  private static let cycle = MutationKind(name: "introduce a cycle") { flow in
    (pairs(of: flow, order: "graph") + pairs(of: flow, order: "linear")).compactMap { pair in
      let (first, second) = (pair.items.0, pair.items.1)
      guard first.isBlock, first.node["after"] == nil else { return nil }
      let line = first.lines.lowerBound
      return Mutation(
        what: "put '\(first.name)' after '\(second.name)'", flow: flow,
        text: flow.inserting("\(first.indentation)after: [\(second.name)]", behind: line),
        rule: "dependency-cycle", lines: [line + 1], countsRelated: true)
    }
  }

  private static let duplicateName = MutationKind(name: "give two the same name") { flow in
    let named = flow.items.dropFirst().filter { $0.node["matrix"] == nil }
    return zip(named, named.dropFirst()).compactMap { earlier, later in
      guard let node = later.nameNode,
        flow.referencedNames.isDisjoint(with: [earlier.name, later.name])
      else { return nil }
      return Mutation(
        what: "call '\(later.name)' '\(earlier.name)'", flow: flow,
        text: flow.replacing(node.span, with: earlier.name), rule: "duplicate-name",
        lines: [node.span.line])
    }
  }

  /// Of those after which something in the same flow can fail.
  private static let dropRevert = MutationKind(name: "drop a revert") { flow in
    flow.entries.compactMap { entry in
      let item = flow.items[entry.item]
      guard entry.name == "revert", let lines = entry.lines, item.order == "linear",
        item.node["idempotent"] == nil, item.node["run"] != nil || item.node["exec"] != nil,
        let parent = item.parent,
        flow.items.contains(where: {
          $0.parent == parent && $0.lines.lowerBound > item.lines.upperBound && $0.isTask
            && ($0.node["run"] != nil || $0.node["exec"] != nil)
        })
      else { return nil }
      return Mutation(
        what: "drop the revert of '\(item.name)'", flow: flow,
        text: flow.replacing(lines, with: []), rule: "missing-revert",
        lines: [item.nameNode?.span.line ?? 0])
    }
  }
}
