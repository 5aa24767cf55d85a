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
    "9p", "afs", "beegfs", "ceph", "cifs", "coda", "fuse.ceph-fuse", "fuse.curlftpfs",
    "fuse.glusterfs", "fuse.rclone", "fuse.s3fs", "fuse.sshfs", "glusterfs", "gpfs", "lustre",
    "ncpfs", "nfs", "nfs4", "orangefs", "smb3", "smbfs",
  ]

  /// The network file system that a place lies on, if it does; told by the longest mount point around it.
  ///
  /// - Parameters:
  ///   - place: a real path, as of `realpath`.
  ///   - mounts: as in `/proc/self/mounts`.
  static func network(of place: String, mounts: String) -> Substring? {
    var longest: (length: Int, type: Substring) = (-1, "")
    for line in mounts.split(separator: "\n") {
      let words = line.split(separator: " ")
      guard words.count > 2 else { continue }
      let point = mountPoint(words[1])
      let isAround = point == "/" || place == point || place.hasPrefix(point + "/")
      // The last of several on one point hides the others.
      if isAround, point.utf8.count >= longest.length { longest = (point.utf8.count, words[2]) }
    }
    return networks.contains(longest.type) ? longest.type : nil
  }

  /// A mount point as it is; in a table of mounts what would break it is an octal number.
  private static func mountPoint(_ word: Substring) -> String {
    let numbers = [("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")]
    return numbers.reduce(String(word)) { $0.replacing($1.0, with: $1.1) }
  }

  /// Which file it is, whatever its path.
  struct Identity: Equatable {
    private let device: dev_t
    private let number: ino_t

    /// The file at a path; `nil` when there is none.
    init?(of path: String) {
      var status = stat()
      guard stat(path, &status) == 0 else { return nil }
      (device, number) = (status.st_dev, status.st_ino)
    }
  }

  /// What is mounted where, if the system says so.
  static var mounts: String? {
    (try? ProcFile.bytes(of: "/proc/self/mounts")).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Makes a folder and a file that others can't read, unless they are there.
  ///
  /// A file that is there is not opened: with its descriptor all locks that this process has on it would be
  /// closed, those of another store too ("How To Corrupt An SQLite Database File", 2.2).
  ///
  /// - Parameter mounts: as in `/proc/self/mounts`; `nil` when nobody knows.
  static func prepare(_ path: String, mounts: String?) throws(StoreFailure) {
    if let mounts, let type = network(of: realPlace(of: path), mounts: mounts) {
      throw StoreFailure(
        .broken, "'\(path)' is on a network file system (\(type)); keep runs on a local disk")
    }
    let folder = FilePath(path).removingLastComponent()
    if !folder.isEmpty, mkdir(folder.string, 0o700) != 0, errno != EEXIST {
      throw StoreFailure(.broken, "'\(folder)' can't be made: \(Errno(rawValue: errno))")
    }
    if mknod(path, S_IFREG | 0o600, 0) != 0 {
      guard errno == EEXIST else {
        throw StoreFailure(.broken, "'\(path)' can't be made: \(Errno(rawValue: errno))")
      }
      try useExisting(path)
    }
    if faccessat(AT_FDCWD, path, R_OK, AT_EACCESS) != 0 {
      throw StoreFailure(.broken, "'\(path)' can't be opened: \(Errno(rawValue: errno))")
    }
  }

  /// Keeps a file that is there from others, as what tasks return is in it.
  ///
  /// - Throws: ``StoreFailure`` when it goes by more than one name: locks are kept beside one of them.
  private static func useExisting(_ path: String) throws(StoreFailure) {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return }
    guard status.st_nlink == 1 else {
      throw StoreFailure(
        .broken,
        "'\(path)' has \(status.st_nlink) names (hard links); a store has one, so remove the others"
      )
    }
    guard status.st_uid == geteuid(), status.st_mode & 0o077 != 0 else { return }
    for ending in ["", "-wal", "-shm"] { chmod(path + ending, status.st_mode & 0o700) }
  }

  /// A path as SQLite takes it for that of a file: `:memory:` and `file:` mean something else to it.
  static func literal(_ path: String) -> String {
    path.hasPrefix("/") ? path : "./\(path)"
  }

  /// The real path of a file, or of the nearest folder around it that is there.
  static func realPlace(of path: String) -> String {
    var place = FilePath(path)
    repeat {
      if let real = realpath(place.isEmpty ? "." : place.string, nil) {
        defer { free(real) }
        return String(cString: real)
      }
    } while place.removeLastComponent()
    return "/"
  }

  /// That a file is damaged, and what can be done about it.
  ///
  /// - Parameter what: what is wrong in it.
  static func damaged(_ what: String) -> FileProblem {
    FileProblem(
      phrase: "is damaged: \(what); move it away, and save what is left with '.recover' of sqlite3")
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
      switch error.extendedResultCode {
      // What is in memory for all who use the file is a file, too.
      case .SQLITE_FULL, .SQLITE_IOERR_SHMSIZE: "could not be written: the disk is full"
      case .SQLITE_READONLY, .SQLITE_PERM: "can't be written: it is read-only"
      case .SQLITE_NOTADB: "is no database"
      case .SQLITE_CORRUPT: damaged("it has a page that makes no sense").phrase
      // What is asked is always the same, so it is the tables that are others.
      case .SQLITE_ERROR: damaged(error.message ?? "its tables are others").phrase
      case .SQLITE_BUSY, .SQLITE_LOCKED: "is in use by another program for too long"
      case .SQLITE_CANTOPEN: "can't be opened"
      case .SQLITE_IOERR: "could not be read or written"
      default: "can't be used: \(error.message ?? "\(error.resultCode)")"
      }
    return StoreFailure(.broken, "'\(path)' \(phrase)")
  }
}
