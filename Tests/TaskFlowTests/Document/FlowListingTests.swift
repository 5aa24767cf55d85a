import FlowDiagnostics
import TaskFlow
import TaskFlowTesting
import Testing

/// What a program tells of its flows is all of them, but for their code.
struct FlowListingTests {
  private func readBack(_ flow: Flow) throws -> Flow {
    let json = FlowListing([flow]).json
    let listing = try FlowListing(json: Array(json.utf8))
    #expect(FlowListing(listing.flows).json == json)
    return try #require(listing.flows.first)
  }

  private func expectSame(_ plan: Plan, _ other: Plan, _ comment: Comment) {
    #expect(plan.nodes == other.nodes, comment)
    #expect(plan.edges == other.edges, comment)
    #expect(plan.flows.map(\.name) == other.flows.map(\.name), comment)
    #expect(plan.flows.map(\.pattern) == other.flows.map(\.pattern), comment)
    #expect(plan.tasks.map(\.span) == other.tasks.map(\.span), comment)
    #expect(plan.tasks.map(\.priority) == other.tasks.map(\.priority), comment)
    #expect(plan.linkDeciders.map(\.depth) == other.linkDeciders.map(\.depth), comment)
    for node in plan.atoms {
      #expect(plan.name(of: node) == other.name(of: node), comment)
      #expect(plan.provision(of: node) == other.provision(of: node), comment)
      for method in Plan.Method.allCases {
        #expect(
          plan.requirements(of: node, for: method) == other.requirements(of: node, for: method),
          comment)
        #expect(
          Array(plan.bindings(of: node, for: method))
            == Array(other.bindings(of: node, for: method)),
          comment)
      }
      #expect(plan.areaOfInfluence(of: node) == other.areaOfInfluence(of: node), comment)
    }
    #expect(plan.bindings.providers == other.bindings.providers, comment)
    #expect(plan.bindings.scopes == other.bindings.scopes, comment)
    #expect(plan.bindings.slices == other.bindings.slices, comment)
    #expect(plan.tiers == other.tiers, comment)
  }

  @Test func `a random flow that was listed and read compiles to the same plan`() throws {
    for seed: UInt64 in 1...2_000 {
      let random = TaskFlowTesting.RandomFlow(seed: seed)
      let flow = try readBack(random.flow)
      let compiler = Compiler(store: Set(random.inputs.keys))
      let (first, second) = (compiler.compile(random.flow), compiler.compile(flow))
      #expect(first.findings == second.findings, "seed \(seed)")
      expectSame(first.sketch, second.sketch, "seed \(seed)")
    }
  }

  @Test func `what the linter is not to tell is listed with its reasons and places`() throws {
    let flow = Flow.linear("deploy") {
      FlowTask("build") {}
        .allowing("missing-revert", "nothing is kept")
    }
    .allowing("TFG4", "it is short")
    let again = try readBack(flow)
    #expect(again.allowances == flow.allowances && again.allowances.count == 1)
    guard case .task(let task) = again.items.first, case .task(let old) = flow.items.first else {
      Issue.record("there is no task")
      return
    }
    #expect(task.traits.allowances == old.traits.allowances)
    #expect(task.traits.allowances.map(\.reason) == ["nothing is kept"])
  }

  @Test(arguments: ["deploy", "vm-boot", "daily-import"])
  func `a sample that was listed and read compiles to the same plan`(name: String) throws {
    let path = "\(DocumentTable.samples)/\(name).flow.yaml"
    let reading = FlowDocument.read(path: path)
    let flow = try #require(reading.document?.flow)
    let again = try readBack(flow)
    let (first, second) = (Compiler().compile(flow), Compiler().compile(again))
    #expect(first.findings == second.findings)
    expectSame(first.sketch, second.sketch, "\(name)")
    #expect(flow.inputs.map(\.pattern) == again.inputs.map(\.pattern))
    #expect(flow.inputs.map(\.defaultValue) == again.inputs.map(\.defaultValue))
    #expect(flow.secrets == again.secrets)
  }

  @Test func `a mistake is found at its place in Swift`() throws {
    let flow = Flow.linear("deploy") {
      FlowTask("build", provides: Symbol<String>("digest")) { "sha" }
      FlowTask("promote", requires: Symbol<Int>("digest")) { _ in }
      FlowTask("tell", requires: Symbol<String>("digset")) { _ in }
    }
    let findings = Compiler().compile(try readBack(flow)).findings
    #expect(findings == Compiler().compile(flow).findings)
    #expect(findings.map(\.rule) == ["type-mismatch", "missing-requirement"])
    #expect(findings.allSatisfy { $0.span.file == #fileID })
  }

  @Test func `what has its own traits keeps them`() throws {
    let value = Symbol<Int>("value")
    var task = FlowTask("a", requires: value) { _ in }
      .reverting(timeout: .seconds(3)) { _ in }
      .timeout(Duration(secondsComponent: 1, attosecondsComponent: 1))
      .injecting(value, 3).describing("does a").atMostOnce().priority(4)
      .beforeRevert { _ in }
    task = task.changing { $0.version = TaskTraits.Version(major: 2, minor: 1) }
    var flow = Flow.linear(
      "all",
      retry: .times("again", attempts: .max, backoff: Backoff(initial: .seconds(1), factor: 1.5))
    ) {
      task
      FlowTask("b") {}.nothingToRevert()
    }
    flow.timeout = .seconds(90)
    flow = flow.atMost(3)
    let read = try readBack(flow)
    #expect(read.timeout == .seconds(90))
    #expect(read.concurrencyLimit == flow.concurrencyLimit && read.concurrencyLimit?.count == 3)
    #expect(read.retry?.backoff == flow.retry?.backoff)
    let tasks = read.items.compactMap { if case .task(let task) = $0 { task } else { nil } }
    #expect(tasks[0].traits.timeout == task.traits.timeout)
    #expect(tasks[0].traits.revert?.timeout == .seconds(3))
    #expect(tasks[0].traits.version == task.traits.version)
    #expect(tasks[0].traits.isAtMostOnce && tasks[0].traits.beforeRevert != nil)
    #expect(tasks[0].traits.summary == "does a")
    #expect(try tasks[0].traits.injections.first?.value.flowValue() == 3)
    #expect(tasks[1].traits.isRevertDeclaredNeedless)
  }

  @Test func `nesting of any depth is listed`() throws {
    var flow = Flow(name: "f0", pattern: .linear, span: SourceSpan(file: "f", line: 1, column: 1))
    for level in 1...10_000 {
      flow = Flow(
        name: "f\(level)", pattern: .linear, items: [.flow(flow)],
        span: SourceSpan(file: "f", line: level, column: 1))
    }
    #expect(Compiler().compile(try readBack(flow)).sketch.flows.count == 10_001)
  }

  @Test(arguments: [
    ("nothing", "is no JSON"), ("[]", "has list where the document should be a map"),
    (#"{"schema":"tfgraph-flows-9"}"#, "is of version 'tfgraph-flows-9'"),
    (#"{"schema":"tfgraph-flows-1","flows":[{}]}"#, "has a wrong 'items'"),
    (
      #"{"schema":"tfgraph-flows-1","flows":[{"items":[{"task":"a","in":0}]}]}"#,
      "has a wrong 'does'"
    ),
    (#"{"schema":"tfgraph-flows-1","flows":[{"items":[{"flow":"a"}]}]}"#, "has a wrong 'pattern'"),
  ])
  func `what is no listing is refused with a reason`(text: String, reason: String) {
    #expect {
      try FlowListing(json: Array(text.utf8))
    } throws: { error in
      "\(error)".hasPrefix(reason)
    }
  }
}
