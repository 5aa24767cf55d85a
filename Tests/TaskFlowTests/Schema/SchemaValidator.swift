import TaskFlow

/// Holds values against a JSON Schema that uses only these keywords; any other is an error, so that none
/// is passed over.
struct SchemaValidator {
  private let root: FlowValue

  struct UnknownKeyword: Error {
    var keyword: String
  }

  init(_ text: String) throws {
    let (tree, findings) = DocumentReader.parse(text, file: "schema")
    guard let value = tree?.root.flowValue().value, findings.isEmpty else {
      throw UnknownKeyword(keyword: "the schema is no JSON")
    }
    root = value
  }

  func accepts(_ value: FlowValue) throws -> Bool { try accepts(value, root) }

  private func accepts(_ value: FlowValue, _ schema: FlowValue) throws -> Bool {
    guard case .map(let entries) = schema else { throw UnknownKeyword(keyword: "\(schema)") }
    for (keyword, rule) in entries {
      if try !accepts(value, keyword, rule, beside: entries) { return false }
    }
    return true
  }

  private func accepts(
    _ value: FlowValue, _ keyword: String, _ rule: FlowValue, beside entries: [String: FlowValue]
  ) throws -> Bool {
    switch keyword {
    case "$schema", "$id", "$defs", "title", "description": true
    case "$ref": try accepts(value, definition(rule))
    case "type": rule.texts.contains { value.isOfType($0) }
    case "const": value == rule
    case "enum": rule.items.contains(value)
    case "not": try !accepts(value, rule)
    case "anyOf": try rule.items.contains { try accepts(value, $0) }
    case "oneOf": try rule.items.count { try accepts(value, $0) } == 1
    case "pattern", "minLength", "maxLength": try acceptsText(value, keyword, rule)
    case "minimum": try acceptsNumber(value, rule) { $0 >= $1 }
    case "maximum": try acceptsNumber(value, rule) { $0 <= $1 }
    case "items", "prefixItems", "minItems", "maxItems", "uniqueItems":
      try acceptsList(value, keyword, rule, beside: entries)
    default: try acceptsMapping(value, keyword, rule, beside: entries)
    }
  }

  private func definition(_ reference: FlowValue) throws -> FlowValue {
    let prefix = "#/$defs/"
    guard case .string(let path) = reference, path.hasPrefix(prefix), case .map(let root) = root,
      case .map(let definitions)? = root["$defs"],
      let definition = definitions[String(path.dropFirst(prefix.count))]
    else { throw UnknownKeyword(keyword: "$ref \(reference)") }
    return definition
  }

  private func acceptsText(
    _ value: FlowValue, _ keyword: String, _ rule: FlowValue
  ) throws -> Bool {
    guard case .string(let text) = value else { return true }
    switch (keyword, rule) {
    case ("pattern", .string(let pattern)):
      let regex = try Regex(pattern).matchingSemantics(.unicodeScalar)
      return text.firstMatch(of: regex) != nil
    case ("minLength", .int(let count)): return text.unicodeScalars.count >= count
    case ("maxLength", .int(let count)): return text.unicodeScalars.count <= count
    default: throw UnknownKeyword(keyword: keyword)
    }
  }

  private func acceptsNumber(
    _ value: FlowValue, _ rule: FlowValue, _ compare: (Double, Double) -> Bool
  ) throws -> Bool {
    guard case .int(let limit) = rule else { throw UnknownKeyword(keyword: "\(rule)") }
    return switch value {
    case .int(let number): compare(Double(number), Double(limit))
    case .float(let number): compare(number, Double(limit))
    default: true
    }
  }

  private func acceptsList(
    _ value: FlowValue, _ keyword: String, _ rule: FlowValue, beside entries: [String: FlowValue]
  ) throws -> Bool {
    guard case .list(let items) = value else { return true }
    switch (keyword, rule) {
    case ("items", _):
      let first = entries["prefixItems"]?.items.count ?? 0
      return try items.dropFirst(first).allSatisfy { try accepts($0, rule) }
    case ("prefixItems", .list(let schemas)):
      return try zip(items, schemas).allSatisfy { try accepts($0, $1) }
    case ("minItems", .int(let count)): return items.count >= count
    case ("maxItems", .int(let count)): return items.count <= count
    case ("uniqueItems", .bool(true)):
      return items.indices.allSatisfy { !items[..<$0].contains(items[$0]) }
    default: throw UnknownKeyword(keyword: keyword)
    }
  }

  private func acceptsMapping(
    _ value: FlowValue, _ keyword: String, _ rule: FlowValue, beside entries: [String: FlowValue]
  ) throws -> Bool {
    let known = [
      "properties", "required", "additionalProperties", "propertyNames", "minProperties",
      "dependentRequired", "dependentSchemas",
    ]
    guard known.contains(keyword) else { throw UnknownKeyword(keyword: keyword) }
    guard case .map(let map) = value else { return true }
    switch (keyword, rule) {
    case ("properties", .map(let schemas)):
      return try map.allSatisfy { key, value in
        try schemas[key].map { try accepts(value, $0) } ?? true
      }
    case ("required", .list): return rule.texts.allSatisfy { map[$0] != nil }
    case ("additionalProperties", _):
      let others = map.filter { entries["properties"]?.entries[$0.key] == nil }
      if rule == .bool(false) { return others.isEmpty }
      return try others.values.allSatisfy { try accepts($0, rule) }
    case ("propertyNames", .map): return try map.keys.allSatisfy { try accepts(.string($0), rule) }
    case ("minProperties", .int(let count)): return map.count >= count
    case ("dependentRequired", .map(let needs)):
      return needs.allSatisfy { key, needed in
        map[key] == nil || needed.texts.allSatisfy { map[$0] != nil }
      }
    case ("dependentSchemas", .map(let schemas)):
      return try schemas.allSatisfy { key, schema in
        try map[key] == nil || accepts(value, schema)
      }
    default: throw UnknownKeyword(keyword: keyword)
    }
  }
}

extension FlowValue {
  fileprivate var items: [FlowValue] { if case .list(let items) = self { items } else { [] } }

  fileprivate var entries: [String: FlowValue] {
    if case .map(let entries) = self { entries } else { [:] }
  }

  fileprivate var texts: [String] {
    if case .string(let text) = self { return [text] }
    return items.compactMap { if case .string(let text) = $0 { text } else { nil } }
  }

  fileprivate func isOfType(_ name: String) -> Bool {
    switch (self, name) {
    case (.null, "null"), (.bool, "boolean"), (.int, "integer"), (.int, "number"),
      (.float, "number"), (.string, "string"), (.list, "array"), (.map, "object"):
      true
    case (.float(let number), "integer"): number.rounded() == number
    default: false
    }
  }
}

extension DocumentNode {
  /// The value as a program sees it that reads YAML into JSON, whatever the keys are.
  var jsonValue: FlowValue {
    switch kind {
    case .scalar:
      if case .value(let value) = resolution { value } else { .float(.infinity) }
    case .sequence: .list(items.map(\.jsonValue))
    case .mapping:
      .map(
        Dictionary(
          entries.map { ($0.key.text ?? "", $0.value.jsonValue) },
          uniquingKeysWith: { first, _ in first }))
    }
  }
}
