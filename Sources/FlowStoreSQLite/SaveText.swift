import FlowEngine
import TaskFlow

/// What a save has changed, as JSON: a list of atoms and calls in the order in which they are noted.
///
/// An atom is `[name, state, intention, attempts, result, failure, hasHistory]`, a call `[name, action,
/// attempt, began, ended, failure]`; what lacks at the end of one is null. A text is written with each save, so
/// it is made of bytes and not of values.
struct SaveText {
  /// What is longer is several texts: a row has a limit.
  private static let limit = 1 << 20

  private var texts: [[UInt8]] = []
  private var bytes: [UInt8] = []

  /// The texts of some changes; at least one.
  static func texts(of changes: RunChanges) throws -> [[UInt8]] {
    var text = SaveText()
    text.bytes.reserveCapacity(256)
    for (name, atom) in changes.atoms { try text.append(atom, name) }
    for call in changes.calls { try text.append(call) }
    text.close()
    return text.texts
  }

  /// The text of how a run stands.
  static func text(of standing: RunStanding) -> [UInt8] {
    var text = SaveText()
    text.bytes.reserveCapacity(64)
    for number in standing.numbers {
      if !text.bytes.isEmpty { text.bytes.append(UInt8(ascii: ",")) }
      text.append(number)
    }
    return text.bytes
  }

  private mutating func append(_ atom: StoredAtom, _ name: String) throws {
    begin(name)
    append(next: Int(atom.state.rawValue))
    append(next: Int(atom.intention.rawValue))
    append(next: atom.attempts)
    let (hasFailure, hasHistory) = (atom.failure != nil, atom.history != nil)
    guard atom.result != nil || hasFailure || hasHistory else { return end() }
    append(next: atom.result.map(JSON.text(ofResult:)))
    guard hasFailure || hasHistory else { return end() }
    append(next: try atom.failure.map(JSON.text(of:)))
    if hasHistory { append(next: "true") }
    end()
  }

  private mutating func append(_ call: StoredCall) throws {
    begin(call.atom)
    append(next: call.action == .execute ? "\"execute\"" : "\"revert\"")
    append(next: call.attempt)
    append(next: Int(call.began))
    guard call.ended != nil || call.failure != nil else { return end() }
    if let ended = call.ended { append(next: Int(ended)) } else { append(next: "null") }
    if let failure = call.failure { append(next: try JSON.text(of: failure)) }
    end()
  }

  // MARK: Pieces

  private mutating func begin(_ name: String) {
    bytes.append(UInt8(ascii: bytes.isEmpty ? "[" : ","))
    bytes.append(UInt8(ascii: "["))
    append(quoted: name)
  }

  private mutating func end() {
    bytes.append(UInt8(ascii: "]"))
    if bytes.count > Self.limit { close() }
  }

  private mutating func close() {
    guard !bytes.isEmpty || texts.isEmpty else { return }
    if bytes.isEmpty { bytes.append(UInt8(ascii: "[")) }
    bytes.append(UInt8(ascii: "]"))
    texts.append(bytes)
    bytes = []
  }

  private mutating func append(next text: String?) {
    bytes.append(UInt8(ascii: ","))
    bytes.append(contentsOf: (text ?? "null").utf8)
  }

  private mutating func append(next number: Int) {
    bytes.append(UInt8(ascii: ","))
    append(number)
  }

  private mutating func append(_ number: Int) {
    guard number >= 0 else { return bytes.append(contentsOf: String(number).utf8) }
    let start = bytes.count
    var rest = number
    repeat {
      let (tens, digit) = rest.quotientAndRemainder(dividingBy: 10)
      bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit))
      rest = tens
    } while rest > 0
    bytes[start...].reverse()
  }

  private mutating func append(quoted text: String) {
    let isPlain = text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x22 && $0 != 0x5C }
    guard isPlain else {
      return bytes.append(contentsOf: FlowValueJSON.text(of: .string(text)).utf8)
    }
    bytes.append(UInt8(ascii: "\""))
    bytes.append(contentsOf: text.utf8)
    bytes.append(UInt8(ascii: "\""))
  }
}
