/// What is known of a rule besides its findings.
public struct RuleDescription: Sendable, Hashable {
  /// Its number, which stays when its name changes: `TFG101`.
  public var id: String

  /// Its name, which findings have and which reads well after "allow": `missing-requirement`.
  public var name: String

  /// The severity of its findings, unless a configuration says otherwise.
  public var severity: Severity

  /// What it finds, one phrase.
  public var summary: String

  /// Why that matters: a few sentences.
  public var rationale: String

  /// A rule.
  public init(
    id: String, name: String, severity: Severity, summary: String, rationale: String
  ) {
    self.id = id
    self.name = name
    self.severity = severity
    self.summary = summary
    self.rationale = rationale
  }
}

/// The rules that findings can be of, by name.
public struct RuleCatalog: Sendable {
  /// The rules, in the order of their numbers.
  public let rules: [RuleDescription]

  private let byName: [String: RuleDescription]

  /// A catalog of these rules; of two with one name the first counts.
  public init(_ rules: [RuleDescription]) {
    self.rules = rules.sorted { $0.id < $1.id }
    byName = Dictionary(rules.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// No rules at all: findings are shown by their rules' names alone.
  public static let none = RuleCatalog([])

  /// The rule of this name.
  public subscript(name: String) -> RuleDescription? { byName[name] }

  /// The number of a finding's rule, or its name when that is all that is known.
  public func id(of rule: String) -> String { byName[rule]?.id ?? rule }

  /// How a finding's rule is called: its number and name, or the name alone when that is all that is known.
  public func label(of rule: String) -> String {
    byName[rule].map { "\($0.id) \(rule)" } ?? rule
  }
}
