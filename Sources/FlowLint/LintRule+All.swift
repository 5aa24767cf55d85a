public import FlowDiagnostics

extension LintRule {
  /// All rules, in the order of their numbers.
  public static let all: [LintRule] =
    fileRules + dataRules + orderRules + recoveryRules + commandRules

  /// TFG0: what a file must be to be read.
  private static let fileRules: [LintRule] = []

  /// TFG1: what tasks require and provide.
  private static let dataRules: [LintRule] = [missingRequirement]

  /// TFG2: in which order things are done.
  private static let orderRules: [LintRule] = [
    dependencyCycle, unorderedDependency, needlessOrder, redundantAfter, deadBranch, duplicateName,
    emptyFlow, skippedProvider, unreachableTarget,
  ]

  /// TFG3: what happens when something fails.
  private static let recoveryRules: [LintRule] = [
    missingRevert, irreversibleBeforeFallible, retryWithoutEffect, retryAmplification,
    revertNeedsMissing, partialRevert, retryOfNonidempotent, unusedRetryValue,
  ]

  /// TFG4: what is run.
  private static let commandRules: [LintRule] = [noTimeout]
}

extension RuleCatalog {
  /// The rules of the linter.
  public static let lint = RuleCatalog(LintRule.all.map(\.description))
}
