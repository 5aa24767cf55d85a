import Glibc

/// Cuts a stream of bytes into ``OutputChunk``s at line ends, holding back at most one piece.
///
/// Time is linear in the bytes, however they arrive. The scans are `memchr`, since every byte
/// that a flooding process writes goes through here.
struct LineAssembler {
  private let stream: OutputStream
  private let pieceLength: Int
  private var pending: [UInt8] = []
  /// A `\r` has just ended a line, so a `\n` after it is the same line end.
  private var swallowsLineFeed = false
  /// The byte before the next one, also when it was handed on already.
  private var lastByte = UInt8(ascii: "\n")

  init(stream: OutputStream, pieceLength: Int) {
    self.stream = stream
    // A piece must be able to hold any character.
    self.pieceLength = max(4, pieceLength)
  }

  /// Adds what was read, and hands on what is complete.
  mutating func append(_ bytes: UnsafeRawBufferPointer, to sink: (OutputChunk) -> Void) {
    let scanned = pending.count
    if swallowsLineFeed || bytes.contains(byte: UInt8(ascii: "\r")) {
      appendNormalised(bytes)
    } else {
      pending.append(contentsOf: bytes)
    }
    lastByte = pending.last ?? lastByte
    let consumed = pending.withUnsafeBytes { emit(from: $0, scanned: scanned, to: sink) }
    pending.removeFirst(consumed)
  }

  /// Hands on the last line if the process did not end it.
  mutating func finish(to sink: (OutputChunk) -> Void) {
    guard !pending.isEmpty else { return }
    sink(OutputChunk(stream: stream, text: String(decoding: pending, as: UTF8.self)))
    pending.removeAll()
  }

  private mutating func appendNormalised(_ bytes: UnsafeRawBufferPointer) {
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "\r"):
        // At the start of a line it moves the cursor nowhere.
        guard lastByte != UInt8(ascii: "\n") else { continue }
        lastByte = UInt8(ascii: "\n")
        pending.append(lastByte)
        swallowsLineFeed = true
      case UInt8(ascii: "\n") where swallowsLineFeed:
        swallowsLineFeed = false
      default:
        pending.append(byte)
        lastByte = byte
        swallowsLineFeed = false
      }
    }
  }

  /// Hands on all pieces that are complete; the first `scanned` bytes hold no line end.
  private func emit(
    from bytes: UnsafeRawBufferPointer, scanned: Int, to sink: (OutputChunk) -> Void
  ) -> Int {
    var start = 0
    while start < bytes.count {
      let end = min(start + pieceLength, bytes.count)
      let unscanned = max(start, scanned)
      var cut = end
      if unscanned < end,
        let lineFeed = UnsafeRawBufferPointer(rebasing: bytes[unscanned..<end])
          .lastIndex(ofByte: UInt8(ascii: "\n"))
      {
        cut = unscanned + lineFeed + 1
      } else if end - start < pieceLength {
        break
      } else {
        cut = Self.characterBoundary(in: bytes, from: start, to: end)
      }
      let piece = UnsafeRawBufferPointer(rebasing: bytes[start..<cut])
      sink(OutputChunk(stream: stream, text: String(decoding: piece, as: UTF8.self)))
      start = cut
    }
    return start
  }

  /// The last place up to `end` that is not inside of a UTF-8 sequence.
  private static func characterBoundary(
    in bytes: UnsafeRawBufferPointer, from start: Int, to end: Int
  ) -> Int {
    var lead = end - 1
    while lead > start, end - lead < 4, bytes[lead] & 0xC0 == 0x80 { lead -= 1 }
    let length =
      switch bytes[lead] {
      case 0xC2...0xDF: 2
      case 0xE0...0xEF: 3
      case 0xF0...0xF4: 4
      default: 1
      }
    return lead > start && lead + length > end ? lead : end
  }
}

extension UnsafeRawBufferPointer {
  fileprivate func contains(byte: UInt8) -> Bool {
    guard let baseAddress else { return false }
    return memchr(baseAddress, Int32(byte), count) != nil
  }

  fileprivate func lastIndex(ofByte byte: UInt8) -> Int? {
    // Lines are short: when there is one, it is near the end.
    contains(byte: byte) ? lastIndex(of: byte) : nil
  }
}
