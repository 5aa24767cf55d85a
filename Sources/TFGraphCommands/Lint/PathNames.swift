import SystemPackage

/// What files are called from a folder, wherever the command was called.
struct PathNames {
  private let workingDirectory: FilePath
  private let folder: FilePath

  /// Names from the folder of a file.
  init(workingDirectory: String, folderOf path: String) {
    self.workingDirectory = FilePath(workingDirectory)
    folder = Self.absolute(path, in: self.workingDirectory).removingLastComponent()
  }

  /// The name of a file: `../flows/deploy.flow.yaml`.
  func name(_ path: String) -> String {
    var rest = Array(Self.absolute(path, in: workingDirectory).components)[...]
    var base = Array(folder.components)[...]
    while let first = rest.first, first == base.first {
      rest.removeFirst()
      base.removeFirst()
    }
    return (base.map { _ in ".." } + rest.map(\.string)).joined(separator: "/")
  }

  /// A path from the root, without `.` and `..`.
  static func absolute(_ path: String, in folder: FilePath) -> FilePath {
    folder.pushing(FilePath(path)).lexicallyNormalized()
  }
}
