import TaskFlow

extension RunMachine {
  /// The values of what one of an atom's methods requires.
  ///
  /// - Throws: ``Failure`` when a required one has no value, since the result that should have it lacks it.
  func arguments(of node: NodeIndex, for method: Plan.Method) throws(Failure) -> Arguments {
    if method == .execute {
      return try arguments(
        tables.requirements[Int(node)], from: Int(tables.firstBinding[Int(node)]), of: node)
    }
    return try arguments(
      plan.requirements(of: node, for: method),
      from: plan.bindings(of: node, for: method).startIndex, of: node)
  }

  /// The values of requirements whose bindings follow each other.
  private func arguments(
    _ requirements: [Requirement], from first: Int, of node: NodeIndex
  ) throws(Failure) -> Arguments {
    guard !requirements.isEmpty else { return .none }
    var values: [BoxedValue?] = []
    values.reserveCapacity(requirements.count)
    for position in requirements.indices {
      // Mostly the nearest provider was not skipped and has a value.
      if let provider = tables.likeliest[first + position],
        states[Int(provider.node)] != .ignored, let value = value(of: provider)
      {
        values.append(value)
        continue
      }
      let binding = tables.bindings.bindings[first + position]
      let value = value(of: requirements[position], by: binding, for: node)
      guard value != nil || requirements[position].isOptional else {
        throw Failure(
          "no value for '\(requirements[position].symbol)': the result that should provide it "
            + "lacks it")
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
    for scope in scopes {
      var isDecided = false
      for slice in tables.bindings.scopes[Int(scope)] {
        for index in tables.bindings.slices[Int(slice)].reversed() {
          let provider = tables.bindings.providers[Int(index)]
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
