/// Reads one JSON text; the lists and maps that are open are a stack in memory, not calls.
struct JSONReader {
  var scanner: JSONScanner
  private let maximumDepth: Int
  private var open: [Frame] = []

  /// A list or map whose end has not been read.
  private struct Frame {
    var isMap: Bool
    var items: [FlowValue] = []
    var entries: [String: FlowValue] = [:]
    var key = ""

    var value: FlowValue { isMap ? .map(entries) : .list(items) }
  }

  init(bytes: [UInt8], maximumDepth: Int) {
    self.maximumDepth = maximumDepth
    scanner = JSONScanner(bytes: bytes)
  }

  mutating func document() throws(FlowValueJSONError) -> FlowValue {
    values: while true {
      guard var value = try start() else { continue }
      while !open.isEmpty {
        guard let container = try add(value) else { continue values }
        value = container
      }
      scanner.skipSpace()
      guard scanner.isAtEnd else {
        throw scanner.failure("unexpected \(scanner.found) after the value")
      }
      return value
    }
  }

  /// Reads a scalar or an empty container, or opens a container and returns nil.
  private mutating func start() throws(FlowValueJSONError) -> FlowValue? {
    scanner.skipSpace()
    guard let byte = scanner.byte, byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") else {
      return try scanner.scalar()
    }
    guard open.count < maximumDepth else {
      throw scanner.failure("nested more than \(maximumDepth) deep")
    }
    scanner.index += 1
    scanner.skipSpace()
    let isMap = byte == UInt8(ascii: "{")
    if scanner.take(isMap ? "}" : "]") { return isMap ? .map([:]) : .list([]) }
    open.append(Frame(isMap: isMap))
    if isMap { try readKey() }
    return nil
  }

  /// Adds `value` to the innermost container; returns that container when it ends here.
  private mutating func add(_ value: FlowValue) throws(FlowValueJSONError) -> FlowValue? {
    let last = open.count - 1
    let isMap = open[last].isMap
    if isMap {
      open[last].entries[open[last].key] = value
    } else {
      open[last].items.append(value)
    }
    scanner.skipSpace()
    if scanner.take(",") {
      if isMap { try readKey() }
      return nil
    }
    guard scanner.take(isMap ? "}" : "]") else {
      throw scanner.failure("expected ',' or '\(isMap ? "}" : "]")', found \(scanner.found)")
    }
    return open.removeLast().value
  }

  private mutating func readKey() throws(FlowValueJSONError) {
    scanner.skipSpace()
    let start = scanner.index
    guard scanner.byte == UInt8(ascii: "\"") else {
      throw scanner.failure("expected a key in double quotes, found \(scanner.found)")
    }
    let key = try scanner.string()
    let last = open.count - 1
    guard open[last].entries[key] == nil else {
      throw scanner.failure(
        "the key \(FlowValueJSON.text(of: .string(key))) is there twice", at: start)
    }
    open[last].key = key
    scanner.skipSpace()
    guard scanner.take(":") else {
      throw scanner.failure("expected ':' after the key, found \(scanner.found)")
    }
  }
}
