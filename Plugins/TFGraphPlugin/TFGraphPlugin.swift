import Foundation
import PackagePlugin

/// `swift package tfgraph lint`: runs `tfgraph` on the flows of a package.
///
/// A command that takes flow files gets those of the package when none are named: each `*.flow.yaml`, and each
/// program that embeds `TFGraphCommands`, which is built first. All arguments are passed on.
@main struct TFGraphPlugin: CommandPlugin {
  /// The commands that take any number of flows.
  private static let commandsOfManyFlows: Set = ["lint", "docs"]

  private static let endings = [".flow.yaml", ".flow.yml", ".flow.json"]

  func performCommand(context: PluginContext, arguments: [String]) async throws {
    let tool = try context.tool(named: "tfgraph")
    var arguments = arguments
    if let command = arguments.first, Self.commandsOfManyFlows.contains(command),
      !namesFlow(arguments.dropFirst(), in: context)
    {
      let flows = files(of: context.package) + (try programs(of: context.package))
      guard !flows.isEmpty else {
        Diagnostics.remark("the package has no flows")
        return
      }
      arguments.insert(contentsOf: flows, at: 1)
    }
    let process = Process()
    process.executableURL = tool.url
    process.arguments = arguments
    process.currentDirectoryURL = context.package.directoryURL
    try process.run()
    process.waitUntilExit()
    guard process.terminationReason == .exit else {
      Diagnostics.error("tfgraph was ended by signal \(process.terminationStatus)")
      return
    }
    // Exit codes don't pass through the package manager: it is 1 for any error here.
    if process.terminationStatus != 0 {
      Diagnostics.error("tfgraph ended with code \(process.terminationStatus)")
    }
  }

  /// Whether an argument names a flow: one with an ending of flow files, or the path of a file that is no value
  /// of an option.
  private func namesFlow(_ arguments: ArraySlice<String>, in context: PluginContext) -> Bool {
    var isValue = false
    for argument in arguments {
      defer { isValue = argument.hasPrefix("-") && !argument.contains("=") }
      if argument.hasPrefix("-") { continue }
      if Self.endings.contains(where: argument.hasSuffix) { return true }
      let path = URL(filePath: argument, relativeTo: context.package.directoryURL).path
      var isFolder: ObjCBool = false
      if !isValue, FileManager.default.fileExists(atPath: path, isDirectory: &isFolder),
        !isFolder.boolValue
      {
        return true
      }
    }
    return false
  }

  /// The flow files of a package, sorted, relative to its folder; hidden folders are left out.
  private func files(of package: Package) -> [String] {
    let walk = FileManager.default.enumerator(
      at: package.directoryURL, includingPropertiesForKeys: nil, options: [.skipsHiddenFiles])
    var files: [String] = []
    let base = package.directoryURL.path + "/"
    while let url = walk?.nextObject() as? URL {
      guard Self.endings.contains(where: url.lastPathComponent.hasSuffix) else { continue }
      files.append(url.path.hasPrefix(base) ? String(url.path.dropFirst(base.count)) : url.path)
    }
    return files.sorted()
  }

  /// The programs of a package that have flows, built; `tfgraph` itself has none.
  private func programs(of package: Package) throws -> [String] {
    var programs: [String] = []
    for product in package.products(ofType: ExecutableProduct.self)
    where product.name != "tfgraph" {
      let modules = product.mainTarget.recursiveTargetDependencies.map(\.name)
      guard modules.contains("TFGraphCommands") else { continue }
      let result = try packageManager.build(.product(product.name), parameters: .init())
      guard result.succeeded else {
        Diagnostics.error("'\(product.name)' could not be built\n\(result.logText)")
        continue
      }
      programs += result.builtArtifacts.filter { $0.kind == .executable }.map(\.url.path)
    }
    return programs
  }
}
