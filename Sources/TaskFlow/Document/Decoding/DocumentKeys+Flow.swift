/// The keys of flows and of what a file says in front of its tasks (flow-format.md).
extension DocumentKeys {
  private static let children = DocumentShape.list(.child)

  private static let flowName = DocumentKey(
    "flow", .name, "The flow's name, in kebab-case and unique in the file", isRequired: true)

  private static let description = DocumentKey(
    "description", .text,
    "What it is for; ${{ … }} is filled in where the file itself says the value")

  private static let flowPolicies = [
    DocumentKey("timeout", .timeout, "How long the flow may take in all, such as 90s or 1h30m"),
    DocumentKey(
      "concurrency", .mapping(concurrency), "How much of the flow may be done at the same time"),
    DocumentKey(
      "retry", retryShape, "Tries the flow again as one unit when it fails, or says what is undone"),
    DocumentKey(
      "target", .text, "The one child of a graph that is kept, with all that it needs",
      needs: ["graph"]),
  ]

  private static let flowBodies = [
    DocumentKey("linear", children, "Tasks and flows that run one after the other"),
    DocumentKey("unordered", children, "Tasks and flows that run side by side, and share no data"),
    DocumentKey(
      "graph", children, "Tasks and flows that run as soon as what they require is there"),
  ]

  private static let laterFlowKeys = DocumentKey.later(
    "finally", "matrix", "when", "skip")

  static let document = DocumentKeys(
    "document", of: "the flow", "A flow: tasks that are executed, and undone when one fails",
    mayHold: .all, choice: bodies,
    [
      DocumentKey("tfgraph", .formatVersion, "The version of the format, 1", isRequired: true),
      flowName,
      description,
      DocumentKey("defaults", .mapping(defaults), "What tasks have unless they say otherwise"),
      DocumentKey(
        "inputs", .map(.symbol, .mapping(input)), "The symbols that whoever runs the flow gives"),
      DocumentKey(
        "secrets", .any([.list(.ownVariable), .map(.ownVariable, .mapping(secret))]),
        "Values that are never stored, and masked in all output: names of variables, or where to read each"
      ),
      DocumentKey("env", environment, "Variables that every process of the flow has"),
    ] + flowPolicies + flowBodies + laterFlowKeys)

  static let nestedFlow = DocumentKeys(
    "flow", of: "a nested flow", "A flow inside a flow, which can be retried as one unit",
    mayHold: .all, choice: bodies,
    [
      flowName,
      description,
      DocumentKey(
        "after", .list(.text), "Children of the same flow that must have ended before this begins"),
    ] + flowPolicies + flowBodies + laterFlowKeys)

  static let concurrency = DocumentKeys(
    "concurrency", of: "the concurrency", "How much of a flow may be done at the same time",
    [
      DocumentKey(
        "limit", .integer(1...1_000_000),
        "How many of its tasks may run at once, those of nested flows too", isRequired: true)
    ])

  static let input = DocumentKeys(
    "input", of: "an input", "A symbol that whoever runs the flow gives",
    [
      DocumentKey("type", type, "The type that its value must have"),
      DocumentKey("default", .constant, "Its value if nobody gives one"),
      DocumentKey("pattern", .text, "A regular expression that the whole of a string must match"),
      DocumentKey("description", .text, "What it is for"),
    ])

  static let secret = DocumentKeys(
    "secret", of: "a secret", "Where a secret is read from", choice: ["env", "file"],
    [
      DocumentKey("env", .variable, "The variable of the environment that it is read from"),
      DocumentKey("file", .text, "The file that it is read from"),
    ])

  static let defaults = DocumentKeys(
    "defaults", of: "the defaults", "What tasks have unless they say otherwise",
    [
      DocumentKey("timeout", .timeout, "How long a task that runs a process may take"),
      DocumentKey("shell", shell, "The shell that 'run' uses, with its options"),
    ])

  static let type = DocumentShape.words(ValueType.allCases.map(\.rawValue))

  static let environment = DocumentShape.map(.ownVariable, .scalar)

  static let shell = DocumentShape.list(
    .literal, DocumentShape.ListRules(fewest: 1, beginsWithText: true))
}
