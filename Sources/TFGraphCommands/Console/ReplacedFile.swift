import Glibc

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
      Self.write(bytes, to: descriptor) && fchmod(descriptor, status.st_mode & 0o7777) == 0
      && fsync(descriptor) == 0
    let reason = errno
    close(descriptor)
    guard isWritten, rename(name, target) == 0 else {
      let failure = isWritten ? failure() : failure(reason)
      unlink(name)
      throw failure
    }
  }

  private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    bytes.withUnsafeBytes { buffer in
      var rest = buffer[...]
      while !rest.isEmpty {
        let count = Glibc.write(
          descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        if count < 0 {
          if errno == EINTR { continue }
          return false
        }
        rest = rest.dropFirst(count)
      }
      return true
    }
  }

  private func failure(_ code: Int32 = errno) -> OutputFailure {
    OutputFailure(description: "can't write '\(path)': \(String(cString: strerror(code)))")
  }
}
