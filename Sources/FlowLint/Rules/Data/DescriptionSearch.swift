import FlowDiagnostics
import TaskFlow

/// Finds what descriptions name in `${{ … }}` and nothing in the flow has.
struct DescriptionSearch {
  private let plan: Plan
  /// All names that a value has anywhere in the flow: made once a description asks for one.
  private lazy var names = Self.names(in: plan)

  init(plan: Plan) { self.plan = plan }

  mutating func report(_ part: DocumentNode, to reporter: inout LintReporter) {
    guard let node = part["description"], let text = node.text,
      text.utf8.contains(UInt8(ascii: "$")),
      case .success(let template) = FlowTemplate.parse(text)
    else { return }
    for symbol in template.symbols where !names.contains(symbol.name) {
      let (kind, name) = part["task"].map { ("task", $0) } ?? ("flow", part["flow"] ?? part)
      let near = Suggestion.nearest(to: symbol.name, among: names)
      reporter.report(
        "the description of \(kind) \(QuotedName.of(name.text ?? "")) names "
          + "\(QuotedName.of(symbol.name)), which nothing provides",
        at: node.span(ofCharacters: symbol.range),
        help: near.map { "did you mean \(QuotedName.of($0))?" }
          ?? "drop it, or name a symbol of the flow")
    }
  }

  private static func names(in plan: Plan) -> Set<String> {
    var names = Set(plan.inputs.map(\.symbol))
    for node in plan.atoms {
      for item in plan.provision(of: node).items { names.formUnion([item.symbol, item.key]) }
      for method in Plan.Method.allCases {
        for requirement in plan.requirements(of: node, for: method) {
          names.formUnion([requirement.symbol, requirement.parameter])
        }
      }
      names.formUnion(plan.task(at: node)?.traits.injections.map(\.symbol) ?? [])
    }
    return names
  }
}
