import Foundation

/// The package as its manifest describes it, every setting evaluated.
struct Manifest: Decodable {
  struct Target: Decodable {
    var name: String
    var type: String
    var path: String?
    var settings: [Setting]
    var dependencies: [Dependency]
  }

  struct Setting: Decodable {
    var kind: [String: [String: String]]
  }

  /// A target or product by its name.
  struct Dependency: Decodable {
    var name: String
    var isProduct: Bool

    init(from decoder: any Decoder) throws {
      let values = try decoder.singleValueContainer().decode([String: [Part]].self)
      guard let (kind, parts) = values.first, case .text(let name)? = parts.first else {
        throw DecodingError.dataCorrupted(
          DecodingError.Context(codingPath: decoder.codingPath, debugDescription: "no name"))
      }
      self.name = name
      isProduct = kind == "product"
    }

    /// Its name, or something beside it that does not matter here.
    private enum Part: Decodable {
      case text(String)
      case other

      init(from decoder: any Decoder) throws {
        let text = try? decoder.singleValueContainer().decode(String.self)
        self = text.map(Part.text) ?? .other
      }
    }
  }

  var targets: [Target]
  var swiftLanguageVersions: [String]

  /// The package's folder.
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().standardizedFileURL

  /// Asks the package manager, with a scratch folder of its own so that no running build is waited for.
  static func load() throws -> Manifest {
    let scratch = FileManager.default.temporaryDirectory.appending(path: "house-\(UUID())")
    defer { try? FileManager.default.removeItem(at: scratch) }
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [
      "swift", "package", "--package-path", root.path, "--scratch-path", scratch.path,
      "dump-package",
    ]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return try JSONDecoder().decode(Manifest.self, from: data)
  }

  /// The folder of a target's sources.
  static func folder(of target: Target) -> URL {
    let folders = ["test": "Tests", "plugin": "Plugins"]
    let path = target.path ?? "\(folders[target.type] ?? "Sources")/\(target.name)"
    return root.appending(path: path)
  }

  /// The Swift files of a target, in order.
  static func sources(of target: Target) -> [URL] {
    let files = FileManager.default.enumerator(
      at: folder(of: target), includingPropertiesForKeys: nil)
    let all = (files?.allObjects ?? []).compactMap { $0 as? URL }
    return all.filter { $0.pathExtension == "swift" }.sorted { $0.path < $1.path }
  }
}
