import ArgumentParser
import FlowRender
import Foundation
import Glibc

/// `tfgraph layout`: draws a drawing that another tfgraph has made; see ``ChildRenderer``.
struct LayoutCommand: ParsableCommand, ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "layout", abstract: "Draws for another tfgraph.", shouldDisplay: false)

  @Argument(help: "A file with a drawing as JSON.")
  var drawing: String

  @Option(help: "How much memory it may take, in MiB.")
  var memory = 1024

  func run(on console: Console) async -> ExitStatus {
    var limit = rlimit(rlim_cur: rlim_t(memory) << 20, rlim_max: rlim_t(memory) << 20)
    setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
    do {
      let data = try Data(contentsOf: URL(filePath: drawing))
      let drawing = try JSONDecoder().decode(Drawing.self, from: data)
      return console.write(try FlowRender.renderSVG(drawing)) ? .done : .outputFailed
    } catch {
      console.complain("\(error)")
      return .findings
    }
  }
}
