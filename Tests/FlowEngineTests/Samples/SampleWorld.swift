import FlowEngine
import Foundation
import TaskFlow
import Testing

/// Runs a sample with its scripts, which keep what they do in a temporary folder.
struct SampleWorld {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private static let samples = URL(filePath: #filePath)
    .appending(path: "../../../../samples").standardized.path

  func run(
    _ name: String, inputs: [String: FlowValue] = [:], runID: String = "run-1"
  ) async throws -> RunReport {
    let reading = FlowDocument.read(path: "\(Self.samples)/\(name).flow.yaml")
    let plan = try #require(reading.compile()?.plan)
    var environment = ProcessInfo.processInfo.environment
    environment["SAMPLE_STATE"] = directory.path
    let executor = ProcessExecutor(
      environment: environment, workingDirectory: FileManager.default.currentDirectoryPath,
      scratchDirectory: FileManager.default.temporaryDirectory.path, runID: runID)
    return try await Engine(plan: plan, commands: executor)
      .run(inputs: inputs.mapValues { BoxedValue($0) })
  }

  /// The files that the scripts left, with what is in them.
  func files() throws -> [String: String] {
    var files: [String: String] = [:]
    let paths = FileManager.default.enumerator(atPath: directory.path)?.allObjects ?? []
    for case let path as String in paths {
      let data = FileManager.default.contents(atPath: directory.path + "/" + path)
      files[path] = data.map { String(decoding: $0, as: UTF8.self) } ?? "folder"
    }
    return files
  }
}

extension RunReport {
  /// The atoms in a state, in declaration order.
  func names(in state: AtomState) -> [String] {
    atoms.filter { $0.state == state }.map(\.name)
  }

  /// The atoms whose failure was followed by another attempt.
  var recovered: [String] { recoveredFailures.map(\.atom) }
}
