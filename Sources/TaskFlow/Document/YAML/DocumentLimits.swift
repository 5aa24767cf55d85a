/// How much a document may hold, so that any file gets an answer in bounded time and memory.
package struct DocumentLimits: Sendable, Hashable {
  /// The size of a file in bytes.
  package var fileSize = 64 << 20

  /// How many lists and mappings may be inside each other, aliases expanded.
  package var nesting = 64

  /// The size of one scalar in bytes of UTF-8.
  package var scalarSize = 1 << 20

  /// How many times the size of the file all aliases together may expand to.
  package var aliasExpansion = 10

  /// How many scalars, lists, mappings and aliases there may be.
  ///
  /// A file of short values within its size could otherwise ask for gigabytes. A flow of a million
  /// tasks and three million edges needs about ten million.
  package var nodes = 10_000_000

  /// How many nodes with an anchor there may be.
  package var anchors = 1_000_000

  /// How many mistakes are collected before reading stops.
  package var findings = 100

  /// The limits of the flow format.
  package init() {}
}
