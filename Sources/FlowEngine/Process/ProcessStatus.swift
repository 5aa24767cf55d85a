import Foundation
import Glibc
import SystemPackage

/// What the system tells of a process that lives.
///
/// Number and start time together name one process, until the system is started anew.
struct ProcessStatus: Sendable, Hashable {
  let number: pid_t
  /// The number of the process that leads its session.
  let session: pid_t
  /// When it was started, in clock ticks since the system was.
  let start: UInt64

  /// What is told of a process now; `nil` when there is none that lives.
  init?(_ number: pid_t) {
    guard let bytes = try? ProcFile.bytes(of: FilePath("/proc/\(number)/stat")),
      // The program's name comes before and can have anything in it.
      let end = bytes.lastIndex(of: UInt8(ascii: ")"))
    else { return nil }
    let fields = String(decoding: bytes[(end + 1)...], as: UTF8.self).split(separator: " ")
    // proc_pid_stat(5): the state is field 3, the session 6, the start 22.
    guard fields.count > 19, let session = pid_t(fields[3]), let start = UInt64(fields[19]),
      !["Z", "X"].contains(fields[0])
    else { return nil }
    self.number = number
    self.session = session
    self.start = start
  }

  /// All processes that live.
  static var all: [ProcessStatus] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return names.compactMap { pid_t($0) }.compactMap { ProcessStatus($0) }
  }

  /// What is written down of a process, to find it again: also of which start of the system it is.
  var text: String { "\(number) \(start) \(Self.boot)\n" }

  /// The process that was written down, if it lives.
  static func find(_ text: String) -> ProcessStatus? {
    let words = text.split { $0 == " " || $0 == "\n" }
    guard words.count == 3, let number = pid_t(words[0]), words[2] == boot,
      let status = ProcessStatus(number), String(status.start) == words[1]
    else { return nil }
    return status
  }

  private static var boot: String {
    let bytes = try? ProcFile.bytes(of: "/proc/sys/kernel/random/boot_id")
    return String(decoding: bytes ?? [], as: UTF8.self).trimmingCharacters(
      in: .whitespacesAndNewlines)
  }
}
