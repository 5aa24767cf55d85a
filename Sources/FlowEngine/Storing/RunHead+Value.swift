package import TaskFlow

extension RunHead {
  /// What its encoding gives, made without the detour over `Encoder`: of a large flow that takes most of the
  /// time in which its run is made.
  package var flowValue: FlowValue {
    var value: [String: FlowValue] = [
      "id": .string(id), "flow": .string(flow), "outline": outline.flowValue,
      "inputs": .map(inputs),
      "made": .int(Int(made)),
    ]
    if let file { value["file"] = .string(file) }
    if let selection { value["selection"] = .list(selection.map { .string($0) }) }
    return .map(value)
  }
}

extension PlanOutline {
  /// What its encoding gives.
  package var flowValue: FlowValue {
    var value: [String: FlowValue] = [
      "atoms": .list(atoms.map(\.flowValue)), "edges": .list(edges.map { .int(Int($0)) }),
    ]
    if let nodes { value["nodes"] = .list(nodes.map { .string($0) }) }
    return .map(value)
  }
}

extension PlanOutline.Atom {
  fileprivate var flowValue: FlowValue {
    var value: [String: FlowValue] = [
      "name": .string(name), "isController": .bool(isController),
      "provides": .list(provides.map { .string($0) }),
    ]
    if let requires { value["requires"] = .list(requires.map { .string($0) }) }
    if let once { value["once"] = .bool(once) }
    for (key, text) in [
      ("controller", controller), ("does", does), ("undoes", undoes), ("condition", condition),
      ("version", version), ("words", words),
    ] {
      if let text { value[key] = .string(text) }
    }
    return .map(value)
  }
}
