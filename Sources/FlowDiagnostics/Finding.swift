/// One thing that is wrong with a flow: a rule, a place, one phrase, and what to do about it.
///
/// A finding is a value. What draws it (``TextFindingRenderer``) decides on nothing but its looks.
public struct Finding: Sendable, Hashable, Codable {
  /// The rule's name, in kebab-case, such as `missing-requirement`; ``RuleCatalog`` knows its number.
  public var rule: String

  /// Whether it stops the flow from being run.
  public var severity: Severity

  /// One phrase, lower case, without a period, with names in 'quotes'.
  public var message: String

  /// Where it is.
  public var span: SourceSpan

  /// Other places that belong to it, each with a phrase of its own, in the order to read them in.
  public var related: [Related]

  /// Facts that explain it, one phrase each.
  public var notes: [String]

  /// What to do about it, one phrase.
  public var help: String?

  /// A change of the file that does it; `nil` when somebody has to think.
  public var fix: Fix?

  /// Another place that a finding refers to.
  public struct Related: Sendable, Hashable, Codable {
    /// Where it is.
    public var span: SourceSpan

    /// What is there, one phrase.
    public var message: String

    /// A place and what is there.
    public init(span: SourceSpan, message: String) {
      self.span = span
      self.message = message
    }
  }

  /// A finding of `rule` at `span`.
  public init(
    rule: String,
    severity: Severity = .error,
    message: String,
    span: SourceSpan,
    related: [Related] = [],
    notes: [String] = [],
    help: String? = nil,
    fix: Fix? = nil
  ) {
    self.rule = rule
    self.severity = severity
    self.message = message
    self.span = span
    self.related = related
    self.notes = notes
    self.help = help
    self.fix = fix
  }
}

extension Finding: Comparable {
  /// Orders by place, then errors first, then by rule and message: the order in which they are shown.
  public static func < (left: Finding, right: Finding) -> Bool {
    if left.span != right.span { return left.span < right.span }
    if left.severity != right.severity { return left.severity < right.severity }
    return (left.rule, left.message) < (right.rule, right.message)
  }
}
