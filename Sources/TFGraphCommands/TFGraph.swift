public import ArgumentParser
import FlowDiagnostics
import Foundation
import Glibc
public import TaskFlow

/// The command line: that of `tfgraph`, or of a program with flows of its own.
///
/// ```swift
/// @main struct Deployments {
///   static func main() async { await TFGraph.main(flows: [deploy, restore]) }
/// }
/// ```
///
/// Such a program has all commands. Where one takes a flow file it takes the name of a flow as well, as in
/// `deployments run deploy --input version=1.4.0`.
public struct TFGraph: ParsableCommand {
  /// What the program is called in help.
  @TaskLocal static var programName = "tfgraph"

  /// How the command line is parsed, and what help says.
  public static var configuration: CommandConfiguration { configuration(of: programName) }

  private static func configuration(of program: String) -> CommandConfiguration {
    CommandConfiguration(
      commandName: program,
      abstract: "Checks, draws, runs and documents procedures that must finish or be undone.",
      discussion: """
        A flow file lists tasks that say what they require, what they provide, how to execute and how \
        to revert. tfgraph tells what is wrong with it before anything runs, shows its graph, and runs \
        it: in parallel, with retries, and undone in reverse order when it fails.

        Exit codes: 0 done; 1 findings, or the flow failed and was undone; 2 usage or unreadable \
        input; 3 the flow failed and could not be undone; 4 the run waits for a decision; 5 another \
        process has the run; 70 internal error; 74 storage or output failed; 129, 130 and 143 stopped by a signal.
        """,
      version: "0.1.0",
      subcommands: [
        LintCommand.self, ExplainCommand.self, RulesCommand.self, FormatCommand.self,
        SchemaCommand.self,
        RenderCommand.self, PlanCommand.self, AreasCommand.self, WhyCommand.self,
        WhatIfCommand.self,
        RunCommand.self, ResumeCommand.self, RunsCommand.self, ShowCommand.self,
        LogsCommand.self, CancelCommand.self, RemoveCommand.self, DoctorCommand.self,
        DocsCommand.self, FlowsCommand.self, LayoutCommand.self,
      ])
  }

  /// A command line without a command, which prints help.
  public init() {}

  /// Runs the command line of this process, and ends the process.
  ///
  /// Call it first: tools ask a program for its flows by running it.
  ///
  /// - Parameter flows: the flows that the program has, each under its name.
  public static func main(flows: [Flow]) async -> Never {
    Glibc.exit(await run(CommandLine.arguments, flows: flows))
  }

  /// Runs a command line.
  ///
  /// - Parameters:
  ///   - arguments: the program's name and its arguments.
  ///   - flows: the flows that the program has, each under its name.
  /// - Returns: the exit code.
  public static func run(_ arguments: [String], flows: [Flow] = []) async -> Int32 {
    var console = Console.standard
    console.catalog = FlowCatalog(flows)
    let name = arguments.first.map { URL(filePath: $0).lastPathComponent } ?? ""
    if !name.isEmpty { console.program = name }
    if let twice = console.catalog.repeatedName {
      console.fail("this program has two flows called \(QuotedName.of(twice)); rename one of them")
      return ExitStatus.usage.code
    }
    return await $programName.withValue(console.program) {
      await run(arguments, on: console)
    }
  }

  private static func run(_ arguments: [String], on console: Console) async -> Int32 {
    // Nobody reads any more (`| head`): a write that fails and is reported, not a death that leaves
    // tasks behind. Processes are started with the default again.
    signal(SIGPIPE, SIG_IGN)
    do {
      var command = try parseAsRoot(Array(arguments.dropFirst()))
      if let command = command as? any ConsoleCommand {
        return await command.run(on: console).code
      }
      try command.run()
      return ExitStatus.done.code
    } catch {
      return report(error).code
    }
  }

  /// Prints what a usage error, or a request for help, has to say.
  private static func report(_ error: any Error) -> ExitStatus {
    let message = fullMessage(for: error)
    if exitCode(for: error).isSuccess {
      return Console.standard.print(message) ? .done : .outputFailed
    }
    Console.standard.complain(message)
    return .usage
  }
}

/// A command that works on a console and ends with a status.
protocol ConsoleCommand: ParsableCommand {
  /// Does the command's work.
  func run(on console: Console) async -> ExitStatus
}
