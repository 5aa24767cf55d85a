/// The text of one source file, with quick access to any line and column of it.
///
/// Bytes that are no UTF-8 are allowed, since a finding may be about them. Lines end with LF, CR LF
/// or CR; a byte order mark is no part of the first line.
public struct SourceText: Sendable {
  let bytes: [UInt8]
  private let marks: [Place]

  /// A position as line and column, from 1, and as an offset into the bytes.
  package struct Place: Sendable {
    package var line: Int
    package var column: Int
    package var offset: Int
  }

  /// How far apart the remembered places are, in bytes: what one look-up may have to scan.
  private static let spacing = 4096

  /// The text of a file as it was read.
  ///
  /// - Complexity: O(number of bytes); a look-up is then O(log n) and one short scan, however long
  ///   the lines are.
  public init(_ bytes: [UInt8]) {
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var place = Place(line: 1, column: 1, offset: start)
    var marks = [place]
    while place.offset < bytes.count {
      Self.advance(&place, in: bytes)
      if place.offset - marks[marks.count - 1].offset >= Self.spacing { marks.append(place) }
    }
    self.bytes = bytes
    self.marks = marks
  }

  /// The text of a file.
  public init(_ text: String) {
    self.init(Array(text.utf8))
  }

  /// The place of a line and column, or the end of that line if it is shorter.
  ///
  /// - Returns: `nil` if there is no such line.
  package func place(line: Int, column: Int) -> Place? {
    var place = mark(before: (line, column))
    while place.offset < bytes.count {
      if place.line == line, place.column >= column || isLineEnd(place) { return place }
      if place.line > line { return nil }
      Self.advance(&place, in: bytes)
    }
    return place.line == line ? place : nil
  }

  /// The bytes of a line without its end, or `nil` if there is no such line.
  func line(_ number: Int) -> ArraySlice<UInt8>? {
    guard let place = place(line: number, column: 1) else { return nil }
    return bytes[place.offset...].prefix { $0 != 0x0A && $0 != 0x0D }
  }

  /// The byte that a character begins with, or `nil` at the end.
  package func byte(at place: Place) -> UInt8? {
    place.offset < bytes.count ? bytes[place.offset] : nil
  }

  /// Moves a place that is not the end behind its character, which may be a line end.
  package func advance(_ place: inout Place) {
    Self.advance(&place, in: bytes)
  }

  /// Whether the line ends at this place.
  package func isLineEnd(_ place: Place) -> Bool {
    place.offset >= bytes.count || bytes[place.offset] == 0x0A || bytes[place.offset] == 0x0D
  }

  /// The character at this place, which moves behind it; broken bytes give U+FFFD.
  func character(at place: inout Place) -> String {
    let start = place.offset
    Self.advance(&place, in: bytes)
    return String(decoding: bytes[start..<place.offset], as: UTF8.self)
  }

  private func mark(before target: (line: Int, column: Int)) -> Place {
    var low = 0
    var high = marks.count
    while high - low > 1 {
      let middle = (low + high) / 2
      let isBefore = (marks[middle].line, marks[middle].column) <= target
      if isBefore { low = middle } else { high = middle }
    }
    return marks[low]
  }

  private static func advance(_ place: inout Place, in bytes: [UInt8]) {
    let byte = bytes[place.offset]
    place.offset += 1
    if byte == 0x0A || byte == 0x0D {
      let isPair = byte == 0x0D && place.offset < bytes.count && bytes[place.offset] == 0x0A
      if isPair { place.offset += 1 }
      place.line += 1
      place.column = 1
      return
    }
    while place.offset < bytes.count, bytes[place.offset] & 0xC0 == 0x80 { place.offset += 1 }
    place.column += 1
  }
}
