public import FlowDiagnostics

/// Brings flow files into the one form that they have: keys in the order of the format, two spaces for
/// each level, comments where they belong.
///
/// Texts, quotes, and brackets in one line stay as they are written; a list or mapping in brackets that
/// goes over several lines is written as a block. The result is the same when it is formatted again.
public enum DocumentFormatter {
  /// What became of a file.
  public enum Outcome: Sendable, Equatable {
    /// The text in its form, which may be the text that was given.
    case formatted([UInt8])
    /// It is JSON, which has no such form.
    case json
    /// It can't be formatted for sure.
    case refused([Finding])
    /// What was made of it would not say the same, which should not happen.
    case lost
  }

  /// Formats the text of a file; nothing is written.
  ///
  /// - Parameters:
  ///   - bytes: the text, in UTF-8.
  ///   - file: the name that places in findings have.
  ///
  /// The result is read again, and compared value by value and comment by comment with what was given.
  ///
  /// - Complexity: O(number of bytes), with aliases expanded.
  public static func format(bytes: [UInt8], file: String) -> Outcome {
    let (tree, findings) = DocumentReader.parse(bytes: bytes, file: file)
    guard let tree, findings.isEmpty else { return .refused(findings) }
    let root = tree.root
    guard root.kind == .mapping else {
      return .refused([refusal("a flow file that is no mapping", at: root.span)])
    }
    if root.style == .flow { return .json }
    let text = withPlainLineEnds(bytes)
    do throws(LayoutFailure) {
      let layout = try LayoutReader.layout(of: text)
      let output = LayoutWriter.text(of: LayoutOrder.ordered(layout))
      return outcome(output, of: tree, layout)
    } catch {
      return .refused([refusal(error.reason, at: span(of: error.offset, in: text, file: file))])
    }
  }

  /// Compares what was made with what was given.
  private static func outcome(
    _ output: [UInt8], of tree: DocumentTree, _ layout: DocumentLayout
  ) -> Outcome {
    let (again, findings) = DocumentReader.parse(bytes: output, file: tree.file)
    if findings.contains(where: { $0.rule == "input-limit" }) {
      // Aliases may stand for ten times the file, and without white space the file is shorter.
      return .refused([refusal("aliases that stand for so much", at: tree.root.span)])
    }
    guard let again, findings.isEmpty, tree.hasSameValues(as: again) else { return .lost }
    let written = try? LayoutReader.layout(of: output)
    return written?.comments == layout.comments ? .formatted(output) : .lost
  }

  private static func refusal(_ reason: String, at span: SourceSpan) -> Finding {
    Finding(
      rule: "unsupported-layout", message: "can't format \(reason)", span: span,
      help: "write it in another way; 'lint' and 'run' take it as it is")
  }

  private static func span(of offset: Int, in text: [UInt8], file: String) -> SourceSpan {
    let offset = min(offset, text.count)
    let line = text[..<offset].count { $0 == UInt8(ascii: "\n") }
    let column = DocumentLayout(bytes: text).column(of: offset)
    return SourceSpan(file: file, line: line + 1, column: column + 1)
  }

  /// The text without a byte order mark, and with LF at line ends.
  private static func withPlainLineEnds(_ bytes: [UInt8]) -> [UInt8] {
    let text = bytes[TextCheck.byteOrderMark(in: bytes)...]
    guard text.contains(UInt8(ascii: "\r")) else { return Array(text) }
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    var isBehindReturn = false
    for byte in text {
      let isLineFeed = byte == UInt8(ascii: "\n")
      if byte == UInt8(ascii: "\r") {
        result.append(UInt8(ascii: "\n"))
      } else if !(isLineFeed && isBehindReturn) {
        result.append(byte)
      }
      isBehindReturn = byte == UInt8(ascii: "\r")
    }
    return result
  }
}

extension DocumentLayout {
  /// The texts of all comments, sorted.
  fileprivate var comments: [String] {
    var ranges = header.compactMap(\.comment)
    for entry in entries {
      ranges += entry.leading.compactMap(\.comment)
      if let comment = entry.comment { ranges.append(comment.text) }
    }
    for node in nodes { ranges += node.footer.compactMap(\.comment) }
    return ranges.map { text($0) }.sorted()
  }
}
