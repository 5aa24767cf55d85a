import FlowDiagnostics
import FlowEngine
import Foundation
import TaskFlow

/// Asks a program for its flows: one that embeds this library, and lists them when it is run with `flows`.
///
/// Only a program is run that has the mark of such ones in it, so that naming any other is an error and not an
/// adventure. It gets no input, is ended after a deadline, and its output is limited.
struct ProgramFlows {
  let console: Console

  /// How long a program may take.
  var deadline = Duration.seconds(10)

  /// The flows of a program, or the one that is named; at least one.
  ///
  /// - Throws: ``ProgramFailure`` with what to do about it.
  func flows(of program: ProgramPath) async throws(ProgramFailure) -> [Flow] {
    let name = "'\(program.path)'"
    guard hasMark(program.path) else {
      throw ProgramFailure(
        description: "\(name) is a program without flows: it does not embed TFGraphCommands")
    }
    let json = Array(try await output(of: program.path))
    let flows: [Flow]
    do throws(ListingError) {
      flows = try FlowListing(json: json).flows
    } catch {
      throw ProgramFailure(description: "what \(name) lists \(error.description)")
    }
    guard let wanted = program.flow else {
      guard !flows.isEmpty else { throw ProgramFailure(description: "\(name) has no flows") }
      return flows
    }
    guard let flow = flows.first(where: { $0.name == wanted }) else {
      let near = Suggestion.nearest(to: wanted, among: flows.map(\.name))
      throw ProgramFailure(
        description: "\(name) has no flow \(QuotedName.of(wanted))"
          + (near.map { "; did you mean '\($0)'?" } ?? ""))
    }
    return [flow]
  }

  private func hasMark(_ path: String) -> Bool {
    let url = URL(filePath: path)
    guard let program = try? Data(contentsOf: url, options: .alwaysMapped) else { return false }
    return program.range(of: Data(FlowListing.mark.utf8)) != nil
  }

  private func output(of path: String) async throws(ProgramFailure) -> ArraySlice<UInt8> {
    let name = "'\(path)'"
    let request = ProcessRequest(
      executable: URL(filePath: path).path, arguments: ["flows", "--format", "json"],
      // Nobody sees the backtrace of a crash, and it takes seconds.
      environment: console.environment.merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 },
      workingDirectory: console.workingDirectory, timeout: deadline, gracePeriod: .zero,
      outputLimits: OutputLimits(standardOutput: .whole(limit: 64 << 20)))
    let outcome: ProcessOutcome
    do throws(ProcessFailure) {
      outcome = try await ProcessRunner(groups: ProcessGroups()).run(request) { _ in }
    } catch {
      throw ProgramFailure(description: "\(name) could not list its flows: \(error)")
    }
    guard !outcome.timedOut else {
      throw ProgramFailure(
        description: "\(name) did not list its flows within \(deadline.components.seconds)s; "
          + "call TFGraph.main(flows:) before anything else")
    }
    guard outcome.termination == .exited(0) else {
      let said = outcome.standardError.text.split(separator: "\n").first.map { ": \($0)" } ?? ""
      throw ProgramFailure(description: "\(name) could not list its flows\(said)")
    }
    return outcome.standardOutput.bytes
  }
}

/// A program's flows are not to be had.
struct ProgramFailure: Error, CustomStringConvertible {
  /// Why.
  let description: String
}
