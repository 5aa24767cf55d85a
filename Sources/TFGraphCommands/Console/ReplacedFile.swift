import FlowDiagnostics
import Glibc

/// A file that is there and gets another content.
struct ReplacedFile {
  /// Its path, as it was given.
  let path: String

  /// Writes the file: whole, or not at all.
  ///
  /// Who may read it stays the same; a link stays a link, and the file that it leads to is written.
  ///
  /// - Throws: ``OutputFailure``.
  func write(_ bytes: [UInt8]) throws(OutputFailure) {
    guard let target = realpath(path, nil) else { throw failure(errno) }
    defer { free(target) }
    let name = String(cString: target)
    var status = stat()
    guard stat(name, &status) == 0 else { throw failure(errno) }
    var template = Array((name + ".XXXXXX").utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw failure(errno) }
    let isWritten =
      Self.writeAll(bytes, to: descriptor) && fchmod(descriptor, status.st_mode & 0o7777) == 0
      && fsync(descriptor) == 0
    let code = errno
    close(descriptor)
    guard isWritten else {
      unlink(template)
      throw failure(code)
    }
    guard rename(template, name) == 0 else {
      let code = errno
      unlink(template)
      throw failure(code)
    }
  }

  private func failure(_ code: Int32) -> OutputFailure {
    OutputFailure(
      description: "can't write \(QuotedName.of(path)): \(String(cString: strerror(code)))")
  }

  private static func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
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
}
