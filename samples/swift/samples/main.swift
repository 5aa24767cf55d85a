import SampleFlows

let arguments = Array(CommandLine.arguments.dropFirst())
if let sample = Sample.all.first(where: { $0.name == arguments.first }) {
  try await SampleRun(sample: sample).run()
} else if arguments.first == "output", arguments.count == 2 {
  for sample in Sample.all { try SampleOutput(sample: sample).write(to: arguments[1]) }
} else {
  print("usage: swift run samples NAME, where NAME is one of")
  for sample in Sample.all { print("  \(sample.name)  \(sample.summary)") }
  print("or:    swift run samples output FOLDER, to draw and document them")
}
