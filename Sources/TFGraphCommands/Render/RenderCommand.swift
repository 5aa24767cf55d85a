import ArgumentParser
import FlowRender
import Foundation
import TaskFlow

/// `tfgraph render`: draws a flow file.
struct RenderCommand: ParsableCommand, ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "render",
    abstract: "Draws a flow: its tasks, tiers, and each retry's area of influence.",
    discussion: """
      A flow that does not compile is drawn as well, with its cycles, conflicts and missing symbols \
      marked; the exit code is 1 then.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case svg
    case dot
    case mermaid
    case text
  }

  @Argument(help: "The flow file.", completion: .file(extensions: ["yaml", "yml", "json"]))
  var file: String

  @Option(help: ArgumentHelp("Write an SVG picture to this file.", valueName: "file"))
  var svg: String?

  @Option(help: "What to draw; text unless '--svg' is given.")
  var format: Format?

  @Option(
    name: [.long, .customShort("o")],
    help: ArgumentHelp("Write to this file instead of standard output.", valueName: "file"))
  var output: String?

  @Option(help: "How many levels of nested flows to draw; deeper ones are folded.")
  var depth: Int?

  func validate() throws {
    if svg != nil, output != nil || format != nil && format != .svg {
      throw ValidationError("'--svg' names the file and the format already")
    }
    if let depth, depth < 1 { throw ValidationError("'--depth' is at least 1") }
  }

  func run(on console: Console) async -> ExitStatus {
    let source = await FlowSource.of(file, on: console)
    guard let sketch = source.compilation?.sketch else {
      console.complain(FlowSource.text(of: [source], look: console.complaintLook))
      return source.refusal
    }
    let picture = FlowPicture(sketch, options: FlowPicture.Options(depth: depth))
    let text: String
    do {
      switch svg == nil ? format ?? .text : .svg {
      case .svg: text = try await ChildRenderer(console: console).svg(of: picture.drawing)
      case .dot: text = try picture.dot()
      case .mermaid: text = try picture.mermaid()
      case .text: text = try picture.text(columns: min(console.width, 100))
      }
    } catch {
      console.fail("\(error)")
      return .internalError
    }
    if let status = write(text, on: console) { return status }
    if !source.findings.isEmpty {
      console.complain(FlowSource.text(of: [source], look: console.complaintLook))
    }
    return source.hasErrors ? .findings : .done
  }

  /// Writes the picture, and says where on a terminal.
  ///
  /// - Returns: how to end if it could not be written.
  private func write(_ text: String, on console: Console) -> ExitStatus? {
    guard let path = svg ?? output else {
      return console.write(text) ? nil : .outputFailed
    }
    do throws(OutputFailure) {
      try CreatedFile(path: path).write(text)
      return nil
    } catch {
      console.fail(error.description)
      return .outputFailed
    }
  }
}
