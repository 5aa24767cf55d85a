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

/// The keys of each mapping of the format (flow-format.md).
enum DocumentKeys {
  static let body = DocumentKey.known("linear", "unordered", "graph")
  static let flow =
    DocumentKey.known("flow", "description") + body
    + DocumentKey.known("retry", "target", "timeout")
    + DocumentKey.later("finally", "concurrency", "matrix", "when", "skip")
  static let document =
    DocumentKey.known("tfgraph") + flow + DocumentKey.known("inputs", "env", "defaults")
    + DocumentKey.later("secrets")
  static let nestedFlow = flow + DocumentKey.known("after")
  static let action =
    DocumentKey.known("run", "exec", "set", "wait")
    + DocumentKey.later("swift", "http", "approve", "use", "worker")
  static let task =
    DocumentKey.known("task", "description") + action
    + DocumentKey.known(
      "shell", "env", "requires", "optional", "inject", "provides", "revert", "retry", "after",
      "when", "skip", "matrix", "timeout", "priority", "version", "idempotent", "irreversible")
    + DocumentKey.later("secrets", "at_most_once", "finally", "concurrency")
  static let revert =
    DocumentKey.known("run", "exec", "wait")
    + DocumentKey.known("shell", "env", "requires", "optional", "timeout", "description")
    + DocumentKey.later("swift", "http", "approve", "use", "worker", "set", "secrets")
  static let input = DocumentKey.known("type", "default", "pattern", "description")
  static let defaults = DocumentKey.known("timeout", "shell")
  static let retry =
    DocumentKey.known("times", "retries", "for_each", "provides", "backoff", "exhausted")
    + DocumentKey.later("on", "requires")
  static let backoff = DocumentKey.known("initial", "factor", "max", "jitter")
  static let provided = DocumentKey.known("from", "type")
}
