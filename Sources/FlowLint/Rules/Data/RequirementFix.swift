import FlowDiagnostics
import TaskFlow

/// Changes of a file that have a task or revert require more.
enum RequirementFix {
  /// Adds names to `requires` of a mapping; `nil` where the file has another form than the usual ones.
  ///
  /// - Parameter anchors: the lines in which something may be anchored, which others may have as well; it is left
  ///   as it is.
  static func adding(
    _ names: [String], to owner: DocumentNode, besides anchors: Set<Int>
  ) -> Fix? {
    guard let edit = edit(adding: names, to: owner),
      lines(of: owner["requires"]).allSatisfy({ !anchors.contains($0) })
    else { return nil }
    return Fix(
      "require \(names.map { QuotedName.of($0) }.joined(separator: ", "))", isSafe: false,
      edits: [edit])
  }

  /// The lines of a list or map; the anchor of one in block style stands above it.
  private static func lines(of node: DocumentNode?) -> ClosedRange<Int> {
    guard let node, let last = node.items.last?.span ?? node.entries.last?.value.span else {
      return 0...0
    }
    let first = node.style == .flow ? node.span.line : node.span.line - 1
    return first...max(first, last.line)
  }

  private static func edit(adding names: [String], to owner: DocumentNode) -> Fix.Edit? {
    guard !owner.isAlias, let first = owner.entries.first?.key, let word = first.text else {
      return nil
    }
    // JSON has everything in quotes, and what is written as JSON stays so.
    let mark = first.span.length > word.unicodeScalars.count ? "\"" : ""
    let quoted = names.map { mark + $0 + mark }
    if let requires = owner["requires"] { return edit(adding: quoted, toList: requires) }
    guard let key = owner.entries.first(where: { $0.key.text == "run" })?.key else { return nil }
    let start = Fix.Position(line: key.span.line, column: key.span.column)
    let behind =
      owner.style == .flow
      ? ", " : "\n" + String(repeating: " ", count: key.span.column - 1)
    return Fix.Edit(
      from: start, to: start,
      replacement: "\(mark)requires\(mark): [\(quoted.joined(separator: ", "))]" + behind)
  }

  /// Adds names to a list, or to a map of own names to symbols unless that has them under other ones.
  private static func edit(adding names: [String], toList requires: DocumentNode) -> Fix.Edit? {
    guard !requires.isAlias else { return nil }
    let added: [String]
    let last: (first: SourceSpan, end: SourceSpan)
    switch requires.kind {
    case .sequence:
      guard let item = requires.items.last else { return nil }
      added = names
      last = (item.span, item.span)
    case .mapping:
      let known = Set(requires.entries.compactMap { $0.value.text })
      guard let entry = requires.entries.last, !entry.value.isAlias,
        names.allSatisfy({ !known.contains($0.filter { $0 != "\"" }) })
      else { return nil }
      added = names.map { "\($0): \($0)" }
      last = (entry.key.span, entry.value.span)
    case .scalar: return nil
    }
    if requires.style == .flow {
      let end = Fix.Position(line: last.end.line, column: last.end.column + last.end.length)
      return Fix.Edit(from: end, to: end, replacement: ", " + added.joined(separator: ", "))
    }
    // A line in front of the last one, so that what stands behind that stays with it.
    let place = Fix.Position(line: last.first.line, column: requires.span.column)
    let dash = requires.kind == .sequence ? "- " : ""
    let indentation = "\n" + String(repeating: " ", count: place.column - 1)
    return Fix.Edit(
      from: place, to: place, replacement: added.map { dash + $0 + indentation }.joined())
  }
}
