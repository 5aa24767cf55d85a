import ArgumentParser
import FlowDiagnostics
import FlowEngine
import TaskFlow

/// `tfgraph whatif`: tells what a failure would lead to.
struct WhatIfCommand: ParsableCommand, ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "whatif",
    abstract: "Tells what a failure would lead to: who is asked, what is undone, what is left.",
    discussion: """
      Nothing is run. The steps are those of a real run in which each task succeeds that is not said to \
      fail. Conditions are answered where inputs with known values decide them, and taken as true \
      elsewhere. Without --fail a run without failures is told.
      """)

  @Argument(help: "The flow file.", completion: .file(extensions: ["yaml", "yml", "json"]))
  var file: String

  @Option(
    help: ArgumentHelp(
      "A task that fails, in each attempt or in one: TASK@2; may be repeated.",
      valueName: "task[@attempt]"))
  var fail: [String] = []

  @Option(
    help: ArgumentHelp("A task that can't be undone; may be repeated.", valueName: "task"))
  var failRevert: [String] = []

  @OptionGroup var inputs: InputOptions

  @Option(help: "How it is written: text or json.")
  var format = OutputFormat.text

  func validate() throws {
    for failing in fail.map(Self.failing) {
      guard let attempt = failing.attempt, attempt < 1 else { continue }
      throw ValidationError("attempts are counted from 1, and '\(failing.task)@\(attempt)' is none")
    }
  }

  func run(on console: Console) async -> ExitStatus {
    let source = await FlowSource.of(file, on: console)
    guard let plan = source.plan(on: console) else { return source.refusal }
    guard let values = inputs.given.values(for: plan, on: console) else { return .usage }
    let failing = fail.map(Self.failing) + failRevert.map { .init(task: $0, isRevert: true) }
    let names = Set(plan.tasks.map(\.name))
    for unknown in failing.map(\.task) where !names.contains(unknown) {
      if let at = unknown.lastIndex(of: "@"), names.contains(String(unknown[..<at])) {
        let attempt = QuotedName.of(String(unknown[unknown.index(after: at)...]))
        console.fail("\(attempt) is no attempt: they are numbers, as in '\(unknown[..<at])@2'")
        return .usage
      }
      console.fail(UnknownTask.phrase(unknown, in: plan, of: source.flow))
      return .usage
    }
    let rehearsal = RunForecast(
      of: plan, inputs: values, failing: Set(failing), asksConditions: !source.isForeign
    ).rehearsal
    for missed in failing where !rehearsal.hasHappened(missed) {
      console.fail("\(missed.phrase), which does not happen in this run")
    }
    switch format {
    case .text:
      let text = RehearsalText(rehearsal, width: min(console.width, 100)).text
      return console.write(text) ? .done : .outputFailed
    case .json:
      let text = FlowValueJSON.text(of: RehearsalValue(rehearsal).value, style: .pretty)
      return console.print(text) ? .done : .outputFailed
    }
  }

  /// Takes `TASK` or `TASK@2` apart.
  private static func failing(_ text: String) -> RunRehearsal.Failing {
    guard let at = text.lastIndex(of: "@"), let attempt = Int(text[text.index(after: at)...])
    else { return RunRehearsal.Failing(task: text) }
    return RunRehearsal.Failing(task: String(text[..<at]), attempt: attempt)
  }
}

extension RunRehearsal.Failing {
  /// What was said to fail.
  fileprivate var phrase: String {
    let name = QuotedName.of(task)
    if isRevert { return "\(name) is said to fail when it is undone" }
    return attempt.map { "\(name) is said to fail in attempt \($0)" } ?? "\(name) is said to fail"
  }
}

extension RunRehearsal {
  /// Whether something that was said to fail did.
  fileprivate func hasHappened(_ failing: Failing) -> Bool {
    steps.contains { step in
      step.calls.contains { call in
        call.fails && (call.action == .revert) == failing.isRevert
          && failing.attempt ?? call.attempt == call.attempt
          && machine.plan.name(of: call.node) == failing.task
      }
    }
  }
}

/// A rehearsed run as text.
struct RehearsalText {
  private let rehearsal: RunRehearsal
  private let plan: Plan
  private let lines: RunNarration
  private let width: Int

  init(_ rehearsal: RunRehearsal, width: Int) {
    self.rehearsal = rehearsal
    self.width = width
    plan = rehearsal.machine.plan
    lines = RunNarration(plan: plan)
  }

  var text: String {
    var text = ""
    for (index, step) in rehearsal.steps.enumerated() {
      let number = String(index + 1)
      let margin = String(repeating: " ", count: max(0, 4 - number.count))
      for (place, call) in step.calls.enumerated() {
        text += (place == 0 ? margin + number : "    ") + "  \(self.text(of: call))\n"
      }
      for failure in step.failures {
        let message = TerminalText.escaped(failure.message)
        text += "      ✗ \(lines.subject(of: failure.controller)) fails: \(message)\n"
      }
      for decision in step.decisions {
        text += "      ↻ \(self.text(of: decision))\n"
      }
    }
    if rehearsal.untoldCalls > 0 {
      text += "      … and \(rehearsal.untoldCalls) more calls\n"
    }
    return text + "\n" + end
  }

