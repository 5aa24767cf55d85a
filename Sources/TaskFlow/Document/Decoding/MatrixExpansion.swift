import FlowDiagnostics

/// One combination of a matrix: the value of each of its symbols.
struct MatrixCombination {
  private var values: [(symbol: String, value: FlowValue, span: SourceSpan)] = []

  /// The task for this combination: its name says the values, which are injected, and what it provides has
  /// them in its name, so that `rows` of `load[eu]` is `rows_eu`.
  func expanding(_ task: FlowTask) -> FlowTask {
    guard !values.isEmpty else { return task }
    var expanded = task
    let texts = values.map { Self.text(of: $0.value) }
    expanded.name = "\(task.name)[\(texts.joined(separator: ","))]"
    let suffix = texts.map { "_" + Self.symbolPart($0) }.joined()
    for index in expanded.provision.items.indices {
      expanded.provision.items[index].symbol += suffix
    }
    let known = Set(task.requirements.map(\.parameter))
    expanded.requirements += values.filter { !known.contains($0.symbol) }.map {
      Requirement(symbol: $0.symbol, span: $0.span)
    }
    return expanded.changing { traits in
      traits.injections += values.map {
        TaskTraits.Injection(symbol: $0.symbol, value: BoxedValue($0.value))
      }
      guard let own = traits.revert?.requirements else { return }
      let known = Set(own.map(\.parameter))
      traits.revert?.requirements =
        own
        + values.filter { !known.contains($0.symbol) }.map {
          Requirement(symbol: $0.symbol, span: $0.span)
        }
    }
  }

  fileprivate func adding(
    _ symbol: String, _ value: FlowValue, _ span: SourceSpan
  ) -> MatrixCombination {
    var combination = self
    combination.values.append((symbol, value, span))
    return combination
  }

  fileprivate static func text(of value: FlowValue) -> String {
    if case .string(let text) = value { text } else { FlowValueJSON.text(of: value) }
  }

  /// A value as a part of a symbol's name: all but letters and digits becomes `_`.
  private static func symbolPart(_ text: String) -> String {
    String(
      text.lowercased().unicodeScalars.map { scalar in
        let isPlain = scalar.isASCII && (scalar.properties.isAlphabetic || scalar.value < 58)
        return isPlain && scalar.value > 47 ? Character(scalar) : "_"
      })
  }
}

extension DocumentDecoder {
  /// The most tasks that one matrix can make.
  static let largestMatrix = 1_000

  /// Decodes `matrix:`, a map of symbols to lists of values; one empty combination without it.
  mutating func matrix(_ node: DocumentNode?, of task: String) -> [MatrixCombination] {
    var combinations = [MatrixCombination()]
    guard let node else { return combinations }
    guard node.kind == .mapping, !node.entries.isEmpty else {
      reject(node, expected: "a matrix as a map of symbols to lists of values")
      leaveOut()
      return combinations
    }
    for entry in node.entries {
      guard let symbol = symbol(entry.key) else { continue }
      let values = axis(entry.value, of: symbol)
      if values.isEmpty { continue }
      guard combinations.count * values.count <= Self.largestMatrix else {
        report(
          "flow-format",
          "the matrix of task '\(task)' makes more than \(Self.largestMatrix) tasks",
          at: entry.key.span, help: "split it, or use fewer values")
        return combinations
      }
      combinations = combinations.flatMap { combination in
        values.map { combination.adding(symbol, $0, entry.key.span) }
      }
    }
    return combinations
  }

  private mutating func axis(_ node: DocumentNode, of symbol: String) -> [FlowValue] {
    guard node.kind == .sequence, !node.items.isEmpty else {
      reject(node, expected: "a list of values for '\(symbol)'")
      leaveOut()
      return []
    }
    var seen: Set<String> = []
    return node.items.compactMap { item -> FlowValue? in
      guard item.kind == .scalar, !item.isNull, let value = item.flowValue().value else {
        reject(item, expected: "a text, a number, true or false")
        return nil
      }
      guard seen.insert(MatrixCombination.text(of: value)).inserted else {
        report("flow-format", "\(item.quoted) is in the matrix twice", at: item.span)
        return nil
      }
      return value
    }
  }
}
