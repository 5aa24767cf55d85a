extension String {
  /// Where the first `${{` of a text begins, if it has one.
  ///
  /// Nearly no text has one, and every text of a flow is asked: so it is looked for byte by byte.
  var firstTemplate: String.Index? {
    let bytes = utf8
    var rest = bytes[...]
    while let dollar = rest.firstIndex(of: UInt8(ascii: "$")) {
      rest = rest[bytes.index(after: dollar)...]
      if rest.starts(with: "{{".utf8) { return dollar }
    }
    return nil
  }
}

/// Splits a template into its texts and its expressions.
struct TemplateScanner {
  private(set) var parts: [FlowTemplate.Part] = []
  private(set) var errors: [ExpressionError] = []
  private let scalars: [Unicode.Scalar]
  /// What is added to an index to make it a position.
  private let offset: Int
  private var index = 0
  private var text = String.UnicodeScalarView()

  init(_ text: String, offset: Int) {
    scalars = Array(text.unicodeScalars)
    self.offset = offset
  }

  mutating func scan() {
    while index < scalars.count {
      if scalars[index] == "$", isOpening(at: index + 1) {
        text.append(contentsOf: FlowTemplate.opening)
        index += 4
      } else if isOpening(at: index) {
        expression()
      } else {
        text.append(scalars[index])
        index += 1
      }
    }
    endText()
  }

  private func isOpening(at start: Int) -> Bool {
    scalars[min(start, scalars.count)...].starts(with: FlowTemplate.opening)
  }

  private mutating func endText() {
    if text.isEmpty { return }
    parts.append(.text(String(text)))
    text = String.UnicodeScalarView()
  }

  private mutating func expression() {
    endText()
    let start = index
    guard let close = closing(from: start + 3) else {
      errors.append(
        ExpressionError(
          "'${{' is not closed", at: start + offset..<start + offset + 3,
          help: "close it with '}}', or write '$${{' for the text itself"))
      index = scalars.count
      return
    }
    index = close + 2
    switch FlowExpression.parse(scalars[start + 3..<close], offset: offset) {
    case .success(let expression): parts.append(.expression(expression))
    case .failure(let failure): errors += failure.errors
    }
  }

  /// The index of the next `}}` that is in no string.
  private func closing(from start: Int) -> Int? {
    var quote: Unicode.Scalar?
    var index = start
    while index < scalars.count {
      let scalar = scalars[index]
      if let open = quote {
        if scalar == "\\" { index += 1 } else if scalar == open { quote = nil }
      } else if scalar == "\"" || scalar == "'" {
        quote = scalar
      } else if scalar == "}", index + 1 < scalars.count, scalars[index + 1] == "}" {
        return index
      }
      index += 1
    }
    return nil
  }
}
