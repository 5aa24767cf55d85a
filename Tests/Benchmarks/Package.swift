// swift-tools-version: 6.2

import PackageDescription

// A package of its own, so that `swift test` of the root builds none of it.
let package = Package(
  name: "benchmarks",
  dependencies: [.package(name: "tfgraph", path: "../..")],
  targets: [
    .executableTarget(
      name: "benchmarks",
      dependencies: [
        .product(name: "FlowDiagnostics", package: "tfgraph"),
        .product(name: "FlowEngine", package: "tfgraph"),
        .product(name: "FlowGraph", package: "tfgraph"),
        .product(name: "FlowLint", package: "tfgraph"),
        .product(name: "FlowStoreSQLite", package: "tfgraph"),
        .product(name: "TFGraphCommands", package: "tfgraph"),
        .product(name: "TaskFlow", package: "tfgraph"),
      ],
      swiftSettings: [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
        .enableUpcomingFeature("InferIsolatedConformances"),
        .treatAllWarnings(as: .error),
        .treatWarning("StrictLanguageFeatures", as: .error),
      ])
  ],
  swiftLanguageModes: [.v6],
)
