/// The layers of the package: which targets a target may depend on.
enum House {
  /// What each target may use of the package's own, with all that those may use but the C libraries.
  static let mayUse: [String: Set<String>] = [
    "CGraphviz": [],
    "CLibYAML": [],
    "FlowGraph": [],
    "FlowDiagnostics": [],
    "TaskFlow": ["CLibYAML", "FlowDiagnostics", "FlowGraph"],
    "FlowLint": model,
    "FlowRender": model.union(["CGraphviz"]),
    "FlowEngine": model,
    "FlowStoreSQLite": model.union(["FlowEngine"]),
    "TaskFlowTesting": model.union(["FlowEngine"]),
    "TFGraphCommands": model.union(["FlowEngine", "FlowLint", "FlowRender", "FlowStoreSQLite"]),
    "tfgraph": ["TFGraphCommands"],
    "TFGraphPlugin": ["tfgraph"],
    "conformance": ["TaskFlowTesting"],
  ]

  private static let model: Set = ["FlowDiagnostics", "FlowGraph", "TaskFlow"]

  /// The upcoming features that every Swift target has on.
  static let features = [
    "ExistentialAny", "InternalImportsByDefault", "MemberImportVisibility",
    "NonisolatedNonsendingByDefault", "InferIsolatedConformances",
  ]

  /// What production code does without.
  static let forbidden = [
    "try!", "as!", "@unchecked Sendable", "nonisolated(unsafe)", "fatalError(", "TODO", "FIXME",
  ]

  /// Modules that come with the toolchain.
  static let system: Set = [
    "Dispatch", "Foundation", "FoundationEssentials", "FoundationXML", "Glibc", "Darwin", "Musl",
    "Observation",
    "PackageDescription", "PackagePlugin", "Synchronization", "Testing", "XCTest",
  ]
}
