import FlowDiagnostics

/// What could not be read of a document, as far as its other parts may refer to it.
///
/// It says which of the compiler's findings may be about nothing but that, so that one mistake is one
/// finding, and an independent one is still reported.
struct Omissions: OptionSet, Sendable {
  let rawValue: UInt8

  /// Something that may give a symbol its value.
  static let providers = Omissions(rawValue: 1)
  /// A task or flow.
  static let children = Omissions(rawValue: 2)
  /// An order between children.
  static let order = Omissions(rawValue: 4)

  static let all: Omissions = [.providers, .children, .order]

  /// What a document lacks when the value of this key is not read.
  static func ofKey(_ name: String) -> Omissions {
    switch name {
    case "provides", "inputs", "inject", "set", "secrets", "target": .providers
    case "retry", "matrix": [.providers, .order]
    case "after", "requires", "optional": .order
    case "linear", "unordered", "graph", "task", "flow", "tfgraph": .all
    default: []
    }
  }

  /// Whether what is left out may be the only reason for a finding of the compiler.
  func mayExplain(_ finding: Finding) -> Bool {
    switch finding.rule {
    case "missing-requirement" where finding.related.isEmpty:
      // Nothing provides it at all, in whatever order.
      contains(.providers)
    case "missing-requirement", "self-requirement", "unordered-dependency":
      contains(.providers) || contains(.order)
    case "type-mismatch": contains(.providers)
    case "unknown-name": contains(.children)
    case "conflicting-provides": contains(.order)
    default: false
    }
  }
}
