/// Which files are meant, as in `legacy/**/*.flow.yaml`.
///
/// `*` and `?` stand for characters within a name, `**` for any folders. A pattern without a slash is
/// about the name of a file in any folder; one that ends with a slash is about all that is in that folder.
public struct PathPattern: Sendable, Hashable {
  /// The pattern as it was written.
  public let text: String

  private let parts: [Part]

  private enum Part: Sendable, Hashable {
    case scalar(Unicode.Scalar)
    /// `?`
    case one
    /// `*`
    case some
    /// `**/`
    case folders
    /// `**` at the end
    case all
  }

  /// A pattern.
  public init(_ text: String) {
    self.text = text
    var pattern = text
    if pattern.hasPrefix("./") { pattern.removeFirst(2) }
    if pattern.hasPrefix("/") {
      pattern.removeFirst()
    } else if !pattern.contains("/") {
      pattern = "**/" + pattern
    }
    if pattern.hasSuffix("/") { pattern += "**" }
    var rest = Array(pattern.unicodeScalars)[...]
    var parts: [Part] = []
    while let first = rest.first {
      if rest.starts(with: "**/".unicodeScalars) {
        parts.append(.folders)
        rest = rest.dropFirst(3)
      } else if rest.elementsEqual("**".unicodeScalars) {
        parts.append(.all)
        rest = []
      } else {
        parts.append(first == "*" ? .some : first == "?" ? .one : .scalar(first))
        rest = rest.dropFirst()
      }
    }
    self.parts = parts
  }

  /// Whether it means the file at a path; both are from the same folder.
  ///
  /// - Complexity: O(length of the pattern · length of the path).
  public func matches(_ path: String) -> Bool {
    var states: Set<Int> = [0]
    close(&states)
    var isAtStart = true
    for scalar in path.unicodeScalars {
      var next: Set<Int> = []
      for state in states where state < parts.count {
        switch parts[state] {
        case .scalar(let wanted): if scalar == wanted { next.insert(state + 1) }
        case .one: if scalar != "/" { next.insert(state + 1) }
        case .some: if scalar != "/" { next.insert(state) }
        case .folders, .all: next.insert(state)
        }
      }
      isAtStart = scalar == "/"
      states = next
      close(&states, isAtStart: isAtStart)
    }
    return states.contains(parts.count)
  }

  /// Adds the states that need no character; one behind `**/` only where a name begins.
  private func close(_ states: inout Set<Int>, isAtStart: Bool = true) {
    for state in parts.indices where states.contains(state) {
      switch parts[state] {
      case .some, .all: states.insert(state + 1)
      case .folders: if isAtStart { states.insert(state + 1) }
      case .scalar, .one: break
      }
    }
  }
}
