@testable import TaskFlow

/// Writes the values of a document in a layout that depends on a seed: other spaces, blank lines, comments
/// and brackets, keys in another order.
struct RandomLayout {
  private var random: FuzzGenerator

  /// Whether there are comments, blank lines, and lists and mappings in other brackets than before.
  private let isRich: Bool

  private var comments = 0

  /// A layout that differs in the order of keys and in spaces, and if it is rich in all else as well.
  init(seed: UInt64, isRich: Bool) {
    random = FuzzGenerator(seed: seed)
    self.isRich = isRich
  }

  mutating func text(of root: DocumentNode) -> String {
    let lines = entries(of: root, column: 0) + comment(column: 0)
    let end = chance(1, of: 4) ? "\r\n" : "\n"
    return (chance(1, of: 4) ? "\u{FEFF}" : "") + lines.joined(separator: end)
      + (chance(1, of: 2) ? end : "")
  }

  // MARK: Blocks

  private mutating func entries(of node: DocumentNode, column: Int) -> [String] {
    var lines: [String] = []
    if node.kind == .sequence {
      for item in node.items {
        lines += between(column: column) + entry(spaces(column) + "-", item, column: column)
      }
      return lines
    }
    var entries = Array(node.entries)
    let first = column == 0 || chance(3, of: 4) ? entries.removeFirst() : nil
    if isRich || hasFixedOrder(node) { entries.shuffle(using: &random) }
    for entry in (first.map { [$0] } ?? []) + entries {
      let key = spaces(column) + plain(entry.key) + spaces(isRich ? Int(number(0..<2)) : 0) + ":"
      lines += between(column: column) + self.entry(key, entry.value, column: column)
    }
    return lines
  }

  private mutating func entry(_ head: String, _ node: DocumentNode, column: Int) -> [String] {
    if node.kind == .scalar { return scalar(head, node, column: column) }
    let isEmpty = node.items.isEmpty && node.entries.isEmpty
    let wasFlow = node.style == .flow
    if isEmpty || (isRich ? chance(1, of: 3) : wasFlow) {
      return [head + space() + brackets(node) + trailing()]
    }
    if isRich, chance(1, of: 6) { return openBrackets(head, node, column: column) }
    let isItem = head.hasSuffix("-")
    let fewest = node.kind == .sequence && !isItem ? 0 : 1
    let inner = column + number(fewest..<5)
    var lines = entries(of: node, column: max(inner, isItem ? column + 2 : 0))
    // A first key beside its hyphen, if it is written in one line with that.
    let start = max(inner, isItem ? column + 2 : 0)
    if isItem, let first = lines.first, chance(3, of: 4), first.first(where: { $0 != " " }) != "#" {
      lines[0] = head + spaces(start - column - 1) + first.drop { $0 == " " }
      return lines
    }
    return [head + trailing()] + lines + comment(column: start)
  }

  private mutating func openBrackets(
    _ head: String, _ node: DocumentNode, column: Int
  ) -> [String] {
    let isMapping = node.kind == .mapping
    var parts: [String] = node.items.map { inline($0) }
    for entry in node.entries { parts.append(plain(entry.key) + ": " + inline(entry.value)) }
    var lines = [head + space() + (isMapping ? "{" : "[") + trailing()]
    for part in parts {
      lines += comment(column: column + 3)
      lines.append(spaces(column + 1 + number(0..<4)) + part + "," + trailing())
    }
    return lines + [spaces(column + 1) + (isMapping ? "}" : "]") + trailing()]
  }

  // MARK: Scalars and brackets

  private mutating func scalar(_ head: String, _ node: DocumentNode, column: Int) -> [String] {
    let text = node.text ?? ""
    let isBlock = node.style == .literal || node.style == .folded
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let isSimple = !lines.contains { $0.hasPrefix(" ") || $0.hasSuffix(" ") || $0.isEmpty }
    if isBlock || isRich && node.style != .plain && chance(1, of: 4), !text.isEmpty {
      let ended = text.hasSuffix("\n")
      let body = ended ? text.dropLast() : text[...]
      let isPlain = body.split(separator: "\n", omittingEmptySubsequences: false)
        .allSatisfy { !$0.isEmpty && $0.first != " " && $0.first != "\t" }
      if isPlain, !body.utf8.contains(0),
        body.unicodeScalars.allSatisfy({ $0 == "\n" || $0.value >= 32 })
      {
        let inner = spaces(column + number(1..<5))
        return [head + space() + (ended ? "|" : "|-") + trailing()]
          + body.split(separator: "\n").map { inner + $0 }
      }
    }
    if isRich, node.style == .plain, isSimple, text.contains(" "), chance(1, of: 4) {
      return [head] + [spaces(column + number(1..<5)) + text + trailing()]
    }
    return [
      head + (text.isEmpty && node.style == .plain ? "" : space() + inline(node)) + trailing()
    ]
  }

  private mutating func inline(_ node: DocumentNode) -> String {
    guard node.kind == .scalar else { return brackets(node) }
    let text = node.text ?? ""
    // In brackets these would end a plain text.
    if node.style == .plain, !text.contains(where: { "[]{},".contains($0) }) { return text }
    return quoted(text)
  }

  private mutating func plain(_ key: DocumentNode) -> String {
    key.style == .plain ? key.text ?? "" : quoted(key.text ?? "")
  }

  private mutating func brackets(_ node: DocumentNode) -> String {
    let gap = spaces(number(0..<3))
    if node.kind == .sequence {
      return "[" + gap + node.items.map { inline($0) }.joined(separator: "," + space()) + gap + "]"
    }
    var entries = Array(node.entries)
    if isRich || hasFixedOrder(node) { entries.shuffle(using: &random) }
    let parts = entries.map { plain($0.key) + ":" + space() + inline($0.value) }
    return "{" + gap + parts.joined(separator: " ," + gap) + gap + "}"
  }

  private func quoted(_ text: String) -> String {
    if text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value < 0x7F }) {
      return "'" + text.replacing("'", with: "''") + "'"
    }
    return "\""
      + text.unicodeScalars.map { scalar in
        let digits = String(scalar.value, radix: 16)
        return "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
      }.joined() + "\""
  }

  // MARK: What means nothing

  /// Whether the keys of a mapping are the format's, which puts them into an order.
  private func hasFixedOrder(_ node: DocumentNode) -> Bool {
    let names = node.entries.map { $0.key.text ?? "" }
    return DocumentKeys.all.contains { keys in names.allSatisfy { keys[$0] != nil } }
  }

  private mutating func between(column: Int) -> [String] {
    guard isRich else { return [] }
    var lines: [String] = []
    for _ in 0..<number(0..<3) where chance(1, of: 3) {
      lines.append(spaces(number(0..<2)))
      lines += comment(column: column)
    }
    return lines
  }

  private mutating func comment(column: Int) -> [String] {
    guard isRich, chance(1, of: 3) else { return [] }
    comments += 1
    return [spaces(column) + "# comment \(comments): with [ and '" + spaces(number(0..<3))]
  }

  private mutating func trailing() -> String {
    guard isRich, chance(1, of: 5) else { return spaces(number(0..<2)) }
    comments += 1
    return spaces(number(1..<20)) + "#behind \(comments)"
  }

  private mutating func space() -> String { spaces(number(1..<4)) }

  private func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }

  private mutating func number(_ range: Range<Int>) -> Int { Int.random(in: range, using: &random) }

  private mutating func chance(_ part: Int, of whole: Int) -> Bool { number(0..<whole) < part }
}
