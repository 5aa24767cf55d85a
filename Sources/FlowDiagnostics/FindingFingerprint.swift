/// Knows a finding again after the file around it has changed.
///
/// It is made of the rule, the file, the text of the finding's line without white space at its ends, and
/// how many findings before it have the same of these. So lines that come and go elsewhere don't
/// matter, and neither does indentation. Where there is no text, the message takes its place.
///
/// Source of the hash: FNV-1a with 64 bits (Fowler, Noll, Vo), which is the same on all machines.
public struct FindingFingerprint: Sendable, Hashable, CustomStringConvertible {
  /// Sixteen hexadecimal digits.
  public let description: String

  /// A fingerprint that was written down.
  public init(_ description: String) {
    self.description = description
  }

  /// The fingerprints of findings, in the order of the findings.
  ///
  /// - Parameters:
  ///   - findings: all findings of their files; which of two like ones comes first is told by their order.
  ///   - sources: where the lines come from.
  ///   - name: what a file is called, when that should not depend on where the command was called.
  /// - Complexity: linear in the number of findings and the size of their lines.
  public static func all(
    of findings: [Finding], in sources: SourceTexts,
    naming name: (_ file: String) -> String = { $0 }
  ) -> [FindingFingerprint] {
    var lines = LineHashes(sources: sources)
    var counts: [UInt64: UInt64] = [:]
    return findings.map { finding in
      var hash = StableHash()
      hash.combine(finding.rule)
      hash.combine(name(finding.span.file))
      if let line = lines.hash(of: finding.span) {
        hash.combine(number: line)
      } else {
        hash.combine(finding.message)
      }
      let occurrence = counts[hash.value, default: 0]
      counts[hash.value] = occurrence + 1
      hash.combine(number: occurrence)
      let digits = String(hash.value, radix: 16)
      return FindingFingerprint(String(repeating: "0", count: 16 - digits.utf8.count) + digits)
    }
  }
}

/// FNV-1a over 64 bits.
struct StableHash {
  private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

  mutating func combine(_ byte: UInt8) {
    value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
  }

  /// Adds a text, and its end, so that `ab` + `c` is not `a` + `bc`.
  mutating func combine(_ text: String) {
    for byte in text.utf8 { combine(byte) }
    combine(0)
  }

  /// Adds a number, its lowest byte first.
  mutating func combine(number: UInt64) {
    for shift in stride(from: UInt64(0), to: 64, by: 8) {
      combine(UInt8(truncatingIfNeeded: number >> shift))
    }
  }
}

/// The hashes of lines, each made once however many findings are about it.
private struct LineHashes {
  let sources: SourceTexts
  private var texts: [String: SourceText?] = [:]
  private var hashes: [Line: UInt64] = [:]

  private struct Line: Hashable {
    var file: String
    var number: Int
  }

  init(sources: SourceTexts) { self.sources = sources }

  /// `nil` when there is no such line.
  mutating func hash(of span: SourceSpan) -> UInt64? {
    let line = Line(file: span.file, number: span.line)
    if let known = hashes[line] { return known }
    if texts[span.file] == nil { texts[span.file] = .some(sources.text(of: span.file)) }
    guard let text = texts[span.file] ?? nil, let bytes = text.line(span.line) else { return nil }
    var hash = StableHash()
    let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
    let end = bytes.lastIndex { !isBlank($0) }.map { $0 + 1 } ?? bytes.startIndex
    for byte in bytes[..<end].drop(while: isBlank) { hash.combine(byte) }
    hashes[line] = hash.value
    return hash.value
  }
}
