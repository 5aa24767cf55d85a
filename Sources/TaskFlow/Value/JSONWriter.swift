/// Writes one value as JSON; what is open is a stack in memory, not calls.
struct JSONWriter {
  let style: FlowValueJSON.Style
  /// How many bytes the text may have.
  let limit: Int
  /// UTF-8; bytes are appended with less ado than text.
  private var bytes: [UInt8] = []
  private var open: [Frame] = []

  /// A list or map that has been begun.
  private struct Frame {
    let items: Items
    let count: Int
    var next = 0

    enum Items {
      case list([FlowValue])
      /// The entries, sorted by their keys.
      case map([(key: String, value: FlowValue)])
    }
  }

  init(style: FlowValueJSON.Style, limit: Int) {
    self.style = style
    self.limit = limit
  }

  /// What has been written.
  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Writes `root`; false when the text would be longer than the limit.
  mutating func write(_ root: FlowValue) -> Bool {
    begin(root)
    while let frame = open.last, bytes.count <= limit {
      if frame.next == frame.count {
        open.removeLast()
        newLine()
        if case .list = frame.items { append("]") } else { append("}") }
        continue
      }
      open[open.count - 1].next += 1
      if frame.next > 0 { append(",") }
      newLine()
      switch frame.items {
      case .list(let items):
        begin(items[frame.next])
      case .map(let entries):
        quote(entries[frame.next].key)
        append(style == .pretty ? ": " : ":")
        begin(entries[frame.next].value)
      }
    }
    return bytes.count <= limit
  }

  /// Writes a scalar or an empty container, or the opening of a container.
  private mutating func begin(_ value: FlowValue) {
    switch value {
    case .null: append("null")
    case .bool(let flag): append(flag ? "true" : "false")
    case .int(let int): append(String(int))
    case .float(let float): append(float.isFinite ? float.description : "null")
    case .string(let string): quote(string)
    case .list(let items):
      append(items.isEmpty ? "[]" : "[")
      if !items.isEmpty { open.append(Frame(items: .list(items), count: items.count)) }
    case .map(let entries):
      append(entries.isEmpty ? "{}" : "{")
      guard !entries.isEmpty else { return }
      let sorted = entries.sorted { $0.key < $1.key }
      open.append(Frame(items: .map(sorted), count: sorted.count))
    }
  }

  private mutating func newLine() {
    guard style == .pretty else { return }
    append("\n")
    for _ in open { append("  ") }
  }

  private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

  private mutating func quote(_ string: String) {
    append("\"")
    if string.utf8.contains(where: { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C }) {
      for scalar in string.unicodeScalars { escape(scalar) }
    } else {
      append(string)
    }
    append("\"")
  }

  private mutating func escape(_ scalar: Unicode.Scalar) {
    switch scalar {
    case "\"": append("\\\"")
    case "\\": append("\\\\")
    case "\n": append("\\n")
    case "\r": append("\\r")
    case "\t": append("\\t")
    case "\u{0}"..<" ": append("\\u00" + hexadecimal(UInt8(truncatingIfNeeded: scalar.value)))
    default: append(String(scalar))
    }
  }
}
