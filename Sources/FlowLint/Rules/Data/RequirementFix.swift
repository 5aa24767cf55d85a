import FlowDiagnostics
import TaskFlow

/// Changes of a file that have a task or revert require more.
enum RequirementFix {
  /// Adds names to `requires` of a mapping; `nil` where the file has another form than the usual ones.
  static func adding(_ names: [String], to owner: DocumentNode) -> Fix? {
    guard let edit = edit(adding: names, to: owner) else { return nil }
    return Fix(
      "require \(names.map { QuotedName.of($0) }.joined(separator: ", "))", isSafe: false,
      edits: [edit])
  }

  private static func edit(adding names: [String], to owner: DocumentNode) -> Fix.Edit? {
    guard !owner.isAlias, let first = owner.entries.first?.key, let word = first.text else {
      return nil
    }
    // JSON has everything in quotes, and what is written as JSON stays so.
    let mark = first.span.length > word.unicodeScalars.count ? "\"" : ""
    let list = names.map { mark + $0 + mark }.joined(separator: ", ")
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
    return Fix.Edit(
      from: start, to: start, replacement: "\(mark)requires\(mark): [\(list)]" + behind)
  }
}
