/// The keys of tasks and of how they are undone (flow-format.md).
extension DocumentKeys {
  private static let symbolList = DocumentShape.list(
    .symbol, DocumentShape.ListRules(hasNoItemTwice: true))

  private static let symbols = DocumentShape.any([symbolList, .map(.symbol, .symbol)])

  private static let pause = DocumentShape.any([.duration, .template])

  private static let program = DocumentShape.list(
    .word, DocumentShape.ListRules(fewest: 1, beginsWithText: true))

  private static let captured = DocumentShape.any([
    .words(captureWords), .prefixed(filePrefix),
  ])

  /// Where a value can be taken from, besides a file.
  static let captureWords = ["stdout", "stdout.json", "stdout.lines", "exit"]

  /// What stands in front of the path of a file that a value is taken from.
  static let filePrefix = "file:"

  /// The revert that says on purpose that there is nothing to undo.
  static let nothingToRevert = "none"

  private static let process = [
    DocumentKey(
      "secrets", .list(.ownVariable), "The flow's secrets that the process has as variables",
      needs: processes),
    DocumentKey("env", environment, "Variables that the process has besides", needs: processes),
  ]

  private static let processActions = [
    DocumentKey("shell", shell, "The shell that 'run' uses, with its options", needs: ["run"]),
    DocumentKey(
      "run", .script, "A text for the shell, which finds each required symbol as a variable"),
    DocumentKey("exec", program, "A program and its arguments, without a shell"),
  ]

  private static let wait = DocumentKey(
    "wait", pause, "Waits for a time such as 5s, or one that an expression gives")

  private static let taskData = [
    DocumentKey(
      "requires", symbols, "The symbols that it reads, or a map of its own names to them"),
    DocumentKey("optional", symbols, "Symbols that it reads if they have a value"),
    DocumentKey("inject", .map(.symbol, .constant), "Symbols with values for this task alone"),
  ]

  private static let taskPolicies = [
    DocumentKey("timeout", .timeout, "How long an attempt may take, such as 90s or 1h30m"),
    DocumentKey("retry", retryShape, "Tries the task again when it fails"),
    DocumentKey(
      "priority", .integer(-1_000_000...1_000_000),
      "Of tasks that could start, higher ones go first"),
    DocumentKey("version", .taskVersion, "The task's version, such as 1.0"),
    DocumentKey("idempotent", .flag, "Running it again does no harm"),
    DocumentKey("irreversible", .flag, "It can't be undone, so nothing may fail after it"),
    DocumentKey(
      "at_most_once", .flag, "Found unfinished after a crash, it waits for a decision"),
  ]

  private static let provides = DocumentKey(
    "provides",
    .any([.symbol, symbolList, .map(.symbol, .any([captured, .mapping(provided)]))]),
    "The symbols that it gives: a name for its output, a list, or a map to where each is taken from"
  )

  static let task = DocumentKeys(
    "task", of: "a task", "A task: one action, what it reads and gives, and how it is undone",
    mayHold: [.providers, .order], choice: actions,
    [
      DocumentKey(
        "task", .name, "The task's name, in kebab-case and unique in the file", isRequired: true),
      DocumentKey("description", .text, "What it does"),
      DocumentKey("when", .question, "An expression; if it is false, the task is skipped"),
      DocumentKey(
        "skip", .words(SkipDepth.allCases.map(\.rawValue)),
        "What is skipped with the task when it is: everything after it, or less", needs: ["when"]),
      DocumentKey(
        "matrix", matrix, "Symbols with lists of values: the task is there for each combination"),
      DocumentKey(
        "after", .list(.text), "Children of the same flow that must have ended before this begins"),
    ] + taskData + taskPolicies + process + processActions
      + [
        DocumentKey(
          "set", .any([.map(.symbol, .anything, atLeast: 1), .unmapped]),
          "Symbols with values or expressions, or one value that 'provides' names"),
        wait,
        provides,
        DocumentKey(
          "revert", .any([.words([nothingToRevert]), .mapping(revert)]),
          "How it is undone, or none: there is nothing to undo"),
      ] + DocumentKey.later("swift", "http", "approve", "use", "worker"))

  private static let matrix = DocumentShape.map(
    .symbol,
    .list(
      .namePart,
      DocumentShape.ListRules(
        fewest: 1, most: DocumentDecoder.largestMatrix, hasNoItemTwice: true)),
    atLeast: 1)

  static let revert = DocumentKeys(
    "revert", of: "a revert", "How a task is undone: one action, and what it reads besides",
    choice: processes + ["wait"],
    [
      DocumentKey("requires", symbols, "The symbols that it reads besides those of its task"),
      DocumentKey("optional", symbols, "Symbols that it reads if they have a value"),
      DocumentKey("timeout", .timeout, "How long it may take, such as 90s"),
    ] + process + processActions + [wait]
      + DocumentKey.later("swift", "http", "approve", "use", "worker", "set"))

  static let provided = DocumentKeys(
    "provided", of: "a provided symbol", "Where a symbol's value is taken from, and its type",
    [
      DocumentKey(
        "from", captured,
        "stdout, stdout.json, stdout.lines, exit, or file: and a path", isRequired: true),
      DocumentKey("type", type, "The type of the value"),
    ])
}
