import FlowEngine
import FlowStoreSQLite
import Synchronization
import TaskFlow
import TaskFlowTesting
import Testing

/// A flow in which everything happens that is stored: a value, an attempt that fails and is followed by
/// another, and in the end a failure that undoes all.
struct DiskWorld {
  /// Counts what bodies did, by task, action and attempt.
  final class Effects: Sendable {
    private let counts = Mutex<[String: Int]>([:])

    func note(_ context: TaskContext) {
      counts.withLock {
        $0["\(context.atom) \(context.action) \(context.attempt)", default: 0] += 1
      }
    }

    var all: [String: Int] { counts.withLock { $0 } }
  }

  /// What a run left behind: what is the same however often the disk fails, and what bodies did.
  struct Traces {
    struct End: Equatable {
      var state: FlowState
      var atoms: [String: StoredAtom]
      var failures: [StoredFailure]
    }

    var end: End
    var effects: [String: Int]

    init(_ run: StoredRun, effects: Effects, before: [String: Int]? = nil) {
      end = End(state: run.standing.state, atoms: run.atoms, failures: run.failures)
      self.effects = effects.all.merging(before ?? [:], uniquingKeysWith: +)
    }
  }

  static let size = Symbol<Int>("size")
  static let load = Symbol<String>("load")

  let effects = Effects()
  let engine: Engine
  let head: RunHead

  /// - Parameter load: how long a value is that is kept on the way.
  init(load: Int = 0) throws {
    let plan = try #require(Compiler().compile(Self.flow(effects, load: load)).plan)
    engine = Engine(plan: plan, options: RunOptions(concurrencyLimit: 1))
    head = try RunHead(id: "run", plan: plan, made: 0)
  }

  /// The traces of a run on a good disk.
  static func whole(load: Int = 0) async throws -> Traces {
    let world = try DiskWorld(load: load)
    let store = MemoryRunStore()
    _ = try await world.engine.run(world.head, in: store)
    return Traces(try #require(store.run("run")), effects: world.effects)
  }

  private static func flow(_ effects: Effects, load length: Int) -> Flow {
    return .linear("disk") {
      FlowTask(
        "measure", provides: size,
        withContext: { (context: TaskContext) in
          effects.note(context)
          return 7
        }
      ).reverting(effects.note)
      Flow.linear("inner", retry: .times("again", attempts: 2)) {
        FlowTask(
          "flaky", requires: size, provides: load,
          withContext: { (context: TaskContext, size: Int) in
            effects.note(context)
            if context.attempt < 2 { throw Failure("\(size), attempt \(context.attempt)") }
            return String(repeating: "x", count: length)
          }
        ).reverting(effects.note)
      }
      FlowTask(
        "fails",
        withContext: { (context: TaskContext) in
          effects.note(context)
          throw Failure("no")
        }
      ).reverting(effects.note)
    }
  }
}
