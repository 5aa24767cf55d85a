import FlowDiagnostics

/// A map of a listing, whose entries are read by type; a missing one is `nil` or empty.
struct ListingObject {
  private let entries: [String: FlowValue]
  /// What it is, for messages.
  private let name: String

  init(_ value: FlowValue, of name: String) throws(ListingError) {
    guard case .map(let entries) = value else {
      throw ListingError("has \(value.kind) where \(name) should be a map")
    }
    self.entries = entries
    self.name = name
  }

  subscript(key: String) -> FlowValue? { entries[key] }

  func wrong(_ key: String) -> ListingError { ListingError("has a wrong '\(key)' in \(name)") }

  func text(_ key: String) throws(ListingError) -> String? {
    guard let value = entries[key] else { return nil }
    guard case .string(let text) = value else { throw wrong(key) }
    return text
  }

  func int(_ key: String) throws(ListingError) -> Int? {
    guard let value = entries[key] else { return nil }
    guard case .int(let number) = value else { throw wrong(key) }
    return number
  }

  func flag(_ key: String) throws(ListingError) -> Bool {
    guard let value = entries[key] else { return false }
    guard case .bool(let flag) = value else { throw wrong(key) }
    return flag
  }

  func list(_ key: String) throws(ListingError) -> [FlowValue] {
    guard let value = entries[key] else { return [] }
    guard case .list(let list) = value else { throw wrong(key) }
    return list
  }

  func texts(_ key: String) throws(ListingError) -> [String] {
    var texts: [String] = []
    for value in try list(key) {
      guard case .string(let text) = value else { throw wrong(key) }
      texts.append(text)
    }
    return texts
  }

  func object(_ key: String) throws(ListingError) -> ListingObject? {
    guard let value = entries[key] else { return nil }
    return try ListingObject(value, of: "'\(key)' of \(name)")
  }

  func objects(_ key: String) throws(ListingError) -> [ListingObject] {
    var objects: [ListingObject] = []
    for value in try list(key) {
      objects.append(try ListingObject(value, of: "'\(key)' of \(name)"))
    }
    return objects
  }

  func word<Word: RawRepresentable>(
    _ key: String, as type: Word.Type
  ) throws(ListingError) -> Word? where Word.RawValue == String {
    guard let text = try text(key) else { return nil }
    guard let word = Word(rawValue: text) else { throw wrong(key) }
    return word
  }

  /// A place: the file, the line, the column, and the length unless it is 1.
  func span(_ key: String = "at") throws(ListingError) -> SourceSpan {
    let parts = try list(key)
    guard parts.count >= 3, case .string(let file) = parts[0], case .int(let line) = parts[1],
      case .int(let column) = parts[2]
    else { throw wrong(key) }
    guard parts.count > 3 else { return SourceSpan(file: file, line: line, column: column) }
    guard case .int(let length) = parts[3] else { throw wrong(key) }
    return SourceSpan(file: file, line: line, column: column, length: length)
  }

  /// A time as text, or as seconds and attoseconds where no text says it.
  func duration(_ key: String) throws(ListingError) -> Duration? {
    switch entries[key] {
    case nil: return nil
    case .string(let text):
      guard case .success(let duration) = DurationText.parse(text) else { throw wrong(key) }
      return duration
    case .list(let parts):
      guard parts.count == 2, case .int(let seconds) = parts[0], case .int(let rest) = parts[1]
      else { throw wrong(key) }
      return Duration(secondsComponent: Int64(seconds), attosecondsComponent: Int64(rest))
    default: throw wrong(key)
    }
  }

  func require<Value>(_ value: Value?, _ key: String) throws(ListingError) -> Value {
    guard let value else { throw wrong(key) }
    return value
  }
}
