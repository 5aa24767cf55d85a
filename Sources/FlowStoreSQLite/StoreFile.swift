import FlowEngine
import GRDB
import Glibc
import SystemPackage

/// What is wrong with the file of a store, as what is said of it.
struct FileProblem: Error {
  var phrase: String
}

/// The file of a store: how it is made, and what is wrong with it in words.
enum StoreFile {
  /// File systems over a network, on which locks and flushes don't hold.
  private static let networks: Set<Substring> = [
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "glusterfs", "fuse.sshfs",
    "fuse.glusterfs",
  ]

  /// The network file system that a folder lies on, if it does; told by the longest mount point around it.
  ///
  /// - Parameter mounts: as in `/proc/self/mounts`.
  static func network(of folder: String, mounts: String) -> Substring? {
    var longest: (point: Int, type: Substring) = (-1, "")
    for line in mounts.split(separator: "\n") {
      let words = line.split(separator: " ")
      guard words.count > 2 else { continue }
      let point = words[1].replacing("\\040", with: " ")
      let isAround = point == "/" || folder == point || folder.hasPrefix(point + "/")
      if isAround, point.utf8.count >= longest.point { longest = (point.utf8.count, words[2]) }
    }
    return networks.contains(longest.type) ? longest.type : nil
  }

  /// Makes a folder and a file that others can't read, unless they are there.
  static func prepare(_ path: String) throws(StoreFailure) {
    let folder = FilePath(path).removingLastComponent()
    if !folder.isEmpty, mkdir(folder.string, 0o700) != 0, errno != EEXIST {
      throw StoreFailure(.broken, "'\(folder)' can't be made: \(Errno(rawValue: errno))")
    }
    if let mounts = try? ProcFile.bytes(of: "/proc/self/mounts"),
      let folder = realpath(folder.isEmpty ? "." : folder.string, nil)
    {
      defer { free(folder) }
      if let type = network(
        of: String(cString: folder), mounts: String(decoding: mounts, as: UTF8.self))
      {
        throw StoreFailure(
          .broken, "'\(path)' is on a network file system (\(type)); keep runs on a local disk")
      }
    }
    do {
      try FileDescriptor.open(
        path, .readOnly, options: [.create, .closeOnExec], permissions: [.ownerReadWrite]
      ).close()
    } catch {
      throw StoreFailure(.broken, "'\(path)' can't be opened: \(error)")
    }
  }

  /// An error of a database in words.
  static func failure(_ error: any Error, path: String) -> StoreFailure {
    if let failure = error as? StoreFailure { return failure }
    if let problem = error as? FileProblem {
      return StoreFailure(.broken, "'\(path)' \(problem.phrase)")
    }
    guard let error = error as? DatabaseError else {
      return StoreFailure(.broken, "'\(path)' can't be used: \(error)")
    }
    let phrase =
      switch error.resultCode {
      case .SQLITE_FULL: "could not be written: the disk is full"
      case .SQLITE_READONLY, .SQLITE_PERM: "can't be written: it is read-only"
      case .SQLITE_NOTADB: "is no database"
      case .SQLITE_CORRUPT: "is damaged"
      case .SQLITE_BUSY, .SQLITE_LOCKED: "is in use by another program for too long"
      case .SQLITE_CANTOPEN: "can't be opened"
      case .SQLITE_IOERR: "could not be read or written"
      default: "can't be used: \(error.message ?? "\(error.resultCode)")"
      }
    return StoreFailure(.broken, "'\(path)' \(phrase)")
  }
}
