import FlowDiagnostics
import Glibc
import SystemPackage

/// Processes that tasks of a run started and that outlived its engine.
///
/// They are told by the name of the run in their environment, which everything inherits that a task starts; a
/// number of a process can have been given to another since.
public enum OrphanedProcesses {
  /// Ends the processes of a run, which nobody else may have: they are asked to end, and killed when they
  /// have not after the grace period.
  ///
  /// - Returns: how many there were.
  @discardableResult
  public static func end(
    ofRun id: String, grace: Duration = .seconds(5), clock: any Clock<Duration> = ContinuousClock()
  ) async -> Int {
    let found = processes(ofRun: id)
    for process in found { kill(process, SIGTERM) }
    let elapsed = stopwatch(clock)
    var left = found
    while !left.isEmpty, elapsed() < grace {
      guard (try? await clock.sleep(for: .milliseconds(10))) != nil else { break }
      left = processes(ofRun: id)
    }
    // Whatever one starts while it is killed is found in the next round.
    while !left.isEmpty {
      for process in left { kill(process, SIGKILL) }
      guard (try? await clock.sleep(for: .milliseconds(10))) != nil else { break }
      left = processes(ofRun: id)
    }
    return found.count
  }

  /// The processes of a run that live, but for this one.
  static func processes(ofRun id: String) -> [pid_t] {
    guard let folder = opendir("/proc") else { return [] }
    defer { closedir(folder) }
    let entry = Array("\(ShellEnvironment.runIDVariable)=\(id)".utf8)
    var found: [pid_t] = []
    while let next = readdir(folder) {
      let name = withUnsafePointer(to: &next.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard let process = pid_t(name), process != getpid(),
        let environment = try? ProcFile.bytes(of: FilePath("/proc/\(name)/environ")),
        environment.split(separator: 0).contains(where: { $0.elementsEqual(entry) })
      else { continue }
      found.append(process)
    }
    return found
  }
}
