import FlowEngine
import Foundation
import TaskFlow
import TaskFlowTesting
import Testing

@testable import FlowStoreSQLite

/// What can be wrong with the place of a store is said before anything is made or run.
struct StoreFileTests {
  /// As `/proc/self/mounts` has it; the last of several on one point is what is there.
  private static let mounts = """
    proc /proc proc rw,nosuid,nodev,noexec,relatime 0 0
    /dev/mapper/vg-root / ext4 rw,relatime,errors=remount-ro 0 0
    tmpfs /run tmpfs rw,nosuid,nodev,size=3284620k,mode=755 0 0
    tmpfs /tmp tmpfs rw,nosuid,nodev,size=16423084k 0 0
    /dev/nvme0n1p3 /home xfs rw,relatime,attr2,inode64,logbufs=8,noquota 0 0
    /dev/sdb1 /data btrfs rw,noatime,compress=zstd:3,space_cache=v2,subvol=/ 0 0
    overlay /var/lib/docker/overlay2/8c/merged overlay rw,relatime,lowerdir=/l/A:/l/B 0 0
    fuse-overlayfs /home/ann/storage fuse.fuse-overlayfs rw,nodev,user_id=0,group_id=0 0 0
    server:/export/home /home/net nfs4 rw,relatime,vers=4.2,rsize=1048576,hard,proto=tcp 0 0
    10.0.0.7:/old /mnt/old\\040share nfs rw,relatime,vers=3,nolock 0 0
    //server/all /mnt/share cifs rw,relatime,vers=3.1.1,cache=strict,username=ann 0 0
    ann@host:/srv /mnt/ssh fuse.sshfs rw,nosuid,nodev,user_id=1000,group_id=1000 0 0
    C:\\134 /mnt/c 9p rw,noatime,dirsync,aname=drvfs;path=C:\\134,trans=fd 0 0
    host /mnt/tab\\011and\\134slash 9p rw,trans=virtio 0 0
    10.0.0.8@tcp:/scratch /scratch lustre rw,checksum,flock 0 0
    systemd-1 /net autofs rw,relatime,fd=60,pgrp=1,timeout=0,direct 0 0
    server:/net /net nfs4 rw,relatime,vers=4.2 0 0
    server:/gone /data/over nfs4 rw,relatime,vers=4.2 0 0
    /dev/sdc1 /data/over ext4 rw,relatime 0 0
    /dev/sdd1 /mnt/share/local ext4 rw,relatime 0 0
    """

  @Test(
    arguments: [
      ("/home/net", "nfs4"), ("/home/net/ann/.tfgraph/runs.db", "nfs4"),
      ("/mnt/old share/a", "nfs"), ("/mnt/share/a", "cifs"), ("/mnt/ssh/a", "fuse.sshfs"),
      ("/mnt/c/Users", "9p"), ("/mnt/tab\tand\\slash/a", "9p"), ("/scratch/a", "lustre"),
      ("/net/a", "nfs4"),
    ])
  func `a place on a network file system is known by its mount`(place: String, type: String) {
    #expect(StoreFile.network(of: place, mounts: Self.mounts) == Substring(type))
  }

  @Test(
    arguments: [
      "/", "/root/a", "/tmp/a", "/run/user/1000", "/home/ann/a", "/home/network", "/data/a",
      "/var/lib/docker/overlay2/8c/merged/a", "/home/ann/storage/a", "/data/over/a",
      "/mnt/share/local/a", "/mnt/old",
    ])
  func `a place on a local file system is no network's`(place: String) {
    #expect(StoreFile.network(of: place, mounts: Self.mounts) == nil)
  }

  @Test func `a table of mounts that makes no sense says nothing`() {
    for mounts in ["", "\n\n", "a", "a b", "server:/x /home", "\\ \\04 \\999 \\"] {
      #expect(StoreFile.network(of: "/home", mounts: mounts) == nil)
    }
  }

