public import FlowDiagnostics

/// Names one rule by its number or name, or several by what their numbers begin with.
///
/// `TFG301` and `missing-revert` name one rule, `TFG3` and `TFG30` name all whose numbers begin so, and
/// `TFG` names all there are.
public struct RuleSelector: Sendable, Hashable {
  /// The text as it was written.
  public let text: String

  /// A selector; whether there is such a rule is for ``rules(in:)`` to tell.
  public init(_ text: String) {
    self.text = text
  }

  /// The rules that it names, in the order of their numbers; none when it names nothing that there is.
  public func rules(in catalog: RuleCatalog) -> [RuleDescription] {
    if let rule = catalog[text] { return [rule] }
    return isNumber ? catalog.rules.filter { $0.id.hasPrefix(text) } : []
  }

  /// Whether it names this rule.
  func matches(_ rule: RuleDescription) -> Bool {
    text == rule.name || (isNumber && rule.id.hasPrefix(text))
  }

  /// Whether it names a rule by all of its number or name.
  var isExact: Bool { !isNumber || text.utf8.count == Self.wholeNumber }

  /// How exactly it names what it names; of two that name a rule the one of more weight counts.
  var weight: Int { isExact ? Self.wholeNumber : text.utf8.count }

  private static let wholeNumber = "TFG000".utf8.count

  private var isNumber: Bool {
    text.hasPrefix("TFG") && text.utf8.count <= Self.wholeNumber
      && text.utf8.dropFirst(3).allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
  }

  /// What was probably meant by a selector that names no rule; of a number nobody can tell.
  public func suggestion(in catalog: RuleCatalog) -> String? {
    isNumber
      ? nil : Suggestion.nearest(to: text, among: catalog.rules.flatMap { [$0.name, $0.id] })
  }
}

extension [RuleSelector] {
  /// The most weight with which one of them names a rule; `nil` when none does.
  func weight(for rule: RuleDescription) -> Int? {
    lazy.filter { $0.matches(rule) }.map(\.weight).max()
  }
}
