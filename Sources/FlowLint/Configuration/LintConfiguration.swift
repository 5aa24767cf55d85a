public import FlowDiagnostics

/// Which rules are told, and how bad what they find is: `.tfgraph.yaml`.
///
/// Errors that keep a flow from being run are always told, as errors.
public struct LintConfiguration: Sendable {
  /// The rules that are told; all of them when `nil`.
  public var select: [RuleSelector]?

  /// Rules that are not told. Where `select` names a rule more exactly, that counts.
  public var ignore: [RuleSelector] = []

  /// How bad what a rule finds is; of several that name a rule the most exact counts.
  public var severities: [Regrading] = []

  /// Rules that are not told of some files, whatever `select` says.
  public var perFile: [FileException] = []

  /// From which severity on findings make the command fail; errors only when `nil`.
  public var failOn: Severity?

  /// Whether what is allowed needs a reason.
  ///
  /// When `true`, what is allowed without one is found all the same; when `false` nobody asks for one;
  /// when `nil` it is a warning.
  public var requireReason: Bool?

  /// Another severity for some rules.
  public struct Regrading: Sendable, Hashable {
    /// The rules.
    public var rules: RuleSelector
    /// How bad what they find is; `nil` when it is not told.
    public var severity: Severity?

    /// Another severity for some rules.
    public init(rules: RuleSelector, severity: Severity?) {
      self.rules = rules
      self.severity = severity
    }
  }

  /// Rules that are not told of some files.
  public struct FileException: Sendable, Hashable {
    /// Which files, by their paths from the folder of the configuration.
    public var files: PathPattern
    /// The rules.
    public var rules: [RuleSelector]

    /// Rules that are not told of some files.
    public init(files: PathPattern, rules: [RuleSelector]) {
      self.files = files
      self.rules = rules
    }
  }

  /// All rules, as bad as they say.
  public init() {}

  /// The rules that are not told of the one file that it is for.
  private var ignoredHere: [RuleSelector] = []

  /// The configuration for one file, whose path is from the folder of the configuration.
  public func resolved(forFile path: String) -> LintConfiguration {
    var resolved = self
    resolved.perFile = []
    resolved.ignoredHere += perFile.filter { $0.files.matches(path) }.flatMap(\.rules)
    return resolved
  }

  /// How bad what a rule finds is; `nil` when it is not told.
  ///
  /// - Parameter severity: how bad it is by itself.
  public func severity(of rule: RuleDescription, from severity: Severity) -> Severity? {
    if ignoredHere.weight(for: rule) != nil { return nil }
    let selected = select.map { $0.weight(for: rule) } ?? 0
    guard let selected, (ignore.weight(for: rule) ?? -1) < selected else { return nil }
    let named = severities.filter { $0.rules.matches(rule) }
    guard let most = named.map(\.rules.weight).max(),
      let grading = named.last(where: { $0.rules.weight == most })
    else { return severity }
    return grading.severity
  }

  /// Leaves out what is not told, and grades the rest anew.
  func applied(to findings: [Finding]) -> [Finding] {
    findings.compactMap { finding in
      guard let rule = RuleCatalog.lint[finding.rule] else { return finding }
      guard let severity = severity(of: rule, from: finding.severity) else { return nil }
      var finding = finding
      finding.severity = severity
      return finding
    }
  }
}
