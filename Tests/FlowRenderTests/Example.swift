import FlowRender

/// Drawings like those that real flows give.
enum Example: String, CaseIterable, Sendable {
  case deploy, vmBoot, dailyImport, cycle, ghost, conflict, states, retried, revert, sixty

  var drawing: Drawing {
    switch self {
    case .deploy: Example.deployment
    case .vmBoot: Example.boot
    case .dailyImport: Example.dailyImportFlow
    case .cycle: Example.cyclic
    case .ghost: Example.missing
    case .conflict: Example.conflicting
    case .states: Example.allStates
    case .retried: Example.inRun
    case .revert: Example.undoing
    case .sixty: Example.sixtyTasks
    }
  }

  static let deployment = Drawing(
    title: "deploy", description: "6 tasks in 6 tiers; 1 retry; critical path build to announce",
    nodes: [
      .init(
        name: "build", detail: "run · → digest", tooltip: "Build and push the image", tier: 0,
        link: "#task-build"),
      .init(name: "snapshot", detail: "exec · → previous", tier: 1),
      .init(
        kind: .retryController, name: "rollout retry", detail: "times 2", tier: 2, cluster: 0),
      .init(name: "canary", detail: "run · reverts", tier: 3, cluster: 0),
      .init(name: "smoke-test", detail: "run · 90s · → build_seen", tier: 4, cluster: 0),
      .init(name: "promote", detail: "run · reverts", tier: 5, cluster: 0),
      .init(name: "announce", detail: "run · irreversible", tier: 6),
    ],
    clusters: [
      .init(
        kind: .areaOfInfluence, name: "rollout", pattern: "linear", badge: "↻ 2× · 10s…2m")
    ],
    edges: [
      .init(from: 0, to: 1), .init(from: 1, to: 2), .init(from: 2, to: 3),
      .init(from: 3, to: 4), .init(from: 4, to: 5), .init(from: 5, to: 6),
      .init(from: 0, to: 3, kind: .data(symbols: ["digest"])),
      .init(from: 1, to: 3, kind: .data(symbols: ["previous"])),
      .init(from: 0, to: 5, kind: .data(symbols: ["digest"])),
      .init(from: 4, to: 6, kind: .data(symbols: ["build_seen"])),
    ])

  static let boot = Drawing(
    title: "boot-vm", description: "9 tasks in 5 tiers; 1 retry", direction: .topToBottom,
    nodes: [
      .init(name: "define-spec", detail: "run · → vm_spec", tier: 0),
      .init(name: "locate-images", detail: "run · → image_locations", tier: 1, cluster: 1),
      .init(name: "download-images", detail: "run · reverts", tier: 2, cluster: 2),
      .init(name: "get-my-ips", detail: "run · reverts · → ips", tier: 1, cluster: 3),
      .init(name: "fetch-net-settings", detail: "run · → net", tier: 2, cluster: 3),
      .init(name: "allocate-volumes", detail: "run · reverts", tier: 1, cluster: 4),
      .init(name: "format-volumes", detail: "run", tier: 2, cluster: 4),
      .init(name: "write-net-settings", detail: "run", tier: 3),
      .init(name: "boot-it", detail: "run · reverts", tier: 4),
    ],
    clusters: [
      .init(name: "prepare", pattern: "unordered"),
      .init(name: "img-maker", pattern: "graph", parent: 0),
      .init(kind: .areaOfInfluence, name: "download", badge: "↻ 3×", parent: 1),
      .init(name: "net-maker", pattern: "graph", parent: 0),
      .init(name: "volume-maker", pattern: "graph", parent: 0),
    ],
    edges: [
      .init(from: 0, to: 1, kind: .data(symbols: ["vm_spec"])),
      .init(from: 1, to: 2, kind: .data(symbols: ["image_locations"])),
      .init(from: 0, to: 3), .init(from: 3, to: 4, kind: .data(symbols: ["ips"])),
      .init(from: 0, to: 5, kind: .data(symbols: ["vm_spec"])),
      .init(from: 5, to: 6, kind: .data(symbols: ["volumes"])),
      .init(from: 2, to: 7), .init(from: 4, to: 7, kind: .data(symbols: ["net_settings"])),
      .init(from: 6, to: 7), .init(from: 7, to: 8, kind: .data(symbols: ["net_path", "spec"])),
    ])

  static let dailyImportFlow = Drawing(
    title: "daily-import", description: "8 tasks in 6 tiers; 1 retry",
    nodes: [
      .init(kind: .symbol, name: "mirrors", tier: 0),
      .init(kind: .retryController, name: "acquire retry", detail: "→ mirror", tier: 1, cluster: 0),
      .init(name: "fetch", detail: "run · 5m · → archive", tier: 2, cluster: 0),
      .init(name: "verify", detail: "run · → archive_ok", tier: 3, cluster: 0),
      .init(name: "load[eu]", detail: "run · → rows_eu", tier: 4),
      .init(name: "load[us]", detail: "run · → rows_us", tier: 4),
      .init(name: "load[ap]", detail: "run · → rows_ap", tier: 4),
      .init(name: "quality-gate", detail: "set · → verdict", tier: 5),
      .init(name: "publish", detail: "run · irreversible", tier: 6),
      .init(name: "report", detail: "run", tier: 7),
    ],
    clusters: [
      .init(
        kind: .areaOfInfluence, name: "acquire", pattern: "linear",
        badge: "↻ each of 3 mirrors", revertsAll: true)
    ],
    edges: [
      .init(from: 0, to: 1, kind: .data(symbols: ["mirrors"])),
      .init(from: 1, to: 2, kind: .data(symbols: ["mirror"])),
      .init(from: 2, to: 3, kind: .data(symbols: ["archive"])),
      .init(from: 3, to: 4, kind: .data(symbols: ["archive_ok"])),
      .init(from: 3, to: 5, kind: .data(symbols: ["archive_ok"])),
      .init(from: 3, to: 6, kind: .data(symbols: ["archive_ok"])),
      .init(from: 4, to: 7, kind: .data(symbols: ["rows_eu"])),
      .init(from: 5, to: 7, kind: .data(symbols: ["rows_us"])),
      .init(from: 6, to: 7, kind: .data(symbols: ["rows_ap"])),
      .init(from: 7, to: 8, kind: .decider(condition: "verdict == \"pass\"")),
      .init(from: 8, to: 9),
    ])

