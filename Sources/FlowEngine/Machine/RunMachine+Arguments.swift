import TaskFlow

extension RunMachine {
  /// The values of what one of an atom's methods requires.
  ///
  /// - Throws: ``Failure`` when a required one has no value, since the result that should have it lacks it.
  func arguments(of node: NodeIndex, for method: Plan.Method) throws(Failure) -> Arguments {
    if method == .execute, tables.takesNothing[Int(node)] { return .none }
    let requirements = plan.requirements(of: node, for: method)
    guard !requirements.isEmpty else { return .none }
    let bindings = plan.bindings(of: node, for: method)
    var values: [BoxedValue?] = []
    values.reserveCapacity(requirements.count)
    for (requirement, binding) in zip(requirements, bindings) {
      let value = value(of: requirement, by: binding, for: node)
      guard value != nil || requirement.isOptional else {
        throw Failure(
          "no value for '\(requirement.symbol)': the result that should provide it lacks it")
      }
      values.append(value)
    }
    return Arguments(requirements, values)
  }

  private func value(
    of requirement: Requirement, by binding: Binding, for node: NodeIndex
  ) -> BoxedValue? {
    switch binding {
    case .injected(let index):
      return plan.task(at: node)?.traits.injections[Int(index)].value
    case .input:
      return inputs[requirement.symbol]
    case .absent:
      return nil
    case .atoms(let scopes):
      return provided(in: scopes)
    }
  }

  /// The nearest scope with a provider that was not skipped decides; in it the first that has the value.
  private func provided(in scopes: Range<Int32>) -> BoxedValue? {
    let table = plan.bindings
    for scope in scopes {
      var isDecided = false
      for slice in table.scopes[Int(scope)] {
        for index in table.slices[Int(slice)].reversed() {
          let provider = table.providers[Int(index)]
          guard states[Int(provider.node)] != .ignored else { continue }
          isDecided = true
          if let value = value(of: provider) { return value }
        }
      }
      if isDecided { return nil }
    }
    return nil
  }

  private func value(of provider: Provider) -> BoxedValue? {
    guard let result = results[Int(provider.node)],
      Int(provider.element) < result.elements.count
    else { return nil }
    return result.elements[Int(provider.element)]
  }
}
