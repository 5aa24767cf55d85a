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
    // What follows on the layout may need threads, which wait for seconds when there is no room for them.
    let resource = __rlimit_resource_t(RLIMIT_AS.rawValue)
    var whole = rlimit()
    getrlimit(resource, &whole)
    var limit = whole
    limit.rlim_cur = min(rlim_t(memory) << 20, whole.rlim_max)
    setrlimit(resource, &limit)
    defer { setrlimit(resource, &whole) }
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
