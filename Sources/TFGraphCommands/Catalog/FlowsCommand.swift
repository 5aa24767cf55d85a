import ArgumentParser
import FlowDiagnostics
import TaskFlow

/// `tfgraph flows`: lists the flows of a program.
struct FlowsCommand: ParsableCommand, ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "flows",
    abstract: "Lists the flows that a program has in Swift.",
    discussion: """
      Without a path those of this program. As JSON they are whole, but for their code: what 'tfgraph lint \
      PROGRAM' reads.
      """)

  @Argument(help: "The path of a program that embeds TFGraphCommands.", completion: .file())
  var program: String?

  @Option(help: "How they are written: text or json.")
  var format = OutputFormat.text

  func run(on console: Console) async -> ExitStatus {
    var flows = console.catalog.flows
    if let program {
      guard let path = ProgramPath(program) else {
        console.fail("\(QuotedName.of(program)) is no program")
        return .usage
      }
      do throws(ProgramFailure) {
        flows = try await ProgramFlows(console: console).flows(of: path)
      } catch {
        console.fail(error.description)
        return .usage
      }
    }
    switch format {
    case .json: return console.print(FlowListing(flows).json) ? .done : .outputFailed
    case .text: return console.write(text(of: flows)) ? .done : .outputFailed
    }
  }

  private func text(of flows: [Flow]) -> String {
    guard !flows.isEmpty else { return "no flows\n" }
    let rows = flows.map { flow in
      [
        TerminalText.escaped(flow.name), "\(Compiler().compile(flow).sketch.tasks.count)",
        TerminalText.escaped(flow.summary ?? ""),
      ]
    }
    return RunTable.text(of: rows, header: ["flow", "tasks", "description"])
  }
}
