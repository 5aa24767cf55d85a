@testable import TaskFlow

/// A mapping of the format with one key and value that are tried, inside a document that is otherwise
/// right.
struct SchemaTrial {
  var keys: DocumentKeys
  var key: String
  var value: String

  /// Keys and values that each kind of mapping is right with.
  private static let sound: [String: [String: String]] = [
    "document": ["tfgraph": "1", "flow": "f", "graph": "[{ task: text, run: echo }]"],
    "flow": ["flow": "inner", "graph": "[{ task: text, run: echo }]"],
    "concurrency": ["limit": "2"],
    "task": ["task": "t", "run": "echo"],
    "revert": ["run": "echo"],
    "retry": ["times": "2"],
    "backoff": ["initial": "1ms"],
    "input": [:],
    "secret": ["env": "A"],
    "defaults": [:],
    "provided": ["from": "stdout"],
  ]

  /// What is around each kind of mapping, with `@` where it stands.
  private static let around: [String: String] = [
    "flow": "graph: [{ task: text, run: echo }, @]",
    "task": "graph: [{ task: text, run: echo }, @]",
    "revert": "graph: [{ task: t, run: echo, revert: @ }]",
    "retry": "graph: [{ task: t, run: echo, retry: @ }]",
    "backoff": "graph: [{ task: t, run: echo, retry: { times: 2, backoff: @ } }]",
    "concurrency": "concurrency: @\nlinear: []",
    "input": "inputs: { a: @ }\nlinear: []",
    "secret": "secrets: { OTHER: @ }\nlinear: []",
    "defaults": "defaults: @\nlinear: []",
    "provided": "graph: [{ task: t, run: echo, provides: { a: @ } }]",
  ]

  var document: String {
    var entries = Self.sound[keys.name] ?? [:]
    if keys.choice.contains(key) {
      for other in keys.choice { entries[other] = nil }
    }
    for needed in keys[key]?.needs.prefix(1) ?? [] where entries[needed] == nil {
      entries[needed] = needed == "when" ? "true" : entries[needed]
    }
    // One value that is set needs a name.
    if key == "set", !value.hasPrefix("{") { entries["provides"] = "given" }
    entries[key] = value
    let order =
      keys.names.filter { entries[$0] != nil } + (keys[key]?.isLater == false ? [] : [key])
    let text = order.map { "\($0): \(entries[$0] ?? "")" }
    guard let around = Self.around[keys.name] else {
      let secrets = key == "secrets" ? [] : ["secrets: [text]"]
      return (text + secrets).joined(separator: "\n") + "\n"
    }
    let head = keys.name == "secret" ? "" : "secrets: [text]\n"
    return "tfgraph: 1\nflow: f\n" + head
      + around.replacing("@", with: "{ \(text.joined(separator: ", ")) }") + "\n"
  }
}

/// The values that are tried for every key.
enum SchemaWorld {
  static let values = [
    "~", "true", "false", "5", "0", "-1", "1.5", "1e9", "''", "' '", "text", "a-b", "a b", "Text",
    "5s", "0s", "1h30m", "30m1h", "'5'", "'1.0'", "'${{ 1 == 1 }}'", "none", "never", "never-all",
    "revert-all", "full", "atom", "int", "stdout", "stdout.json", "'file:'", "file:x", "[]",
    "[text]", "[text, text]", "[Text]", "[a-b]", "[5]", "[true]", "[~]", "['']", "['', text]",
    "[TFGRAPH_A]", "[[text]]", "[{}]", "['${{ 1 }}']", "[{ task: u, run: echo }]", "[{ task: u }]",
    "[{ flow: u, linear: [] }]", "[{ flow: u }]", "[{ task: u, run: echo, flow: u }]", "{}",
    "{ text: text }", "{ text: 5 }", "{ text: ~ }", "{ text: [text] }", "{ text: [] }",
    "{ text: [a, a] }", "{ text: [~] }", "{ text: {} }", "{ text: stdout }", "{ text: file:x }",
    "{ text: { from: stdout } }", "{ text: { from: nowhere } }", "{ text: { type: int } }",
    "{ text: { type: integer } }", "{ text: { env: A } }", "{ text: { env: A, file: b } }",
    "{ text: '${{ 1 }}' }", "{ Text: text }", "{ TFGRAPH_A: text }", "{ 5: text }",
    "{ run: echo }", "{ run: echo, exec: [echo] }", "{ times: 2 }", "{ times: 0 }",
    "{ times: 2, retries: 1 }", "{ for_each: [] }", "{ initial: 5s }", "{ initial: 5s, factor: 0 }",
    "{ timeout: 5s }", "{ shell: [] }", "{ limit: 4 }", "{ limit: 0 }",
  ]
}

extension SchemaWorld {
  /// Texts that are the name of no child of the flow.
  private static let otherNames = [
    "''", "' '", "a-b", "a b", "Text", "5s", "0s", "1h30m", "30m1h", "'5'", "'1.0'",
    "'${{ 1 == 1 }}'", "none", "never", "never-all", "revert-all", "full", "atom", "int", "stdout",
    "stdout.json", "'file:'", "file:x",
  ]

  /// Texts that are no expressions.
  private static let otherTexts = [
    "''", "' '", "a-b", "a b", "Text", "5s", "0s", "1h30m", "30m1h", "'5'", "'1.0'", "never-all",
    "revert-all", "'file:'", "file:x",
  ]

  private static let listsOfOtherNames = [
    "[Text]", "[a-b]", "['']", "['', text]", "[TFGRAPH_A]", "['${{ 1 }}']",
  ]

  /// What the schema accepts and the decoder refuses, by key.
  static let beyondSchemas: [String: [String]] = [
    // They name something that is not there.
    "document.target": otherNames,
    "flow.target": otherNames,
    "flow.after": listsOfOtherNames,
    "task.after": listsOfOtherNames,
    "task.secrets": ["[Text]"],
    "revert.secrets": ["[Text]"],
    // They are in languages of their own.
    "task.when": otherTexts,
    "task.wait": ["'${{ 1 == 1 }}'"],
    "revert.wait": ["'${{ 1 == 1 }}'"],
    "input.pattern": ["'${{ 1 == 1 }}'"],
    // An expression is a value, but not inside one.
    "task.set": ["['${{ 1 }}']"],
    // The one is longer than the other.
    "backoff.initial": ["1h30m"],
    "backoff.max": ["0s"],
    // JSON does not tell `1.0` from `1`, nor the key `5` from `'5'`.
    "task.version": ["5", "0", "1e9"],
    "input.default": ["{ 5: text }"],
  ]
}
