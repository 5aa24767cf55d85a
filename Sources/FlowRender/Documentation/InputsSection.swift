import TaskFlow

/// What the flow is given from outside.
struct InputsSection {
  let blocks: [PageBlock]

  init(_ inputs: [FlowInput]) {
    let heading = PageBlock.heading(level: 2, [.text("Inputs")], anchor: "inputs")
    guard !inputs.isEmpty else {
      blocks = [heading, .paragraph([.text("The flow takes no inputs.")], .quiet)]
      return
    }
    // Columns that would be empty are left out.
    let hasPatterns = inputs.contains { $0.pattern != nil }
    let hasSummaries = inputs.contains { $0.summary != nil }
    var labels = ["Name", "Type", "Default"]
    if hasPatterns { labels.append("Pattern") }
    if hasSummaries { labels.append("Description") }
    blocks = [
      heading,
      .table(
        labels: labels,
        rows: inputs.map { input in
          var cells: [[PageText]] = [
            [.code(input.symbol)], [.text(input.type?.rawValue ?? "any")],
            input.defaultValue.map { [.code(ValueWords.text(of: $0))] } ?? [
              .tag("required", .retry)
            ],
          ]
          if hasPatterns { cells.append(input.pattern.map { [.code($0.source)] } ?? []) }
          if hasSummaries { cells.append(input.summary.map { [.text($0)] } ?? []) }
          return cells
        }),
    ]
  }
}

/// How a page shows values.
enum ValueWords {
  /// A value as JSON, not longer than a line can take.
  static func text(of value: FlowValue) -> String {
    let text = FlowValueJSON.text(of: value)
    return text.count > 200 ? text.prefix(200) + "…" : text
  }

  /// A value of any type as JSON, or the name of its type if it has no such form.
  static func text(of value: BoxedValue) -> String {
    (try? value.flowValue()).map(text(of:)) ?? "a \(type(of: value.base))"
  }
}
