import FlowDiagnostics
import FlowEngine
import TaskFlow

/// The tiers of a run, as text: in each line what can run side by side, and what it waits for.
struct PlanTierText {
  private let outlook: PlanOutlook
  private let plan: Plan
  private let lines: RunNarration
  private let width: Int
  private let mostNames: Int
  private let mostReasons: Int

  /// Where names begin.
  private static let indentation = 6

  /// Where the reason of a tier begins, if its names leave room.
  private static let reasonColumn = 32

  init(_ outlook: PlanOutlook, width: Int, namesAll: Bool) {
    self.outlook = outlook
    self.width = width
    mostNames = namesAll ? .max : 40
    mostReasons = namesAll ? .max : 4
    plan = outlook.forecast.plan
    lines = RunNarration(plan: plan)
  }

  var text: String {
    var text = "tier  tasks\n"
    for (tier, tasks) in outlook.forecast.tiers.enumerated() {
      let number = String(tier + 1)
      text += self.text(
        of: tasks, margin: String(repeating: " ", count: max(0, 4 - number.count)) + number + "  ")
    }
    return text
  }

  private func text(of tasks: [NodeIndex], margin: String) -> String {
    var names = tasks.prefix(mostNames).map(lines.name).joined(separator: ", ")
    if tasks.count > mostNames { names += " and \(tasks.count - mostNames) more" }
    let groups = groups(of: tasks)
    if groups.count == 1, groups[0].tasks.count == tasks.count {
      let line = margin + names
      let used = LabelledLines.columns(of: line)
      let padded = line + String(repeating: " ", count: max(2, Self.reasonColumn - used))
      let whole = padded + "← " + groups[0].phrase
      if LabelledLines.columns(of: whole) <= width { return whole + "\n" }
    }
    var text = LabelledLines.wrapped(
      names, first: margin, indentation: Self.indentation, width: width)
    for group in groups.prefix(mostReasons) {
      let isAll = group.tasks.count == tasks.count
      let subject = isAll ? "" : self.subject(group.tasks) + ": "
      text += LabelledLines.wrapped(
        subject + group.phrase, first: String(repeating: " ", count: Self.indentation) + "← ",
        indentation: Self.indentation + 2, width: width)
    }
    if groups.count > mostReasons {
      text += "      ← and \(groups.count - mostReasons) more reasons\n"
    }
    return text
  }

  private func subject(_ tasks: [NodeIndex]) -> String {
    let shown = tasks.prefix(3).map(lines.name).joined(separator: ", ")
    return tasks.count > 3 ? "\(shown) and \(tasks.count - 3) more" : shown
  }

  /// Tasks with the same reason, in the order of their first.
  private func groups(of tasks: [NodeIndex]) -> [(phrase: String, tasks: [NodeIndex])] {
    var groups: [(phrase: String, tasks: [NodeIndex])] = []
    var positions: [String: Int] = [:]
    for task in tasks {
      guard let reason = outlook.waits.reason(of: task) else { continue }
      let phrase = TerminalText.escaped(reason.phrase(behind: task, in: plan))
      if let position = positions[phrase] {
        groups[position].tasks.append(task)
      } else {
        positions[phrase] = groups.count
        groups.append((phrase, [task]))
      }
    }
    return groups
  }
}
