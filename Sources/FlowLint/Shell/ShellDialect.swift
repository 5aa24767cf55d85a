/// The shells whose language is known here.
package enum ShellDialect: String, Sendable, Hashable, CaseIterable {
  case bash
  case dash
  case ksh
  case sh

  /// The dialect of an argument vector in front of a text, such as `bash -euo pipefail -c`; `nil` when it
  /// is something else.
  package init?(interpreter words: [String]) {
    guard let program = words.first, words.count > 1, let last = words.last, last.hasPrefix("-"),
      last.hasSuffix("c")
    else { return nil }
    // In bytes, which is quick: this is asked of each text.
    let name = program.utf8.lastIndex(of: UInt8(ascii: "/")).map {
      String(program[program.utf8.index(after: $0)...])
    }
    guard let dialect = ShellDialect(rawValue: name ?? program) else { return nil }
    self = dialect
  }
}
