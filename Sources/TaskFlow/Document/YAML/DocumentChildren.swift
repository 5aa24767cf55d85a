/// The items of a sequence.
package struct DocumentItems: RandomAccessCollection, Sendable {
  private let storage: DocumentStorage
  private let range: Range<Int>

  init(_ node: DocumentNode) {
    storage = node.storage
    range = node.kind == .sequence ? node.record.range : 0..<0
  }

  package var startIndex: Int { 0 }
  package var endIndex: Int { range.count }

  package subscript(position: Int) -> DocumentNode {
    DocumentNode(storage: storage, index: storage.children[range.lowerBound + position])
  }
}

/// The entries of a mapping.
package struct DocumentEntries: RandomAccessCollection, Sendable {
  private let storage: DocumentStorage
  private let range: Range<Int>

  /// A key with its value.
  package struct Entry: Sendable {
    package var key: DocumentNode
    package var value: DocumentNode
  }

  init(_ node: DocumentNode) {
    storage = node.storage
    range = node.kind == .mapping ? node.record.range : 0..<0
  }

  package var startIndex: Int { 0 }
  package var endIndex: Int { range.count / 2 }

  package subscript(position: Int) -> Entry {
    let key = range.lowerBound + 2 * position
    return Entry(
      key: DocumentNode(storage: storage, index: storage.children[key]),
      value: DocumentNode(storage: storage, index: storage.children[key + 1]))
  }
}
