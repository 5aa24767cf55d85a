import TaskFlow

/// The flows that a program has, by name.
struct FlowCatalog: Sendable {
  /// The flows, in the order of the program.
  let flows: [Flow]

  private let positions: [String: Int]

  init(_ flows: [Flow]) {
    self.flows = flows
    positions = Dictionary(
      flows.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The flow of a name.
  subscript(name: String) -> Flow? { positions[name].map { flows[$0] } }

  /// The names, in order.
  var names: [String] { flows.map(\.name) }

  /// A name that two flows have.
  var repeatedName: String? {
    flows.enumerated().first { positions[$1.name] != $0 }?.element.name
  }
}
