public import ArgumentParser
import Glibc

/// The command line.
public struct TFGraph: ParsableCommand {
  public static let configuration = CommandConfiguration(
    commandName: "tfgraph",
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
      LintCommand.self, RenderCommand.self, PlanCommand.self, AreasCommand.self, WhyCommand.self,
      WhatIfCommand.self,
      RunCommand.self,
      ResumeCommand.self,
      RunsCommand.self,
      ShowCommand.self, LogsCommand.self, CancelCommand.self, RemoveCommand.self,
      DoctorCommand.self,
      DocsCommand.self,
      LayoutCommand.self,
    ])

  public init() {}

  /// Runs a command line.
  ///
  /// - Parameter arguments: the program's name and its arguments.
  /// - Returns: the exit code.
  public static func run(_ arguments: [String]) async -> Int32 {
    // Nobody reads any more (`| head`): a write that fails and is reported, not a death that leaves
    // tasks behind. Processes are started with the default again.
    signal(SIGPIPE, SIG_IGN)
    do {
      var command = try parseAsRoot(Array(arguments.dropFirst()))
      if let command = command as? any ConsoleCommand {
        return await command.run(on: .standard).code
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
