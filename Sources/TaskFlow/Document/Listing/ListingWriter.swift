import FlowDiagnostics

/// Writes flows as values; what is empty or as usual is left out.
enum ListingWriter {
  /// A flow with all that is in it.
  static func value(of outermost: Flow) -> FlowValue {
    var items: [FlowValue] = []
    var open: [(item: FlowItem, parent: Int?)] = [(.flow(outermost), nil)]
    while let (item, parent) = open.popLast() {
      let place: Entry = ("in", parent.map { .int($0) })
      switch item {
      case .task(let task): items.append(map(entries(of: task) + [place]))
      case .flow(let flow):
        for child in flow.items.reversed() { open.append((child, items.count)) }
        items.append(map(entries(of: flow) + [place]))
      }
    }
    return map([
      ("flow", .string(outermost.name)), ("items", .list(items)),
      ("inputs", list(outermost.inputs.map(value))),
      ("secrets", list(outermost.secrets.map(value))),
    ])
  }

  // MARK: Parts

  typealias Entry = (key: String, value: FlowValue?)

  /// A map of the entries that have a value.
  static func map(_ entries: [Entry]) -> FlowValue {
    .map(
      Dictionary(
        entries.compactMap { entry in entry.value.map { (entry.key, $0) } },
        uniquingKeysWith: { first, _ in first }))
  }

  static func list(_ values: [FlowValue]) -> FlowValue? { values.isEmpty ? nil : .list(values) }

  static func flag(_ flag: Bool) -> FlowValue? { flag ? .bool(true) : nil }

  static func text(_ text: String?) -> FlowValue? { text.map { .string($0) } }

  static func texts(_ texts: [String]) -> FlowValue? { list(texts.map { .string($0) }) }

  /// What the linter is not to tell.
  static func value(of allowance: FindingAllowance) -> FlowValue {
    map([
      ("rule", .string(allowance.rule)), ("reason", .string(allowance.reason)),
      ("at", value(of: allowance.span)),
    ])
  }

  static func value(of span: SourceSpan) -> FlowValue {
    let parts: [FlowValue] = [.string(span.file), .int(span.line), .int(span.column)]
    return .list(span.length == 1 ? parts : parts + [.int(span.length)])
  }

  static func value(of duration: Duration?) -> FlowValue? {
    guard let duration else { return nil }
    let text = DurationText.text(of: duration)
    if case .success(duration) = DurationText.parse(text) { return .string(text) }
    let (seconds, rest) = duration.components
    return .list([.int(Int(seconds)), .int(Int(rest))])
  }

  static func value(of requirement: Requirement) -> FlowValue {
    map([
      ("symbol", .string(requirement.symbol)),
      ("as", text(requirement.parameter == requirement.symbol ? nil : requirement.parameter)),
      ("optional", flag(requirement.isOptional)), ("type", text(requirement.type?.name)),
      ("at", value(of: requirement.span)),
    ])
  }

  static func value(of provision: Provision) -> FlowValue? {
    guard provision != .nothing else { return nil }
    let form =
      switch provision.form {
      case .whole: "whole"
      case .elements: "elements"
      case .keys: "keys"
      }
    return map([
      ("form", .string(form)), ("complete", flag(provision.isComplete)),
      (
        "items",
        .list(
          provision.items.map { item in
            map([
              ("symbol", .string(item.symbol)),
              ("key", text(item.key == item.symbol ? nil : item.key)),
              ("type", text(item.type?.name)), ("at", value(of: item.span)),
            ])
          })
      ),
    ])
  }

  static func value(of boxed: BoxedValue) -> FlowValue { (try? boxed.flowValue()) ?? .null }

  private static func value(of input: FlowInput) -> FlowValue {
    map([
      ("symbol", .string(input.symbol)), ("type", text(input.type?.rawValue)),
      ("default", input.defaultValue), ("pattern", text(input.pattern?.source)),
      ("description", text(input.summary)), ("at", value(of: input.span)),
    ])
  }

  private static func value(of secret: FlowSecret) -> FlowValue {
    let source: Entry =
      switch secret.source {
      case .environment(let variable): ("env", .string(variable))
      case .file(let path): ("file", .string(path))
      }
    return map([("name", .string(secret.name)), source, ("at", value(of: secret.span))])
  }
}
