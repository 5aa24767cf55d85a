import Foundation
import Glibc

/// The path of a program, and the name of one of its flows: `PROGRAM` or `PROGRAM#FLOW`.
struct ProgramPath {
  let path: String
  /// The flow that is meant, if one is.
  let flow: String?

  /// Takes a text apart; `nil` when it is no path of a program.
  ///
  /// A program is a regular file that may be executed and begins as ELF or Mach-O files do. Scripts are none:
  /// a flow file that begins with `#!` would be run otherwise.
  init?(_ text: String) {
    if Self.isProgram(text) {
      path = text
      flow = nil
      return
    }
    guard let sign = text.lastIndex(of: "#"), Self.isProgram(String(text[..<sign])) else {
      return nil
    }
    path = String(text[..<sign])
    flow = String(text[text.index(after: sign)...])
  }

  private static let magics: [[UInt8]] = [
    [0x7F, 0x45, 0x4C, 0x46],
    [0xCF, 0xFA, 0xED, 0xFE], [0xCE, 0xFA, 0xED, 0xFE],
    [0xCA, 0xFE, 0xBA, 0xBE],
  ]

  private static func isProgram(_ path: String) -> Bool {
    var status = stat()
    guard !path.isEmpty, stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      access(path, X_OK) == 0, let file = FileHandle(forReadingAtPath: path)
    else { return false }
    defer { try? file.close() }
    guard let head = try? file.read(upToCount: 4) else { return false }
    return magics.contains(Array(head))
  }
}
