import FlowEngine
import TaskFlow

/// Cases of one size, whose whole time counts.
enum SingleCases {
  /// Prints a row for each.
  static func run() async throws {
    Table.row("one task, a run of a plan", try await median(of: 501, engine(one)))
    Table.row("one task, bare task group", try await bare())
    Table.row("retry: 50 attempts of 20 tasks", try await median(of: 15, engine(retried)))
  }

  private static let one = Flow.linear("one") { FlowTask("t") {} }

  /// The last task fails 49 times.
  private static let retried = Flow.linear("retried", retry: .times("again", attempts: 50)) {
    for index in 0..<19 { FlowTask("t\(index)") {} }
    FlowTask(
      "last",
      withContext: { (context: TaskContext) in
        if context.attempt < 50 { throw Failure("not yet") }
      })
  }

  private static func engine(_ flow: Flow) throws -> Engine {
    guard let plan = Compiler().compile(flow).plan else { throw Failure("the flow is wrong") }
    return Engine(plan: plan)
  }

  private static func median(of rounds: Int, _ engine: Engine) async throws -> Duration {
    try await Measurement.median(of: rounds) { try await check(engine.run()) }
  }

  private static func bare() async throws -> Duration {
    let group = try BareGroup(engine(one).plan)
    return await Measurement.median(of: 501) { await group.run() }
  }
}
