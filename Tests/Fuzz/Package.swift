// swift-tools-version: 6.2

import PackageDescription

// A package of its own, so that `swift test` of the root builds none of it. It is built with
// `--sanitize fuzzer`, which links libFuzzer and has it see which branches are taken.
let package = Package(
  name: "fuzz",
  dependencies: [.package(name: "tfgraph", path: "../..")],
  targets: [
    .executableTarget(
      name: "fuzz",
      dependencies: [
        .product(name: "FlowDiagnostics", package: "tfgraph"),
        .product(name: "FlowLint", package: "tfgraph"),
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
