import FlowDiagnostics

/// The entries of a mapping whose keys the format knows.
struct DocumentFields {
  // A mapping has few entries: comparing their short names is less work than a dictionary is.
  private var entries: [(name: String, entry: DocumentEntries.Entry)] = []

  /// What the keys may have meant that are not among the entries.
  private var doubts = Doubts.none

  private enum Doubts {
    case none
    case about(Set<String>)
    case aboutAll
  }

  init(capacity: Int) {
    entries.reserveCapacity(capacity)
  }

  /// The value of a key.
  subscript(name: String) -> DocumentNode? { entry(name)?.value }

  /// The place of a key.
  func span(ofKey name: String) -> SourceSpan? { entry(name)?.key.span }

  private func entry(_ name: String) -> DocumentEntries.Entry? {
    entries.first { $0.name == name }?.entry
  }

  /// Keeps the first entry of a key: the reader has reported the others.
  mutating func add(_ entry: DocumentEntries.Entry, as name: String) {
    if self.entry(name) == nil { entries.append((name, entry)) }
  }

  /// Notes that a key was given that is not read, and may have meant one of these; any for `nil`.
  mutating func doubt(_ names: [String]?) {
    switch (names, doubts) {
    case (nil, _), (_, .aboutAll): doubts = .aboutAll
    case (let names?, .about(let earlier)): doubts = .about(earlier.union(names))
    case (let names?, .none): doubts = .about(Set(names))
    }
  }

  /// Whether one of these keys may have been meant by one that is not read, so that it is no mistake of
  /// its own that it is missing.
  func mayHaveMeant(_ names: [String]) -> Bool {
    switch doubts {
    case .none: false
    case .about(let doubted): names.contains { doubted.contains($0) }
    case .aboutAll: true
    }
  }
}
