import FlowEngine
import Foundation
import TaskFlow

/// The measures of flows of one shape, for growing sizes.
struct FlowBenchmark {
  /// What is measured.
  enum Measure: String, CaseIterable {
    case declare
    case compile = "compile and validate"
    case serial = "run serial"
    case parallel = "run parallel"
    case serialEvents = "run serial, with listener"
    case parallelEvents = "run parallel, with listener"
    case bare = "bare task group"
  }

  var shape: Shape
  var sizes: [Int]

  /// Prints one row for each measure: nanoseconds a task at each size, and the growth exponent.
  func run() async throws {
    var times: [Measure: [Duration]] = [:]
    for size in sizes {
      for (measure, time) in try await measure(size) { times[measure, default: []].append(time) }
    }
    for measure in Measure.allCases {
      Table.row(shape.rawValue, measure.rawValue, sizes, times[measure] ?? [])
    }
  }

  private func measure(_ size: Int) async throws -> [Measure: Duration] {
    let rounds = Measurement.rounds(for: size)
    let shape = shape
    let flow = shape.flow(of: size)
    guard let plan = Compiler().compile(flow).plan else { throw Failure("the flow is wrong") }
    let group = BareGroup(plan)
    let serial = Engine(plan: plan, options: RunOptions(concurrencyLimit: 1))
    let parallel = Engine(plan: plan)
    return [
      .declare: await Measurement.median(of: rounds) { _ = shape.flow(of: size) },
      .compile: await Measurement.median(of: rounds) { _ = Compiler().compile(flow) },
      .serial: try await Measurement.median(of: rounds) { try await check(serial.run()) },
      .parallel: try await Measurement.median(of: rounds) { try await check(parallel.run()) },
      .serialEvents: try await Measurement.median(of: rounds) {
        try await check(serial.run(listener: { _ in }))
      },
      .parallelEvents: try await Measurement.median(of: rounds) {
        try await check(parallel.run(listener: { _ in }))
      },
      .bare: await Measurement.median(of: rounds) { await group.run() },
    ]
  }
}

/// Makes sure that what is measured is a run that succeeds.
func check(_ report: RunReport) throws {
  guard report.state == .success else { throw Failure("the run ended as \(report.state)") }
}
