import Foundation
import GRDBSQLite
import Synchronization

/// The file system that SQLite uses in these tests: its own, but for the folders that are watched.
///
/// SQLite takes a file system as a table of C functions (`sqlite3_vfs`). It is the default one, as a store
/// has no name of one to give; the files of other folders never come here again once they are opened.
enum FaultyFileSystem {
  private static let disks = Mutex<[String: FaultyDisk]>([:])

  /// Sends what happens in the folder of a disk by that disk.
  static func watch(_ disk: FaultyDisk) {
    registration
    disks.withLock { $0[disk.folder.path] = disk }
  }

  /// Leaves the folder of a disk alone again.
  static func forget(_ disk: FaultyDisk) {
    disks.withLock { $0[disk.folder.path] = nil }
  }

  /// The disk that a file lies on, if it is watched.
  fileprivate static func disk(of path: UnsafePointer<CChar>?) -> FaultyDisk? {
    guard let path else { return nil }
    let folder = String(cString: path).split(
      separator: "/", omittingEmptySubsequences: false
    ).dropLast().joined(separator: "/")
    return disks.withLock { $0[folder] }
  }

  /// SQLite's own file system.
  fileprivate static var own: UnsafeMutablePointer<sqlite3_vfs> { sqlite3_vfs_find("unix") }

  /// Registers the file system, once in a process and for good.
  private static let registration: Void = {
    let system = UnsafeMutablePointer<sqlite3_vfs>.allocate(capacity: 1)
    let methods = UnsafeMutablePointer<sqlite3_io_methods>.allocate(capacity: 1)
    methods.initialize(to: WatchedFile.methods)
    system.initialize(to: own.pointee)
    system.pointee.zName = UnsafePointer(strdup("faulty"))
    system.pointee.szOsFile += Int32(WatchedFile.headSize)
    system.pointee.pAppData = UnsafeMutableRawPointer(methods)
    system.pointee.xOpen = open
    system.pointee.xDelete = { _, path, syncsFolder in
      disk(of: path)?.answer(to: .delete) ?? own.pointee.xDelete(own, path, syncsFolder)
    }
    system.pointee.xAccess = { _, path, flags, result in
      disk(of: path)?.answer(to: .access) ?? own.pointee.xAccess(own, path, flags, result)
    }
    sqlite3_vfs_register(system, 1)
  }()

  private static let open:
    @convention(c) (
      UnsafeMutablePointer<sqlite3_vfs>?, UnsafePointer<CChar>?,
      UnsafeMutablePointer<sqlite3_file>?,
      Int32, UnsafeMutablePointer<Int32>?
    ) -> Int32 = { system, path, file, flags, flagsOut in
      guard let disk = disk(of: path), let file, let methods = system?.pointee.pAppData else {
        return own.pointee.xOpen(own, path, file, flags, flagsOut)
      }
      file.pointee.pMethods = nil
      let isNew =
        path.map { !FileManager.default.fileExists(atPath: String(cString: $0)) } ?? true
      if let answer = disk.answer(to: .open(isNew: isNew)) { return answer }
      let watched = WatchedFile(file)
      let code = own.pointee.xOpen(own, path, watched.base, flags, flagsOut)
      if watched.base.pointee.pMethods != nil {
        watched.begin(
          FaultyFile(disk, isDatabase: flags & SQLITE_OPEN_MAIN_DB != 0),
          methods: methods.assumingMemoryBound(to: sqlite3_io_methods.self))
      }
      return code
    }
}

/// What is known of a file of a watched folder.
private final class FaultyFile {
  let disk: FaultyDisk
  /// Whether it is the database itself, and not its log or what else is beside it.
  let isDatabase: Bool

  init(_ disk: FaultyDisk, isDatabase: Bool) {
    self.disk = disk
    self.isDatabase = isDatabase
  }
}

/// A file of a watched folder in the memory that SQLite gave for it: a head, then the file of its own
/// file system.
private struct WatchedFile {
  /// The pointer to the methods, as SQLite wants it, and what is known of the file.
  static let headSize = 2 * MemoryLayout<UnsafeRawPointer>.stride

  let file: UnsafeMutablePointer<sqlite3_file>

  init(_ file: UnsafeMutablePointer<sqlite3_file>) { self.file = file }

  var base: UnsafeMutablePointer<sqlite3_file> {
    UnsafeMutableRawPointer(file).advanced(by: Self.headSize).assumingMemoryBound(
      to: sqlite3_file.self)
  }