  private func text(of call: RunRehearsal.Call) -> String {
    let attempt = call.attempt > 1 ? " (attempt \(call.attempt))" : ""
    let name = lines.name(call.node)
    return switch (call.action, call.fails) {
    case (.execute, false): "▶ \(name)\(attempt)"
    case (.execute, true): "✗ \(name) fails\(attempt)"
    case (.revert, false): "↩ \(name) is undone"
    case (.revert, true): "⚠ \(name) can't be undone"
    }
  }

  private func text(of decision: RunRehearsal.Decision) -> String {
    let subject = lines.subject(of: decision.controller)
    return switch decision.decision {
    case .retry: "\(subject) is undone and tried again"
    case .revert: "\(subject) is given up"
    case .revertAll: "\(subject) is given up, and everything is undone"
    }
  }

  private var end: String {
    if rehearsal.isCut {
      return "The run has not come to an end by then; it may have none.\n" + assumed
    }
    let machine = rehearsal.machine
    let tasks = plan.atoms.filter { plan.nodes[Int($0)].isTask }
    let ends = Dictionary(grouping: tasks) { RehearsalValue.end(of: $0, in: machine) }
    let isPartial = ends["done"]?.contains { plan.task(at: $0)?.hasRevert == true } == true
    var text =
      switch machine.flowState {
      case .success: "The run succeeds: exit code 0.\n"
      case .reverted:
        "The run fails and is undone\(isPartial ? " in part" : ""): exit code 1.\n"
      default: "The run fails and can't be undone: exit code 3.\n"
      }
    for label in RehearsalValue.ends {
      let names = (ends[label] ?? []).map { lines.name($0) }
      if names.isEmpty { continue }
      text += LabelledLines.text(
        label, [names.joined(separator: ", ")], width: width, indentation: 16)
    }
    return text + assumed
  }

  /// What is told about lists that nobody knows.
  private var assumed: String {
    rehearsal.assuming.map { node in
      let list = plan.controller(at: node)?.requirements.first?.symbol ?? ""
      return "\nNobody knows how many values \(QuotedName.of(list)) has: "
        + "\(lines.subject(of: node)) is taken to try one.\n"
    }.joined()
  }
}

/// A rehearsed run for programs.
struct RehearsalValue {
  private let rehearsal: RunRehearsal

  /// How tasks can stand at the end, in words.
  static let ends = ["done", "undone", "no revert", "not undone", "skipped", "not started"]

  /// How a task stands at the end, in a word of ``ends``.
  static func end(of node: NodeIndex, in machine: RunMachine) -> String {
    switch machine.states[Int(node)] {
    case .success: machine.intentions[Int(node)] == .revert ? "not undone" : "done"
    case .reverted:
      machine.plan.task(at: node)?.traits.revert == nil ? "no revert" : "undone"
    case .ignored: "skipped"
    case .pending: "not started"
    case .failure, .revertFailure, .running, .reverting, .retrying: "not undone"
    }
  }

  init(_ rehearsal: RunRehearsal) { self.rehearsal = rehearsal }

  var value: FlowValue {
    let machine = rehearsal.machine
    let plan = machine.plan
    let steps = rehearsal.steps.map { step -> FlowValue in
      [
        "calls": .list(
          step.calls.map { call in
            [
              "task": .string(plan.name(of: call.node)), "action": .string(call.action.rawValue),
              "attempt": .int(call.attempt), "fails": .bool(call.fails),
            ]
          }),
        "decisions": .list(
          step.decisions.map { decision in
            [
              "retry": .string(plan.name(of: decision.controller)),
              "decision": .string(decision.decision.rawValue),
            ]
          }),
        "failures": .list(
          step.failures.map { failure in
            [
              "retry": .string(plan.name(of: failure.controller)),
              "message": .string(failure.message),
            ]
          }),
      ]
    }
    var tasks: [String: FlowValue] = [:]
    for node in plan.atoms where plan.nodes[Int(node)].isTask && !rehearsal.isCut {
      tasks[plan.name(of: node)] = .string(Self.end(of: node, in: machine))
    }
    return [
      "schema": "tfgraph-whatif-1", "flow": .string(plan.name), "steps": .list(steps),
      "state": .string("\(machine.flowState)"), "isCut": .bool(rehearsal.isCut),
      "untoldCalls": .int(rehearsal.untoldCalls),
      "assuming": .list(rehearsal.assuming.map { .string(plan.name(of: $0)) }),
      "tasks": .map(tasks),
    ]
  }
}
