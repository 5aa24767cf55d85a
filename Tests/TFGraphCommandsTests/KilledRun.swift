import FlowEngine
import FlowStoreSQLite
import Foundation
import Testing

/// One run of a flow whose command is killed at any time, and what must hold of it whenever that is.
struct KilledRun {
  /// A flow whose tasks write down what they do, and see to it that it is on the disk before they go on.
  struct Flow: Sendable {
    let name: String
    let tasks: String

    private static let note =
      "echo \"$TFGRAPH_ATOM $TFGRAPH_ACTION $TFGRAPH_ATTEMPT\" >> log; sync log"

    /// A task that is undone; after it has written what it does it does what is said.
    private static func task(_ name: String, _ rest: String = "", revert: String = "") -> String {
      let (rest, revert) = (rest.isEmpty ? "" : "; \(rest)", revert.isEmpty ? "" : "; \(revert)")
      return "{ task: \(name), run: '\(note)\(rest)', revert: { run: '\(note)\(revert)' } }"
    }

    private init(_ name: String, last: String, revert: String = "") {
      self.name = name
      tasks = """
        linear:
          - \(Self.task("first"))
          - flow: wide
            unordered:
              - \(Self.task("a"))
              - \(Self.task("b", revert: revert))
              - \(Self.task("c"))
          - flow: again
            retry: { times: 3 }
            linear:
              - \(Self.task("before"))
              - \(Self.task("flaky", "[ \"$TFGRAPH_ATTEMPT\" = 3 ]"))
          - \(last)

        """
    }

    /// Flows that end well, that are undone, and that can't be.
    static let all = [
      Flow("through", last: task("last")),
      Flow("undone", last: task("last", "exit 3")),
      Flow("dirty", last: task("last", "exit 3"), revert: "exit 9"),
    ]

    /// A flow that does not end before there is a file `go`.
    static let gated = Flow("gated", last: task("gate", "until [ -e go ]; do sleep 0.01; done"))
  }

  /// What a task did, or a call of it.
  struct Effect: Hashable {
    var text: String

    init(_ line: Substring) { text = String(line) }

    init(_ call: StoredCall) { text = "\(call.atom) \(call.action) \(call.attempt)" }
  }

  let flow: Flow
  let scratch: Scratch
  /// The name of the run, once it is kept.
  private(set) var id: String?
  /// How often the engine died while a call was under way, as far as is kept.
  private var unfinished: [Effect: Int] = [:]
  /// How often a task had done what is kept as ended.
  private var ended: [Effect: Int] = [:]
  private(set) var kills = 0

  init(_ flow: Flow) throws {
    self.flow = flow
    scratch = try Scratch()
    try scratch.write("tfgraph: 1\nflow: \(flow.name)\n\(flow.tasks)", to: "flow.yaml")
  }

  /// Starts the run, or goes on with it.
  func start() throws -> CommandRun.Call {
    try CommandRun.start(
      id.map { ["resume", $0] } ?? ["run", "flow.yaml", "-j", "4"], in: scratch.url)
  }

  /// Looks whether a command still runs, again and again: so much of its life is measured without a clock.
  ///
  /// - Returns: how often it ran, at most as often as is wanted.
  static func looks(at call: CommandRun.Call, atMost most: Int = .max) async -> Int {
    var looks = 0
    while looks < most, call.process.isRunning {
      looks += 1
      await Task.yield()
    }
    return looks
  }

  /// Kills a command after some looks at it.
  ///
  /// - Returns: how the command ended, if it was faster.
  mutating func kill(_ call: CommandRun.Call, after looks: Int) async throws -> CommandRun? {
    _ = await Self.looks(at: call, atMost: looks)
    Foundation.kill(call.process.processIdentifier, SIGKILL)
    let end = await call.end()
    try look()
    guard end.code == SIGKILL else { return end }
    kills += 1
    return nil
  }

  /// What tasks did so far, each as often as it was done.
  var effects: [Effect: Int] {
    (scratch.read("log") ?? "").split(separator: "\n").reduce(into: [:]) {
      $0[Effect($1), default: 0] += 1
    }
  }

  /// What is kept of the run.
  func stored() throws -> StoredRun? {
    let path = scratch.url.appending(path: ".tfgraph/runs.db").path
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    let store = try SQLiteRunStore(path: path)
    return try store.runs().first.flatMap { try store.run($0.head.id) }
  }

  /// Notes what a command left behind that was killed.
  private mutating func look() throws {
    let effects = effects
    guard let run = try stored() else {
      #expect(effects.isEmpty, "\(flow.name): something is done of which nothing is kept")
      return
    }
    id = run.head.id
    for call in run.calls {
      let effect = Effect(call)
      if call.ended == nil {
        unfinished[effect, default: 0] += 1
      } else if ended[effect] == nil {
        ended[effect] = effects[effect]
      }
    }
  }

  /// Holds what came of the run against one that nobody killed.
  func check(against whole: KilledRun, _ end: CommandRun, as expected: CommandRun) async throws {
    let id = try #require(id)
    let (effects, expectedEffects) = (effects, whole.effects)
    #expect(end.code == expected.code, "\(flow.name): \(end.output)\(end.complaints)")
    #expect(Set(effects.keys) == Set(expectedEffects.keys), "\(flow.name)")
    for (effect, count) in effects {
      #expect(
        count <= 1 + unfinished[effect, default: 0],
        "\(flow.name): \(effect) was done \(count) times")
      if let known = ended[effect] {
        #expect(count == known, "\(flow.name): \(effect) had ended and was done again")
      }
    }
    let (run, other) = (try #require(try stored()), try #require(try whole.stored()))
    #expect(run.standing.state == other.standing.state)
    #expect(run.standing.isDirty == other.standing.isDirty)
    #expect(run.atoms == other.atoms, "\(flow.name)")
    #expect(Set(run.calls.map(Effect.init)) == Set(other.calls.map(Effect.init)), "\(flow.name)")
    #expect(run.calls.allSatisfy { $0.ended != nil }, "\(flow.name)")
    #expect(
      run.failures.map { "\($0.atom) \($0.isRevert) \($0.failure)" }.sorted()
        == other.failures.map { "\($0.atom) \($0.isRevert) \($0.failure)" }.sorted())
    #expect(Self.processes(ofRun: id) == [], "\(flow.name)")
  }

  /// The processes that a run left behind.
  private static func processes(ofRun id: String) -> [String] {
    let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return all.filter { name in
      guard pid_t(name) != nil,
        let environment = FileManager.default.contents(atPath: "/proc/\(name)/environ")
      else { return false }
      return environment.split(separator: 0).contains {
        $0.elementsEqual("TFGRAPH_RUN_ID=\(id)".utf8)
      }
    }
  }
}
