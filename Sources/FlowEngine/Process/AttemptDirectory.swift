import Foundation
import Glibc
import SystemPackage

/// A private directory for one attempt: large inputs, and the file that its process writes values to.
///
/// Nobody else can enter it (mode 0700). ``remove()`` it when the attempt is over.
package struct AttemptDirectory: Sendable, Hashable {
  /// The directory itself.
  package let path: String
  /// Where large values lie, each in a file of its name (`$TFGRAPH_IN`).
  package var inputs: String { path + "/in" }
  /// The file that the process may write its values to (`$TFGRAPH_OUTPUT`); empty at first.
  package var output: String { path + "/output" }
  /// The file that says which process the attempt began with, once it has.
  var leader: String { path + "/leader" }

  /// Makes a directory with a name of its own.
  ///
  /// - Parameters:
  ///   - parent: The directory that it is made in, such as `/tmp`; it must exist.
  ///   - run: The run that it is for, if it is for one.
  /// - Throws: ``ScratchFailure``.
  package init(in parent: String, run: String? = nil) throws(ScratchFailure) {
    let prefix = run.flatMap(Self.prefix(ofRun:)) ?? "tfgraph-"
    var template = Array("\(parent)/\(prefix)XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw ScratchFailure(path: parent, action: "make a scratch directory in", code: errno)
    }
    path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    do throws(ScratchFailure) {
      guard mkdir(inputs, 0o700) == 0 else {
        throw ScratchFailure(path: inputs, action: "make", code: errno)
      }
      try Self.write([], to: output)
    } catch {
      try? remove()
      throw error
    }
  }

  /// Removes what the attempts of a run left whose engine has died.
  package static func removeAll(ofRun run: String, in parent: String) {
    for path in paths(ofRun: run, in: parent) { try? FileManager.default.removeItem(atPath: path) }
  }

  /// The processes that attempts of a run began with and that live.
  static func leaders(ofRun run: String, in parent: String) -> Set<ProcessStatus> {
    Set(
      paths(ofRun: run, in: parent).compactMap { path in
        (try? String(contentsOfFile: "\(path)/leader", encoding: .utf8)).flatMap(ProcessStatus.find)
      })
  }

  private static func paths(ofRun run: String, in parent: String) -> [String] {
    guard let prefix = prefix(ofRun: run) else { return [] }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []
    return names.filter { $0.hasPrefix(prefix) && $0.utf8.count == prefix.utf8.count + 6 }
      .map { "\(parent)/\($0)" }
  }

  /// What the names of a run's directories begin with; `nil` for a run whose own name can't be in them.
  private static func prefix(ofRun run: String) -> String? {
    let isPlain = run.utf8.allSatisfy { byte in
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || byte == UInt8(ascii: "-")
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
    return isPlain && run.utf8.count < 100 ? "tfgraph-\(run)-" : nil
  }

  /// Writes down which process the attempt begins with, so that whoever goes on with the run finds it.
  ///
  /// Without that it is found by its environment, so nothing is said when it can't be written.
  func note(leader: pid_t) {
    guard let status = ProcessStatus(leader) else { return }
    try? Self.write(Array(status.text.utf8), to: self.leader)
  }

  /// Puts a value's text into a file under ``inputs``.
  func writeInput(_ text: String, named name: String) throws(ScratchFailure) {
    try Self.write(Array(text.utf8), to: "\(inputs)/\(name)")
  }

  /// Removes the directory with all that is in it; one that is gone already is not an error.
  package func remove() throws(ScratchFailure) {
    do {
      try FileManager.default.removeItem(atPath: path)
    } catch CocoaError.fileNoSuchFile {
      return
    } catch {
      throw ScratchFailure(path: path, action: "remove", reason: error.localizedDescription)
    }
  }

  private static func write(_ bytes: [UInt8], to path: String) throws(ScratchFailure) {
    do {
      let file = try FileDescriptor.open(
        path, .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec, .noFollow],
        permissions: [.ownerReadWrite])
      try file.closeAfter { _ = try file.writeAll(bytes) }
    } catch {
      throw ScratchFailure(path: path, action: "write", reason: "\(error)")
    }
  }
}

/// A scratch directory could not be made, filled or removed.
package struct ScratchFailure: Error, Sendable, Hashable, CustomStringConvertible {
  /// What was to be changed.
  package let path: String
  /// What people see.
  package let description: String

  init(path: String, action: String, reason: String) {
    self.path = path
    description =
      "cannot \(action) '\(path)': \(reason); set TMPDIR to a directory with room that you may write"
  }

  init(path: String, action: String, code: Int32) {
    self.init(path: path, action: action, reason: "\(Errno(rawValue: code))")
  }
}
