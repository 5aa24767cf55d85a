import FlowLint
import Glibc
import SystemPackage

extension LintSurroundings {
  /// What is beside a flow file. It is looked whether files are there, and none is opened.
  init(
    besideFile path: String, in workingDirectory: String, shellFindings said: ShellChecker.Findings
  ) {
    let folder = FilePath(workingDirectory).pushing(FilePath(path)).removingLastComponent()
    self.init(
      fileState: { FileState(of: folder.pushing(FilePath($0)).string) },
      shellFindings: { said[CheckedScript(text: $0, shell: $1)] ?? [] })
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
    self = isFolder ? .folder : access(path, X_OK) == 0 ? .executable : .notExecutable
  }
}
