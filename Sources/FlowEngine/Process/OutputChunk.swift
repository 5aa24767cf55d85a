/// One of the two streams that a process writes.
package enum OutputStream: Sendable, Hashable {
  /// File descriptor 1.
  case standardOutput
  /// File descriptor 2.
  case standardError
}

/// A piece of a process's output, as it is handed to a listener.
///
/// It holds whole lines, each ended by `\n`; only a line that is longer than
/// ``OutputLimits/pieceLength``, and a last line that the process did not end, stop short of it. So
/// the texts of one stream, put together, are all of its output.
package struct OutputChunk: Sendable, Hashable {
  /// The stream that it was written to.
  package let stream: OutputStream
  /// The text, with invalid UTF-8 repaired and each line end (`\r\n`, or the `\r` of a progress bar
  /// that redraws its line) written as `\n`.
  package let text: String

  /// Makes a piece.
  package init(stream: OutputStream, text: String) {
    self.stream = stream
    self.text = text
  }

  /// The last line goes on in the next piece, or was not ended by the process.
  package var endsInsideLine: Bool { text.utf8.last != UInt8(ascii: "\n") }

  /// The lines, without their ends.
  package var lines: [Substring] {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    if !endsInsideLine { lines.removeLast() }
    return lines
  }
}
