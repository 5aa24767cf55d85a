import FlowDiagnostics
import Foundation
import TaskFlow
import Testing

/// A flow file that is as it should be, with what mutations need to know of it: its lines, its parts with their
/// lines, and who reads what.
struct GoodFlow: Sendable, CustomTestStringConvertible {
  let name: String
  /// The folder of the file.
  let folder: URL
  let lines: [String]
  let plan: Plan
  private(set) var items: [Item] = []
  private(set) var entries: [Entry] = []

  var testDescription: String { name }

  /// A task or a nested flow, or the outermost flow.
  struct Item: Sendable {
    let isTask: Bool
    let node: DocumentNode
    /// The first and last line, with the blank ones behind it.
    let lines: ClosedRange<Int>
    /// The children's order in the flow that it is in; `nil` for the outermost flow.
    let order: String?
    /// The flow that it is in, as an index of ``GoodFlow/items``.
    let parent: Int?

    var nameNode: DocumentNode? { node[isTask ? "task" : "flow"] }
    var name: String { nameNode?.text ?? "" }
    var isBlock: Bool { node.style == .block }
    /// How far its keys are indented.
    var indentation: String {
      String(repeating: " ", count: (node.entries.first?.key.span.column ?? 1) - 1)
    }
  }

  /// A key of the format with its value.
  struct Entry: Sendable {
    /// What it is a key of: `task`, `flow`, `revert`, `retry`, `backoff`, `input`, `provided`, `defaults`.
    let owner: String
    /// The task or flow that it belongs to, as an index of ``GoodFlow/items``.
    let item: Int
    let key: DocumentNode
    let value: DocumentNode
    /// Its lines, when it has them for itself.
    let lines: ClosedRange<Int>?

    var name: String { key.text ?? "" }
  }

  static let all: [GoodFlow] = {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let folders = [
      tests.deletingLastPathComponent().appending(path: "samples"),
      tests.appending(path: "Fixtures/ok"),
    ]
    return folders.flatMap { folder in
      let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
      return names.filter { $0.hasSuffix(".flow.yaml") }.sorted().compactMap { name in
        GoodFlow(name: name, in: folder)
      }
    }
  }()

  private init?(name: String, in folder: URL) {
    guard let data = try? Data(contentsOf: folder.appending(path: name)) else { return nil }
    // One that only some rules look at may lack what others ask for.
    guard !data.starts(with: Data("# only ".utf8)) else { return nil }
    let reading = FlowDocument.read(bytes: Array(data), path: name)
    let parsed = DocumentReader.parse(bytes: Array(data), file: name)
    guard let plan = reading.compile()?.plan, let root = parsed.tree?.root else { return nil }
    self.name = name
    self.folder = folder
    self.plan = plan
    lines = String(decoding: data, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false
    ).map(String.init)
    walk(root, lines: 1...lines.count, order: nil, parent: nil)
  }

  // MARK: Parts

  private mutating func walk(
    _ node: DocumentNode, lines: ClosedRange<Int>, order: String?, parent: Int?
  ) {
    let index = items.count
    let isTask = node["task"] != nil
    items.append(
      Item(isTask: isTask, node: node, lines: lines, order: order, parent: parent))
    add(node, as: isTask ? "task" : "flow", of: index, lines: lines)
    for body in ["linear", "unordered", "graph"] where !isTask {
      guard let children = node[body]?.items,
        let range = entries.last(where: { $0.item == index && $0.name == body })?.lines
      else { continue }
      for (position, child) in children.enumerated() {
        let next = position + 1 < children.count ? children[position + 1].span.line : nil
        let last = next.map { $0 - 1 } ?? range.upperBound
        walk(child, lines: child.span.line...max(child.span.line, last), order: body, parent: index)
      }
    }
  }

  private mutating func add(
    _ node: DocumentNode, as owner: String, of item: Int, lines: ClosedRange<Int>?
  ) {
    let all = Array(node.entries)
    for (position, entry) in all.enumerated() {
      var own: ClosedRange<Int>?
      if node.style == .block, let lines {
        let next = position + 1 < all.count ? all[position + 1].key.span.line - 1 : lines.upperBound
        own = entry.key.span.line...max(entry.key.span.line, next)
      }
      let name = entry.key.text ?? ""
      entries.append(
        Entry(owner: owner, item: item, key: entry.key, value: entry.value, lines: own))
      guard entry.value.kind == .mapping else { continue }
      switch name {
      case "revert", "retry", "backoff", "defaults":
        add(entry.value, as: name, of: item, lines: own)
      case "inputs", "provides":
        for inner in entry.value.entries where inner.value.kind == .mapping {
          add(inner.value, as: name == "inputs" ? "input" : "provided", of: item, lines: nil)
        }
      default: break
      }
    }
  }

  /// The names that `after` and `target` have.
  var referencedNames: Set<String> {
    Set(
      entries.filter { $0.name == "after" || $0.name == "target" }
        .flatMap { [$0.value] + Array($0.value.items) }.compactMap(\.text))
  }

  // MARK: Readers

  /// The places where something is required that only such atoms, or inputs, give.
  func readers(
    ofInput isInput: (String) -> Bool = { _ in false }, of isProvider: (Provider) -> Bool
  ) -> [(atom: NodeIndex, span: SourceSpan)] {
    plan.atoms.flatMap { atom in
      Plan.Method.allCases.flatMap { method -> [(atom: NodeIndex, span: SourceSpan)] in
        zip(plan.requirements(of: atom, for: method), plan.bindings(of: atom, for: method))
          .filter { requirement, binding in
            guard !requirement.isOptional else { return false }
            if binding == .input { return isInput(requirement.symbol) }
            let candidates = plan.bindings.candidates(of: binding).joined()
            return !candidates.isEmpty && candidates.allSatisfy(isProvider)
          }
          .map { (atom, $0.0.span) }
      }
    }
  }

  /// Whether a node is declared in a task or flow.
  func isInside(_ node: NodeIndex, _ item: Item) -> Bool {
    item.lines.contains(plan.span(of: node).line)
  }

  // MARK: Changes

  /// The text with other lines in the place of some.
  func replacing(_ range: ClosedRange<Int>, with new: [String]) -> String {
    var lines = lines
    lines.replaceSubrange(range.lowerBound - 1...range.upperBound - 1, with: new)
    return lines.joined(separator: "\n")
  }

  /// The text with a line more.
  func inserting(_ line: String, behind number: Int) -> String {
    replacing(number...number, with: [lines[number - 1], line])
  }

  /// The text with something else at a place.
  func replacing(_ span: SourceSpan, with new: String) -> String {
    var scalars = Array(lines[span.line - 1].unicodeScalars)
    scalars.replaceSubrange(
      span.column - 1..<span.column - 1 + span.length, with: Array(new.unicodeScalars))
    return replacing(span.line...span.line, with: [String(String.UnicodeScalarView(scalars))])
  }
}
