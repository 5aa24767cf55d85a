import FlowEngine
import Glibc
import SystemPackage

/// The lock on a run: held as long as the process lives that has it, and no longer.
struct LockFile: Sendable {
  /// Who looks for longer whether somebody has a lock was stopped while it did.
  private static let longestLook = Duration.seconds(5)

  private let path: String
  private let descriptor: FileDescriptor

  /// Where the lock of a run is, beside its store.
  static func path(of run: String, in store: String) -> String {
    path(of: run, in: store, ending: "lock")
  }

  /// Where a file of a run is, beside its store.
  static func path(of run: String, in store: String, ending: String) -> String {
    // A name of a run can be anything, that of a file can't.
    let name = run.utf8.map { byte in
      let isPlain =
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || byte == UInt8(ascii: "-")
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      return isPlain ? String(UnicodeScalar(byte)) : "_\(byte)_"
    }
    return "\(store)-\(name.joined()).\(ending)"
  }

  /// Locks a run.
  ///
  /// - Throws: ``StoreFailure`` when somebody has it.
  init(_ path: String, run: String, owner: RunOwner) throws(StoreFailure) {
    self.path = path
    while true {
      let descriptor: FileDescriptor
      do {
        descriptor = try FileDescriptor.open(
          path, .readWrite, options: [.create, .closeOnExec], permissions: [.ownerReadWrite])
      } catch {
        throw StoreFailure(.broken, "'\(path)' can't be made: \(error)")
      }
      guard Self.lock(descriptor) else {
        let owner = Self.namedOwner(in: descriptor)
        try? descriptor.close()
        throw .owned(run, by: owner)
      }
      // Whoever had it may have removed the file after it was opened here.
      guard Self.isSame(descriptor, path) else {
        try? descriptor.close()
        continue
      }
      self.descriptor = descriptor
      break
    }
    _ = try? descriptor.resize(to: 0)
    _ = try? descriptor.writeAll(toAbsoluteOffset: 0, "\(owner.process) \(owner.host)\n".utf8)
  }

  /// Takes the lock, unless somebody has it.
  ///
  /// Those who only look whether somebody has it share it for that moment, and are waited for.
  private static func lock(_ descriptor: FileDescriptor) -> Bool {
    let start = ContinuousClock.now
    while flock(descriptor.rawValue, LOCK_EX | LOCK_NB) != 0 {
      guard flock(descriptor.rawValue, LOCK_SH | LOCK_NB) == 0,
        ContinuousClock.now - start < longestLook
      else { return false }
      flock(descriptor.rawValue, LOCK_UN)
      sched_yield()
    }
    return true
  }

  /// Gives the lock back.
  func unlock() {
    unlink(path)
    try? descriptor.close()
  }

  /// Whether somebody has a lock.
  static func isLocked(_ path: String) -> Bool {
    guard let descriptor = try? FileDescriptor.open(path, .readOnly, options: [.closeOnExec]) else {
      return false
    }
    defer { try? descriptor.close() }
    return flock(descriptor.rawValue, LOCK_SH | LOCK_NB) != 0
  }

  /// Who has a lock, if somebody has it and has written its name.
  static func owner(of path: String) -> RunOwner? {
    guard let descriptor = try? FileDescriptor.open(path, .readOnly, options: [.closeOnExec]) else {
      return nil
    }
    defer { try? descriptor.close() }
    return flock(descriptor.rawValue, LOCK_SH | LOCK_NB) == 0 ? nil : owner(in: descriptor)
  }

  /// Waits until nobody has a lock.
  static func waitUntilFree(_ path: String) {
    guard let descriptor = try? FileDescriptor.open(path, .readOnly, options: [.closeOnExec]) else {
      return
    }
    while flock(descriptor.rawValue, LOCK_SH) != 0, errno == EINTR {}
    try? descriptor.close()
  }

  /// Who has a lock; waits a moment for one that has just got it to write its name.
  private static func namedOwner(in descriptor: FileDescriptor) -> RunOwner? {
    for _ in 0..<100 {
      if let owner = owner(in: descriptor) { return owner }
      usleep(2_000)
    }
    return nil
  }

  private static func owner(in descriptor: FileDescriptor) -> RunOwner? {
    var bytes = [UInt8](repeating: 0, count: 512)
    let count =
      (try? bytes.withUnsafeMutableBytes { try descriptor.read(fromAbsoluteOffset: 0, into: $0) })
      ?? 0
    let text = String(decoding: bytes.prefix(count), as: UTF8.self)
    let words = text.split(whereSeparator: { $0 == " " || $0 == "\n" })
    guard words.count == 2, let process = Int32(words[0]) else { return nil }
    let owner = RunOwner(process: process, host: String(words[1]))
    return owner.hasDied ? nil : owner
  }

  private static func isSame(_ descriptor: FileDescriptor, _ path: String) -> Bool {
    var (opened, named) = (stat(), stat())
    return fstat(descriptor.rawValue, &opened) == 0 && stat(path, &named) == 0
      && opened.st_ino == named.st_ino && opened.st_dev == named.st_dev
  }
}

extension RunOwner {
  /// Whether it lives no more: then somebody has the lock who has not written its own name yet.
  fileprivate var hasDied: Bool {
    host == RunOwner.current.host && kill(process, 0) != 0 && errno == ESRCH
  }
}