  static let cyclic = Drawing(
    title: "a cycle", description: "4 tasks; a dependency cycle of 3 hops",
    nodes: [
      .init(name: "plan", detail: "run · → layout"),
      .init(name: "reserve", detail: "run · → lease", marks: [.inCycle]),
      .init(name: "configure", detail: "run · → settings", marks: [.inCycle]),
      .init(name: "measure", detail: "run · → load", marks: [.inCycle]),
    ],
    edges: [
      .init(from: 0, to: 1, kind: .data(symbols: ["layout"])),
      .init(from: 1, to: 2, kind: .cycleHop(number: 1, symbols: ["lease"])),
      .init(from: 2, to: 3, kind: .cycleHop(number: 2, symbols: ["settings"])),
      .init(from: 3, to: 1, kind: .cycleHop(number: 3, symbols: ["load"])),
    ])

  static let missing = Drawing(
    title: "a missing symbol", description: "2 tasks; 1 symbol that nothing provides",
    nodes: [
      .init(name: "build", detail: "run · → digest", tier: 0),
      .init(
        kind: .ghost, name: "digets", detail: "nothing provides it", marks: [.missing],
        tooltip: "did you mean 'digest'?", tier: 0),
      .init(name: "deploy", detail: "run", marks: [.missing], tier: 1),
    ],
    edges: [
      .init(from: 0, to: 2),
      .init(from: 1, to: 2, kind: .data(symbols: ["digets"]), marks: [.missing]),
    ])

  static let conflicting = Drawing(
    title: "a conflict", description: "3 tasks; 2 providers of one symbol",
    nodes: [
      .init(name: "fetch-primary", detail: "run · → archive", marks: [.conflict], tier: 0),
      .init(name: "fetch-mirror", detail: "run · → archive", marks: [.conflict], tier: 0),
      .init(kind: .symbol, name: "archive", marks: [.conflict], tier: 1),
      .init(name: "unpack", detail: "run", tier: 2),
    ],
    edges: [
      .init(from: 0, to: 2, kind: .data(symbols: []), marks: [.conflict]),
      .init(from: 1, to: 2, kind: .data(symbols: []), marks: [.conflict]),
      .init(from: 2, to: 3, kind: .data(symbols: [])),
    ])

  static let allStates: Drawing = {
    let states = Drawing.State.allCases
    return Drawing(
      title: "the states of a run", description: "10 tasks, one in each state",
      direction: .topToBottom,
      nodes: states.enumerated().map { index, state in
        .init(
          name: state.words ?? "plain", detail: "run · → value", state: state, tier: index / 4)
      },
      edges: (4..<states.count).map { .init(from: $0 - 4, to: $0) })
  }()

  static let inRun: Drawing = {
    var drawing = deployment
    let states: [Drawing.State] = [
      .success, .success, .retrying, .reverting, .failure, .pending, .pending,
    ]
    for (index, state) in states.enumerated() { drawing.nodes[index].state = state }
    drawing.clusters[0].attempts = .init(made: 2, allowed: 3)
    drawing.title = "deploy, second attempt"
    return drawing
  }()

  static let undoing: Drawing = {
    var drawing = boot
    for index in drawing.nodes.indices { drawing.nodes[index].state = .reverted }
    drawing.nodes[8].state = .failure
    drawing.nodes[4].state = .revertFailure
    drawing.nodes[0].state = .success
    drawing.edges = drawing.edges.map { .init(from: $0.target, to: $0.source, kind: .revert) }
    drawing.direction = .leftToRight
    drawing.title = "boot-vm, undone"
    return drawing
  }()

  static let sixtyTasks: Drawing = {
    var random = SplitMix64(seed: 60)
    var drawing = Drawing(title: "sixty tasks", description: "60 tasks in 10 tiers; 2 retries")
    drawing.clusters = [
      .init(name: "ingest", pattern: "graph"),
      .init(kind: .areaOfInfluence, name: "transform", pattern: "graph", badge: "↻ 5× · 1s…30s"),
      .init(kind: .areaOfInfluence, name: "shard", badge: "↻ 2×", parent: 1),
    ]
    for index in 0..<60 {
      let tier = index / 6
      let lane = index % 6
      let cluster: Int? =
        switch (tier, lane) {
        case (1...3, 0...2): 0
        case (5...7, 2...3): 2
        case (4...8, 1...4): 1
        default: nil
        }
      drawing.nodes.append(
        .init(name: "task-\(index)", detail: "run · → v\(index)", tier: tier, cluster: cluster))
      guard tier > 0 else { continue }
      for _ in 0..<(1 + Int(random.next() % 2)) {
        let source = (tier - 1) * 6 + min(5, max(0, lane - 1 + Int(random.next() % 3)))
        if drawing.edges.contains(where: { $0.source == source && $0.target == index }) { continue }
        drawing.edges.append(.init(from: source, to: index, kind: .data(symbols: ["v\(source)"])))
      }
    }
    return drawing
  }()
}
