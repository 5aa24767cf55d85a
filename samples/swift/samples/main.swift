import FlowDiagnostics
import FlowEngine
import SampleFlows
import TaskFlow

/// Runs a sample and prints what happens; returns whether the flow succeeded.
func run(_ sample: Sample) async throws -> Bool {
  let flow = sample.flow { print("  \($0)") }
  let compilation = Compiler().compile(flow)
  guard let plan = compilation.plan else {
    for finding in compilation.findings { print("\(finding.span): \(finding.message)") }
    return false
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
  print(report.state == .success ? "done" : "ended as \(report.state.rawValue)")
  return report.state == .success
}

let name = CommandLine.arguments.dropFirst().first
if let sample = Sample.all.first(where: { $0.name == name }) {
  _ = try await run(sample)
} else {
  print("usage: swift run samples NAME, where NAME is one of")
  for sample in Sample.all { print("  \(sample.name)  \(sample.summary)") }
}
