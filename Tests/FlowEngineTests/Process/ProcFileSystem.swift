import Foundation
import Glibc

/// A number of `/proc/self/status`, in KiB for sizes.
func ownStatus(_ name: String) throws -> Int {
  let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
  let line = status.split(separator: "\n").first { $0.hasPrefix(name + ":") }
  return Int(line?.split { !$0.isNumber }.first ?? "") ?? .max
}

/// What this process's open file descriptors stand for, as `pipe:[7]` or a path, sorted.
func openDescriptors() throws -> [String] {
  let directory = "/proc/self/fd"
  return try FileManager.default.contentsOfDirectory(atPath: directory).compactMap { number in
    // The one that lists the directory is closed by now.
    let place = try? FileManager.default.destinationOfSymbolicLink(
      atPath: directory + "/" + number)
    // What another test has open while a process starts is inherited, and may be removed meanwhile.
    return place?.replacing(" (deleted)", with: "")
  }.sorted()
}

/// The children of this process that have ended and are not reaped.
func zombies() throws -> [String] {
  try FileManager.default.contentsOfDirectory(atPath: "/proc").filter { name in
    guard Int(name) != nil,
      let stat = try? String(contentsOfFile: "/proc/\(name)/stat", encoding: .utf8),
      let end = stat.lastIndex(of: ")")
    else { return false }
    let fields = stat[end...].split(separator: " ")
    return fields[1] == "Z" && fields[2] == String(getpid())
  }
}
