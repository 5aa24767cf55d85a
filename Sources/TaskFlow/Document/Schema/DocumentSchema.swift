/// The JSON Schema of flow files, made of the table that the decoder knows keys by.
///
/// It says all of a file that can be said of each mapping by itself: its keys, what their values can be,
/// and which of them go together. It refuses no file that the decoder takes. What depends on other
/// parts of the file (names, symbols, types) and the languages inside texts are left to `lint`.
///
/// Source: JSON Schema, draft 2020-12.
package enum DocumentSchema {
  /// What the schema is known by; the number is the format's version.
  package static let identifier = "urn:tfgraph:flow-file:1"

  /// The schema as JSON, with a line end; it is the same at each call.
  package static var text: String {
    var root: [(key: String, value: SchemaNode)] = [
      ("$schema", .text("https://json-schema.org/draft/2020-12/schema")),
      ("$id", .text(identifier)),
      ("title", .text("tfgraph flow file")),
    ]
    root += entries(of: .document)
    root.append(("$defs", .object(definitions)))
    return SchemaNode.object(root).text() + "\n"
  }

  /// What the schema says about a kind of mapping.
  private static func entries(of keys: DocumentKeys) -> [(key: String, value: SchemaNode)] {
    var entries: [(key: String, value: SchemaNode)] = [
      ("description", .text(keys.summary)),
      ("type", .text("object")),
      ("properties", .object(keys.built.map { ($0.name, property($0)) })),
    ]
    let required = keys.built.filter(\.isRequired).map(\.name)
    if !required.isEmpty { entries.append(("required", .texts(required))) }
    entries.append(("additionalProperties", .flag(false)))
    if !keys.choice.isEmpty {
      entries.append(("oneOf", .list(keys.choice.map { requiring([$0]) })))
    }
    return entries + dependencies(of: keys)
  }

  private static func property(_ key: DocumentKey) -> SchemaNode {
    .object([("description", .text(key.summary))] + key.shape.schema)
  }

  /// Which keys another one needs.
  private static func dependencies(
    of keys: DocumentKeys
  ) -> [(key: String, value: SchemaNode)] {
    let dependent = keys.built.filter { !$0.needs.isEmpty }
    let onOne = dependent.filter { $0.needs.count == 1 }
    let onSome = dependent.filter { $0.needs.count > 1 }
    var entries: [(key: String, value: SchemaNode)] = []
    if !onOne.isEmpty {
      entries.append(("dependentRequired", .object(onOne.map { ($0.name, .texts($0.needs)) })))
    }
    if !onSome.isEmpty {
      let schemas = onSome.map { key in
        (key.name, SchemaNode.object([("anyOf", .list(key.needs.map { requiring([$0]) }))]))
      }
      entries.append(("dependentSchemas", .object(schemas)))
    }
    return entries
  }

  private static func requiring(_ names: [String]) -> SchemaNode {
    .object([("required", .texts(names))])
  }

  /// What the schema refers to by name.
  private static var definitions: [(key: String, value: SchemaNode)] {
    let mappings = DocumentKeys.all.filter { $0.name != DocumentKeys.document.name }
    let kinds = mappings.map { ($0.name, SchemaNode.object(entries(of: $0))) }
    return kinds + DocumentShape.definitions.map { ($0, SchemaNode.object($1)) }
  }
}
