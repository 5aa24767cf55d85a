import FlowDiagnostics
import FlowEngine
import SampleFlows
import TaskFlow

/// Runs a sample and prints what happens.
struct SampleRun {
  let sample: Sample

  func run() async throws {
    let compilation = Compiler().compile(sample.flow { print("  \($0)") })
    guard let plan = compilation.plan else {
      for finding in compilation.findings { print("\(finding.span): \(finding.message)") }
      return
    }
    print("\(plan.name): \(sample.summary)")
    let report = try await Engine(plan: plan).run(inputs: sample.inputs) { event in
      switch event.kind {
      case .atomChanged(let node, from: _, to: .failure, attempt: _, let failure?):
        print("  ✗ \(plan.name(of: node)): \(failure)")
      case .decided(let node, let decision):
        print("  ↻ \(plan.name(of: node)) says \(decision)")
      default:
        break
      }
    }
    print(report.state == .success ? "done" : "ended as \(report.state)")
  }
}
