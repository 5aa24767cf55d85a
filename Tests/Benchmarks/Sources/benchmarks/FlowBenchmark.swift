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
  var measures: [Measure]

  /// Prints one row for each measure: nanoseconds a task at each size, and the growth exponent.
  func run() async throws {
    var times: [Measure: [Duration]] = [:]
    for size in sizes {
      for (measure, time) in try await measure(size) { times[measure, default: []].append(time) }
    }
    for measure in measures {
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
    var times: [Measure: Duration] = [:]
    for measure in measures {
      times[measure] = try await Measurement.median(of: rounds) {
        switch measure {
        case .declare: _ = shape.flow(of: size)
        case .compile: _ = Compiler().compile(flow)
        case .serial: try await check(serial.run())
        case .parallel: try await check(parallel.run())
        case .serialEvents: try await check(serial.run(listener: { _ in }))
        case .parallelEvents: try await check(parallel.run(listener: { _ in }))
        case .bare: await group.run()
        }
      }
    }
    return times
  }
}

/// Makes sure that what is measured is a run that succeeds.
func check(_ report: RunReport) throws {
  guard report.state == .success else { throw Failure("the run ended as \(report.state)") }
}
