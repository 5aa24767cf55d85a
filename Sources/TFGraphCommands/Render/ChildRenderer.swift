import FlowEngine
import FlowRender
import Foundation
import Glibc

/// Draws in a child process of the command itself.
///
/// Graphviz calls `exit` and `assert`, and takes forever on some graphs: in a child with a deadline and a
/// memory limit that is an error message, and nothing else is lost.
struct ChildRenderer {
  let console: Console

  /// How long a picture may take.
  var deadline = Duration.seconds(60)

  /// How much memory a picture may take, in MiB.
  var memory = 1024

  /// The program that is run with `layout FILE`: this one.
  var executable = Self.ownExecutable

  /// The SVG of a drawing.
  ///
  /// - Throws: ``RenderFailure`` with what to do instead.
  func svg(of drawing: Drawing) async throws(RenderFailure) -> String {
    // What the child would only say as text is said here.
    if let defect = drawing.defect { throw RenderFailure(description: "\(defect)") }
    let folder: AttemptDirectory
    do {
      folder = try AttemptDirectory(in: console.scratchDirectory)
    } catch {
      throw RenderFailure(description: "\(error)")
    }
    defer { try? folder.remove() }
    let file = CreatedFile(path: folder.path + "/drawing.json")
    do {
      let data = try JSONEncoder().encode(drawing)
      try file.write(String(decoding: data, as: UTF8.self))
    } catch {
      throw RenderFailure(description: "\(error)")
    }
    return try await run(on: file.path)
  }

  private func run(on path: String) async throws(RenderFailure) -> String {
    let request = ProcessRequest(
      executable: executable, arguments: ["layout", path, "--memory", String(memory)],
      environment: environment,
      workingDirectory: console.workingDirectory, timeout: deadline, gracePeriod: .zero,
      outputLimits: OutputLimits(standardOutput: .whole(limit: 256 << 20)))
    let outcome: ProcessOutcome
    do throws(ProcessFailure) {
      outcome = try await ProcessRunner(groups: ProcessGroups()).run(request) { _ in }
    } catch {
      throw RenderFailure(description: "\(error)")
    }
    if outcome.timedOut {
      throw RenderFailure(
        description: "the layout takes longer than \(deadline.components.seconds)s; "
          + "fold nested flows with '--depth', or use '--format text'")
    }
    switch outcome.termination {
    case .exited(0):
      return outcome.standardOutput.text
    case _ where Self.signsOfNoMemory.contains(where: outcome.standardError.text.contains):
      throw RenderFailure(
        description: "the layout needs more than \(memory) MiB of memory; "
          + "fold nested flows with '--depth', or use '--format text'")
    case .exited:
      let said = outcome.standardError.text.trimmingCharacters(in: .whitespacesAndNewlines)
      throw RenderFailure(description: said.isEmpty ? "the layout failed" : said)
    case .signalled(let signal):
      throw RenderFailure(
        description: "Graphviz crashed with signal \(signal) on this flow; use '--format text'")
    }
  }

  /// What Swift's runtime, Graphviz, the C library and its loader say when they get no more memory; they end the
  /// process then, each in its way.
  private static let signsOfNoMemory = [
    "failed to allocate", "out of memory", "Cannot allocate memory",
    "cannot allocate memory", "failed to map segment",
  ]

  /// The environment of the child: no backtrace of a crash, since nobody sees it and it takes seconds.
  private var environment: [String: String] {
    console.environment.merging(["SWIFT_BACKTRACE": "enable=no"]) { _, new in new }
  }

  /// The program that runs, wherever it was called from.
  private static var ownExecutable: String {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
      ?? CommandLine.arguments[0]
  }
}

/// A picture could not be made.
struct RenderFailure: Error, CustomStringConvertible {
  /// Why, and what to do instead.
  let description: String
}
