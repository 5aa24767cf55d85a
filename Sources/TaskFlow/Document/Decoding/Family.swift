import FlowDiagnostics

/// Which flow each task and flow of a document is a child of, to say where a name is that was looked for
/// among the children of another flow.
struct Family {
  private var members: [String: Member] = [:]

  private struct Member {
    var span: SourceSpan
    var flow: String?
  }

  init(of outermost: Flow) {
    members[outermost.name] = Member(span: outermost.span)
    var open = [outermost]
    while let flow = open.popLast() {
      for item in flow.items where members[item.name] == nil {
        members[item.name] = Member(span: item.span, flow: flow.name)
        if case .flow(let nested) = item { open.append(nested) }
      }
    }
  }

  /// Where a name is, and what to do when it was taken for a child of a flow; `nil` if nothing has it.
  func place(of name: String, from flow: String) -> (related: Finding.Related, help: String)? {
    guard let member = members[name] else { return nil }
    let quoted = QuotedName.of(name)
    if name == flow {
      return (
        Finding.Related(span: member.span, message: "this is the flow itself"),
        "drop it: a flow starts before its children and ends after them"
      )
    }
    let around = member.flow.map { "is a child of flow \(QuotedName.of($0))" }
    return (
      Finding.Related(
        span: member.span, message: "\(quoted) \(around ?? "is the outermost flow")"),
      child(of: flow, containing: name).map {
        "name \(QuotedName.of($0)), which contains \(quoted)"
      }
        ?? "only children of one flow have an order: drop it, or put it on the flows around"
    )
  }

  /// The child of a flow that a task or flow is in, if it is in one.
  private func child(of flow: String, containing name: String) -> String? {
    // Each step leads to a flow that was found before, so it ends at the outermost.
    var name = name
    while let around = members[name]?.flow {
      if around == flow { return name }
      name = around
    }
    return nil
  }
}
