import FlowDiagnostics
import TaskFlow

/// Says that there is no task of a name, and which one may be meant.
enum UnknownTask {
  /// One phrase about the tasks of a plan.
  ///
  /// - Parameter flow: the flow that the plan was compiled of; it has also what a target leaves out.
  static func phrase(_ name: String, in plan: Plan, of flow: Flow?) -> String {
    if let flow, isDeclared(name, in: flow) {
      return "a target leaves out task \(QuotedName.of(name)), so it is not run"
    }
    return phrase(name, among: plan.tasks.map(\.name), of: "the flow")
  }

  /// One phrase about what has tasks of these names.
  static func phrase(_ name: String, among names: [String], of owner: String) -> String {
    let combinations = names.filter { $0.hasPrefix(name + "[") }
    let hint: String
    if combinations.isEmpty {
      hint = Suggestion.nearest(to: name, among: names).map { "; did you mean '\($0)'?" } ?? ""
    } else {
      let rest = combinations.count > 3 ? " and \(combinations.count - 3) more" : ""
      let list = combinations.prefix(3).map { "'\($0)'" }.joined(separator: ", ")
      hint = ", but a matrix made \(list)\(rest) of it"
    }
    return "\(owner) has no task \(QuotedName.of(name))\(hint)"
  }

  private static func isDeclared(_ name: String, in flow: Flow) -> Bool {
    var open = [flow]
    while let flow = open.popLast() {
      for item in flow.items {
        switch item {
        case .task(let task): if task.name == name { return true }
        case .flow(let inner): open.append(inner)
        }
      }
    }
    return false
  }
}
