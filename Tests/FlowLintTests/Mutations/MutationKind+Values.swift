import FlowDiagnostics
import Foundation
import TaskFlow

extension MutationKind {
  /// Mistakes in values, and in what is run.
  static let values: [MutationKind] = [
    breakType, dropTimeout, shortTimeout, missingScript, leak, emptyFlow, oneAttempt,
  ]

  /// A value that each key can't have.
  private static let wrong = [
    "timeout": "soon", "idempotent": "maybe", "irreversible": "maybe", "times": "often",
    "retries": "often", "factor": "fast", "initial": "soon", "max": "soon", "jitter": "some",
    "exhausted": "maybe", "priority": "high", "type": "strange", "pattern": "'('",
    "requires": "5", "optional": "5", "exec": "now", "secrets": "5", "run": "[]", "retry": "often",
    "revert": "never", "after": "5", "skip": "far", "when": "'a ='", "inputs": "5", "wait": "long",
    "provides": "Not-A-Symbol", "task": "Not_A_Name", "matrix": "5", "version": "old",
    "description": "[]", "linear": "5", "graph": "5", "unordered": "5", "defaults": "5",
  ]

  private static let breakType = MutationKind(name: "give a key what it can't have") { flow in
    flow.entries.compactMap { entry in
      guard let value = wrong[entry.name], entry.name != "task" || entry.owner == "task" else {
        return nil
      }
      let key = entry.key.span
      // All that belongs to the key goes with its value, unless other keys are in the same line.
      let text =
        entry.lines.map { lines in
          let line = Array(flow.lines[key.line - 1].unicodeScalars).prefix(
            key.column - 1 + key.length)
          return flow.replacing(
            lines, with: [String(String.UnicodeScalarView(line)) + ": " + value])
        } ?? flow.replacing(entry.value.span, with: value)
      return Mutation(
        what: "\(entry.name): \(value)", flow: flow, text: text, rule: "wrong-value",
        lines: [key.line], companions: followers[entry.name] ?? [])
    }
  }

  /// What is wrong then as well: the symbol or name that was there is not there any more.
  private static let followers: [String: Set<String>] = [
    "provides": ["missing-requirement"], "retry": ["missing-requirement"], "task": ["unknown-name"],
  ]

  private static let dropTimeout = MutationKind(name: "drop the timeout of all tasks") { flow in
    flow.entries.compactMap { entry in
      guard entry.name == "defaults", let lines = entry.lines else { return nil }
      let endless = flow.items.filter { item in
        item.isTask && item.node["timeout"] == nil
          && (item.node["run"] != nil || item.node["exec"] != nil)
      }
      let named = endless.compactMap { $0.nameNode?.span.line }
      return Mutation(
        what: "drop 'defaults'", flow: flow, text: flow.replacing(lines, with: []),
        rule: "no-timeout", lines: named.map { $0 > lines.upperBound ? $0 - lines.count : $0 })
    }
  }

  private static let shortTimeout = MutationKind(name: "give a retry less time than its pauses") {
    flow in
    flow.entries.compactMap { entry in
      guard entry.name == "backoff",
        let retry = flow.entries.first(where: { $0.item == entry.item && $0.name == "retry" }),
        flow.items[entry.item].node["timeout"] == nil, !flow.items[entry.item].isTask
      else { return nil }
      let item = flow.items[entry.item]
      let line = item.nameNode?.span.line ?? 1
      return Mutation(
        what: "give '\(item.name)' a millisecond", flow: flow,
        text: flow.inserting("\(item.indentation)timeout: 1ms", behind: line),
        rule: "backoff-exceeds-timeout",
        lines: [retry.value.span.line + (retry.value.span.line > line ? 1 : 0)])
    }
  }

  private static let missingScript = MutationKind(name: "misspell a script") { flow in
    // Only of the samples the scripts are there.
    guard flow.folder.lastPathComponent == "samples" else { return [] }
    return flow.entries.flatMap { entry -> [Mutation] in
      guard ["run", "exec"].contains(entry.name) else { return [] }
      let lines = entry.lines ?? entry.key.span.line...entry.key.span.line
      return lines.compactMap { line in
        let text = flow.lines[line - 1]
        guard let range = text.firstRange(of: "./ops/"), text[range.upperBound...].contains(".sh")
        else { return nil }
        return Mutation(
          what: "misspell the script in line \(line)", flow: flow,
          text: flow.replacing(line...line, with: [text.replacing("./ops/", with: "./ops/gone-")]),
          rule: "missing-file", lines: [line])
      }
    }
  }

  private static let leak = MutationKind(name: "put a secret into arguments") { flow in
    flow.entries.compactMap { entry in
      guard entry.name == "secrets", entry.owner == "task" || entry.owner == "revert",
        let secret = entry.value.items.first?.text,
        let run = flow.entries.first(where: {
          $0.name == "run" && $0.item == entry.item && $0.owner == entry.owner
        }), let lines = run.lines
      else { return nil }
      let key = run.key.span
      let head = String(repeating: " ", count: key.column - 1) + "run: "
      return Mutation(
        what: "give '\(secret)' to curl", flow: flow,
        text: flow.replacing(lines, with: [head + "'curl -H \"X-Token: $\(secret)\" localhost'"]),
        rule: "secret-in-arguments", lines: [key.line])
    }
  }

  private static let emptyFlow = MutationKind(name: "take all children of a flow") { flow in
    flow.entries.compactMap { entry in
      guard entry.owner == "flow", ["linear", "graph", "unordered"].contains(entry.name),
        let lines = entry.lines, lines.count > 1
      else { return nil }
      let item = flow.items[entry.item]
      let head = String(repeating: " ", count: entry.key.span.column - 1)
      let text = flow.replacing(lines, with: ["\(head)\(entry.name): []"])
      let isNeeded = !flow.readers { flow.isInside($0.node, item) }
        .allSatisfy { flow.isInside($0.atom, item) }
      // Without what others need there is no plan to look at.
      if isNeeded { return nil }
      return Mutation(
        what: "empty '\(item.name)'", flow: flow, text: text, rule: "empty-flow",
        lines: [item.nameNode?.span.line ?? 1])
    }
  }

  private static let oneAttempt = MutationKind(name: "try once only") { flow in
    flow.entries.filter { $0.name == "times" }.map { entry in
      Mutation(
        what: "try once", flow: flow, text: flow.replacing(entry.value.span, with: "1"),
        rule: "retry-without-effect", lines: [entry.key.span.line])
    }
  }
}