  private var place: UnsafeMutablePointer<Unmanaged<FaultyFile>> {
    UnsafeMutableRawPointer(file).advanced(by: MemoryLayout<UnsafeRawPointer>.stride)
      .assumingMemoryBound(to: Unmanaged<FaultyFile>.self)
  }

  var known: FaultyFile { place.pointee.takeUnretainedValue() }

  func begin(_ known: FaultyFile, methods: UnsafePointer<sqlite3_io_methods>) {
    place.initialize(to: .passRetained(known))
    file.pointee.pMethods = methods
  }

  func end() { place.pointee.release() }

  /// Makes a call, unless it fails; one that is not named can't.
  static func call(
    _ call: FaultyDisk.Call?, _ file: UnsafeMutablePointer<sqlite3_file>?,
    _ body: (sqlite3_io_methods, UnsafeMutablePointer<sqlite3_file>) -> Int32
  ) -> Int32 {
    guard let file else { return SQLITE_MISUSE }
    let watched = WatchedFile(file)
    let known = watched.known
    if let call, let answer = known.disk.answer(to: call, inDatabase: known.isDatabase) {
      return answer
    }
    return body(watched.base.pointee.pMethods.pointee, watched.base)
  }
}

extension WatchedFile {
  /// Version 2: without the calls that map the database itself, which need no answer here.
  static let methods: sqlite3_io_methods = {
    var methods = sqlite3_io_methods()
    methods.iVersion = 2
    methods.xClose = { file in
      guard let file else { return SQLITE_MISUSE }
      let watched = WatchedFile(file)
      defer { watched.end() }
      return watched.base.pointee.pMethods.pointee.xClose(watched.base)
    }
    addContent(to: &methods)
    addLocks(to: &methods)
    methods.xFileControl = { file, code, argument in
      WatchedFile.call(nil, file) { $0.xFileControl($1, code, argument) }
    }
    methods.xSectorSize = { file in WatchedFile.call(nil, file) { $0.xSectorSize($1) } }
    methods.xDeviceCharacteristics = { file in
      WatchedFile.call(nil, file) { $0.xDeviceCharacteristics($1) }
    }
    return methods
  }()

  private static func addContent(to methods: inout sqlite3_io_methods) {
    methods.xRead = { file, bytes, count, offset in
      WatchedFile.call(.read, file) { $0.xRead($1, bytes, count, offset) }
    }
    methods.xWrite = { file, bytes, count, offset in
      guard let file else { return SQLITE_MISUSE }
      let code = WatchedFile.call(.write, file) { $0.xWrite($1, bytes, count, offset) }
      let watched = WatchedFile(file)
      if code != SQLITE_OK, watched.known.disk.writesHalf {
        _ = watched.base.pointee.pMethods.pointee.xWrite(watched.base, bytes, count / 2, offset)
      }
      return code
    }
    methods.xTruncate = { file, size in WatchedFile.call(.truncate, file) { $0.xTruncate($1, size) }
    }
    methods.xSync = { file, _ in WatchedFile.call(.sync, file) { _, _ in SQLITE_OK } }
    methods.xFileSize = { file, size in WatchedFile.call(.size, file) { $0.xFileSize($1, size) } }
  }

  private static func addLocks(to methods: inout sqlite3_io_methods) {
    methods.xLock = { file, level in WatchedFile.call(.lock, file) { $0.xLock($1, level) } }
    methods.xUnlock = { file, level in WatchedFile.call(.unlock, file) { $0.xUnlock($1, level) } }
    methods.xCheckReservedLock = { file, result in
      WatchedFile.call(.checkLock, file) { $0.xCheckReservedLock($1, result) }
    }
    methods.xShmMap = { file, region, size, extends, memory in
      WatchedFile.call(.map, file) { $0.xShmMap($1, region, size, extends, memory) }
    }
    // Giving such a lock back can't fail: nobody looks at the answer.
    methods.xShmLock = { file, offset, count, flags in
      WatchedFile.call(flags & SQLITE_SHM_LOCK == 0 ? nil : .mapLock, file) {
        $0.xShmLock($1, offset, count, flags)
      }
    }
    methods.xShmBarrier = { file in
      _ = WatchedFile.call(nil, file) { own, base in
        own.xShmBarrier(base)
        return SQLITE_OK
      }
    }
    methods.xShmUnmap = { file, removes in WatchedFile.call(nil, file) { $0.xShmUnmap($1, removes) }
    }
  }
}
