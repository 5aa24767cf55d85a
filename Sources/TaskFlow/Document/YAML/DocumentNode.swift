package import FlowDiagnostics

/// A part of a document: a scalar, a sequence or a mapping, with its place in the file.
package struct DocumentNode: Sendable {
  let storage: DocumentStorage
  let index: Int32

  var record: NodeRecord { storage.nodes[Int(index)] }

  /// What a node can be.
  package enum Kind: UInt8, Sendable {
    case scalar
    case sequence
    case mapping

    /// The word for it in messages: `text or a number`, `a list`, `a mapping`.
    package var phrase: String {
      switch self {
      case .scalar: "text or a number"
      case .sequence: "a list"
      case .mapping: "a mapping"
      }
    }
  }

  /// How a node is written.
  package enum Style: UInt8, Sendable {
    /// A scalar without quotes.
    case plain
    /// A scalar in `'`.
    case singleQuoted
    /// A scalar in `"`.
    case doubleQuoted
    /// A scalar after `|`.
    case literal
    /// A scalar after `>`.
    case folded
    /// A sequence or mapping by indentation.
    case block
    /// A sequence or mapping in brackets.
    case flow
  }

  /// What it is.
  package var kind: Kind { record.kind }

  /// How it is written.
  package var style: Style { record.style }

  /// Where it is: all of it if it is in one line, else up to its last part in that line.
  ///
  /// A node that stands at an alias has the alias's place, and those inside it their own.
  package var span: SourceSpan { record.span(in: storage.file) }

  /// Whether it stands at an alias.
  package var isAlias: Bool { record.traits.contains(.alias) }

  /// Whether the reader has reported that there is nothing to read here, such as an undefined
  /// alias; it is then an empty scalar, about which nothing more should be said.
  package var isBroken: Bool { record.traits.contains(.broken) }

  /// The text of a scalar without quotes and escapes; `nil` for all else.
  package var text: String? {
    let record = record
    guard record.kind == .scalar else { return nil }
    return String(decoding: storage.text[record.range], as: UTF8.self)
  }

  /// What a scalar stands for by YAML's core schema: a plain one perhaps a number, a truth value or
  /// null, all others text; `nil` for a sequence or mapping.
  package var resolution: ScalarResolution? {
    guard let text else { return nil }
    return style == .plain ? CoreSchema.resolution(of: text) : .value(.string(text))
  }

  /// Whether it is a scalar with this text.
  package func hasText(_ text: String) -> Bool {
    let record = record
    return record.kind == .scalar && Int(record.count) == text.utf8.count
      && storage.text[record.range].elementsEqual(text.utf8)
  }

  /// The value of a scalar as a `String`, `Int`, `Double` or `Bool`, or `nil` if it is of another
  /// type.
  ///
  /// A whole number is a `Double` as well; nothing else is converted.
  package func value<Value: DocumentScalar>(as type: Value.Type) -> Value? {
    guard case .value(let value) = resolution else { return nil }
    return Value(scalar: value)
  }

  /// Whether it is a null: written as such, or nothing at all.
  package var isNull: Bool {
    let record = record
    guard record.kind == .scalar, record.style == .plain, record.count <= 4 else { return false }
    return resolution == .value(.null)
  }

  /// The items of a sequence, in order; of any other node none.
  package var items: DocumentItems { DocumentItems(self) }

  /// The entries of a mapping, in order and with duplicates; of any other node none.
  package var entries: DocumentEntries { DocumentEntries(self) }

  /// The value of the first entry with this key.
  ///
  /// - Complexity: O(number of entries).
  package subscript(key: String) -> DocumentNode? {
    entries.first { $0.key.hasText(key) }?.value
  }
}

/// A type that the value of a scalar can be asked for as.
package protocol DocumentScalar {
  /// The value, or `nil` if it is of another type.
  init?(scalar: FlowValue)
}

extension String: DocumentScalar {
  package init?(scalar: FlowValue) {
    guard case .string(let value) = scalar else { return nil }
    self = value
  }
}

extension Int: DocumentScalar {
  package init?(scalar: FlowValue) {
    guard case .int(let value) = scalar else { return nil }
    self = value
  }
}

extension Double: DocumentScalar {
  package init?(scalar: FlowValue) {
    switch scalar {
    case .float(let value): self = value
    case .int(let value): self = Double(value)
    default: return nil
    }
  }
}

extension Bool: DocumentScalar {
  package init?(scalar: FlowValue) {
    guard case .bool(let value) = scalar else { return nil }
    self = value
  }
}
