/// A key that a mapping of the format can have.
struct DocumentKey {
  /// Its name.
  let name: String

  /// Whether the format has it and this version does not build it.
  let isLater: Bool

  private init(_ name: String, isLater: Bool) {
    self.name = name
    self.isLater = isLater
  }

  static func known(_ names: String...) -> [DocumentKey] {
    names.map { DocumentKey($0, isLater: false) }
  }

  static func later(_ names: String...) -> [DocumentKey] {
    names.map { DocumentKey($0, isLater: true) }
  }
}

/// The keys of one kind of mapping.
struct DocumentKeys {
  /// What the mapping is, as in `a task`.
  let owner: String

  /// Its keys, in the order in which they are listed to people.
  let keys: [DocumentKey]

  /// What may be missing when it has a key that resembles none of these.
  let mayHold: Omissions

  private let byName: [String: DocumentKey]

  init(of owner: String, mayHold: Omissions = [], _ keys: [DocumentKey]) {
    self.owner = owner
    self.keys = keys
    self.mayHold = mayHold
    byName = Dictionary(keys.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  subscript(name: String) -> DocumentKey? { byName[name] }

  /// The names of the keys that are built.
  var names: [String] { keys.filter { !$0.isLater }.map(\.name) }
}

/// The keys of each mapping of the format (flow-format.md).
extension DocumentKeys {
  static let bodies = ["linear", "unordered", "graph"]
  static let actions = ["run", "exec", "set", "wait"]
  static let laterActions = ["swift", "http", "approve", "use", "worker"]

  private static let flowKeys =
    DocumentKey.known(
      "flow", "description", "linear", "unordered", "graph", "retry", "target", "timeout")
    + DocumentKey.later("finally", "concurrency", "matrix", "when", "skip")

  static let document = DocumentKeys(
    of: "the flow", mayHold: .all,
    DocumentKey.known("tfgraph") + flowKeys
      + DocumentKey.known("inputs", "secrets", "env", "defaults"))

  static let nestedFlow = DocumentKeys(
    of: "a nested flow", mayHold: .all, flowKeys + DocumentKey.known("after"))

  static let task = DocumentKeys(
    of: "a task", mayHold: [.providers, .order],
    DocumentKey.known(
      "task", "description", "run", "exec", "set", "wait", "shell", "env", "secrets", "requires",
      "optional",
      "inject", "provides", "revert", "retry", "after", "when", "skip", "matrix", "timeout",
      "priority", "version", "idempotent", "irreversible", "at_most_once")
      + DocumentKey.later("swift", "http", "approve", "use", "worker"))

  static let revert = DocumentKeys(
    of: "a revert",
    DocumentKey.known(
      "run", "exec", "wait", "shell", "env", "secrets", "requires", "optional", "timeout")
      + DocumentKey.later("swift", "http", "approve", "use", "worker", "set"))

  static let retry = DocumentKeys(
    of: "a retry", mayHold: .providers,
    DocumentKey.known("times", "retries", "for_each", "provides", "backoff", "exhausted")
      + DocumentKey.later("on", "requires"))

  static let backoff = DocumentKeys(
    of: "a backoff", DocumentKey.known("initial", "factor", "max", "jitter"))

  static let input = DocumentKeys(
    of: "an input", DocumentKey.known("type", "default", "pattern", "description"))

  static let secret = DocumentKeys(of: "a secret", DocumentKey.known("env", "file"))

  static let defaults = DocumentKeys(of: "the defaults", DocumentKey.known("timeout", "shell"))

  static let provided = DocumentKeys(
    of: "a provided symbol", DocumentKey.known("from", "type"))

  private static let all = [
    document, nestedFlow, task, revert, retry, backoff, input, secret, defaults, provided,
  ]

  /// The mapping that has a key of this name, for one that stands in a wrong place.
  static func owner(ofKey name: String) -> String? {
    all.first { $0[name] != nil }?.owner
  }

  /// What people call a key who know other tools.
  static let otherWords: [String: [String]] = [
    "command": ["run"], "cmd": ["run"], "script": ["run"], "sh": ["run"], "bash": ["run"],
    "needs": ["after", "requires"], "depends_on": ["after", "requires"],
    "dependencies": ["after", "requires"], "depends": ["after", "requires"],
    "output": ["provides"], "outputs": ["provides"], "input": ["requires"],
    "args": ["requires"], "arguments": ["requires"], "if": ["when"], "condition": ["when"],
    "environment": ["env"], "rollback": ["revert"], "undo": ["revert"],
    "compensate": ["revert"], "steps": ["linear"], "tasks": ["linear", "graph"],
    "jobs": ["linear", "graph"], "parallel": ["unordered"], "sleep": ["wait"],
    "name": ["task", "flow"], "id": ["task", "flow"], "attempts": ["times"], "count": ["times"],
    "delay": ["backoff", "initial"], "values": ["for_each"], "foreach": ["for_each"],
    "vars": ["env", "inputs"], "parameters": ["inputs"], "params": ["inputs"],
  ]
}