  @Test func `a store on a network file system is refused, and nothing is made there`() throws {
    let disk = try FaultyDisk()
    defer { disk.remove() }
    let path = disk.folder.appending(path: ".tfgraph/runs.db").path
    let mounts = "\(Self.mounts)\nserver:/x \(disk.folder.path) nfs4 rw 0 0\n"
    let phrase = "is on a network file system (nfs4); keep runs on a local disk"
    #expect(throws: StoreFailure(.broken, "'\(path)' \(phrase)")) {
      try StoreFile.prepare(path, mounts: mounts)
    }
    #expect(try disk.files() == [])
  }

  @Test func `a link to a file on a network file system is refused as well`() throws {
    let (disk, other) = (try FaultyDisk(), try FaultyDisk())
    defer { for disk in [disk, other] { disk.remove() } }
    try Data().write(to: URL(filePath: other.path))
    try FileManager.default.createSymbolicLink(
      atPath: disk.path, withDestinationPath: other.path)
    #expect(throws: StoreFailure.self) {
      try StoreFile.prepare(disk.path, mounts: "server:/x \(other.folder.path) nfs4 rw 0 0")
    }
  }

  // MARK: Read-only

  /// What is read-only.
  enum ReadOnly: String, CaseIterable {
    case file, folder

    fileprivate func apply(to disk: FaultyDisk) throws {
      let files = FileManager.default
      // Others than the owner are who has no right to write.
      try files.setAttributes([.posixPermissions: 0o444], ofItemAtPath: disk.path)
      try files.setAttributes(
        [.posixPermissions: self == .file ? 0o777 : 0o555], ofItemAtPath: disk.folder.path)
    }
  }

  @Test(arguments: ReadOnly.allCases)
  func `a store that can only be read lets no run begin, and is left as it was`(kind: ReadOnly)
    async throws
  {
    let disk = try FaultyDisk()
    defer { disk.remove() }
    try await DiskImage.ofClosedStore().write(to: disk)
    let before = try Data(contentsOf: URL(filePath: disk.path))
    try kind.apply(to: disk)
    let failure = try asNobody {
      #expect(throws: StoreFailure.self) {
        _ = try SQLiteRunStore(path: disk.path).take("run", owner: .current)
      }
    }
    #expect(failure?.description == "'\(disk.path)' can't be written: it is read-only")
    #expect(try Data(contentsOf: URL(filePath: disk.path)) == before)
    #expect(try SQLiteRunStore(path: disk.path).take("run", owner: .current).1.epoch == 2)
  }

  @Test func `a store that nobody else may read is refused`() async throws {
    let disk = try FaultyDisk()
    defer { disk.remove() }
    try await DiskImage.ofClosedStore().write(to: disk)
    try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: disk.path)
    let failure = try asNobody {
      #expect(throws: StoreFailure.self) { _ = try SQLiteRunStore(path: disk.path) }
    }
    #expect(failure?.description == "'\(disk.path)' can't be opened: Permission denied")
  }

  @Test func `a store that can't be made is refused`() throws {
    let disk = try FaultyDisk()
    defer { disk.remove() }
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o555], ofItemAtPath: disk.folder.path)
    let inner = disk.folder.appending(path: "inner")
    for (path, made) in [(disk.path, disk.path), (inner.path + "/runs.db", inner.path)] {
      let failure = try asNobody {
        #expect(throws: StoreFailure.self) { _ = try SQLiteRunStore(path: path) }
      }
      #expect(failure?.description == "'\(made)' can't be made: Permission denied")
    }
    #expect(try disk.files() == [])
  }

  @Test func `a folder that becomes read-only lets no run begin`() throws {
    let disk = try FaultyDisk()
    defer { disk.remove() }
    let store = try SQLiteRunStore(path: disk.path)
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o555], ofItemAtPath: disk.folder.path)
    let world = try DiskWorld()
    let failure = try asNobody {
      #expect(throws: StoreFailure.self) { _ = try store.make(world.head, owner: .current) }
    }
    #expect(
      failure?.description == "'\(disk.path)-run.lock' can't be made: Permission denied")
    #expect(try store.run("run") == nil)
  }

  @Test func `a folder in the place of the file is refused`() throws {
    let disk = try FaultyDisk()
    defer { disk.remove() }
    #expect(throws: StoreFailure(.broken, "'\(disk.folder.path)' can't be opened")) {
      _ = try SQLiteRunStore(path: disk.folder.path)
    }
  }

  @Test(arguments: [
    (":memory:", "./:memory:"), ("file:a?mode=memory", "./file:a?mode=memory"), ("", "./"),
    ("a/runs.db", "./a/runs.db"), ("/a/runs.db", "/a/runs.db"),
  ])
  func `a path is always that of a file`(path: String, literal: String) {
    #expect(StoreFile.literal(path) == literal)
  }

  // MARK: Locks

  /// The system forgets all locks that a process has on a file once it closes any descriptor of it.
  @Test func `a second store on a file takes none of the locks of the first`() throws {
    let disk = try FaultyDisk()
    defer { disk.remove() }
    let first = try SQLiteRunStore(path: disk.path)
    let descriptor = open(disk.path, O_RDWR | O_CLOEXEC)
    defer { close(descriptor) }
    #expect(try lockHolder(descriptor) == getpid())
    let second = try SQLiteRunStore(path: disk.path)
    #expect(try lockHolder(descriptor) == getpid())
    #expect(try first.runs().count == second.runs().count)
  }

  /// The process that has a lock on a file, this one included.
  private func lockHolder(_ descriptor: CInt) throws -> pid_t? {
    // `F_OFD_GETLK`, which Swift doesn't see, asks for the sake of the descriptor, not of the process.
    let getLock: CInt = 36
    var lock = flock()
    lock.l_type = Int16(F_WRLCK)
    try #require(fcntl(descriptor, getLock, &lock) == 0)
    return lock.l_type == Int16(F_UNLCK) ? nil : lock.l_pid
  }
}

/// Opens files with the rights of nobody on this thread, as modes stop no root.
private func asNobody<Value>(_ body: () throws -> Value) throws -> Value {
  guard geteuid() == 0 else { return try body() }
  typealias SetUser = @convention(c) (UInt32) -> Int32
  let symbol = try #require(dlsym(nil, "setfsuid"))
  let setUser = unsafeBitCast(symbol, to: SetUser.self)
  _ = setUser(65_534)
  defer { _ = setUser(0) }
  return try body()
}
