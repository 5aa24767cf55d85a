import FlowDiagnostics
import FlowGraph

/// Keeps of each targeted graph its target and what that needs.
///
/// What is dropped from an inner flow can make an outer one need less, so it is asked again until nothing
/// more is dropped.
struct TargetSelection {
  private(set) var findings: [Finding] = []
  private var known: Set<SourceSpan> = []

  /// The outline without what the targets do not need, or `nil` if nothing is to be dropped.
  mutating func selection(in work: Work) -> Outline? {
    let outline = work.outline
    var dropped: Set<NodeIndex> = []
    for (index, level) in outline.levels.enumerated() {
      guard let target = level.flow.target, level.flow.pattern == .graph else { continue }
      guard let child = level.children.first(where: { outline.name(of: $0) == target.name }) else {
        report(target, level, outline)
        continue
      }
      let links = work.links.links[index]
      let needed = Digraph(
        nodeCount: level.children.count,
        edges: links.map { Digraph.Edge(source: $0.target, target: $0.source) }
      ).descendants(of: outline.ordinal(of: child, in: Int32(index)))
      for (ordinal, other) in level.children.enumerated()
      where other != child && !needed.contains(ordinal) {
        dropped.insert(other)
      }
    }
    return dropped.isEmpty ? nil : outline.removing(dropped)
  }

  private mutating func report(
    _ target: Flow.Target, _ level: Outline.Level, _ outline: Outline
  ) {
    guard known.insert(target.span).inserted else { return }
    let names = level.children.map { outline.name(of: $0) }
    findings.append(
      Finding(
        rule: "unknown-target",
        message: "flow '\(level.flow.name)' has no child '\(target.name)' to keep",
        span: target.span,
        help: Suggestion.nearest(to: target.name, among: names).map { "did you mean '\($0)'?" }
          ?? "name a child of the flow"))
  }
}

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
          message: "\(outline.label(of: node)) has the name of \(outline.label(of: earlier))",
          span: outline.span(of: node),
          related: [
            Finding.Related(
              span: outline.span(of: earlier), message: "'\(name)' is used here first")
          ],
          help: "give each task, flow and retry controller a name of its own"))
    }
    return findings
  }
}
