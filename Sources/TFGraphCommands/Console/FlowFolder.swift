import FlowDiagnostics
import Foundation
import TaskFlow

/// The flow files that a path on a command line stands for.
enum FlowFolder {
  /// The flows and programs that were named, with the files of folders in their places; `nil`, with a
  /// complaint, when one has none.
  static func expanded(_ names: [String], on console: Console) -> [String]? {
    var expanded: [String] = []
    var seen: Set<String> = []
    var hasFailed = false
    for name in names {
      guard console.catalog[name] == nil, ProgramPath(name) == nil else {
        expanded.append(name)
        continue
      }
      switch files(at: name) {
      case .success(let files):
        // One file can be named in several ways, and is told once.
        expanded += files.filter { seen.insert(realPath($0)).inserted }
      case .failure(let failure):
        console.fail(failure.description)
        hasFailed = true
      }
    }
    return hasFailed ? nil : expanded
  }

  private static func realPath(_ path: String) -> String {
    URL(filePath: path).resolvingSymlinksInPath().standardizedFileURL.path
  }

  /// The file itself, or for a folder all files in it that are named `NAME.flow.yaml`, sorted.
  ///
  /// Hidden folders and links to folders are passed over.
  static func files(at path: String) -> Result<[String], UnreadableFile> {
    var isFolder: ObjCBool = false
    guard path != StandardInput.path,
      FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue
    else { return .success([path]) }
    guard let names = FileManager.default.enumerator(atPath: path) else {
      return .failure(
        UnreadableFile(path: path, description: "\(QuotedName.of(path)) can't be read"))
    }
    var found: [String] = []
    for case let name as String in names {
      if name.split(separator: "/").last?.hasPrefix(".") == true {
        names.skipDescendants()
      } else if name.hasSuffix(".flow.yaml") {
        found.append(path.hasSuffix("/") ? path + name : "\(path)/\(name)")
      }
    }
    if found.isEmpty {
      return .failure(
        UnreadableFile(
          path: path,
          description: "in \(QuotedName.of(path)) no file is named like 'NAME.flow.yaml'"))
    }
    return .success(found.sorted())
  }
}
