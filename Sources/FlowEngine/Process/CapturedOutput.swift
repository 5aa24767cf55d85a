/// The bytes that are kept of one of a process's output streams.
package struct CapturedOutput: Sendable, Hashable {
  /// What becomes of the bytes.
  package let retention: OutputLimits.Retention
  /// The number of bytes that the process wrote.
  package private(set) var totalCount = 0
  private var storage: [UInt8] = []

  /// Starts with nothing.
  init(retention: OutputLimits.Retention) {
    self.retention = retention
  }

  private var limit: Int {
    switch retention {
    case .whole(let limit), .tail(let limit): max(0, limit)
    }
  }

  /// What is kept: the first bytes of data, the last ones of a log.
  package var bytes: ArraySlice<UInt8> {
    switch retention {
    case .whole: storage.prefix(limit)
    case .tail: storage.suffix(limit)
    }
  }

  /// The process wrote more than is kept.
  package var isTruncated: Bool { totalCount > limit }

  /// The kept bytes as text, with invalid UTF-8 repaired.
  ///
  /// A character that the truncation cut at the start is left out.
  package var text: String {
    var kept = bytes
    if isTruncated, case .tail = retention {
      while let first = kept.first, first & 0xC0 == 0x80, bytes.count - kept.count < 3 {
        kept.removeFirst()
      }
    }
    return String(decoding: kept, as: UTF8.self)
  }

  /// Adds what was read. Amortised constant time a byte; never more than twice the limit is held.
  mutating func append(_ bytes: UnsafeRawBufferPointer) {
    totalCount += bytes.count
    switch retention {
    case .whole:
      storage.append(contentsOf: bytes.prefix(max(0, limit - storage.count)))
    case .tail:
      let last = bytes.suffix(limit)
      if storage.count + last.count > 2 * limit {
        storage.removeFirst(storage.count - (limit - last.count))
      }
      storage.append(contentsOf: last)
    }
  }
}
