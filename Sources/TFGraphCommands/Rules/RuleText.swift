import FlowDiagnostics
import FlowLint
import TaskFlow

/// What there is to say about a rule.
struct RuleText {
  let rule: LintRule

  /// The page about it, in 80 columns but for examples, which stay as they are.
  var page: String {
    let description = rule.description
    var text = "\(description.id) \(description.name) (\(description.severity.rawValue))\n\n"
    text += Self.wrapped("Finds \(description.summary).") + "\n"
    text += Self.wrapped(description.rationale) + "\n"
    for example in rule.examples.filter(\.isReported) {
      text += "Reported:\n\n" + Self.indented(example.markedText) + "\n"
    }
    for example in rule.examples.filter({ !$0.isReported }) {
      text += "Left alone:\n\n" + Self.indented(example.text) + "\n"
    }
    return text + allowing
  }

  /// How it is allowed, or why it can't be.
  private var allowing: String {
    guard rule.canBeAllowed else {
      return Self.wrapped("It can't be allowed: a flow with it can't be run.")
    }
    let ways = [
      ("on the line that it is about, or the one above", "# tfgraph: allow[\(rule.name)] REASON"),
      ("anywhere in the file, for all of it", "# tfgraph: allow-file[\(rule.name)] REASON"),
      ("on a task or a flow in Swift", ".allowing(\"\(rule.name)\", \"REASON\")"),
      ("in .tfgraph.yaml, for all files", "ignore: [\(rule.name)]"),
    ]
    return "To allow it:\n\n"
      + ways.map { place, way in "    \(place):\n        \(way)\n" }.joined()
  }

  /// The page as a value.
  var value: FlowValue {
    var fields = Self.fields(of: rule.description)
    fields["schema"] = "tfgraph-rule-1"
    fields["rationale"] = .string(rule.description.rationale)
    fields["allowable"] = .bool(rule.canBeAllowed)
    fields["examples"] = .list(
      rule.examples.map { example in
        [
          "text": .string(example.text), "reported": .bool(example.isReported),
          "lines": .list(example.reportedLines.map { .int($0) }),
        ]
      })
    return .map(fields)
  }

  /// What a list of rules says about one.
  static func fields(of rule: RuleDescription) -> [String: FlowValue] {
    [
      "id": .string(rule.id), "name": .string(rule.name),
      "severity": .string(rule.severity.rawValue), "summary": .string(rule.summary),
    ]
  }

  // MARK: Layout

  private static let width = 80

  /// A paragraph with line ends where words reach the width.
  private static func wrapped(_ text: String) -> String {
    var lines: [String] = []
    var line = ""
    for word in text.split(whereSeparator: \.isWhitespace) {
      if !line.isEmpty, line.count + 1 + word.count > width {
        lines.append(line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + word
    }
    return (lines + [line]).joined(separator: "\n") + "\n"
  }

  private static func indented(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "\n" : "    \($0)\n" }.joined()
  }
}
