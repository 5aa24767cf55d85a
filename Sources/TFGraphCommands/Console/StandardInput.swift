import Glibc
import TaskFlow

/// Standard input as a file.
enum StandardInput {
  /// What it is called on a command line.
  static let path = "-"

  /// What it is called in messages.
  static let name = "<standard input>"

  /// A flow that is read from it.
  static func reading() -> FlowDocument.Reading {
    FlowDocument.read(path: name) { () throws(UnreadableFile) in try bytes() }
  }

  /// All of it, up to the size that a flow file can have.
  static func bytes(limits: DocumentLimits = DocumentLimits()) throws(UnreadableFile) -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(STDIN_FILENO, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      if count < 0 {
        throw UnreadableFile(
          path: path,
          description: "standard input can't be read: \(String(cString: strerror(errno)))")
      }
      if count == 0 { return bytes }
      bytes += chunk[..<count]
      if bytes.count > limits.fileSize {
        throw UnreadableFile(
          path: path, description: "standard input is over \(limits.fileSize >> 20) MiB")
      }
    }
  }
}
