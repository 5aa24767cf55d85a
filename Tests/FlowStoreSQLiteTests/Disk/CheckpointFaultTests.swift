import FlowEngine
import FlowStoreSQLite
import Testing

/// The disk fails while SQLite brings what is in its log into the database, in the middle of a run.
struct CheckpointFaultTests {
  /// More than the 1,000 pages of the log after which SQLite does so.
  private static let load = 4_300_000

  /// What goes wrong, and with which call that changes the database: a checkpoint writes more than a
  /// thousand pages, and flushes once.
  static let faults: [(FaultyDisk.Fault, FaultyDisk.Persistence, call: Int)] = [
    (.broken, .sticky, 1000), (.full, .once, 1), (.shortWrite, .once, 1000),
    (.failedSync, .sticky, 1),
  ]

  @Test func `a run goes on when its log can't be emptied, and nothing of it is lost`() async throws
  {
    let image = try await DiskImage.ofClosedStore(load: Self.load)
    let whole = try await DiskWorld.whole(load: Self.load)
    for fault in Self.faults { try await goOn(fault, image, whole) }
  }

  /// Goes on with a run that the disk fails in.
  private func goOn(
    _ fault: (FaultyDisk.Fault, FaultyDisk.Persistence, call: Int), _ image: DiskImage,
    _ whole: DiskWorld.Traces
  ) async throws {
    let disk = try FaultyDisk()
    defer { disk.remove() }
    try image.write(to: disk)
    let world = try DiskWorld(load: Self.load)
    let label: Comment = "\(fault)"
    var store: SQLiteRunStore? = try SQLiteRunStore(path: disk.path)
    disk.fail(fault.0, fault.1, atCall: fault.call, changesDatabase: true)
    if let store {
      let report = try await world.engine.resume("run", in: store)
      #expect(report.state == .reverted, label)
      #expect(report.storeFailure == nil, label)
    }
    #expect(!disk.mend().isEmpty, label)
    store = nil
    let kept = try SQLiteRunStore(path: disk.path)
    #expect(try kept.damage() == nil, label)
    let run = try #require(try kept.run("run"))
    #expect(
      DiskWorld.Traces(run, effects: world.effects, before: image.effects).end == whole.end, label)
  }
}
