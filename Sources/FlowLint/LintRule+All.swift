public import FlowDiagnostics

extension LintRule {
  /// All rules, in the order of their numbers.
  public static let all: [LintRule] =
    fileRules + dataRules + orderRules + recoveryRules + commandRules

  /// TFG0: what a file must be to be read.
  private static let fileRules: [LintRule] = []

  /// TFG1: what tasks require and provide.
  private static let dataRules: [LintRule] = [missingRequirement]

  /// TFG2 and TFG5: in which order things are done, and how many at once.
  private static let orderRules: [LintRule] = [emptyFlow]

  /// TFG3: what happens when something fails.
  private static let recoveryRules: [LintRule] = []

  /// TFG4: what is run.
  private static let commandRules: [LintRule] = [
    noTimeout, backoffExceedsTimeout, secretInArguments, shellFinding, missingFile, confusableName,
  ]
}

extension RuleCatalog {
  /// The rules of the linter.
  public static let lint = RuleCatalog(LintRule.all.map(\.description))
}
