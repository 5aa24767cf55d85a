// swift-tools-version: 6.2

import PackageDescription

let package = Package(
  name: "tfgraph",
  products: [
    .library(name: "TaskFlow", targets: ["TaskFlow"]),
    .library(name: "FlowDiagnostics", targets: ["FlowDiagnostics"]),
    .library(name: "FlowGraph", targets: ["FlowGraph"]),
    .library(name: "FlowEngine", targets: ["FlowEngine"]),
    .library(name: "TaskFlowTesting", targets: ["TaskFlowTesting"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0")
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
        .product(name: "DequeModule", package: "swift-collections"),
        .product(name: "HeapModule", package: "swift-collections"),
      ],
    ),
    .target(name: "TaskFlowTesting", dependencies: ["FlowDiagnostics", "FlowEngine", "TaskFlow"]),
    .testTarget(
      name: "FlowEngineTests",
      dependencies: ["FlowDiagnostics", "FlowEngine", "TaskFlow", "TaskFlowTesting"],
    ),
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
