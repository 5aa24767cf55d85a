/// The flows of a program as one document: what a program with flows in Swift tells others about them.
///
/// It is JSON with a version in ``schema``. Each flow is a list of items: the flow itself, then each task and
/// nested flow with the place of the flow that it is in. Keys are those of flow files where they mean the same.
/// What is Swift code is only named, so a flow that was read again compiles to the same plan, and can be linted,
/// drawn and planned, and does not run.
package struct FlowListing: Sendable {
  /// The version of the document.
  package static let schema = "tfgraph-flows-1"

  /// What stands in each document. A program that can write one has this text in it, so it can be told
  /// without being run.
  package static let mark = "tfgraph: flows that this program declares in Swift"

  /// The flows, in the order of the program.
  package let flows: [Flow]

  /// A listing of flows.
  package init(_ flows: [Flow]) {
    self.flows = flows
  }

  /// The document. Complexity: linear in the size of the flows.
  package var json: String {
    let value: FlowValue = [
      "schema": .string(Self.schema), "about": .string(Self.mark),
      "flows": .list(flows.map { ListingWriter.value(of: $0) }),
    ]
    return FlowValueJSON.text(of: value, style: .compact)
  }

  /// Reads a document. Complexity: linear in its length.
  ///
  /// - Throws: ``ListingError`` when it is none, or of another version.
  package init(json: [UInt8]) throws(ListingError) {
    let value: FlowValue
    do {
      value = try FlowValueJSON.parse(utf8: json)
    } catch {
      throw ListingError("is no JSON: \(error)")
    }
    let document = try ListingObject(value, of: "the document")
    let version = try document.text("schema")
    guard version == Self.schema else {
      throw ListingError(
        "is of version '\(version ?? "?")', and '\(Self.schema)' is wanted; build both with the same tfgraph"
      )
    }
    var flows: [Flow] = []
    for flow in try document.objects("flows") { flows.append(try ListingReader.flow(flow)) }
    self.flows = flows
  }
}

/// A document with the flows of a program can't be read.
package struct ListingError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What is wrong, as a phrase that follows what the document is.
  package let description: String

  init(_ description: String) {
    self.description = description
  }
}
