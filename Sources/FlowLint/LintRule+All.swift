public import FlowDiagnostics

extension LintRule {
  /// All rules, in the order of their numbers.
  public static let all: [LintRule] =
    fileRules + dataRules + orderRules + recoveryRules + commandRules + limitRules
    + suppressionRules

  /// The rules that say less of a place than others, by name, and which those are.
  static let coveringRules = [
    retryOfNonidempotent.name: [missingRevert.name, irreversibleBeforeFallible.name],
    partialRevert.name: [retryWithoutEffect.name],
  ]

  /// TFG0: what a file must be to be read.
  private static let fileRules: [LintRule] = [
    yamlSyntax, unknownKey, wrongValue, duplicateKey, ambiguousScalar, unsupportedVersion,
    inputLimit, notSupported, unreadableFile,
  ]

  /// TFG1: what tasks require and provide.
  private static let dataRules: [LintRule] = [
    missingRequirement, conflictingProvides, unusedProvides, unusedInput, shadowedSymbol,
    selfRequirement, optionalNeverPresent, undeclaredVariable, typeMismatch, unknownName,
  ]

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
  private static let commandRules: [LintRule] = [
    noTimeout, backoffExceedsTimeout, secretInArguments, shellFinding, missingFile, confusableName,
  ]

  /// TFG5: how much is done at once.
  private static let limitRules: [LintRule] = [limitNeverReached]

  /// TFG9: what is allowed.
  private static let suppressionRules: [LintRule] = [
    unusedSuppression, unknownRule, suppressionWithoutReason,
  ]
}

extension RuleCatalog {
  /// The rules of the linter.
  public static let lint = RuleCatalog(LintRule.all.map(\.description))
}
