import FlowDiagnostics
import TaskFlow

/// The comments of a file that are for `tfgraph`, and which lines they hold for.
struct AllowComments: Sendable {
  /// The comments that allow something, in the order of the file, those of scripts last.
  private(set) var comments: [AllowComment] = []

  /// Comments that can't be understood.
  private(set) var mistakes: [Finding] = []

  /// Of a line that is a comment alone: the line that the comment, and those below it, are above.
  private var lineBelow: [Int: Int] = [:]

  /// The lines of scalars of several lines, in their order.
  private let blocks: [ClosedRange<Int>]

  /// Nothing is looked for in a file without a comment that begins with `tfgraph:`, in letters of any size.
  ///
  /// - Complexity: O(number of bytes).
  init(of document: LintedDocument) {
    guard Self.mayHaveComments(document.text) else {
      blocks = []
      return
    }
    let long = document.tree.longScalars
    blocks = long.map(\.lines)
    add(document.tree.comments(in: Array(document.text.utf8)), isInScript: false)
    add(ScriptComments(of: document, blocks: long).comments, isInScript: true)
  }

  private mutating func add(_ all: [DocumentComment], isInScript: Bool) {
    for line in all.reversed().lazy.filter(\.isAlone).map(\.span.line) {
      lineBelow[line] = lineBelow[line + 1] ?? line + 1
    }
    for comment in all {
      switch AllowComment.reading(of: comment, isInScript: isInScript) {
      case .nothing: break
      case .allows(let allow): comments.append(allow)
      case .mistake(let finding): mistakes.append(finding)
      }
    }
  }

  /// The line that what is said in a line holds for: the first below comments that stand alone.
  func subject(ofLine line: Int) -> Int { lineBelow[line] ?? line }

  /// The line in which the block begins that a line is inside of; `nil` when it is in none.
  ///
  /// - Complexity: O(log n) in the number of blocks.
  func header(ofLine line: Int) -> Int? { blocks.header(ofLine: line) }

  /// Whether a line of the text may be a comment for `tfgraph`.
  private static func mayHaveComments(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      let word = Array("tfgraph:".utf8)
      var index = 0
      while index < bytes.count {
        if bytes[index] == UInt8(ascii: "#") {
          let rest = bytes[(index + 1)...].drop { $0 == 0x20 || $0 == 0x09 }
          if rest.prefix(word.count).map({ $0 | 0x20 }) == word { return true }
          index = max(index, rest.startIndex - 1)
        }
        index += 1
      }
      return false
    }
  }
}

extension [ClosedRange<Int>] {
  /// The first line of the range that a line is in, but not the first of; the ranges are in order, and one
  /// may begin in the line in which the one before it ends.
  ///
  /// - Complexity: O(log n), and as many steps as ranges hang together so.
  func header(ofLine line: Int) -> Int? {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if self[middle].lowerBound < line { low = middle + 1 } else { high = middle }
    }
    var index = low - 1
    guard index >= 0, self[index].upperBound >= line else { return nil }
    while index > 0, self[index - 1].upperBound >= self[index].lowerBound,
      self[index - 1].lowerBound < self[index].lowerBound
    {
      index -= 1
    }
    return self[index].lowerBound
  }
}
