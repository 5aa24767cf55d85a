package import FlowDiagnostics

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file that can't be read, and why.
package struct UnreadableFile: Error, Hashable, CustomStringConvertible {
  /// The path as it was given.
  package var path: String

  /// Why, as one phrase: `'ops' is a directory`.
  package var description: String

  package init(path: String, description: String) {
    self.path = path
    self.description = description
  }

  /// The same as a finding.
  package var finding: Finding {
    Finding(
      rule: "unreadable-file", message: description,
      span: SourceSpan(file: path, line: 1, column: 1))
  }
}

/// Reads the bytes of a document's file.
package enum DocumentFile {
  /// The bytes of a regular file.
  ///
  /// Nothing else is opened: a pipe could wait forever, and a device has no end. The size is looked
  /// at before anything is read, and again while reading, as files can grow.
  ///
  /// - Throws: what stands in the way, such as a directory or a size over the limit.
  package static func bytes(
    path: String, limits: DocumentLimits = DocumentLimits()
  ) throws(UnreadableFile) -> [UInt8] {
    let name = QuotedName.of(path)
    guard !path.isEmpty, !path.utf8.contains(0) else {
      throw UnreadableFile(path: path, description: "\(name) is no path of a file")
    }
    var status = stat()
    guard stat(path, &status) == 0 else { throw failure(path, code: errno) }
    try check(status, path: path, limits: limits)
    // Not blocking, should a pipe have taken the file's place since.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw failure(path, code: errno) }
    defer { close(descriptor) }
    guard fstat(descriptor, &status) == 0 else { throw failure(path, code: errno) }
    try check(status, path: path, limits: limits)
    return try contents(of: descriptor, size: Int(status.st_size), path: path, limits: limits)
  }

  private static func check(
    _ status: stat, path: String, limits: DocumentLimits
  ) throws(UnreadableFile) {
    let name = QuotedName.of(path)
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw UnreadableFile(path: path, description: "\(name) is a directory")
    case S_IFIFO: throw UnreadableFile(path: path, description: "\(name) is a pipe, not a file")
    case S_IFSOCK: throw UnreadableFile(path: path, description: "\(name) is a socket, not a file")
    default: throw UnreadableFile(path: path, description: "\(name) is a device, not a file")
    }
    if Int(status.st_size) > limits.fileSize { throw tooLarge(path, limits) }
  }

  private static func contents(
    of descriptor: Int32, size: Int, path: String, limits: DocumentLimits
  ) throws(UnreadableFile) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(size + 1)
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(descriptor, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      if count < 0 { throw failure(path, code: errno) }
      if count == 0 { return bytes }
      bytes.append(contentsOf: chunk[..<count])
      if bytes.count > limits.fileSize { throw tooLarge(path, limits) }
    }
  }

  private static func tooLarge(_ path: String, _ limits: DocumentLimits) -> UnreadableFile {
    let size = ByteSize.phrase(limits.fileSize)
    return UnreadableFile(path: path, description: "\(QuotedName.of(path)) is over \(size)")
  }

  private static func failure(_ path: String, code: Int32) -> UnreadableFile {
    let name = QuotedName.of(path)
    let description =
      switch code {
      case ENOENT: "there is no file \(name)"
      case ENOTDIR: "there is no file \(name): a part of its path is no directory"
      case EACCES, EPERM: "\(name) can't be read: permission denied"
      case ELOOP: "\(name) is a circle of links"
      case ENAMETOOLONG: "the path \(name) is too long"
      default: "\(name) can't be read: \(String(cString: strerror(code)))"
      }
    return UnreadableFile(path: path, description: description)
  }
}
