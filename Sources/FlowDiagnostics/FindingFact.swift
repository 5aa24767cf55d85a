/// What is said about a finding below its message.
struct FindingFact: Hashable {
  /// `note` or `help`.
  let label: String
  /// One phrase.
  let text: String
}

extension Finding {
  /// Its notes, and what to do about it, in the order to read them in.
  var facts: [FindingFact] {
    notes.map { FindingFact(label: "note", text: $0) }
      + (help.map { [FindingFact(label: "help", text: $0)] } ?? [])
  }
}
