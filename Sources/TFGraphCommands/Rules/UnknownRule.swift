import FlowDiagnostics
import FlowLint

/// A rule that somebody named and that there is not.
struct UnknownRule: Error, CustomStringConvertible {
  /// Which, and what was probably meant.
  let description: String

  init(_ name: String) {
    let near = RuleSelector(name).suggestion(in: .lint)
    let help = near.map { "did you mean '\($0)'?" } ?? "'tfgraph rules' lists them"
    description = "there is no rule \(QuotedName.of(name)); \(help)"
  }
}
