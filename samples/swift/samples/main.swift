import Foundation
import SampleFlows
import TFGraphCommands

/// Prints at once, so that lines stay in order with those of the command.
@Sendable func say(_ line: String) {
  print("  \(line)")
  fflush(nil)
}

// All commands of tfgraph, for the flows of this program: `samples run spell`, `samples lint message`.
await TFGraph.main(flows: Sample.all.map { $0.flow(say) })
