import Glibc
import SystemPackage

/// Finds the file that a program's name or path stands for, and says what is wrong with it.
///
/// swift-subprocess looks programs up as well, but reports every mistake as "not found".
struct ExecutableLookup {
  /// Where a shell looks when there is no `PATH`.
  static let standardPath = "/usr/local/bin:/usr/bin:/bin"

  private enum Candidate {
    case missing
    case directory
    case notExecutable
    case executable
  }

  let searchPath: String
  let workingDirectory: String

  /// The absolute path of a program.
  func path(of program: String) throws(ProcessFailure) -> String {
    guard workingDirectory.hasPrefix("/") else {
      throw .workingDirectory(workingDirectory, reason: "it is not an absolute path")
    }
    switch Self.candidate(at: workingDirectory) {
    case .directory: break
    case .missing: throw .workingDirectory(workingDirectory, reason: "it does not exist")
    case .notExecutable, .executable:
      throw .workingDirectory(workingDirectory, reason: "it is not a directory")
    }
    guard program.utf8.contains(UInt8(ascii: "/")) else { return try search(for: program) }
    let path = FilePath(workingDirectory).pushing(FilePath(program)).string
    switch Self.candidate(at: path) {
    case .missing: throw .missing(program: program, workingDirectory: workingDirectory)
    case .directory: throw .isDirectory(program: program)
    case .notExecutable: throw .notExecutable(program: program)
    case .executable: return path
    }
  }

  /// Directories that are not absolute are passed over: what a name means must not depend on where
  /// one is.
  private func search(for name: String) throws(ProcessFailure) -> String {
    guard !name.isEmpty else { throw .notOnPath(program: name) }
    var unusable: String?
    for directory in searchPath.split(separator: ":") where directory.hasPrefix("/") {
      let path = FilePath(String(directory)).appending(name).string
      switch Self.candidate(at: path) {
      case .executable: return path
      case .notExecutable: unusable = unusable ?? path
      case .missing, .directory: continue
      }
    }
    if let unusable { throw .notExecutable(program: unusable) }
    throw .notOnPath(program: name)
  }

  private static func candidate(at path: String) -> Candidate {
    var status = stat()
    guard stat(path, &status) == 0 else { return .missing }
    if status.st_mode & S_IFMT == S_IFDIR { return .directory }
    return access(path, X_OK) == 0 ? .executable : .notExecutable
  }

  /// The program that a script's `#!` line names, when the file begins with one.
  static func interpreter(ofScript path: String) -> String? {
    guard let file = try? FileDescriptor.open(path, .readOnly, options: [.closeOnExec]) else {
      return nil
    }
    defer { try? file.close() }
    // The kernel looks no further either.
    var start = [UInt8](repeating: 0, count: 256)
    guard let count = try? start.withUnsafeMutableBytes({ try file.read(into: $0) }),
      start.starts(with: "#!".utf8)
    else { return nil }
    let line = start[2..<max(2, count)].prefix { $0 != UInt8(ascii: "\n") }
    return String(decoding: line, as: UTF8.self)
      .split(whereSeparator: { $0 == " " || $0 == "\t" || $0 == "\r" })
      .first.map(String.init)
  }
}
