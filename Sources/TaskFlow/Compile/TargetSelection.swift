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
      let needed = work.links.graph(of: Int32(index), in: outline).reversed()
        .descendants(of: outline.ordinal(of: child))
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
        rule: "unknown-name",
        message: "flow '\(level.flow.name)' has no child '\(target.name)' to keep",
        span: target.span,
        help: Suggestion.nearest(to: target.name, among: names).map { "did you mean '\($0)'?" }
          ?? "name a child of the flow"))
  }
}
