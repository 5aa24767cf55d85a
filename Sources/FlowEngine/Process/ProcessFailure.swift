import Subprocess
import SystemPackage

/// Why a process could not be run, in one phrase that says what to do.
///
/// A program that ran and failed, or was ended by the runner, is no failure but a
/// ``ProcessOutcome``.
package enum ProcessFailure: Error, Sendable, Hashable {
  /// No directory on `PATH` has a program of this name.
  case notOnPath(program: String)
  /// There is no file at this path.
  case missing(program: String, workingDirectory: String)
  /// The path is that of a directory.
  case isDirectory(program: String)
  /// The file may not be executed.
  case notExecutable(program: String)
  /// The file is neither a program nor a script with a `#!` line.
  case notProgram(program: String)
  /// The program that the script's `#!` line names does not exist.
  case missingInterpreter(program: String, interpreter: String)
  /// The working directory cannot be entered.
  case workingDirectory(String, reason: String)
  /// Arguments and environment are more than the system passes on.
  case argumentsTooLong(program: String)
  /// A name or text cannot be passed to a process.
  case unpassable(program: String, reason: String)
  /// The program wrote more data than is allowed, and was ended for it.
  case outputTooLong(program: String, limit: Int)
  /// The run was cancelled before the program was started.
  case cancelledBeforeStart(program: String)
  /// The system refused, for a reason that is not the program's.
  case refused(program: String, reason: String)
}

extension ProcessFailure: CustomStringConvertible {
  /// The phrase that people see.
  package var description: String {
    switch self {
    case .notOnPath(""), .missing("", _):
      "no program is named; write its name or path as the first word"
    case .notOnPath(let program):
      "no program '\(program)' on PATH; install it or give its path"
    case .missing(let program, let workingDirectory):
      "no file '\(program)' in '\(workingDirectory)'; correct the path or create the file"
    case .isDirectory(let program):
      "'\(program)' is a directory, not a program; name a file in it"
    case .notExecutable(let program):
      "'\(program)' is not executable; run 'chmod +x' on it"
    case .notProgram(let program):
      "'\(program)' is not a program; start a script with a line such as '#!/bin/sh'"
    case .missingInterpreter(let program, let interpreter):
      "'\(program)' needs '\(interpreter)', which does not exist; install it or correct the '#!' line"
    case .workingDirectory(let path, let reason):
      "cannot enter the working directory '\(path)': \(reason); create it or choose another"
    case .argumentsTooLong(let program):
      "arguments and environment of '\(program)' are too long for the system; "
        + "pass large values by file"
    case .unpassable(let program, let reason):
      "cannot start '\(program)': \(reason)"
    case .outputTooLong(let program, let limit):
      "output of '\(program)' is longer than \(ByteCount(limit)); write it to a file instead"
    case .cancelledBeforeStart(let program):
      "cancelled before '\(program)' was started"
    case .refused(let program, let reason):
      "cannot start '\(program)': \(reason)"
    }
  }
}

extension ProcessFailure {
  /// Says what swift-subprocess reported about a program that was found and looked executable.
  init(_ error: any Error, of request: ProcessRequest, path: String) {
    let program = request.executable
    guard let error = error as? SubprocessError else {
      self = .refused(program: program, reason: "\(error)")
      return
    }
    switch (error.code, error.underlyingError) {
    case (.failedToChangeWorkingDirectory, let reason):
      self = .workingDirectory(request.workingDirectory, reason: Self.phrase(reason))
    case (.executableNotFound, _):
      self =
        if let interpreter = ExecutableLookup.interpreter(ofScript: path) {
          .missingInterpreter(program: program, interpreter: interpreter)
        } else {
          .notExecutable(program: program)
        }
    case (.spawnFailed, .some(.argListTooLong)): self = .argumentsTooLong(program: program)
    case (.spawnFailed, .some(.execFormatError)): self = .notProgram(program: program)
    case (.spawnFailed, .some(.resourceTemporarilyUnavailable)):
      self = .refused(program: program, reason: "too many processes run; lower the concurrency")
    case (_, .some(let reason)):
      self = .refused(program: program, reason: Self.phrase(reason))
    case (_, .none): self = .refused(program: program, reason: "\(error)")
    }
  }

  /// Says why no pipe could be made.
  init(_ error: any Error, program: String) {
    self = .refused(program: program, reason: Self.phrase(error as? Errno))
  }

  private static func phrase(_ reason: Errno?) -> String {
    switch reason {
    case .noSuchFileOrDirectory: "it does not exist"
    case .notDirectory: "it is not a directory"
    case .permissionDenied: "permission is denied"
    case .tooManyOpenFiles, .tooManyOpenFilesInSystem:
      "too many files are open; lower the concurrency or raise 'ulimit -n'"
    case .noMemory: "memory is exhausted; lower the concurrency"
    case .some(let other): "the system says \"\(other)\""
    case .none: "the system gives no reason"
    }
  }
}
