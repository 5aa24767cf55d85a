import Glibc
import SystemPackage

/// A file whose text is replaced by another: whole, or not at all.
struct ReplacedFile {
  /// Its path, as it was given.
  let path: String

  /// Writes the new text.
  ///
  /// A symbolic link stays one: the file that it leads to is replaced. Who may read and write the file stays
  /// as it is.
  ///
  /// - Throws: ``OutputFailure``.
  func write(_ bytes: [UInt8]) throws(OutputFailure) {
    guard let target = realpath(path, nil) else { throw failure() }
    defer { free(target) }
    var status = stat()
    guard stat(target, &status) == 0 else { throw failure() }
    // Beside the file, so that the exchange is one step.
    var name = Array("\(String(cString: target)).XXXXXX".utf8CString)
    let descriptor = mkstemp(&name)
    guard descriptor >= 0 else { throw failure() }
    let isWritten =
      (try? FileDescriptor(rawValue: descriptor).writeAll(bytes)) != nil
      && fchmod(descriptor, status.st_mode & 0o7777) == 0
      && fsync(descriptor) == 0
    let reason = errno
    close(descriptor)
    guard isWritten, rename(name, target) == 0 else {
      let failure = isWritten ? failure() : failure(reason)
      unlink(name)
      throw failure
    }
  }

  private func failure(_ code: Int32 = errno) -> OutputFailure {
    OutputFailure(description: "can't write '\(path)': \(String(cString: strerror(code)))")
  }
}
