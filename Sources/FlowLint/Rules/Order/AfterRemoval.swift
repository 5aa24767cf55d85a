import FlowDiagnostics
import TaskFlow

/// Takes names out of the `after` of tasks and flows, and the whole key when none is left.
///
/// Comments stay. Where a name can't be taken out without looking at what else stands there, it is left.
struct AfterRemoval {
  /// How each name is taken out, by its place; edits of different names don't overlap.
  private(set) var fixes: [SourceSpan: Fix] = [:]

  private let lines: [Substring.UnicodeScalarView]

  /// - Parameter redundant: the places of the names that are to be taken out.
  init(of redundant: Set<SourceSpan>, in document: LintedDocument) {
    lines = document.text.unicodeScalars
      .split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.last == "\r" ? $0.dropLast() : $0 }
      .map { Substring.UnicodeScalarView($0) }
    for child in document.parts {
      guard let position = child.entries.firstIndex(where: { $0.key.text == "after" }) else {
        continue
      }
      let items = Array(child.entries[position].value.items)
      let dropped = items.indices.filter { redundant.contains(items[$0].span) }
      guard let first = dropped.first else { continue }
      if dropped.count == items.count {
        add(entryRemoval(at: position, of: child), for: items[first].span)
      } else if child.entries[position].value.style == .flow {
        dropFromBrackets(dropped, of: items)
      } else {
        for index in dropped { add(lineRemoval(of: items[index]), for: items[index].span) }
      }
    }
  }

  private mutating func add(_ edit: Fix.Edit?, for span: SourceSpan) {
    guard let edit, !holdsAnchor(edit) else { return }
    fixes[span] = Fix("drop it", isSafe: true, edits: [edit])
  }

  /// Whether something may be anchored in what is taken out, which aliases stand for elsewhere.
  private func holdsAnchor(_ edit: Fix.Edit) -> Bool {
    (edit.start.line...edit.end.line).contains { number in
      guard let line = text(of: number) else { return false }
      let from = number == edit.start.line ? edit.start.column - 1 : 0
      let end = number == edit.end.line ? edit.end.column - 1 : line.count
      return line.prefix(end).dropFirst(from).contains("&")
    }
  }

  // MARK: Names

  /// Drops names of `[a, b]` with the commas between them.
  private mutating func dropFromBrackets(_ dropped: [Int], of items: [DocumentNode]) {
    guard let line = items.first?.span.line, items.allSatisfy({ $0.span.line == line && reads($0) })
    else { return }
    let isDropped = Set(dropped)
    var lastKept = items.count - 1
    while isDropped.contains(lastKept) { lastKept -= 1 }
    for index in dropped {
      let edit =
        index < lastKept
        ? Fix.Edit(from: start(items[index]), to: start(items[index + 1]), replacement: "")
        : Fix.Edit(from: end(items[index - 1]), to: end(items[index]), replacement: "")
      add(edit, for: items[index].span)
    }
  }

  /// Drops the line of a name after a `-`.
  private func lineRemoval(of item: DocumentNode) -> Fix.Edit? {
    let line = item.span.line
    guard reads(item), let text = text(of: line) else { return nil }
    let before = text.prefix(item.span.column - 1)
    guard let dash = before.firstIndex(where: { $0 != " " }), before[dash] == "-",
      before[dash...].dropFirst().allSatisfy({ $0 == " " })
    else { return nil }
    let column = before.distance(from: before.startIndex, to: dash) + 1
    return removal(from: column, to: end(item))
  }

  // MARK: The whole key

  private func entryRemoval(at position: Int, of child: DocumentNode) -> Fix.Edit? {
    let (key, value) = (child.entries[position].key, child.entries[position].value)
    // What comes first stands behind the '-' of its item.
    guard position > 0, reads(key) else { return nil }
    let line = key.span.line
    if value.style == .block { return blockRemoval(of: value, from: line, key) }
    guard value.span.line == line, let text = text(of: line),
      text.prefix(end(value).column - 1).last == "]"
    else { return nil }
    guard child.style == .flow else { return removal(from: key.span.column, to: end(value)) }
    let before = Array(text.prefix(key.span.column - 1))
    guard let comma = before.lastIndex(where: { $0 != " " }), before[comma] == "," else {
      return nil
    }
    return Fix.Edit(
      from: Fix.Position(line: line, column: comma + 1), to: end(value), replacement: "")
  }

  /// Drops `after:` with a name in each line behind it, when there is nothing else in those lines.
  private func blockRemoval(
    of value: DocumentNode, from line: Int, _ key: DocumentNode
  ) -> Fix.Edit? {
    guard let text = text(of: line),
      text.dropFirst(end(key).column - 1).allSatisfy({ $0 == ":" || $0 == " " }),
      text.prefix(key.span.column - 1).allSatisfy({ $0 == " " })
    else { return nil }
    var last = line
    for item in value.items {
      guard item.span.line == last + 1, let edit = lineRemoval(of: item),
        edit.end == lineEnd(item.span.line)
      else { return nil }
      last += 1
    }
    return Fix.Edit(
      from: Fix.Position(line: line, column: 1), to: lineEnd(last), replacement: "")
  }

  // MARK: Lines

  /// Drops a part of a line that is alone in it: the line, or up to the comment behind it.
  private func removal(from column: Int, to end: Fix.Position) -> Fix.Edit? {
    guard let text = text(of: end.line),
      text.prefix(column - 1).allSatisfy({ $0 == " " })
    else { return nil }
    let rest = text.dropFirst(end.column - 1)
    let start = Fix.Position(line: end.line, column: column)
    guard let next = rest.firstIndex(where: { $0 != " " && $0 != "\t" }) else {
      return Fix.Edit(
        from: Fix.Position(line: end.line, column: 1), to: lineEnd(end.line), replacement: "")
    }
    guard rest[next] == "#" else { return nil }
    let comment = end.column + rest.distance(from: rest.startIndex, to: next)
    return Fix.Edit(
      from: start, to: Fix.Position(line: end.line, column: comment), replacement: "")
  }

  /// The place behind a line and its line end.
  private func lineEnd(_ line: Int) -> Fix.Position {
    line < lines.count
      ? Fix.Position(line: line + 1, column: 1)
      : Fix.Position(line: line, column: (text(of: line)?.count ?? 0) + 1)
  }

  private func text(of line: Int) -> Substring.UnicodeScalarView? {
    lines.indices.contains(line - 1) ? lines[line - 1] : nil
  }

  /// Whether what a node says stands at its place, which lines of an unusual ending can make doubtful.
  private func reads(_ node: DocumentNode) -> Bool {
    guard let text = text(of: node.span.line), let word = node.text, !node.isAlias else {
      return false
    }
    let found = text.dropFirst(node.span.column - 1).prefix(node.span.length)
    return String(Substring(found)).contains(word)
  }

  private func start(_ node: DocumentNode) -> Fix.Position {
    Fix.Position(line: node.span.line, column: node.span.column)
  }

  private func end(_ node: DocumentNode) -> Fix.Position {
    Fix.Position(line: node.span.line, column: node.span.column + node.span.length)
  }
}
