import Foundation
import TFGraphCommands

// benchmarks [LARGEST] [SHAPE] [MEASURE]: flows of 1,000 tasks up to LARGEST; of one shape or of all, one
// measure or all; of what is kept the durability takes the place of the measure.
let arguments = CommandLine.arguments.dropFirst()
if arguments.first == LintCases.lintArgument {
  exit(await TFGraph.run(["tfgraph", "lint"] + arguments.dropFirst()))
}
guard let largest = arguments.isEmpty ? 100_000 : arguments.first.flatMap({ Int($0) }),
  largest >= 1000
else {
  print(
    "usage: benchmarks [LARGEST] [unordered|linear|layered|file|kept] [MEASURE], LARGEST from 1000")
  exit(2)
}
let sizes = Array(sequence(first: 1000) { $0 * 10 }.prefix { $0 <= largest })
let chosen = arguments.dropFirst().first
let measures = arguments.dropFirst(2).first.map { name in
  FlowBenchmark.Measure.allCases.filter { $0.rawValue == name }
}

Table.header(sizes)
for shape in Shape.allCases where chosen == nil || shape.rawValue == chosen {
  try await FlowBenchmark(
    shape: shape, sizes: sizes, measures: measures ?? FlowBenchmark.Measure.allCases
  ).run()
}
if chosen == nil || chosen == "file" { try await LintCases.run(sizes) }
if chosen == nil { try await SingleCases.run() }
if chosen == nil || chosen == "kept" {
  try await DurableCases.run(only: arguments.dropFirst(2).first)
}
