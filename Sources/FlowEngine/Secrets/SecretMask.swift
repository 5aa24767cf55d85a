package import TaskFlow

/// Finds secrets in bytes, and puts `***` in their place.
///
/// All texts are looked for at once, by the automaton of Aho and Corasick (1975), so a byte costs the same
/// however many there are.
package struct SecretMask: Sendable {
  /// What stands in the place of a secret.
  package static let replacement = "***"

  /// The shortest text that is masked: a shorter one would be found everywhere.
  package static let shortest = 4

  private struct Node {
    var byte: UInt8
    var firstChild: Int32 = -1
    var nextSibling: Int32 = -1
    /// Where to go on when no child fits: the longest proper suffix that is a node.
    var failure: Int32 = 0
    /// How many bytes it stands for.
    var depth: Int32
    /// How long the longest text is that ends here; 0 when none does.
    var longest: Int32 = 0
  }

  private var nodes = [Node(byte: 0, depth: 0)]
  /// The children of the root, where most bytes are looked up.
  private var first = [Int32](repeating: -1, count: 256)

  /// A mask of some texts; those that are too short are not looked for.
  package init(_ texts: [String]) {
    for text in Set(texts.flatMap(Self.forms)).sorted() { insert(Array(text.utf8)) }
    linkFailures()
  }

  /// Whether there is nothing to look for.
  package var isEmpty: Bool { nodes.count == 1 }

  /// The forms in which a text may appear: as it is, each of its lines, and as JSON has it.
  private static func forms(of text: String) -> [String] {
    let json = FlowValueJSON.text(of: .string(text)).dropFirst().dropLast()
    let lines = text.split(whereSeparator: \.isNewline).map(String.init)
    return ([text, String(json), ascii(json, isUpper: false), ascii(json, isUpper: true)] + lines)
      .filter { $0.utf8.count >= shortest }
  }

  /// A JSON text as programs write it that write nothing but ASCII.
  private static func ascii(_ json: some StringProtocol, isUpper: Bool) -> String {
    json.utf16.map { unit in
      if unit < 0x80 { return String(UnicodeScalar(UInt8(unit))) }
      let digits = String(unit, radix: 16, uppercase: isUpper)
      return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }.joined()
  }

  private mutating func insert(_ bytes: [UInt8]) {
    var node = 0
    for byte in bytes {
      if let next = child(of: node, byte) {
        node = next
        continue
      }
      let new = nodes.count
      nodes.append(
        Node(byte: byte, nextSibling: nodes[node].firstChild, depth: nodes[node].depth + 1))
      nodes[node].firstChild = Int32(new)
      if node == 0 { first[Int(byte)] = Int32(new) }
      node = new
    }
    nodes[node].longest = Int32(bytes.count)
  }

  private func child(of node: Int, _ byte: UInt8) -> Int? {
    if node == 0 { return first[Int(byte)] < 0 ? nil : Int(first[Int(byte)]) }
    var next = nodes[node].firstChild
    while next >= 0 {
      if nodes[Int(next)].byte == byte { return Int(next) }
      next = nodes[Int(next)].nextSibling
    }
    return nil
  }

  private mutating func linkFailures() {
    var queue: [Int] = [0]
    var position = 0
    while position < queue.count {
      let node = queue[position]
      position += 1
      var next = nodes[node].firstChild
      while next >= 0 {
        let child = Int(next)
        if node != 0 {
          let failure = step(from: Int(nodes[node].failure), nodes[child].byte)
          nodes[child].failure = Int32(failure)
          nodes[child].longest = max(nodes[child].longest, nodes[failure].longest)
        }
        queue.append(child)
        next = nodes[child].nextSibling
      }
    }
  }

  /// The node after a byte.
  private func step(from node: Int, _ byte: UInt8) -> Int {
    var node = node
    while true {
      if let next = child(of: node, byte) { return next }
      if node == 0 { return 0 }
      node = Int(nodes[node].failure)
    }
  }

  /// Bytes that come in pieces.
  package struct Stream: Sendable {
    private let mask: SecretMask
    private var node = 0
    /// What may be the beginning of a secret, and is held back.
    private var pending: [UInt8] = []
    /// How many of those, from the first, belong to a secret.
    private var isSecret: [Bool] = []
    /// Whether what was handed on last belongs to a secret.
    private var endsInSecret = false

    package init(_ mask: SecretMask) { self.mask = mask }

    /// Takes a piece, and gives what is certain.
    package mutating func append(_ bytes: some Sequence<UInt8>) -> [UInt8] {
      for byte in bytes {
        node = mask.step(from: node, byte)
        pending.append(byte)
        isSecret.append(false)
        let length = Int(mask.nodes[node].longest)
        if length > 0 {
          for index in (pending.count - length)..<pending.count { isSecret[index] = true }
        }
      }
      return take(pending.count - Int(mask.nodes[node].depth))
    }

    /// Gives the rest.
    package mutating func finish() -> [UInt8] {
      node = 0
      return take(pending.count)
    }

    private mutating func take(_ count: Int) -> [UInt8] {
      var text: [UInt8] = []
      text.reserveCapacity(count)
      for index in 0..<count {
        if !isSecret[index] {
          text.append(pending[index])
        } else if !endsInSecret {
          text += SecretMask.replacement.utf8
        }
        endsInSecret = isSecret[index]
      }
      pending.removeFirst(count)
      isSecret.removeFirst(count)
      return text
    }
  }

  /// A text without the secrets.
  package func masked(_ text: String) -> String {
    guard !isEmpty else { return text }
    var stream = Stream(self)
    let bytes = stream.append(text.utf8) + stream.finish()
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A failure without the secrets.
  package func masked(_ failure: Failure) -> Failure {
    var failure = failure
    failure.message = masked(failure.message)
    for index in failure.causes.indices {
      failure.causes[index].message = masked(failure.causes[index].message)
    }
    return failure
  }

  /// A value without the secrets, in keys as well.
  package func masked(_ value: FlowValue) -> FlowValue {
    guard !isEmpty else { return value }
    // A value's nesting is bounded by the reader that made it.
    switch value {
    case .string(let text): return .string(masked(text))
    case .list(let values): return .list(values.map(masked))
    case .map(let entries):
      return .map(
        Dictionary(
          entries.map { (masked($0.key), masked($0.value)) },
          uniquingKeysWith: { first, _ in first }))
    case .null, .bool: return value
    case .int, .float:
      let text = FlowValueJSON.text(of: value)
      let hidden = masked(text)
      return hidden == text ? value : .string(hidden)
    }
  }
}
