import Foundation
import Glibc
import TaskFlowTesting

// Holds recorded flows against the compiler and the engine: `conformance FILE [SEEDS]`.

let arguments = CommandLine.arguments
guard arguments.count == 2 || arguments.count == 3,
  let seeds = arguments.count == 3 ? UInt64(arguments[2]) : 3
else {
  print("usage: conformance FILE [SEEDS], where FILE has a case a line")
  exit(2)
}
guard let text = try? String(contentsOfFile: arguments[1], encoding: .utf8) else {
  print("conformance: can't read '\(arguments[1])'")
  exit(2)
}

var passed = 0
var failed = 0
for (index, line) in text.split(separator: "\n").enumerated() {
  let differences = await ConformanceCheck.differences(
    ofLine: String(line), seeds: 1...max(1, seeds))
  if differences.isEmpty {
    passed += 1
  } else {
    failed += 1
    print("line \(index + 1), \(differences.joined(separator: "; "))")
  }
}
print("\(passed) passed, \(failed) failed")
exit(failed == 0 ? 0 : 1)
