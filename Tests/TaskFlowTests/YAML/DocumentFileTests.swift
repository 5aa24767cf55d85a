import FlowDiagnostics
import Foundation
import TaskFlow
import Testing

@Suite struct DocumentFileTests {
  @Test func `a file is read as it is`() throws {
    try withFolder { folder in
      let path = folder + "/f.yaml"
      let bytes = [UInt8](repeating: 0xFF, count: 200_000)
      try Data(bytes).write(to: URL(filePath: path))
      #expect(try DocumentFile.bytes(path: path) == bytes)
    }
  }

  @Test func `what can't be read is told in one phrase`() throws {
    try withFolder { folder in
      try Data().write(to: URL(filePath: folder + "/file"))
      symlink("loop", folder + "/loop")
      mkfifo(folder + "/pipe", 0o600)
      #expect(problem(folder) == "FOLDER is a directory")
      #expect(problem(folder + "/none", folder) == "there is no file 'F/none'")
      #expect(
        problem(folder + "/file/x", folder)
          == "there is no file 'F/file/x': a part of its path is no directory")
      #expect(problem(folder + "/loop", folder) == "'F/loop' is a circle of links")
      #expect(problem(folder + "/pipe", folder) == "'F/pipe' is a pipe, not a file")
      #expect(problem("/dev/null") == "'/dev/null' is a device, not a file")
      #expect(problem("") == "'' is no path of a file")
      #expect(problem("a\u{0}b") == "'a\u{0}b' is no path of a file")
    }
  }

  @Test func `a file over the limit is not read`() throws {
    try withFolder { folder in
      var limits = DocumentLimits()
      #expect(truncate(create(folder + "/sparse"), 1 << 40) == 0)
      #expect(problem(folder + "/sparse", folder) == "'F/sparse' is over 64 MiB")
      try Data([1, 2, 3]).write(to: URL(filePath: folder + "/small"))
      limits.fileSize = 2
      #expect(problem(folder + "/small", folder, limits) == "'F/small' is over 2 bytes")
      limits.fileSize = 3
      #expect(try DocumentFile.bytes(path: folder + "/small", limits: limits) == [1, 2, 3])
    }
  }

  private func create(_ path: String) -> String {
    _ = FileManager.default.createFile(atPath: path, contents: nil)
    return path
  }

  private func problem(
    _ path: String, _ folder: String = "", _ limits: DocumentLimits = DocumentLimits()
  ) -> String {
    do {
      _ = try DocumentFile.bytes(path: path, limits: limits)
      return "no problem"
    } catch {
      #expect(error.finding.message == error.description)
      let text = error.description
      if folder.isEmpty, path.hasPrefix("/tmp") {
        return text.replacing("'\(path)'", with: "FOLDER")
      }
      return folder.isEmpty ? text : text.replacing(folder, with: "F")
    }
  }

  /// Names in messages are cut at sixty characters, so that the folder has to be a short one.
  private func withFolder(_ body: (String) throws -> Void) throws {
    let folder = "/tmp/tf-" + String(UInt32.random(in: .min ... .max), radix: 36)
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }
}
