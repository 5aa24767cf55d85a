import SystemPackage
package import TaskFlow

/// What a task's process wrote to `$TFGRAPH_OUTPUT`: `name=value` lines, or one JSON object.
package struct OutputFile: Sendable, Hashable {
  /// The most bytes that a file may have.
  package static let largestSize = 16 << 20

  /// The values by name.
  package let values: [String: FlowValue]

  /// Reads a file; an empty one, and one that was removed, has no values.
  package init(path: String) throws(OutputFileFailure) {
    try self.init(Self.read(path))
  }

  /// Reads a file's bytes.
  package init(_ bytes: [UInt8]) throws(OutputFileFailure) {
    guard bytes.count <= Self.largestSize else {
      throw OutputFileFailure("is longer than \(ByteCount(Self.largestSize))")
    }
    if let byte = bytes.firstIndex(of: 0) {
      let line = 1 + bytes[..<byte].count { $0 == UInt8(ascii: "\n") }
      throw OutputFileFailure(line: line, "contains a NUL character; write text only")
    }
    let first = bytes.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
    if first == UInt8(ascii: "{") {
      values = try Self.object(bytes)
    } else {
      values = try Self.lines(bytes)
    }
  }

  private static func lines(_ bytes: [UInt8]) throws(OutputFileFailure) -> [String: FlowValue] {
    var values: [String: FlowValue] = [:]
    var firstLines: [String: Int] = [:]
    for (index, bytes) in bytes.split(separator: 10, omittingEmptySubsequences: false).enumerated()
    {
      let line = index + 1
      let content = bytes.last == UInt8(ascii: "\r") ? bytes.dropLast() : bytes
      guard !content.isEmpty else { continue }
      guard let text = String(validating: content, as: UTF8.self) else {
        throw OutputFileFailure(line: line, "is not UTF-8; convert the text")
      }
      guard let equals = text.utf8.firstIndex(of: UInt8(ascii: "=")) else {
        throw OutputFileFailure(
          line: line, "is not 'name=value'; write a value of several lines as a JSON object")
      }
      let name = String(text[..<equals])
      guard EnvironmentName.isIdentifier(name) else {
        throw OutputFileFailure(line: line, "has '\(name)' as a name; use letters, digits and '_'")
      }
      if let first = firstLines.updateValue(line, forKey: name) {
        throw OutputFileFailure(line: line, "gives '\(name)' again, after line \(first)")
      }
      values[name] = .string(String(text[text.utf8.index(after: equals)...]))
    }
    return values
  }

  private static func object(_ bytes: [UInt8]) throws(OutputFileFailure) -> [String: FlowValue] {
    do {
      guard case .map(let values) = try FlowValueJSON.parse(utf8: bytes) else {
        throw OutputFileFailure("is not a JSON object")
      }
      return values
    } catch let error as FlowValueJSONError {
      throw OutputFileFailure(line: error.line, "is not valid JSON: \(error.message)")
    } catch let failure as OutputFileFailure {
      throw failure
    } catch {
      throw OutputFileFailure("cannot be read: \(error)")
    }
  }

  /// A process may have put anything in the file's place, so a pipe or device is not waited for.
  private static func read(_ path: String) throws(OutputFileFailure) -> [UInt8] {
    do {
      let file = try FileDescriptor.open(
        path, .readOnly, options: [.closeOnExec, .nonBlocking])
      return try file.closeAfter {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while bytes.count <= largestSize {
          let count = try buffer.withUnsafeMutableBytes { try file.read(into: $0) }
          if count == 0 { break }
          bytes.append(contentsOf: buffer[..<count])
        }
        return bytes
      }
    } catch Errno.noSuchFileOrDirectory {
      return []
    } catch {
      throw OutputFileFailure("cannot be read: \(error); write it as a plain file")
    }
  }
}

/// Why the values of a task cannot be read, in one phrase.
package struct OutputFileFailure: Error, Sendable, Hashable, CustomStringConvertible {
  /// The line, from 1, if it is one line's fault.
  package let line: Int?
  private let reason: String

  init(line: Int? = nil, _ reason: String) {
    self.line = line
    self.reason = reason
  }

  /// What people see.
  package var description: String {
    if let line { "line \(line) of $TFGRAPH_OUTPUT \(reason)" } else { "$TFGRAPH_OUTPUT \(reason)" }
  }
}
