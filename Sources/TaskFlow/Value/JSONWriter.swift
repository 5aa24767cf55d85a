/// Writes one value as JSON; what is open is a stack in memory, not calls.
struct JSONWriter {
  let style: FlowValueJSON.Style
  /// How many bytes the text may have.
  let limit: Int
  private(set) var text = ""
  private var open: [Frame] = []

  /// A list or map that has been begun: keys are nil for a list.
  private struct Frame {
    let keys: [String]?
    let values: [FlowValue]
    var next = 0
  }

  init(style: FlowValueJSON.Style, limit: Int) {
    self.style = style
    self.limit = limit
  }

  /// Writes `root`; false when the text would be longer than the limit.
  mutating func write(_ root: FlowValue) -> Bool {
    begin(root)
    while let frame = open.last, text.utf8.count <= limit {
      if frame.next == frame.values.count {
        open.removeLast()
        newLine()
        text += frame.keys == nil ? "]" : "}"
        continue
      }
      open[open.count - 1].next += 1
      if frame.next > 0 { text += "," }
      newLine()
      if let keys = frame.keys {
        quote(keys[frame.next])
        text += style == .pretty ? ": " : ":"
      }
      begin(frame.values[frame.next])
    }
    return text.utf8.count <= limit
  }

  /// Writes a scalar or an empty container, or the opening of a container.
  private mutating func begin(_ value: FlowValue) {
    switch value {
    case .null: text += "null"
    case .bool(let flag): text += flag ? "true" : "false"
    case .int(let int): text += String(int)
    case .float(let float): text += float.isFinite ? float.description : "null"
    case .string(let string): quote(string)
    case .list(let items):
      text += items.isEmpty ? "[]" : "["
      if !items.isEmpty { open.append(Frame(keys: nil, values: items)) }
    case .map(let entries):
      text += entries.isEmpty ? "{}" : "{"
      guard !entries.isEmpty else { return }
      let sorted = entries.sorted { $0.key < $1.key }
      open.append(Frame(keys: sorted.map(\.key), values: sorted.map(\.value)))
    }
  }

  private mutating func newLine() {
    guard style == .pretty else { return }
    text += "\n" + String(repeating: "  ", count: open.count)
  }

  private mutating func quote(_ string: String) {
    text += "\""
    if string.utf8.contains(where: { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C }) {
      for scalar in string.unicodeScalars { escape(scalar) }
    } else {
      text += string
    }
    text += "\""
  }

  private mutating func escape(_ scalar: Unicode.Scalar) {
    switch scalar {
    case "\"": text += "\\\""
    case "\\": text += "\\\\"
    case "\n": text += "\\n"
    case "\r": text += "\\r"
    case "\t": text += "\\t"
    case "\u{0}"..<" ": text += "\\u00" + hexadecimal(UInt8(truncatingIfNeeded: scalar.value))
    default: text.unicodeScalars.append(scalar)
    }
  }
}
