import FlowDiagnostics
import FlowEngine
import TaskFlow

/// What a run would do, as text.
struct PlanText {
  private let outlook: PlanOutlook
  private let plan: Plan
  private let lines: RunNarration
  private let width: Int
  /// Whether all tasks of a tier are named, and all reasons told.
  private let namesAll: Bool

  init(_ outlook: PlanOutlook, width: Int, namesAll: Bool) {
    self.outlook = outlook
    self.width = width
    self.namesAll = namesAll
    plan = outlook.forecast.plan
    lines = RunNarration(plan: plan)
  }

  var text: String {
    let tiers = PlanTierText(outlook, width: width, namesAll: namesAll)
    var text = headline + "\n"
    if !outlook.forecast.tiers.isEmpty { text += "\n" + tiers.text }
    let sections = [
      ("fails", outlook.failure.map { [TerminalText.escaped($0)] } ?? []),
      ("conditions", conditions),
      ("skipped", skipped),
      ("attempts", attempts),
      ("critical path", criticalPath),
      ("inputs", inputs),
      ("secrets", secrets),
    ].filter { !$0.1.isEmpty }
    if !sections.isEmpty { text += "\n" }
    for (label, entries) in sections {
      text += LabelledLines.text(label, entries, width: width, indentation: 17)
    }
    return text
  }

  private var headline: String {
    let name = TerminalText.escaped(plan.name)
    let tasks = outlook.tasks.count
    guard tasks > 0 else { return "\(name) runs no task" }
    let tiers = Self.count(outlook.forecast.tiers.count, "tier")
    let widest =
      outlook.width == 1 ? "one task at a time" : "at most \(outlook.width) tasks at once"
    return "\(name) runs \(Self.count(tasks, "task")) in \(tiers), \(widest)"
  }

  private static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }

  /// A time as short as it can be said; below a second in thousandths, or millionths.
  private static func time(_ duration: Duration) -> String {
    guard duration < .seconds(1), duration > .zero else { return RunNarration.text(of: duration) }
    let microseconds = Int64(duration / .microseconds(1))
    return DurationText.text(
      of: microseconds < 1_000 ? .microseconds(microseconds) : .milliseconds(microseconds / 1_000))
  }

  // MARK: Sections

  private var conditions: [String] {
    outlook.forecast.conditions.map { condition in
      let summary = plan.task(at: condition.node)?.traits.condition?.summary ?? ""
      let question = "\(lines.name(condition.node)): '\(TerminalText.escaped(summary))'"
      return switch condition.answer {
      case .yes: "\(question) is true"
      case .no: "\(question) is false"
      case .failure(let message): "\(question) fails: \(TerminalText.escaped(message))"
      case .open(let providers) where providers.isEmpty:
        "\(question) is open, and taken as true: it reads an input without a value"
      case .open(let providers):
        "\(question) is open, and taken as true: it reads what "
          + names(providers) + (providers.count == 1 ? " provides" : " provide")
      }
    }
  }

  private var skipped: [String] {
    outlook.forecast.skipped.isEmpty ? [] : [names(outlook.forecast.skipped)]
  }

  private var attempts: [String] {
    let bounds = outlook.forecast.attempts
    let tasks = outlook.tasks
    var order: [NodeIndex] = []
    var groups: [NodeIndex: [NodeIndex]] = [:]
    for task in tasks.sorted() where bounds.most(of: task) != 1 {
      guard let controller = plan.nodes[Int(task)].controller else { continue }
      if groups[controller] == nil { order.append(controller) }
      groups[controller, default: []].append(task)
    }
    guard !order.isEmpty else { return [] }
    let entries = order.map { controller -> String in
      let group = groups[controller] ?? []
      let often = group.first.flatMap { AttemptWords.product(bounds.factors(of: $0)) }
      return names(group) + (often.map { ": up to \($0) each" } ?? ": nobody knows how often")
    }
    let total = bounds.total(of: tasks).map { "\($0) in all at most" }
    return entries + [total ?? "nobody knows how many in all"]
  }

  private var criticalPath: [String] {
    let steps = outlook.path.tasks
    guard steps.count > 1 || outlook.durations.runCount > 0, !steps.isEmpty else { return [] }
    var words = steps.map { step in
      lines.name(step.node) + (step.duration.map { " \(Self.time($0))" } ?? "")
    }
    if words.count > 8, !namesAll {
      let last = words[words.count - 1]
      words = words.prefix(5) + ["…", "\(last) (\(words.count) tasks)"]
    }
    var entries = [words.joined(separator: " → ")]
    let unknown = steps.count { $0.duration == nil }
    if unknown < steps.count {
      let runs = outlook.durations.runCount
      var sum = "\(Self.time(outlook.path.duration)) at least"
      if runs > 0 { sum += ", by \(Self.count(runs, "earlier run"))" }
      if unknown > 0 { sum += ", without \(Self.count(unknown, "task")) of unknown length" }
      entries.append(sum)
    }
    if let tightest = outlook.tightest {
      let flow = outlook.forecast.plan.flows[Int(tightest.flow)]
      let limit = flow.concurrencyLimit?.count ?? 1
      entries.append(
        "\(Self.time(tightest.duration)) at least, as flow \(QuotedName.of(flow.name)) runs \(limit) at once"
      )
    }
    return entries
  }

  private var inputs: [String] {
    outlook.inputs.map { input in
      let name = TerminalText.escaped(input.input.symbol)
      guard let value = input.value else { return "\(name) needs a value: --input \(name)=…" }
      let text = TerminalText.escaped(FlowValueJSON.text(of: value))
      return "\(name) = \(text)" + (input.source == .byDefault ? ", its default" : "")
    }
  }

  private var secrets: [String] {
    outlook.secrets.map { secret in
      var text = TerminalText.escaped(secret.secret.name)
      switch secret.secret.source {
      case .environment(let variable):
        text += " of the environment"
        if variable != secret.secret.name { text += ", \(TerminalText.escaped(variable))" }
      case .file(let path): text += " of file \(TerminalText.escaped(path))"
      }
      if !secret.tasks.isEmpty { text += ", for \(names(secret.tasks))" }
      return text + (secret.isSet == false ? "; it is not set" : "")
    }
  }

  /// The names of nodes, of many the first.
  private func names(_ nodes: [NodeIndex]) -> String {
    let most = namesAll ? Int.max : 20
    let shown = nodes.prefix(most).map(lines.name).joined(separator: ", ")
    return nodes.count > most ? "\(shown) and \(nodes.count - most) more" : shown
  }
}
