extension [Finding] {
  /// Sorted findings, of which those that differ in one quoted name only are one: what a matrix or a loop
  /// made many of, or what several aliases stand for, is wrong in one place.
  ///
  /// The first of them is kept, with a note that names the others.
  package var merged: [Finding] {
    var kept: [Finding] = []
    kept.reserveCapacity(count)
    var others: [String] = []
    for finding in self {
      if let last = kept.last, finding.isSame(as: last) {
        if finding.message == last.message { continue }
        if let name = finding.message.onlyName(differingFrom: last.message) {
          others.append(name)
          continue
        }
      }
      kept.tellLast(of: others)
      others.removeAll(keepingCapacity: true)
      kept.append(finding)
    }
    kept.tellLast(of: others)
    return kept
  }

  private mutating func tellLast(of others: [String]) {
    guard !others.isEmpty else { return }
    let shown = others.prefix(5).map { "'\($0)'" }.joined(separator: ", ")
    let rest = others.count > 5 ? " and \(others.count - 5) more" : ""
    self[count - 1].notes.append("the same holds for \(shown)\(rest)")
  }
}

extension Finding {
  /// Whether all but the message is as in another.
  fileprivate func isSame(as other: Finding) -> Bool {
    rule == other.rule && span == other.span && severity == other.severity && help == other.help
      && related == other.related && notes == other.notes && fix == other.fix
  }
}

extension String {
  /// The quoted name in which this text differs from another, when it differs in nothing else.
  fileprivate func onlyName(differingFrom other: String) -> String? {
    let parts = (Array(utf8), Array(other.utf8))
    let quote = UInt8(ascii: "'")
    guard let start = zip(parts.0, parts.1).enumerated().first(where: { $1.0 != $1.1 })?.offset,
      let opening = parts.0[..<start].lastIndex(of: quote),
      let closings = parts.0[start...].firstIndex(of: quote).flatMap({ own in
        parts.1[start...].firstIndex(of: quote).map { (own, $0) }
      }),
      // An odd number of quotes before: the difference is inside of them.
      parts.0[..<start].count(where: { $0 == quote }) % 2 == 1,
      parts.0[closings.0...].elementsEqual(parts.1[closings.1...])
    else { return nil }
    return String(decoding: parts.0[(opening + 1)..<closings.0], as: UTF8.self)
  }
}
