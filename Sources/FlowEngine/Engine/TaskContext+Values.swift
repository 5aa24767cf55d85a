import TaskFlow

extension TaskContext {
  /// What processes and expressions see, by their names for it.
  ///
  /// A revert sees besides its arguments what the task provided, `result` and `failure`. A task of a
  /// matrix provides under other symbols than its text says, so it is the text's names that count.
  func values() throws -> [String: FlowValue] {
    var values: [String: FlowValue] = [:]
    if action == .revert {
      switch outcome {
      case .success(let result):
        for (item, value) in zip(provision.items, result.elements) {
          values[item.key] = try value?.flowValue()
        }
        values["result"] = try result.whole?.flowValue()
      case .failure(let failure):
        values["failure"] = .string(failure.message)
      case .interrupted:
        break
      }
    }
    return values.merging(try arguments.flowValues()) { _, argument in argument }
  }
}
