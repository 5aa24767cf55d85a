public import TaskFlow

/// One recorded flow: what it is, and what TaskFlow did with it.
public struct ConformanceCase: Sendable {
  /// Its name.
  public let id: String

  /// The flow as it is recorded.
  public let flow: FlowValue

  /// The values given to it.
  public let store: [String: FlowValue]

  /// What it compiles to; `nil` for a flow that could not be built.
  public let compiled: FlowValue?

  /// Why it is refused; `nil` if it is not.
  public let rejected: FlowValue?

  /// What it may lead to; one of these.
  public let outcomes: [FlowValue]

  /// Whether inner decisions wait for outer ones.
  public let defersReverts: Bool

  /// Whether no failure is resolved.
  public let neverResolves: Bool

  /// Reads one line of a file of cases.
  ///
  /// - Throws: ``FlowValueJSONError`` when it is no JSON, ``Failure`` when it is no case.
  public init(line: String) throws {
    let value = try FlowValueJSON.parse(line)
    guard let id = value["id"]?.text, let flow = value["flow"] else {
      throw Failure("expected a case with 'id' and 'flow'")
    }
    self.id = id
    self.flow = flow
    store = value["store"]?.entries ?? [:]
    compiled = value["compiled"]
    rejected = value["rejected"]
    outcomes = value["outcomes"]?.elements ?? []
    defersReverts = value["options"]?["defer_reverts"] == true
    neverResolves = value["options"]?["never_resolve"] == true
  }
}

extension FlowValue {
  /// The value at a key of a map, or `nil`.
  package subscript(key: String) -> FlowValue? {
    if case .map(let map) = self { map[key] } else { nil }
  }

  /// The text of a string, or `nil`.
  package var text: String? {
    if case .string(let text) = self { text } else { nil }
  }

  /// The elements of a list, or `nil`.
  package var elements: [FlowValue]? {
    if case .list(let list) = self { list } else { nil }
  }

  /// The entries of a map, or `nil`.
  package var entries: [String: FlowValue]? {
    if case .map(let map) = self { map } else { nil }
  }

  /// The number of an int, or `nil`.
  package var number: Int? {
    if case .int(let number) = self { number } else { nil }
  }
}
