public import FlowDiagnostics

/// A rule of the linter: what it finds, why that matters, and examples that show both sides.
///
/// Each rule is a file of its own. Its examples are its tests and its documentation.
public struct LintRule: Sendable {
  /// Its number, name, severity, summary and rationale.
  public let description: RuleDescription

  /// Flows that it reports, and flows that it leaves alone.
  public let examples: [LintExample]

  let check: Check

  /// What a rule looks at.
  enum Check: Sendable {
    /// Nothing of its own: it is found where the file is read or the flow is compiled.
    case built
    /// What the file says, also when no plan can be made of it.
    case document(@Sendable (LintedDocument, inout LintReporter) -> Void)
    /// What the file says, as above; of a flow that a program declares what was compiled of it.
    case documentOrPlan(
      @Sendable (LintedDocument, inout LintReporter) -> Void,
      @Sendable (LintedPlan, inout LintReporter) -> Void)
    /// A flow that can be run.
    case plan(@Sendable (LintedPlan, inout LintReporter) -> Void)
    /// The comments that allow findings, once all else is found.
    case suppressions

    /// Whether it can find all that it looks for.
    func isAble(_ document: LintedDocument?, _ plan: LintedPlan?) -> Bool {
      switch self {
      case .document: document != nil
      case .documentOrPlan: document != nil || plan != nil
      case .built, .plan: plan != nil
      case .suppressions: true
      }
    }
  }

  init(
    _ id: String, _ name: String, _ severity: Severity, finds summary: String,
    because rationale: String, examples: [LintExample], check: Check
  ) {
    description = RuleDescription(
      id: id, name: name, severity: severity, summary: summary, rationale: rationale)
    self.examples = examples
    self.check = check
  }

  /// Its number, such as `TFG101`.
  public var id: String { description.id }

  /// Its name, such as `missing-requirement`.
  public var name: String { description.name }
}

/// A flow file that shows what a rule reports, or what it leaves alone.
public struct LintExample: Sendable {
  /// The text of the file; a line about which something is reported ends in ``mark``.
  public let markedText: String

  /// Whether the rule reports something about it.
  public let isReported: Bool

  /// What is around the file when the rule looks at it.
  public let surroundings: LintSurroundings

  /// What stands at the end of a line that a rule reports something about.
  public static let mark = "  # <-- here"

  /// A file that the rule reports, in the lines that end in `# <-- here`.
  static func reported(
    _ text: String, around surroundings: LintSurroundings = .none
  ) -> LintExample {
    LintExample(markedText: text, isReported: true, surroundings: surroundings)
  }

  /// A file that the rule leaves alone.
  static func allowed(
    _ text: String, around surroundings: LintSurroundings = .none
  ) -> LintExample {
    LintExample(markedText: text, isReported: false, surroundings: surroundings)
  }

  /// The text of the file without marks.
  public var text: String {
    let lines = markedText.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.map { $0.hasSuffix(Self.mark) ? $0.dropLast(Self.mark.utf8.count) : $0 }
      .joined(separator: "\n")
  }

  /// The lines that the rule reports, from 1.
  public var reportedLines: [Int] {
    let lines = markedText.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.indices.filter { lines[$0].hasSuffix(Self.mark) }.map { $0 + 1 }
  }
}

extension LintRule {
  /// Whether what it finds can be allowed: whether a flow can be run with it.
  public var canBeAllowed: Bool {
    // The reader refuses a secret in 'exec', so one in 'run' is not allowed either.
    if name == Self.secretInArguments.name { return false }
    if case .built = check { return description.severity != .error }
    return true
  }
}
