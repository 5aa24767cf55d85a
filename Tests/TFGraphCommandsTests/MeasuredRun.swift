import Foundation
import Glibc

/// One call of the built `tfgraph` with what it took.
struct MeasuredRun {
  let code: Int32
  let output: String

  /// The most memory that it had at a time, in bytes; 0 when that was less than this process ever had, which
  /// the system counts for a child before it becomes another program.
  let memory: Int

  /// Calls `tfgraph` in a folder and waits for its end; what it complains about is a part of the output.
  init(_ arguments: [String], in scratch: Scratch) throws {
    let path = scratch.url.appending(path: "measured-output").path
    let command = [CommandRun.executable.path] + arguments
    // The shell changes the folder and redirects, and is replaced by the command.
    let script = "cd \"$0\" && exec \"$@\" >\"$OUTPUT\" 2>&1 </dev/null"
    var words = (["sh", "-c", script, scratch.url.path] + command).map { strdup($0) } + [nil]
    var environment: [UnsafeMutablePointer<CChar>?] = [strdup("OUTPUT=\(path)"), nil]
    defer { for word in words + environment { free(word) } }
    var child = pid_t()
    var own = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &own)
    let error = posix_spawn(&child, "/bin/sh", nil, nil, &words, &environment)
    guard error == 0 else { throw POSIXError(POSIXErrorCode(rawValue: error) ?? .EIO) }
    var status: Int32 = 0
    var usage = rusage()
    while wait4(child, &status, 0, &usage) < 0, errno == EINTR {}
    code = status & 0x7F == 0 ? status >> 8 & 0xFF : -(status & 0x7F)
    memory = usage.ru_maxrss > own.ru_maxrss ? usage.ru_maxrss * 1024 : 0
    output = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
  }
}
