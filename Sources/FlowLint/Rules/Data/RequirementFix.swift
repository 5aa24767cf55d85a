import FlowDiagnostics
import TaskFlow

/// Changes of a file that have a task or revert require more.
enum RequirementFix {
  /// Adds names to `requires` of a mapping; `nil` where the file has another form than the usual ones.
  static func adding(_ names: [String], to owner: DocumentNode) -> Fix? {
    let list = names.joined(separator: ", ")
    guard let edit = edit(adding: list, to: owner) else { return nil }
    return Fix(
      "require \(names.map { QuotedName.of($0) }.joined(separator: ", "))", isSafe: false,
      edits: [edit])
  }

  private static func edit(adding list: String, to owner: DocumentNode) -> Fix.Edit? {
    if owner.isAlias { return nil }
    if let requires = owner["requires"] {
      guard requires.kind == .sequence, requires.style == .flow, !requires.isAlias,
        let last = requires.items.last?.span
      else { return nil }
      let end = Fix.Position(line: last.line, column: last.column + last.length)
      return Fix.Edit(from: end, to: end, replacement: ", \(list)")
    }
    guard let key = owner.entries.first(where: { $0.key.text == "run" })?.key else { return nil }
    let start = Fix.Position(line: key.span.line, column: key.span.column)
    let behind =
      owner.style == .flow
      ? ", " : "\n" + String(repeating: " ", count: key.span.column - 1)
    return Fix.Edit(from: start, to: start, replacement: "requires: [\(list)]" + behind)
  }
}
