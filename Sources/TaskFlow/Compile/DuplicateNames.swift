import FlowDiagnostics

/// The names that are used twice.
struct DuplicateNames {
  /// One for each atom or flow whose name an earlier one has.
  private(set) var findings: [Finding] = []
  /// As many, for pictures.
  private(set) var problems: [PlanProblem] = []

  init(in outline: Outline) {
    var first: [String: NodeIndex] = [:]
    var repeated: Set<String> = []
    for node in Self.candidates(in: outline) {
      let name = outline.name(of: node)
      guard let earlier = first.updateValue(node, forKey: name) else { continue }
      first[name] = earlier
      repeated.insert(name)
      problems.append(.sameName(node, earlier: earlier))
      findings.append(
        Finding(
          rule: "duplicate-name",
          message: Self.message(outline.label(of: node), outline.label(of: earlier)),
          span: outline.span(of: node),
          related: [
            Finding.Related(
              span: outline.span(of: earlier),
              message: "\(outline.label(of: earlier)) is declared here")
          ],
          help: "rename one: each task, flow and retry controller has a name of its own"))
    }
    // Controllers that are called after what they try again get other names with it.
    let names = Set(repeated.map { DocumentDecoder.controllerName(of: $0) })
    let isNamedAfter = problems.map { problem in
      guard case .sameName(let node, _) = problem, case .retry = outline.kinds[Int(node)] else {
        return false
      }
      return names.contains(outline.name(of: node))
    }
    findings = zip(findings, isNamedAfter).filter { !$1 }.map(\.0)
  }

  /// Every node whose name another one has, and a few that only seem so, in order.
  ///
  /// A table of all names of a large flow fits no cache, so each look at it would wait for memory. A few
  /// bits of their hashes fit, and leave a small part of the names to look at.
  private static func candidates(in outline: Outline) -> [NodeIndex] {
    let named = outline.kinds.indices.filter {
      if case .flowEnd = outline.kinds[$0] { false } else { true }
    }
    let hashes = named.map { outline.name(of: NodeIndex($0)).hashValue }
    var (seen, repeated) = (HashBits(for: named.count), HashBits(for: named.count))
    for hash in hashes where !seen.insert(hash) { _ = repeated.insert(hash) }
    return zip(named, hashes).compactMap { repeated.contains($1) ? NodeIndex($0) : nil }
  }

  private static func message(_ label: String, _ earlier: String) -> String {
    label == earlier ? "\(label) is declared twice" : "\(label) has the same name as \(earlier)"
  }
}
