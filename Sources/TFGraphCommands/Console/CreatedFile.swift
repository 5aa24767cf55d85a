import Foundation

/// A file that a command makes.
struct CreatedFile {
  /// Its path, as it was given.
  let path: String

  /// Writes the file: whole, or not at all; folders on its path are made.
  ///
  /// - Throws: ``OutputFailure``.
  func write(_ text: String) throws(OutputFailure) {
    let url = URL(filePath: path)
    var status = stat()
    guard stat(path, &status) != 0 || status.st_mode & S_IFMT == S_IFREG else {
      throw OutputFailure(description: "can't write '\(path)': it is no file")
    }
    do {
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: url, options: .atomic)
    } catch {
      let reason = (error as NSError).localizedFailureReason ?? error.localizedDescription
      throw OutputFailure(description: "can't write '\(path)': \(reason)")
    }
  }
}

/// A file could not be written.
struct OutputFailure: Error, CustomStringConvertible {
  /// Which, and why.
  let description: String
}
