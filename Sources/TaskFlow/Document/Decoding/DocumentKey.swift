/// A key that a mapping of the format can have.
struct DocumentKey: Sendable {
  /// Its name.
  let name: String

  /// What its value can be.
  let shape: DocumentShape

  /// What it is for, in one phrase, as editors show it.
  let summary: String

  /// Whether the mapping can't do without it.
  let isRequired: Bool

  /// The keys of which one must be there as well, if there are any.
  let needs: [String]

  /// Whether the format has it and this version does not build it.
  let isLater: Bool

  /// A key that is built.
  init(
    _ name: String, _ shape: DocumentShape, _ summary: String, isRequired: Bool = false,
    needs: [String] = []
  ) {
    self.name = name
    self.shape = shape
    self.summary = summary
    self.isRequired = isRequired
    self.needs = needs
    isLater = false
  }

  private init(later name: String) {
    self.name = name
    shape = .constant
    summary = ""
    isRequired = false
    needs = []
    isLater = true
  }

  static func later(_ names: String...) -> [DocumentKey] {
    names.map { DocumentKey(later: $0) }
  }
}

/// The keys of one kind of mapping.
///
/// They are the one table of the format: the decoder knows a key by it, the schema is made of it, and
/// the formatter puts keys into its order.
struct DocumentKeys: Sendable {
  /// What the schema calls the mapping.
  let name: String

  /// What the mapping is, as in `a task`.
  let owner: String

  /// What it is for, in one phrase.
  let summary: String

  /// Its keys, in the order in which they are written and are listed to people.
  let keys: [DocumentKey]

  /// Keys of which there is exactly one; empty if there is no such choice.
  let choice: [String]

  /// What may be missing when it has a key that resembles none of these.
  let mayHold: Omissions

  private let places: [String: Int]

  init(
    _ name: String, of owner: String, _ summary: String, mayHold: Omissions = [],
    choice: [String] = [], _ keys: [DocumentKey]
  ) {
    self.name = name
    self.owner = owner
    self.summary = summary
    self.keys = keys
    self.choice = choice
    self.mayHold = mayHold
    places = Dictionary(
      keys.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  subscript(name: String) -> DocumentKey? { places[name].map { keys[$0] } }

  /// Where a key stands among the keys in their order.
  func place(of name: String) -> Int? { places[name] }

  /// The keys that are built.
  var built: [DocumentKey] { keys.filter { !$0.isLater } }

  /// The names of the keys that are built.
  var names: [String] { built.map(\.name) }
}

extension DocumentKeys {
  static let bodies = ["linear", "unordered", "graph"]
  static let actions = ["run", "exec", "set", "wait"]
  static let laterActions = ["swift", "http", "approve", "use", "worker"]

  /// What starts a process, and so has an environment.
  static let processes = ["run", "exec"]

  /// What says how often to try.
  static let attempts = ["times", "retries", "for_each"]

  /// Every kind of mapping.
  static let all = [
    document, nestedFlow, concurrency, task, revert, retry, backoff, input, secret, defaults,
    provided,
  ]

  /// The mapping that has a key of this name, for one that stands in a wrong place.
  static func owner(ofKey name: String) -> String? {
    all.first { $0[name] != nil }?.owner
  }
}
