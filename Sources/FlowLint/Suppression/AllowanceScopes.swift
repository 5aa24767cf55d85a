import FlowDiagnostics
import TaskFlow

/// What the modifiers of a flow that a program declares allow, by the places of what they are on.
struct AllowanceScopes: Sendable {
  private struct Scope {
    var uses: [String: Allowances.Use]
    /// The nearest flow around it that allows something.
    var outer: Int?
  }

  private var scopes: [Scope] = []
  private var scopeOf: [SourceSpan: Int] = [:]

  /// Nothing is allowed.
  init() {}

  /// - Parameter allow: takes an allowance, and gives which rules it allows.
  /// - Complexity: linear in the size of the flow.
  init(of flow: Flow, allow: (FindingAllowance) -> [String: Allowances.Use]) {
    var open: [(flow: Flow, outer: Int?)] = [(flow, nil)]
    while let (flow, outer) = open.popLast() {
      let scope = self.scope(of: flow.allowances, in: outer, allow)
      if let scope { note(Self.spans(of: flow), scope) }
      for item in flow.items {
        switch item {
        case .flow(let nested): open.append((nested, scope))
        case .task(let task):
          let inner = self.scope(of: task.allowances, in: scope, allow)
          if let inner { note(Self.spans(of: task), inner) }
        }
      }
    }
  }

  private mutating func scope(
    of allowances: [FindingAllowance], in outer: Int?,
    _ allow: (FindingAllowance) -> [String: Allowances.Use]
  ) -> Int? {
    if allowances.isEmpty { return outer }
    var uses: [String: Allowances.Use] = [:]
    for allowance in allowances { uses.merge(allow(allowance)) { first, _ in first } }
    scopes.append(Scope(uses: uses, outer: outer))
    return scopes.count - 1
  }

  private mutating func note(_ spans: [SourceSpan], _ scope: Int) {
    for span in spans where scopeOf[span] == nil { scopeOf[span] = scope }
  }

  private static func spans(of flow: Flow) -> [SourceSpan] {
    [flow.span] + flow.links.map(\.span) + flow.inputs.map(\.span)
      + [flow.retry?.span, flow.target?.span].compactMap(\.self)
  }

  private static func spans(of task: FlowTask) -> [SourceSpan] {
    let traits = task.traits
    let requirements =
      task.requirements + (traits.revert?.requirements ?? [])
      + (traits.condition?.requirements ?? [])
    return [task.span] + requirements.map(\.span)
      + [traits.revert?.span, traits.condition?.span].compactMap(\.self)
  }

  /// What allows a finding of a rule at a place: the innermost that does.
  func use(for rule: String, at span: SourceSpan) -> Allowances.Use? {
    var current = scopeOf[span]
    while let scope = current {
      if let use = scopes[scope].uses[rule] { return use }
      current = scopes[scope].outer
    }
    return nil
  }
}
