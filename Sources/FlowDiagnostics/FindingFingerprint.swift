/// What stays the same of a finding while its file changes elsewhere, so that two reports can be compared.
///
/// It is made of the rule, the file, the text of the line but for its white space, and how many like findings are
/// before it in the file: lines that are added above change nothing. Of a place without text the message counts
/// instead of the line.
public struct FindingFingerprint: Sendable, Hashable, CustomStringConvertible {
  /// 16 hexadecimal digits.
  public let description: String

  /// A fingerprint that was written down.
  public init(_ description: String) {
    self.description = description
  }

  /// The fingerprints of findings that are in the order in which they are shown.
  ///
  /// - Parameters:
  ///   - findings: all findings of their files: of two that are alike the order decides.
  ///   - sources: the texts of the files.
  ///   - rules: the rules; a rule's number counts, since names change.
  ///   - fileName: what counts as the name of a file.
  /// - Complexity: linear in the number of findings and the length of the lines that they are about.
  public static func all(
    of findings: [Finding], sources: SourceTexts, rules: RuleCatalog,
    fileName: (String) -> String = { $0 }
  ) -> [FindingFingerprint] {
    var lines = FingerprintedLines(sources: sources)
    var occurrences: [UInt64: Int] = [:]
    return findings.map { finding in
      var hash = FNV1a()
      hash.add(rules.id(of: finding.rule).utf8)
      hash.add(fileName(finding.span.file).utf8)
      if let line = lines.hash(of: finding.span) {
        hash.add(String(line, radix: 16).utf8)
      } else {
        hash.add(finding.message.utf8)
      }
      let index = occurrences[hash.value, default: 0]
      occurrences[hash.value] = index + 1
      hash.add(String(index).utf8)
      return FindingFingerprint(hash.description)
    }
  }
}

/// The hashes of lines, each computed once when they are asked for in their order.
private struct FingerprintedLines {
  let sources: SourceTexts
  private var text: (file: String, text: SourceText?)?
  private var last: (line: Int, hash: UInt64?)?

  init(sources: SourceTexts) {
    self.sources = sources
  }

  /// The hash of the line that a place is in; `nil` if it has no text.
  mutating func hash(of span: SourceSpan) -> UInt64? {
    if text?.file != span.file {
      text = (span.file, sources.text(of: span.file))
      last = nil
    }
    if let last, last.line == span.line { return last.hash }
    let hash = text?.text?.line(span.line).map(Self.hash)
    last = (span.line, hash)
    return hash
  }

  /// The hash of a line in which any white space counts as one space, and none at its ends.
  private static func hash(_ line: ArraySlice<UInt8>) -> UInt64 {
    var hash = FNV1a()
    for (index, word) in line.split(whereSeparator: { $0 == 0x20 || $0 == 0x09 }).enumerated() {
      if index > 0 { hash.add(CollectionOfOne(0x20)) }
      hash.add(word)
    }
    return hash.value
  }
}

/// The 64-bit hash FNV-1a (Fowler, Noll, Vo), which is the same in every process.
struct FNV1a: CustomStringConvertible {
  private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

  /// Adds bytes, and a zero behind them, so that what is added next can't be taken for their end.
  mutating func add(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { add(byte) }
    add(0)
  }

  private mutating func add(_ byte: UInt8) {
    value = (value ^ UInt64(byte)) &* 0x100_0000_01B3
  }

  var description: String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }
}
