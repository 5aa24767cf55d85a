package import FlowDiagnostics

/// Reads YAML, and so JSON, into a tree that knows the place of each of its parts.
///
/// What is read is YAML 1.2 as flow files have it: one document in UTF-8, scalars by the core
/// schema, no tags, no merge keys, no directives but `%YAML 1.2`, anchors with bounded aliases. All
/// else is a finding, never another meaning.
package enum DocumentReader {
  /// The tree of a document, or what is wrong with it.
  ///
  /// Duplicate keys, tags, merge keys and undefined aliases are all collected, and leave a tree
  /// that can be looked at further. A syntax error, text that is no UTF-8, or a limit exceeded is
  /// reported alone, with other syntax errors that have nothing to do with it, and leaves no tree. So there is a tree, or at least one finding, or both.
  ///
  /// - Parameter file: the name that spans have for the file.
  /// - Returns: the findings are sorted.
  /// - Complexity: O(number of bytes).
  package static func parse(
    bytes: [UInt8], file: String, limits: DocumentLimits = DocumentLimits()
  ) -> (tree: DocumentTree?, findings: [Finding]) {
    if bytes.count > limits.fileSize {
      let start = SourceSpan(file: file, line: 1, column: 1)
      let size = ByteSize.phrase(limits.fileSize)
      return (nil, [Finding(rule: "input-limit", message: "the file is over \(size)", span: start)])
    }
    if let finding = TextCheck.finding(in: bytes, file: file) { return (nil, [finding]) }
    let start = TextCheck.byteOrderMark(in: bytes)
    if let finding = DirectiveCheck.finding(in: bytes, from: start, file: file) {
      return (nil, [finding])
    }
    var builder = DocumentBuilder(bytes: bytes, start: start, file: file, limits: limits)
    let pairs = SurrogatePairs(in: bytes, from: start)
    let failure = (pairs?.text[...] ?? bytes[start...]).withUnsafeBufferPointer { buffer in
      builder.readAll(from: buffer, pairs: pairs)
    }
    if let failure {
      let quote = builder.wideQuote(before: failure)
      // Where libyaml was given another text its lines can't be blanked in this one.
      if pairs != nil {
        let error = YAMLSyntaxError(failure: failure, bytes: bytes, start: start, file: file)
        return (nil, [error.finding])
      }
      var recovery = SyntaxRecovery(bytes: bytes, start: start, file: file, limits: limits)
      var findings = recovery.findings(after: failure)
      findings[0].related += quote.map { [$0] } ?? []
      return (nil, findings.sorted())
    }
    return builder.result()
  }

  /// The tree of a document in a string, or what is wrong with it.
  package static func parse(
    _ text: String, file: String, limits: DocumentLimits = DocumentLimits()
  ) -> (tree: DocumentTree?, findings: [Finding]) {
    parse(bytes: Array(text.utf8), file: file, limits: limits)
  }
}

/// Sizes as messages have them.
enum ByteSize {
  /// `64 MiB`, or `100 bytes`.
  static func phrase(_ bytes: Int) -> String {
    if bytes >= 1 << 20, bytes % (1 << 20) == 0 { return "\(bytes >> 20) MiB" }
    if bytes >= 1 << 10, bytes % (1 << 10) == 0 { return "\(bytes >> 10) KiB" }
    return bytes == 1 ? "1 byte" : "\(bytes) bytes"
  }
}
