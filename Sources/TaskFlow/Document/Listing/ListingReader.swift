import FlowDiagnostics

/// Reads flows from values.
enum ListingReader {
  /// A flow with all that is in it.
  static func flow(_ listed: ListingObject) throws(ListingError) -> Flow {
    let items = try listed.objects("items")
    var children = [[FlowItem]](repeating: [], count: items.count)
    // A flow comes before what is in it: from the end, all that a flow has is there when it is made.
    for (index, item) in items.enumerated().reversed() {
      let made: FlowItem
      if let name = try item.text("task") {
        made = .task(try task(item, name: name))
      } else {
        var flow = try Self.flow(item, items: children[index].reversed())
        children[index] = []
        if index == 0 {
          flow.inputs = try inputs(listed)
          flow.secrets = try secrets(listed)
          return flow
        }
        made = .flow(flow)
      }
      guard let parent = try item.int("in"), (0..<index).contains(parent) else {
        throw item.wrong("in")
      }
      children[parent].append(made)
    }
    throw listed.wrong("items")
  }

  private static func flow(
    _ item: ListingObject, items: [FlowItem]
  ) throws(ListingError) -> Flow {
    var flow = Flow(
      name: try item.require(item.text("flow"), "flow"),
      pattern: try item.require(item.word("pattern", as: FlowPattern.self), "pattern"),
      retry: nil, items: items, span: try item.span())
    if let retry = try item.object("retry") { flow.retry = try controller(retry) }
    flow.summary = try item.text("description")
    flow.timeout = try item.duration("timeout")
    if let concurrency = try item.object("concurrency") {
      flow.concurrencyLimit = Flow.Limit(
        try concurrency.require(concurrency.int("limit"), "limit"), span: try concurrency.span())
    }
    for link in try item.objects("links") { flow.links.append(try self.link(link)) }
    if let target = try item.object("target") {
      flow.target = Flow.Target(
        name: try target.require(target.text("name"), "name"), span: try target.span())
    }
    flow.allowances = try allowances(item)
    return flow
  }

  /// What the linter is not to tell about a task or flow.
  static func allowances(_ item: ListingObject) throws(ListingError) -> [FindingAllowance] {
    var allowances: [FindingAllowance] = []
    for allowance in try item.objects("allow") {
      allowances.append(
        FindingAllowance(
          rule: try allowance.require(allowance.text("rule"), "rule"),
          reason: try allowance.require(allowance.text("reason"), "reason"),
          span: try allowance.span()))
    }
    return allowances
  }

  private static func link(_ link: ListingObject) throws(ListingError) -> Flow.Link {
    var decider: LinkDecider?
    if let listed = try link.object("decider") {
      decider = LinkDecider(
        depth: try listed.word("skip", as: SkipDepth.self) ?? .all,
        summary: try listed.text("description")
      ) { _ in throw Foreign.failure("a link") }
    }
    return Flow.Link(
      source: try link.require(link.text("from"), "from"),
      target: try link.require(link.text("to"), "to"), decider: decider, span: try link.span())
  }

  // MARK: Inputs and secrets

  private static func inputs(_ listed: ListingObject) throws(ListingError) -> [FlowInput] {
    var inputs: [FlowInput] = []
    for input in try listed.objects("inputs") {
      var pattern: InputPattern?
      if let source = try input.text("pattern") {
        guard case .success(let parsed) = InputPattern.parse(source) else {
          throw input.wrong("pattern")
        }
        pattern = parsed
      }
      inputs.append(
        FlowInput(
          symbol: try input.require(input.text("symbol"), "symbol"),
          type: try input.word("type", as: ValueType.self), defaultValue: input["default"],
          pattern: pattern, summary: try input.text("description"), span: try input.span()))
    }
    return inputs
  }

  private static func secrets(_ listed: ListingObject) throws(ListingError) -> [FlowSecret] {
    var secrets: [FlowSecret] = []
    for secret in try listed.objects("secrets") {
      let source: FlowSecret.Source
      if let path = try secret.text("file") {
        source = .file(path)
      } else {
        source = .environment(try secret.require(secret.text("env"), "env"))
      }
      secrets.append(
        FlowSecret(
          name: try secret.require(secret.text("name"), "name"), source: source,
          span: try secret.span()))
    }
    return secrets
  }

  // MARK: Arguments

  static func requirements(
    _ object: ListingObject, _ key: String = "requires"
  ) throws(ListingError) -> [Requirement] {
    var requirements: [Requirement] = []
    for listed in try object.objects(key) {
      requirements.append(
        Requirement(
          parameter: try listed.text("as"),
          symbol: try listed.require(listed.text("symbol"), "symbol"),
          isOptional: try listed.flag("optional"),
          type: try listed.text("type").map(SymbolType.init(named:)), span: try listed.span()))
    }
    return requirements
  }

  static func provision(_ object: ListingObject) throws(ListingError) -> Provision {
    guard let listed = try object.object("provides") else { return .nothing }
    let form: Provision.Form
    switch try listed.text("form") {
    case "whole": form = .whole
    case "elements": form = .elements
    case "keys": form = .keys
    default: throw listed.wrong("form")
    }
    var items: [Provision.Item] = []
    for item in try listed.objects("items") {
      items.append(
        Provision.Item(
          symbol: try item.require(item.text("symbol"), "symbol"), key: try item.text("key"),
          type: try item.text("type").map(SymbolType.init(named:)), span: try item.span()))
    }
    return Provision(form: form, items: items, isComplete: try listed.flag("complete"))
  }
}
