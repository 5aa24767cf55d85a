import ArgumentParser
import FlowLint

/// The options of `tfgraph lint` that say what is told, and what is done about it.
struct LintControl: ParsableArguments {
  @Option(
    help: "The least severity that makes the exit code 1; what a configuration says, else error.")
  var failOn: FailOn?

  @Option(
    help: ArgumentHelp(
      "A configuration; without it '.tfgraph.yaml' is looked for in the folder of each file and those "
        + "above it, up to one with '.git'.", valueName: "file"))
  var config: String?

  @Flag(help: "Don't look for a configuration.")
  var noConfig = false

  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp(
      "Tell these rules only, by number, name or the beginning of numbers; commas between them. "
        + "The configuration's 'select' and 'ignore' don't count then.", valueName: "rules"))
  var select: [String] = []

  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp("Don't tell these rules.", valueName: "rules"))
  var ignore: [String] = []

  @Option(
    help: ArgumentHelp(
      "Don't tell the findings in this file, as long as their lines don't change.",
      valueName: "file"))
  var baseline: String?

  @Option(
    help: ArgumentHelp("Write all that is found into a file for --baseline.", valueName: "file"))
  var writeBaseline: String?

  @Flag(name: .customLong("no-shellcheck"), help: "Don't ask shellcheck about shell texts.")
  var goesWithoutShellCheck = false

  @Flag(help: "Make the fixes after which a flow means the same, and tell what is left.")
  var fix = false

  @Flag(help: "Make all fixes: look at what has changed.")
  var unsafeFixes = false

  @Flag(help: "Print what would change, and write nothing.")
  var diff = false

  @Flag(help: "Write comments into the files that allow what is found.")
  var addAllows = false

  @Option(help: ArgumentHelp("The reason that --add-allows writes.", valueName: "text"))
  var reason: String?

  mutating func validate() throws {
    if noConfig, config != nil {
      throw ValidationError("--config and --no-config don't go together")
    }
    if baseline != nil, writeBaseline != nil {
      throw ValidationError("--baseline and --write-baseline don't go together")
    }
    if reason != nil, !addAllows { throw ValidationError("--reason is for --add-allows") }
    if let reason, reason.allSatisfy(\.isWhitespace) {
      throw ValidationError("the reason for --add-allows is empty")
    }
    for list in select + ignore where list.allSatisfy({ $0 == "," || $0 == " " }) {
      throw ValidationError("--select and --ignore need the name of a rule")
    }
    for selector in selectors(select) + selectors(ignore)
    where selector.rules(in: .lint).isEmpty {
      throw ValidationError(UnknownRule(selector.text).description)
    }
  }

  /// The rules in comma-separated lists.
  func selectors(_ lists: [String]) -> [RuleSelector] {
    lists.flatMap { $0.split(separator: ",") }.map { text in
      RuleSelector(String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()))
    }
  }

  /// Which fixes are made; `nil` when none are.
  var fixes: Linter.FixSafety? {
    if unsafeFixes { return .any }
    return fix || (diff && !addAllows) ? .safe : nil
  }

  /// Whether files, or what is printed about them, change.
  var changesFiles: Bool { fixes != nil || addAllows }
}
