import Foundation
import Testing

struct HouseTests {
  private let manifest: Manifest

  init() throws {
    manifest = try Manifest.load()
  }

  @Test func `every Swift target has the same settings on`() {
    #expect(manifest.swiftLanguageVersions == ["6"])
    // A plugin is compiled by the package manager, without settings of ours.
    let swift = manifest.targets.filter { $0.type != "system" && $0.type != "plugin" }
    #expect(swift.count > 5)
    for target in swift {
      let kinds = target.settings.map(\.kind)
      let features = kinds.compactMap { $0["enableUpcomingFeature"]?["_0"] }
      #expect(features == House.features, "\(target.name)")
      #expect(kinds.contains { $0["treatAllWarnings"]?["_0"] == "error" }, "\(target.name)")
      #expect(
        kinds.contains { $0["treatWarning"] == ["_0": "StrictLanguageFeatures", "_1": "error"] },
        "\(target.name)")
      #expect(!kinds.contains { $0.keys.contains("unsafeFlags") }, "\(target.name)")
    }
  }

  @Test func `every target depends on what its layer may use only`() {
    let own = Set(manifest.targets.map(\.name))
    for target in manifest.targets where target.type != "test" && target.path == nil {
      guard let mayUse = House.mayUse[target.name] else {
        Issue.record("'\(target.name)' has no layer; add it to the house")
        continue
      }
      let used = target.dependencies.filter { !$0.isProduct && own.contains($0.name) }.map(\.name)
      #expect(Set(used).subtracting(mayUse) == [], "\(target.name)")
    }
  }

  @Test func `nothing is imported without its declared dependency`() throws {
    for target in manifest.targets where target.type != "system" {
      let declared = Set(target.dependencies.map(\.name)).union([target.name])
      for file in Manifest.sources(of: target) {
        let text = try String(contentsOf: file, encoding: .utf8)
        for module in imports(in: text) where !declared.contains(module) {
          #expect(
            House.system.contains(module),
            "\(file.lastPathComponent) of \(target.name) imports \(module)")
        }
      }
    }
  }

  @Test func `no file is longer than 400 lines`() throws {
    for target in manifest.targets where target.type != "system" {
      for file in Manifest.sources(of: target) {
        let lines =
          try String(contentsOf: file, encoding: .utf8).split(
            separator: "\n", omittingEmptySubsequences: false
          ).count - 1
        #expect(lines <= 400, "\(file.path)")
      }
    }
  }

  @Test func `production code has no forbidden construct`() throws {
    for target in manifest.targets where target.type != "system" && target.type != "test" {
      for file in Manifest.sources(of: target) {
        let text = try String(contentsOf: file, encoding: .utf8)
        for construct in House.forbidden {
          #expect(!text.contains(construct), "\(construct) in \(file.path)")
        }
      }
    }
  }

  @Test func `FlowGraph does without Foundation`() throws {
    let target = try #require(manifest.targets.first { $0.name == "FlowGraph" })
    for file in Manifest.sources(of: target) {
      let text = try String(contentsOf: file, encoding: .utf8)
      #expect(!imports(in: text).contains { $0.hasPrefix("Foundation") }, "\(file.path)")
    }
  }

  /// The modules that a file imports.
  private func imports(in text: String) -> [String] {
    text.split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ").map(String.init)
      guard let keyword = words.firstIndex(of: "import"), keyword + 1 < words.count,
        words[..<keyword].allSatisfy({ Self.importModifiers.contains($0) })
      else { return nil }
      let kinds: Set = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias"]
      let path = kinds.contains(words[keyword + 1]) ? words.last : words[keyword + 1]
      return path?.split(separator: ".").first.map(String.init)
    }
  }

  private static let importModifiers: Set = [
    "public", "package", "internal", "fileprivate", "private", "@testable", "@preconcurrency",
    "@_exported",
  ]
}
