import FlowDiagnostics
import Foundation
import Glibc
import SystemPackage

/// Processes that tasks of a run started and that outlived its engine.
///
/// They are told by the name of the run in their environment, which everything inherits that a task starts
/// and that does not clear it; by the number and the start time of the program that the task began with; and
/// by the session of such a program, which all is in that does not leave it. A number alone tells nothing:
/// it can have been given to another since.
public enum OrphanedProcesses {
  /// Ends the processes of a run, which nobody else may have: they are asked to end, and killed when they
  /// have not after the grace period.
  ///
  /// - Parameters:
  ///   - id: the run.
  ///   - scratch: the folder that the scratch files of its tasks are in, which say what they began with.
  ///   - noticing: is told how many there are, if there are some, before it waits for them.
  /// - Returns: how many there were.
  @discardableResult
  public static func end(
    ofRun id: String, scratch: String, grace: Duration = .seconds(5),
    clock: any Clock<Duration> = ContinuousClock(), noticing: (Int) -> Void = { _ in }
  ) async -> Int {
    let begun = AttemptDirectory.leaders(ofRun: id, in: scratch)
    var sessions: Set<pid_t> = []
    let found = processes(ofRun: id, begun: begun, &sessions)
    if !found.isEmpty { noticing(found.count) }
    for process in found { kill(process, SIGTERM) }
    let elapsed = stopwatch(clock)
    var left = found
    while !left.isEmpty, elapsed() < grace {
      guard (try? await clock.sleep(for: .milliseconds(10))) != nil else { break }
      left = processes(ofRun: id, begun: begun, &sessions)
    }
    // Whatever one starts while it is killed is found in the next round.
    while !left.isEmpty {
      for process in left { kill(process, SIGKILL) }
      guard (try? await clock.sleep(for: .milliseconds(10))) != nil else { break }
      left = processes(ofRun: id, begun: begun, &sessions)
    }
    return found.count
  }

  /// The processes of a run that live and may be ended, but for this one.
  ///
  /// - Parameter sessions: those that are known to be the run's, also when their leaders have ended; those
  ///   that last are known after that. Nobody else is given the number of one as long as it lasts.
  private static func processes(
    ofRun id: String, begun: Set<ProcessStatus>, _ sessions: inout Set<pid_t>
  ) -> [pid_t] {
    let all = ProcessStatus.all.filter { $0.number != getpid() }
    let own = Set(all.filter { begun.contains($0) || isMarked($0.number, with: id) }.map(\.number))
    // The leader of a session has its number.
    let known = sessions.union(own)
    sessions = Set(all.map(\.session).filter(known.contains))
    return all.filter { own.contains($0.number) || sessions.contains($0.session) }.map(\.number)
      .filter { kill($0, 0) == 0 }
  }

  private static func isMarked(_ process: pid_t, with id: String) -> Bool {
    guard let environment = try? ProcFile.bytes(of: FilePath("/proc/\(process)/environ")) else {
      return false
    }
    return environment.split(separator: 0).contains { entry in
      guard let sign = entry.firstIndex(of: UInt8(ascii: "=")) else { return false }
      let value = entry[(sign + 1)...]
      if entry[..<sign].elementsEqual(ShellEnvironment.runIDVariable.utf8) {
        return value.elementsEqual(id.utf8)
      }
      return entry[..<sign].elementsEqual(ShellEnvironment.outerRunsVariable.utf8)
        && value.split(separator: UInt8(ascii: " ")).contains { $0.elementsEqual(id.utf8) }
    }
  }
}
