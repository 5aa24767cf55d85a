import FlowLint
import Glibc
import SystemPackage
import TaskFlow

extension FlowSource {
  /// Reads, compiles and lints files with what is around them.
  ///
  /// - Parameters:
  ///   - linter: what looks at them; its surroundings become those of each file.
  ///   - asksShellCheck: whether shellcheck is asked about shell texts, if it is installed.
  static func linted(
    _ paths: [String], by linter: Linter, asksShellCheck: Bool, on console: Console
  ) async -> [FlowSource] {
    let readings = paths.map { FlowDocument.read(path: $0) }
    var said: ShellChecker.Findings = [:]
    if asksShellCheck {
      var seen: Set<ShellScript> = []
      let scripts = readings.flatMap { $0.document?.flow.shellScripts ?? [] }
        .filter { seen.insert($0).inserted }
      said = await ShellChecker(console: console).findings(in: scripts)
    }
    return zip(paths, readings).map { path, reading in
      var linter = linter
      linter.surroundings = LintSurroundings(
        besideFile: path, in: console.workingDirectory, shellFindings: said)
      return FlowSource(reading, path: path, linter: linter)
    }
  }
}

extension LintSurroundings {
  /// What is beside a flow file. It is looked whether files are there, and none is opened.
  fileprivate init(
    besideFile path: String, in workingDirectory: String, shellFindings said: ShellChecker.Findings
  ) {
    let folder = FilePath(workingDirectory).pushing(FilePath(path)).removingLastComponent()
    self.init(
      fileState: { FileState(of: folder.pushing(FilePath($0)).string) },
      shellFindings: { said[ShellScript(text: $0, shell: $1)] ?? [] })
  }
}

extension LintSurroundings.FileState {
  /// What is at a path; `nil` when the system does not tell.
  fileprivate init?(of path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else {
      guard errno == ENOENT || errno == ENOTDIR else { return nil }
      self = .absent
      return
    }
    let isFolder = status.st_mode & S_IFMT == S_IFDIR
    self = !isFolder && access(path, X_OK) == 0 ? .executable : .notExecutable
  }
}
