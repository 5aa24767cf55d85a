import TaskFlow

extension RunMachine {
  /// The values of what one of an atom's methods requires, by the names of its parameters.
  ///
  /// - Throws: ``Failure`` when a required one has no value, since the result that should have it lacks it.
  func arguments(of node: NodeIndex, for method: Plan.Method) throws(Failure) -> Arguments {
    Arguments(plan.requirements(of: node, for: method), try values(of: node, for: method))
  }

  /// The values of what one of an atom's methods requires, in that order.
  ///
  /// Mostly the requirements themselves are not looked at: they lie apart in memory.
  ///
  /// - Throws: ``Failure`` when a required one has no value, since the result that should have it lacks it.
  func values(of node: NodeIndex, for method: Plan.Method) throws(Failure) -> [BoxedValue?] {
    let bindings = bindings(of: node, for: method)
    guard !bindings.isEmpty else { return [] }
    var values: [BoxedValue?] = []
    values.reserveCapacity(bindings.count)
    for position in bindings {
      // Mostly the nearest provider was not skipped and has a value.
      if let provider = tables.likeliest[position],
        states[Int(provider.node)] != .ignored, let value = value(of: provider)
      {
        values.append(value)
        continue
      }
      let requirement = plan.requirements(of: node, for: method)[position - bindings.lowerBound]
      let value = value(of: requirement, by: tables.bindings.bindings[position], for: node)
      guard value != nil || requirement.isOptional else {
        throw Failure(
          "no value for '\(requirement.symbol)': the result that should provide it lacks it")
      }
      values.append(value)
    }
    return values
  }

  /// The positions of the bindings of what one of an atom's methods requires.
  private func bindings(of node: NodeIndex, for method: Plan.Method) -> Range<Int> {
    guard method == .execute else { return plan.bindings(of: node, for: method).indices }
    let first = Int(tables.firstBinding[Int(node)])
    return first..<first + Int(tables.requirementCount[Int(node)])
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
    // The result is not taken out as a whole, which would hold on to all its parts.
    let (node, element) = (Int(provider.node), Int(provider.element))
    guard element < results[node]?.elements.count ?? 0 else { return nil }
    return results[node]?.elements[element]
  }
}
