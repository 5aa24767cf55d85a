import SystemPackage

/// The pipes of one run: two that the process writes, and one that wakes the reader.
///
/// All ends are close-on-exec, so no other process that is started meanwhile inherits them. Whoever
/// opens them closes each side exactly once.
struct OutputPipes: Sendable {
  /// The two ends of a pipe.
  struct Ends: Sendable {
    let read: FileDescriptor
    let write: FileDescriptor

    func close() {
      try? read.close()
      try? write.close()
    }
  }

  let standardOutput: Ends
  let standardError: Ends
  let wake: Ends

  /// Opens the pipes, all or none.
  static func open() throws -> OutputPipes {
    let standardOutput = try pipe()
    do {
      let standardError = try pipe()
      do {
        return OutputPipes(
          standardOutput: standardOutput, standardError: standardError, wake: try pipe())
      } catch {
        standardError.close()
        throw error
      }
    } catch {
      standardOutput.close()
      throw error
    }
  }

  private static func pipe() throws -> Ends {
    let (read, write) = try FileDescriptor.pipe(options: [.closeOnExec])
    return Ends(read: read, write: write)
  }

  /// Closes the ends that only the process should hold, so that its end is the output's end.
  func closeProcessSide() {
    try? standardOutput.write.close()
    try? standardError.write.close()
  }

  /// Closes the ends of the runner and its reader.
  func closeOwnSide() {
    try? standardOutput.read.close()
    try? standardError.read.close()
    wake.close()
  }

  /// Makes the reader take what is left and return.
  func stopReader() {
    _ = try? wake.write.writeAll([0])
  }
}
