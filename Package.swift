// swift-tools-version: 6.2

import PackageDescription

let package = Package(
  name: "tfgraph",
  products: [
    .executable(name: "tfgraph", targets: ["tfgraph"]),
    .library(name: "TaskFlow", targets: ["TaskFlow"]),
    .library(name: "FlowDiagnostics", targets: ["FlowDiagnostics"]),
    .library(name: "FlowGraph", targets: ["FlowGraph"]),
    .library(name: "FlowEngine", targets: ["FlowEngine"]),
    .library(name: "TaskFlowTesting", targets: ["TaskFlowTesting"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
  ],
  targets: [
    .systemLibrary(
      name: "CLibYAML",
      pkgConfig: "yaml-0.1",
      providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])],
    ),
    .target(name: "FlowGraph"),
    .target(name: "FlowDiagnostics"),
    .target(name: "TaskFlow", dependencies: ["CLibYAML", "FlowDiagnostics", "FlowGraph"]),
    .target(
      name: "FlowEngine",
      dependencies: [
        "FlowGraph",
        "TaskFlow",
        .product(name: "HeapModule", package: "swift-collections"),
        .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
    ),
    .systemLibrary(
      name: "CGraphviz",
      pkgConfig: "libgvc",
      providers: [.apt(["libgraphviz-dev"]), .brew(["graphviz"])],
    ),
    .target(
      name: "FlowRender",
      dependencies: ["CGraphviz", "FlowDiagnostics", "FlowGraph", "TaskFlow"],
    ),
    .testTarget(
      name: "TFGraphCommandsTests", dependencies: ["FlowRender", "TFGraphCommands", "tfgraph"]),
    .testTarget(
      name: "FlowRenderTests",
      dependencies: ["CGraphviz", "FlowDiagnostics", "FlowGraph", "FlowRender", "TaskFlow"],
    ),
    .target(
      name: "TFGraphCommands",
      dependencies: [
        "FlowDiagnostics",
        "FlowEngine",
        "FlowRender",
        "TaskFlow",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      exclude: ["Docs", "Render/RenderCommand.swift"],
    ),
    .executableTarget(name: "tfgraph", dependencies: ["TFGraphCommands"]),
    .target(name: "TaskFlowTesting", dependencies: ["FlowDiagnostics", "FlowEngine", "TaskFlow"]),
    .testTarget(
      name: "FlowEngineTests", dependencies: ["FlowEngine", "TaskFlow", "TaskFlowTesting"]),
    .testTarget(name: "FlowDiagnosticsTests", dependencies: ["FlowDiagnostics"]),
    .testTarget(name: "FlowGraphTests", dependencies: ["FlowGraph"]),
    .testTarget(
      name: "TaskFlowTests", dependencies: ["FlowDiagnostics", "TaskFlow", "TaskFlowTesting"]),
  ],
  swiftLanguageModes: [.v6],
)

// The same settings for every Swift target: `HouseTests` proves that they are on.
for target in package.targets where target.type != .system {
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
