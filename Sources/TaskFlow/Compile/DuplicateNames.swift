import FlowDiagnostics

/// Finds names that are used twice.
enum DuplicateNames {
  /// A finding for each atom or flow whose name an earlier one has.
  static func findings(in outline: Outline) -> [Finding] {
    var first: [String: NodeIndex] = [:]
    first.reserveCapacity(outline.kinds.count)
    var findings: [Finding] = []
    for index in outline.kinds.indices {
      if case .flowEnd = outline.kinds[index] { continue }
      let node = NodeIndex(index)
      let name = outline.name(of: node)
      guard let earlier = first.updateValue(node, forKey: name) else { continue }
      first[name] = earlier
      findings.append(
        Finding(
          rule: "duplicate-name",
          message: message(outline.label(of: node), outline.label(of: earlier)),
          span: outline.span(of: node),
          related: [
            Finding.Related(
              span: outline.span(of: earlier),
              message: "\(outline.label(of: earlier)) is declared here")
          ],
          help: "rename one: each task, flow and retry controller has a name of its own"))
    }
    return findings
  }

  private static func message(_ label: String, _ earlier: String) -> String {
    label == earlier ? "\(label) is declared twice" : "\(label) has the same name as \(earlier)"
  }
}
