import ArgumentParser
import FlowEngine
import FlowStoreSQLite
import Foundation
import TaskFlow

/// `tfgraph plan`: tells what a run would do.
struct PlanCommand: ParsableCommand, ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Tells what a run would do: tiers with reasons, conditions, attempts, critical path.",
    discussion: """
      Nothing is run. The order is that of a real run in which each task succeeds. Conditions are \
      answered where inputs with known values decide them, and taken as true elsewhere. The \
      critical path has the times of earlier runs of the flow, of each task the median of its attempts \
      that succeeded, when there are some.
      """)

  @Argument(help: "The flow file.", completion: .file(extensions: ["yaml", "yml", "json"]))
  var file: String

  @OptionGroup var inputs: InputOptions

  @Option(
    help: ArgumentHelp(
      "The file with the runs; by default .tfgraph/runs.db beside the flow file.",
      valueName: "path"))
  var store: String?

  @Flag(help: "Name all tasks of each tier, and all reasons, however many they are.")
  var all = false

  @Option(help: "How it is written: text or json.")
  var format = OutputFormat.text

  func run(on console: Console) async -> ExitStatus {
    let source = await FlowSource.of(file, on: console)
    guard let plan = source.plan(on: console) else { return source.refusal }
    guard let values = inputs.given.values(for: plan, on: console) else { return .usage }
    do throws(StoreFailure) {
      let outlook = PlanOutlook(
        forecast: RunForecast(
          of: plan, inputs: values, asksConditions: !source.isForeign), flow: source.flow,
        values: values, given: inputs.assignedNames,
        durations: try durations(of: plan, source, on: console), environment: console.environment)
      return write(outlook, on: console)
    } catch {
      return console.fail(error)
    }
  }

  private func write(_ outlook: PlanOutlook, on console: Console) -> ExitStatus {
    switch format {
    case .text:
      let text = PlanText(outlook, width: min(console.width, 100), namesAll: all).text
      return console.write(text) ? .done : .outputFailed
    case .json:
      let text = FlowValueJSON.text(of: PlanValue(outlook).value, style: .pretty)
      return console.print(text) ? .done : .outputFailed
    }
  }

  /// The times of earlier runs; a store that nobody named and that can't be used is only complained about.
  private func durations(
    of plan: Plan, _ source: FlowSource, on console: Console
  ) throws(StoreFailure) -> TaskDurations {
    if let store {
      return try TaskDurations(ofFlow: plan.name, in: try RunFile.open(store))
    }
    let path = source.runsPath(on: console)
    guard FileManager.default.fileExists(atPath: path) else { return TaskDurations(of: []) }
    do throws(StoreFailure) {
      return try TaskDurations(ofFlow: plan.name, in: try RunFile.open(path))
    } catch {
      _ = console.fail(error)
      return TaskDurations(of: [])
    }
  }
}
