/// A part of a pattern. Parts refer to each other by index.
enum PatternNode {
  case set(PatternSet)
  case start
  case end
  case sequence([Int])
  case choice([Int])
  /// `atMost` is nil for any number of times.
  case repetition(of: Int, atLeast: Int, atMost: Int?)
}

/// Reads a pattern; it calls itself for groups only, never deeper than ``InputPattern/maximumDepth``.
struct PatternParser {
  private(set) var nodes: [PatternNode] = []
  let scalars: [Unicode.Scalar]
  var index = 0
  private var depth = 0

  static let subset =
    #"patterns have characters, ., [a-z], [^a-z], \d \w \s, (…), |, * + ? {1,3}, ^ and $"#

  init(_ scalars: [Unicode.Scalar]) {
    self.scalars = scalars
  }

  mutating func parse() throws(ExpressionError) -> Int {
    let root = try choice()
    guard index == scalars.count else { throw error("there is no '(' for this ')'", from: index) }
    return root
  }

  var current: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

  mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard current == scalar else { return false }
    index += 1
    return true
  }

  /// An error from `start` to the present place, or of one character.
  func error(_ message: String, from start: Int, help: String? = nil) -> ExpressionError {
    ExpressionError(message, at: start..<max(index, min(start + 1, scalars.count)), help: help)
  }

  private mutating func add(_ node: PatternNode) -> Int {
    nodes.append(node)
    return nodes.count - 1
  }

  private mutating func choice() throws(ExpressionError) -> Int {
    var branches = [try sequence()]
    while take("|") { branches.append(try sequence()) }
    return branches.count == 1 ? branches[0] : add(.choice(branches))
  }

  private mutating func sequence() throws(ExpressionError) -> Int {
    var items: [Int] = []
    while let scalar = current, scalar != "|", scalar != ")" {
      let start = index
      let item = try atom(scalar)
      items.append(try repeated(item, from: start))
    }
    return add(.sequence(items))
  }

  private mutating func atom(_ scalar: Unicode.Scalar) throws(ExpressionError) -> Int {
    let start = index
    index += 1
    switch scalar {
    case "^": return add(.start)
    case "$": return add(.end)
    case ".": return add(.set(.anyButLineEnd))
    case "\\": return add(.set(try escape(from: start)))
    case "[": return add(.set(try brackets(from: start)))
    case "(": return try group(from: start)
    case "*", "+", "?", "{":
      throw error(
        "there is nothing in front of '\(scalar)' to repeat", from: start,
        help: "write '\\\(scalar)' for the character itself")
    default: return add(.set(PatternSet(scalar)))
    }
  }

  private mutating func group(from start: Int) throws(ExpressionError) -> Int {
    if take("?"), !take(":") {
      throw error("groups that start with '(?' are not known", from: start, help: Self.subset)
    }
    guard depth < InputPattern.maximumDepth else {
      throw error("groups are nested more than \(InputPattern.maximumDepth) deep", from: start)
    }
    depth += 1
    defer { depth -= 1 }
    let inner = try choice()
    guard take(")") else {
      throw ExpressionError("this '(' is not closed", at: start..<start + 1)
    }
    return inner
  }

  private mutating func repeated(_ item: Int, from start: Int) throws(ExpressionError) -> Int {
    let sign = index
    let bounds: (Int, Int?)
    switch current {
    case "*": bounds = (0, nil)
    case "+": bounds = (1, nil)
    case "?": bounds = (0, 1)
    case "{": bounds = try counts()
    default: return item
    }
    if scalars[sign] != "{" { index += 1 }
    if case .start = nodes[item] { throw error("'^' cannot be repeated", from: start) }
    if case .end = nodes[item] { throw error("'$' cannot be repeated", from: start) }
    _ = take("?")
    if let scalar = current, ["*", "+", "?", "{"].contains(scalar) {
      index += 1
      throw error(
        "two repetitions in a row", from: sign, help: "put the first one into a group: (…)")
    }
    return add(.repetition(of: item, atLeast: bounds.0, atMost: bounds.1))
  }

  /// Reads `{3}`, `{1,}` or `{1,3}`.
  private mutating func counts() throws(ExpressionError) -> (Int, Int?) {
    let start = index
    index += 1
    let least = number()
    let isRange = take(",")
    let most = isRange ? number() : least
    guard let least, take("}"), !(isRange && most == nil && scalars[index - 2] != ",") else {
      throw error(
        "'{' must be followed by numbers, as in {3}, {1,} or {1,3}", from: start,
        help: #"write '\{' for the character itself"#)
    }
    if let most, most < least { throw error("the larger number comes first", from: start) }
    return (least, most)
  }

  /// Reads at most four digits: larger numbers are too large in any case.
  private mutating func number() -> Int? {
    let start = index
    while let scalar = current, scalar.isASCIIDigit, index < start + 4 { index += 1 }
    return Int(String(String.UnicodeScalarView(scalars[start..<index])))
  }
}
