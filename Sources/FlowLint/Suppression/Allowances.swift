import FlowDiagnostics
import TaskFlow

/// What the author of a flow allows, by comments or by modifiers, and where.
struct Allowances: Sendable {
  /// One comment or modifier.
  struct Allowance: Sendable {
    var parts: [AllowComment.Part]
    var reason: String?
    var span: SourceSpan
    /// The comment; `nil` for a modifier.
    var comment: AllowComment?
    /// Whether it holds: without a reason where one is required it does not.
    var holds: Bool
  }

  /// The part of an allowance that allows a finding.
  struct Use: Sendable, Hashable {
    var allowance: Int
    var part: Int
  }

  private(set) var all: [Allowance] = []

  /// Comments that can't be understood.
  let mistakes: [Finding]

  /// What is allowed where, by the names of rules; of several allowances of one rule the first stays.
  private var ofFile: [String: Use] = [:]
  private var ofLine: [Int: [String: Use]] = [:]
  private var scopes = AllowanceScopes()
  private let comments: AllowComments?

  /// Nothing is allowed.
  static let none = Allowances(document: nil, flow: nil, requiresReason: false)

  /// What the comments of a file allow, or the modifiers of a flow that a program declares.
  ///
  /// - Complexity: linear in the size of the file or the flow.
  init(document: LintedDocument?, flow: Flow?, requiresReason: Bool) {
    comments = document.map { AllowComments(of: $0) }
    mistakes = comments?.mistakes ?? []
    var names = RuleNames()
    for comment in comments?.comments ?? [] {
      let uses = add(
        Allowance(
          parts: comment.parts, reason: comment.reason, span: comment.comment.span,
          comment: comment, holds: comment.reason != nil || !requiresReason),
        &names)
      if comment.holdsForFile {
        ofFile.merge(uses) { first, _ in first }
      } else {
        let line = comments?.subject(ofLine: comment.comment.span.line) ?? 0
        ofLine[line, default: [:]].merge(uses) { first, _ in first }
      }
    }
    guard document == nil, let flow else { return }
    scopes = AllowanceScopes(of: flow) { given in
      let reason = given.reason.isEmpty ? nil : given.reason
      return add(
        Allowance(
          parts: [AllowComment.Part(selector: RuleSelector(given.rule), span: given.span)],
          reason: reason, span: given.span, comment: nil,
          holds: reason != nil || !requiresReason),
        &names)
    }
  }

  /// Keeps an allowance.
  ///
  /// - Returns: which of its parts allows which rule.
  private mutating func add(_ allowance: Allowance, _ names: inout RuleNames) -> [String: Use] {
    all.append(allowance)
    guard allowance.holds else { return [:] }
    var uses: [String: Use] = [:]
    for (part, entry) in allowance.parts.enumerated() {
      for name in names[entry.selector] where uses[name] == nil {
        uses[name] = Use(allowance: all.count - 1, part: part)
      }
    }
    return uses
  }

  /// What allows a finding of a rule at a place: the nearest that does.
  func use(for rule: String, at span: SourceSpan) -> Use? {
    if all.isEmpty { return nil }
    if let use = ofLine[comments?.subject(ofLine: span.line) ?? span.line]?[rule] { return use }
    if let header = comments?.header(ofLine: span.line), let use = ofLine[header]?[rule] {
      return use
    }
    return scopes.use(for: rule, at: span) ?? ofFile[rule]
  }

  /// What allows a finding.
  func use(for finding: Finding) -> Use? { use(for: finding.rule, at: finding.span) }

  /// Why a use allows something.
  func reason(of use: Use) -> String? { all[use.allowance].reason }
}

/// The names of the rules that selectors name, each looked up once.
private struct RuleNames {
  private var known: [RuleSelector: [String]] = [:]

  subscript(selector: RuleSelector) -> [String] {
    mutating get {
      if let names = known[selector] { return names }
      let names = selector.rules(in: .lint).map(\.name)
      known[selector] = names
      return names
    }
  }
}
