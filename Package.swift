// swift-tools-version: 6.2

import PackageDescription

let package = Package(
  name: "tfgraph",
  products: [
    .executable(name: "tfgraph", targets: ["tfgraph"]),
    .library(name: "TaskFlow", targets: ["TaskFlow"]),
    .library(name: "FlowDiagnostics", targets: ["FlowDiagnostics"]),
    .library(name: "FlowGraph", targets: ["FlowGraph"]),
    .library(name: "FlowLint", targets: ["FlowLint"]),
    .library(name: "FlowRender", targets: ["FlowRender"]),
    .library(name: "FlowEngine", targets: ["FlowEngine"]),
    .library(name: "FlowStoreSQLite", targets: ["FlowStoreSQLite"]),
    .library(name: "TaskFlowTesting", targets: ["TaskFlowTesting"]),
    .library(name: "TFGraphCommands", targets: ["TFGraphCommands"]),
    .plugin(name: "TFGraphPlugin", targets: ["TFGraphPlugin"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
  ],
  targets: [
    // System libraries
    .systemLibrary(
      name: "CGraphviz",
      pkgConfig: "libgvc",
      providers: [.apt(["libgraphviz-dev"]), .brew(["graphviz"])],
    ),
    .systemLibrary(
      name: "CLibYAML",
      pkgConfig: "yaml-0.1",
      providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])],
    ),

    // Libraries, each above those that it imports
    .target(name: "FlowGraph"),
    .target(name: "FlowDiagnostics"),
    .target(name: "TaskFlow", dependencies: ["CLibYAML", "FlowDiagnostics", "FlowGraph"]),
    .target(name: "FlowLint", dependencies: ["FlowDiagnostics", "FlowGraph", "TaskFlow"]),
    .target(
      name: "FlowRender",
      dependencies: ["CGraphviz", "FlowDiagnostics", "FlowGraph", "TaskFlow"],
    ),
    .target(
      name: "FlowEngine",
      dependencies: [
        "FlowDiagnostics",
        "FlowGraph",
        "TaskFlow",
        .product(name: "DequeModule", package: "swift-collections"),
        .product(name: "HeapModule", package: "swift-collections"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
    ),
    .target(
      name: "FlowStoreSQLite",
      dependencies: [
        "FlowEngine",
        "TaskFlow",
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
    ),
    .target(name: "TaskFlowTesting", dependencies: ["FlowDiagnostics", "FlowEngine", "TaskFlow"]),

    // The command line
    .target(
      name: "TFGraphCommands",
      dependencies: [
        "FlowDiagnostics",
        "FlowEngine",
        "FlowGraph",
        "FlowLint",
        "FlowRender",
        "FlowStoreSQLite",
        "TaskFlow",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
    ),
    .executableTarget(name: "tfgraph", dependencies: ["TFGraphCommands"]),
    .executableTarget(name: "conformance", dependencies: ["TaskFlowTesting"]),

    .plugin(
      name: "TFGraphPlugin",
      capability: .command(
        intent: .custom(
          verb: "tfgraph",
          description: "Lints, draws, plans and documents the flows of the package.")),
      dependencies: ["tfgraph"],
    ),

    // Samples
    .target(
      name: "SampleFlows",
      dependencies: ["FlowDiagnostics", "TaskFlow"],
      path: "samples/swift/SampleFlows",
    ),
    .executableTarget(
      name: "samples",
      dependencies: ["SampleFlows", "TFGraphCommands", "TaskFlow"],
      path: "samples/swift/samples",
    ),

    // Tests
    .testTarget(name: "HouseTests"),
    .testTarget(name: "FlowGraphTests", dependencies: ["FlowGraph"]),
    .testTarget(name: "FlowDiagnosticsTests", dependencies: ["FlowDiagnostics"]),
    .testTarget(
      name: "TaskFlowTests",
      dependencies: ["FlowDiagnostics", "FlowGraph", "TaskFlow", "TaskFlowTesting"],
    ),
    .testTarget(
      name: "FlowLintTests",
      dependencies: [
        "FlowDiagnostics", "FlowEngine", "FlowGraph", "FlowLint", "TaskFlow", "TaskFlowTesting",
      ],
    ),
    .testTarget(
      name: "FlowRenderTests",
      dependencies: [
        "CGraphviz", "FlowDiagnostics", "FlowEngine", "FlowGraph", "FlowRender", "TaskFlow",
      ],
    ),
    .target(
      name: "EngineCampaign",
      dependencies: ["FlowDiagnostics", "FlowEngine", "TaskFlow", "TaskFlowTesting"],
      path: "Tests/EngineCampaign",
    ),
    .executableTarget(
      name: "exhaustive", dependencies: ["EngineCampaign"], path: "Tests/Exhaustive"),
    .testTarget(
      name: "FlowEngineTests",
      dependencies: [
        "EngineCampaign", "FlowDiagnostics", "FlowEngine", "FlowGraph", "TaskFlow",
        "TaskFlowTesting",
        .product(name: "Logging", package: "swift-log"),
      ],
    ),
    .testTarget(
      name: "FlowStoreSQLiteTests",
      dependencies: [
        "FlowEngine", "FlowStoreSQLite", "TaskFlow", "TaskFlowTesting",
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ],
      exclude: ["Golden"],
    ),
    .testTarget(
      name: "TFGraphCommandsTests",
      dependencies: [
        "FlowDiagnostics", "FlowEngine", "FlowLint", "FlowRender", "FlowStoreSQLite",
        "TFGraphCommands", "TaskFlow", "TaskFlowTesting", "samples", "tfgraph",
      ],
    ),
    .testTarget(
      name: "DocumentationTests",
      dependencies: [
        "FlowDiagnostics", "FlowEngine", "FlowRender", "FlowStoreSQLite", "TFGraphCommands",
        "TaskFlow", "TaskFlowTesting",
      ],
    ),
    .testTarget(name: "SampleFlowsTests", dependencies: ["FlowEngine", "SampleFlows", "TaskFlow"]),
  ],
  swiftLanguageModes: [.v6],
)

// The same settings for every Swift target: `HouseTests` proves that they are on.
for target in package.targets where target.type != .system && target.type != .plugin {
  target.swiftSettings =
    (target.swiftSettings ?? []) + [
      .enableUpcomingFeature("ExistentialAny"),
      .enableUpcomingFeature("InternalImportsByDefault"),
      .enableUpcomingFeature("MemberImportVisibility"),
      .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
      .enableUpcomingFeature("InferIsolatedConformances"),
      .treatAllWarnings(as: .error),
      .treatWarning("StrictLanguageFeatures", as: .error),
    ]
}
