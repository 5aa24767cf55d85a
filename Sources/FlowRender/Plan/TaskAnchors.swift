import TaskFlow

/// Where each task has its section on a page: an identifier that any format can take.
///
/// It is the task's name where that is made of letters, digits and hyphens, and unique.
struct TaskAnchors {
  private let anchors: [NodeIndex: String]

  init(_ plan: Plan) {
    var anchors: [NodeIndex: String] = [:]
    var used: Set<String> = []
    for (index, node) in plan.nodes.enumerated() where node.isTask {
      let name = Self.identifier(of: plan.name(of: NodeIndex(index)))
      var anchor = "task-\(name)"
      var number = 2
      // The index is unique, so this ends at once.
      if !used.insert(anchor).inserted {
        anchor += "-n\(index)"
        while !used.insert(anchor).inserted {
          anchor = "task-\(name)-n\(index)-\(number)"
          number += 1
        }
      }
      anchors[NodeIndex(index)] = anchor
    }
    self.anchors = anchors
  }

  /// The identifier of a task's section.
  func anchor(of node: NodeIndex) -> String { anchors[node] ?? "task" }

  /// The link to a task's section.
  func link(to node: NodeIndex) -> String { "#\(anchor(of: node))" }

  /// What is left of a name: ASCII letters and digits, and a hyphen for everything between them.
  private static func identifier(of name: String) -> String {
    var result = ""
    for scalar in name.lowercased().unicodeScalars.prefix(80) {
      switch scalar {
      case "a"..."z", "0"..."9": result.unicodeScalars.append(scalar)
      default: if !result.isEmpty, result.last != "-" { result += "-" }
      }
    }
    while result.last == "-" { result.removeLast() }
    return result
  }
}
