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
        add(entryRemoval(at: position, of: child) ?? [], for: items[first].span)
      } else if child.entries[position].value.style == .flow {
        dropFromBrackets(dropped, of: items)
      } else {
        for index in dropped {
          if let edit = lineRemoval(of: items[index]) { add([edit], for: items[index].span) }
        }
      }
    }
  }

  private mutating func add(_ edits: [Fix.Edit], for span: SourceSpan) {
    if edits.isEmpty || edits.contains(where: holdsAnchor) { return }
    fixes[span] = Fix("drop it", isSafe: true, edits: edits)
  }

  /// Whether something may be anchored in what is taken out, which aliases stand for elsewhere.
  private func holdsAnchor(_ edit: Fix.Edit) -> Bool {
    pieces(from: edit.start, to: edit.end).contains { $0.contains("&") }
  }

  // MARK: Names

  /// Drops names of `[a, b]` with the commas between them, and the line ends if they stand in several lines.
  private mutating func dropFromBrackets(_ dropped: [Int], of items: [DocumentNode]) {
    guard items.allSatisfy(reads),
      zip(items, items.dropFirst()).allSatisfy({ isComma(from: end($0), to: start($1)) })
    else { return }
    let isDropped = Set(dropped)
    var lastKept = items.count - 1
    while isDropped.contains(lastKept) { lastKept -= 1 }
    for index in dropped {
      let edit =
        index < lastKept
        ? Fix.Edit(from: start(items[index]), to: start(items[index + 1]), replacement: "")
        : Fix.Edit(from: end(items[index - 1]), to: end(items[index]), replacement: "")
      add([edit], for: items[index].span)
    }
  }

  /// Whether a comma stands between two places, and nothing else, such as a comment.
  private func isComma(from start: Fix.Position, to end: Fix.Position) -> Bool {
    pieces(from: start, to: end).flatMap { $0 }.filter { $0 != " " && $0 != "\t" } == [","]
  }

  /// What stands between two places, line by line.
  private func pieces(
    from start: Fix.Position, to end: Fix.Position
  ) -> [Substring.UnicodeScalarView] {
    guard start.line <= end.line else { return [] }
    return (start.line...end.line).map { number in
      let line = text(of: number) ?? Substring.UnicodeScalarView()
      let upTo = number == end.line ? end.column - 1 : line.count
      let from = number == start.line ? start.column - 1 : 0
      return line.prefix(upTo).dropFirst(from)
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
    return removal(from: Fix.Position(line: line, column: column), to: end(item))
  }

  // MARK: The whole key

  private func entryRemoval(at position: Int, of child: DocumentNode) -> [Fix.Edit]? {
    let (key, value) = (child.entries[position].key, child.entries[position].value)
    guard reads(key) else { return nil }
    if value.style == .block { return position > 0 ? blockRemoval(of: value, key) : nil }
    let line = key.span.line
    guard value.span.line == line, let close = closing(of: value, behind: key) else { return nil }
    if position == 0 { return removal(ofFirst: key, upTo: close, in: child).map { [$0] } }
    guard child.style == .flow else {
      return removal(from: start(key), to: close).map { [$0] }
    }
    let before = Array((text(of: line) ?? .init()).prefix(key.span.column - 1))
    guard let comma = before.lastIndex(where: { $0 != " " }), before[comma] == "," else {
      return nil
    }
    return [Fix.Edit(from: Fix.Position(line: line, column: comma + 1), to: close, replacement: "")]
  }

  /// Drops what comes first, behind the `-` or the `{`, and moves the next key there.
  private func removal(
    ofFirst key: DocumentNode, upTo close: Fix.Position, in child: DocumentNode
  ) -> Fix.Edit? {
    guard child.entries.count > 1 else { return nil }
    let next = child.entries[1].key
    let isAlone =
      child.style == .flow
      ? isComma(from: close, to: start(next))
      : pieces(from: close, to: start(next)).allSatisfy { $0.allSatisfy { $0 == " " } }
    guard reads(next), isAlone else { return nil }
    return Fix.Edit(from: start(key), to: start(next), replacement: "")
  }

  /// The place behind the `]` of a list, when no comment stands in front of it.
  private func closing(of value: DocumentNode, behind key: DocumentNode) -> Fix.Position? {
    guard let first = value.items.first, let last = value.items.last,
      !pieces(from: end(key), to: start(first)).contains(where: { $0.contains("#") }),
      zip(value.items, value.items.dropFirst())
        .allSatisfy({ isComma(from: end($0), to: start($1)) })
    else { return nil }
    var place = end(last)
    while let line = text(of: place.line) {
      for scalar in line.dropFirst(place.column - 1) {
        place.column += 1
        if scalar == "]" { return place }
        guard scalar == " " || scalar == "\t" || scalar == "," else { return nil }
      }
      place = Fix.Position(line: place.line + 1, column: 1)
    }
    return nil
  }

  /// Drops `after:` and the names in the lines behind it; comments between them stay.
  private func blockRemoval(of value: DocumentNode, _ key: DocumentNode) -> [Fix.Edit]? {
    guard let text = text(of: key.span.line) else { return nil }
    let colon = text.dropFirst(end(key).column - 1).prefix { $0 == " " }.count + end(key).column
    guard text.dropFirst(colon - 1).first == ":",
      let edit = removal(
        from: start(key), to: Fix.Position(line: key.span.line, column: colon + 1))
    else { return nil }
    var edits = [edit]
    for item in value.items {
      guard let edit = lineRemoval(of: item) else { return nil }
      edits.append(edit)
    }
    return edits
  }

  // MARK: Lines

  /// Drops what is alone in its lines: these, or up to the comment behind it.
  private func removal(from start: Fix.Position, to end: Fix.Position) -> Fix.Edit? {
    guard let first = text(of: start.line), let last = text(of: end.line),
      first.prefix(start.column - 1).allSatisfy({ $0 == " " })
    else { return nil }
    let rest = last.dropFirst(end.column - 1)
    guard let next = rest.firstIndex(where: { $0 != " " && $0 != "\t" }) else {
      return Fix.Edit(
        from: Fix.Position(line: start.line, column: 1), to: lineEnd(end.line), replacement: "")
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
