import FlowDiagnostics
import TaskFlow

extension LintedPlan {
  /// A task that can fail, in words and with its place.
  struct FailurePhrase {
    /// `'promote' can fail`.
    let phrase: String
    /// Where it is, unless that is the place of the finding itself.
    let related: [Finding.Related]
  }

  /// Says which task can fail besides another one, which may be of the same declaration.
  func failure(of node: NodeIndex, besides task: FlowTask) -> FailurePhrase {
    let name = declaredName(of: node)
    if plan.span(of: node) == task.span {
      return FailurePhrase(phrase: "another \(name) can fail", related: [])
    }
    return FailurePhrase(
      phrase: "\(name) can fail",
      related: [Finding.Related(span: plan.span(of: node), message: "\(name) can fail here")])
  }
}
