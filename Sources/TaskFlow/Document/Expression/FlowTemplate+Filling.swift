extension FlowTemplate {
  /// A text with each of its `${{ … }}` filled in whose value is known, and all others as they are.
  ///
  /// For texts that are shown before anything runs. A text that is no template stays as it is.
  static func filled(in text: String, by lookup: (String) -> FlowValue?) -> String {
    guard text.firstTemplate != nil, case .success(let template) = parse(text) else { return text }
    var filled = ""
    for part in template.parts {
      switch part {
      case .text(let piece): filled += piece
      case .expression(let expression):
        let value = try? expression.evaluate(lookup)
        filled += value.flatMap { Self.piece($0) } ?? "${{ \(expression.source) }}"
      }
    }
    return filled
  }

  private static func piece(_ value: FlowValue) -> String? {
    if case .string(let text) = value {
      text
    } else {
      FlowValueJSON.text(of: value, limit: FlowExpression.maximumTextLength)
    }
  }
}
