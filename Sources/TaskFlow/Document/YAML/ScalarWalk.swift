import FlowDiagnostics

/// Goes through the source of a scalar beside its text, and tells where each character is written.
///
/// Characters that are no white space stand in the source in the same order, as themselves or as an escape.
/// So they lead: white space of the text is looked for between them, and is at the line's end where a line
/// end stands for it.
struct ScalarWalk {
  /// Where a character is written: its place, and how many columns it takes there; none at a line's end.
  struct Place {
    var line: Int
    var column: Int
    var width = 1
  }

  private let source: SourceText
  private let style: DocumentNode.Style
  private var next: SourceText.Place
  /// Up to where white space is known to be followed by more text in its line.
  private var innerEnd = 0

  /// A walk from the first character of the scalar's text on; `nil` for what is not in the source.
  init?(of record: NodeRecord, in source: SourceText) {
    guard let start = source.place(line: Int(record.line), column: Int(record.column)) else {
      return nil
    }
    self.source = source
    style = record.style
    next = start
    skipHeader()
  }

  /// Moves behind an anchor, and behind the opening quote or the line of a block's `>`.
  private mutating func skipHeader() {
    if style == .literal || style == .folded {
      while source.byte(at: next) != nil, !source.isLineEnd(next) { source.advance(&next) }
      if source.byte(at: next) != nil { source.advance(&next) }
      return
    }
    if source.byte(at: next) == UInt8(ascii: "&") {
      while let byte = source.byte(at: next), !Self.isWhite(byte) { source.advance(&next) }
      skipWhite()
    }
    if style != .plain, source.byte(at: next) != nil { source.advance(&next) }
  }

  /// The place of the next character of the text, which is `scalar`.
  mutating func place(of scalar: Unicode.Scalar) -> Place {
    skipContinuations()
    if scalar == " " || scalar == "\t" || scalar == "\n" { return placeOfWhite() }
    skipWhite()
    while style == .doubleQuoted, isAtEscapedWhite {
      take(width: escapeWidth)
      skipWhite()
    }
    return take(width: isAtEscape ? escapeWidth : isAtDoubledQuote ? 2 : 1)
  }

  private mutating func placeOfWhite() -> Place {
    if isAtEscape { return take(width: escapeWidth) }
    guard let byte = source.byte(at: next), byte == 0x20 || byte == 0x09, isInsideLine() else {
      return Place(line: next.line, column: next.column, width: 0)
    }
    return take(width: 1)
  }

  @discardableResult
  private mutating func take(width: Int) -> Place {
    let place = Place(line: next.line, column: next.column, width: width)
    for _ in 0..<width where source.byte(at: next) != nil { source.advance(&next) }
    return place
  }

  private mutating func skipWhite() {
    repeat {
      while let byte = source.byte(at: next), Self.isWhite(byte) { source.advance(&next) }
    } while skipContinuation()
  }

  private mutating func skipContinuations() {
    while skipContinuation() {
      while let byte = source.byte(at: next), byte == 0x20 || byte == 0x09 {
        source.advance(&next)
      }
    }
  }

  /// Moves behind a backslash and the line end that it hides, if they are next.
  private mutating func skipContinuation() -> Bool {
    guard style == .doubleQuoted, source.byte(at: next) == UInt8(ascii: "\\"), !isAtEscape else {
      return false
    }
    source.advance(&next)
    if source.byte(at: next) != nil { source.advance(&next) }
    return true
  }

  /// Whether the white space that is next is a part of the text; at a line's end it is only in a block.
  private mutating func isInsideLine() -> Bool {
    if style == .folded || next.offset < innerEnd { return true }
    var place = next
    while let byte = source.byte(at: place), byte == 0x20 || byte == 0x09 {
      source.advance(&place)
    }
    if source.isLineEnd(place) { return false }
    innerEnd = place.offset
    return true
  }

  private var isAtDoubledQuote: Bool {
    style == .singleQuoted && source.byte(at: next) == UInt8(ascii: "'")
  }

  private var isAtEscape: Bool {
    guard let byte = escaped else { return false }
    return byte != 0x0A && byte != 0x0D
  }

  private var isAtEscapedWhite: Bool {
    switch escaped {
    case UInt8(ascii: "t"), UInt8(ascii: "n"), 0x20, 0x09: true
    case UInt8(ascii: "x"), UInt8(ascii: "u"), UInt8(ascii: "U"): [9, 10, 32].contains(code)
    default: false
    }
  }

  /// The byte behind a backslash, if one is next.
  private var escaped: UInt8? {
    guard style == .doubleQuoted, source.byte(at: next) == UInt8(ascii: "\\") else { return nil }
    return byte(ahead: 1)
  }

  /// How many columns the escape takes that is next: of JSON's surrogate pairs both halves.
  private var escapeWidth: Int {
    switch escaped {
    case UInt8(ascii: "x"): 4
    case UInt8(ascii: "u"): (0xD800..<0xDC00).contains(code) ? 12 : 6
    case UInt8(ascii: "U"): 10
    default: 2
    }
  }

  /// The number that the escape has which is next.
  private var code: UInt32 {
    let digits = escaped == UInt8(ascii: "x") ? 2 : escaped == UInt8(ascii: "u") ? 4 : 8
    let text = (2..<2 + digits).compactMap { byte(ahead: $0) }
    return UInt32(String(decoding: text, as: UTF8.self), radix: 16) ?? 0
  }

  private func byte(ahead count: Int) -> UInt8? {
    var place = next
    for _ in 0..<count where source.byte(at: place) != nil { source.advance(&place) }
    return source.byte(at: place)
  }

  private static func isWhite(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }
}
