package import SystemPackage

/// A file under `/proc`, which tells its length to nobody.
package enum ProcFile {
  /// All that it holds.
  ///
  /// - Throws: ``Errno`` when it can't be read, as that of a process which has ended or is another's.
  package static func bytes(of path: FilePath) throws -> [UInt8] {
    let descriptor = try FileDescriptor.open(path, .readOnly, options: [.closeOnExec])
    return try descriptor.closeAfter {
      var bytes: [UInt8] = []
      var part = [UInt8](repeating: 0, count: 65_536)
      while case let count = try part.withUnsafeMutableBytes({ try descriptor.read(into: $0) }),
        count > 0
      {
        bytes += part[..<count]
      }
      return bytes
    }
  }
}
