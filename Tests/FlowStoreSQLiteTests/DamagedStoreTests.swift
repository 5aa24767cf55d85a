import FlowEngine
import FlowStoreSQLite
import Foundation
import TaskFlow
import TaskFlowTesting
import Testing

/// A file of which something has changed is read, or refused; it ends no program.
struct DamagedStoreTests {
  /// How what may be said of such a file begins.
  private static func phrases(_ path: String) -> [String] {
    let phrases = [
      "is damaged", "is no database", "is another program's database",
      "was written by a newer version of tfgraph; use that one",
      "can't be written: it is read-only",
    ]
    return phrases.map { "'\(path)' \($0)" } + ["the flow of run 'run' has no '"]
  }

  @Test(arguments: UInt64(0)..<4)
  func `a store with changed bytes is read or refused with a phrase, and nothing is run then`(
    part: UInt64
  ) async throws {
    let image = try await DiskImage.ofClosedStore()
    var refusals = 0
    for seed in part * 100..<(part + 1) * 100 {
      let disk = try FaultyDisk()
      defer { disk.remove() }
      try damaged(image, seed: seed).write(to: disk)
      let world = try DiskWorld()
      do {
        let store = try SQLiteRunStore(path: disk.path)
        _ = try store.damage()
        _ = try store.runs()
        _ = try await world.engine.resume("run", in: store)
      } catch let failure {
        refusals += 1
        #expect(
          failure.reason != .broken
            || Self.phrases(disk.path).contains { failure.description.hasPrefix($0) },
          "seed \(seed): \(failure)")
        #expect(world.effects.all.isEmpty, "seed \(seed)")
      }
    }
    #expect((10..<100).contains(refusals))
  }

  @Test func `with a damaged page anywhere nothing is begun, and what can be read is shown`()
    async throws
  {
    var image = try await DiskImage.ofClosedStore()
    try image.addRun()
    let bytes = image.files["runs.db", default: Data()]
    var unread = 0
    for page in 1..<bytes.count / 1024 {
      let disk = try FaultyDisk()
      defer { disk.remove() }
      var damaged = image
      damaged.files["runs.db"]?.replaceSubrange(
        page * 1024..<(page + 1) * 1024, with: Data(repeating: 0xA5, count: 1024))
      try damaged.write(to: disk)
      let world = try DiskWorld()
      // What is needed to open it is read then.
      guard let store = try? SQLiteRunStore(path: disk.path) else { continue }
      let isWhole = (try? store.damage() == nil) ?? false
      if isWhole { continue }
      if (try? store.run("run")) != nil { unread += 1 }
      let refused = await #expect(throws: StoreFailure.self, "page \(page)") {
        _ = try await world.engine.resume("run", in: store)
      }
      #expect(refused?.description.hasPrefix("'\(disk.path)' is damaged: ") == true)
      #expect(throws: StoreFailure.self, "page \(page)") {
        _ = try store.make(world.head, owner: .current)
      }
      #expect(world.effects.all.isEmpty)
    }
    #expect(unread > 0)
  }

  /// A store of which 1 to 64 bytes are others.
  private func damaged(_ image: DiskImage, seed: UInt64) -> DiskImage {
    var (random, image) = (SeededGenerator(seed: seed), image)
    let count = image.files["runs.db", default: Data()].count
    for _ in 0..<random.number(1...64) {
      image.files["runs.db"]?[random.number(0...count - 1)] = UInt8(random.number(0...255))
    }
    return image
  }
}
