import TaskFlow

extension AssignmentAction {
  /// The values of the templates, as the provision's symbols.
  func result(for context: TaskContext, by provision: Provision) throws -> AtomResult {
    let known = try context.values()
    var values: [String: FlowValue] = [:]
    var elements: [BoxedValue?] = []
    for (item, source) in zip(provision.items, sources) {
      let value =
        switch source {
        case .constant(let value): value
        case .template(let template): try template.evaluate { known[$0] }
        }
      values[item.key] = value
      elements.append(BoxedValue(value))
    }
    return AtomResult(whole: BoxedValue(FlowValue.map(values)), elements: elements)
  }
}

extension WaitAction {
  /// How long to wait.
  func duration(for context: TaskContext) throws -> Duration {
    switch self {
    case .duration(let duration):
      return duration
    case .template(let template):
      let known = try context.values()
      let value = try template.evaluate { known[$0] }
      guard case .string(let text) = value else {
        throw Failure("expected a time to wait such as '5s', found \(value.kind)")
      }
      return try DurationText.parse(text).get()
    }
  }
}
