/// The checks of SARIF's JSON Schema for the parts of it that are written: what each object must and may have.
///
/// Source: sarif-schema-2.1.0.json of the OASIS standard; the definitions have the names that they have there.
struct SARIFSchema {
  indirect enum Kind: Sendable {
    case string
    /// A string that is a URI or a reference relative to one (RFC 3986).
    case reference
    case bool
    case int(from: Int)
    case one(of: [String])
    case list(Kind, least: Int = 0, isUnique: Bool = false)
    case map(Kind)
    case definition(String)
    /// A property bag: any object, whose tags are unique.
    case properties
  }

  struct Definition: Sendable {
    var required: [String] = []
    var members: [String: Kind]
  }

  private static let level = Kind.one(of: ["none", "note", "warning", "error"])

  private static let definitions: [String: Definition] = [
    "sarifLog": Definition(
      required: ["version", "runs"],
      members: [
        "$schema": .reference, "version": .one(of: ["2.1.0"]),
        "runs": .list(.definition("run")), "properties": .properties,
      ]),
    "run": Definition(
      required: ["tool"],
      members: [
        "tool": .definition("tool"),
        "columnKind": .one(of: ["utf16CodeUnits", "unicodeCodePoints"]),
        "originalUriBaseIds": .map(.definition("artifactLocation")),
        "invocations": .list(.definition("invocation")),
        "artifacts": .list(.definition("artifact"), isUnique: true),
        "results": .list(.definition("result")), "properties": .properties,
      ]),
    "tool": Definition(
      required: ["driver"], members: ["driver": .definition("toolComponent")]),
    "toolComponent": Definition(
      required: ["name"],
      members: [
        "name": .string, "version": .string, "informationUri": .reference,
        "notifications": .list(.definition("reportingDescriptor"), isUnique: true),
        "rules": .list(.definition("reportingDescriptor"), isUnique: true),
      ]),
    "reportingDescriptor": Definition(
      required: ["id"],
      members: [
        "id": .string, "name": .string, "helpUri": .reference,
        "shortDescription": .definition("multiformatMessageString"),
        "fullDescription": .definition("multiformatMessageString"),
        "help": .definition("multiformatMessageString"),
        "defaultConfiguration": .definition("reportingConfiguration"), "properties": .properties,
      ]),
    "multiformatMessageString": Definition(
      required: ["text"], members: ["text": .string, "markdown": .string]),
    "reportingConfiguration": Definition(members: ["level": level]),
    "artifact": Definition(
      members: [
        "location": .definition("artifactLocation"),
        "roles": .list(.one(of: ["analysisTarget"]), isUnique: true),
      ]),
    "artifactLocation": Definition(
      members: [
        "uri": .reference, "uriBaseId": .string, "index": .int(from: -1),
        "description": .definition("message"),
      ]),
    "message": Definition(required: ["text"], members: ["text": .string]),
    "invocation": Definition(
      required: ["executionSuccessful"],
      members: [
        "executionSuccessful": .bool,
        "toolExecutionNotifications": .list(.definition("notification")),
      ]),
    "notification": Definition(
      required: ["message"],
      members: [
        "message": .definition("message"), "level": level,
        "descriptor": .definition("reportingDescriptorReference"),
        "locations": .list(.definition("location"), isUnique: true),
      ]),
    "reportingDescriptorReference": Definition(
      members: ["id": .string, "index": .int(from: -1)]),
    "result": Definition(
      required: ["message"],
      members: [
        "ruleId": .string, "ruleIndex": .int(from: -1), "level": level,
        "message": .definition("message"), "locations": .list(.definition("location")),
        "relatedLocations": .list(.definition("location"), isUnique: true),
        "codeFlows": .list(.definition("codeFlow")),
        "fixes": .list(.definition("fix"), isUnique: true),
        "partialFingerprints": .map(.string),
        "suppressions": .list(.definition("suppression"), isUnique: true),
      ]),
    "location": Definition(
      members: [
        "id": .int(from: -1), "message": .definition("message"),
        "physicalLocation": .definition("physicalLocation"),
      ]),
    "physicalLocation": Definition(
      required: ["artifactLocation"],
      members: [
        "artifactLocation": .definition("artifactLocation"), "region": .definition("region"),
      ]),
    "region": Definition(
      members: [
        "startLine": .int(from: 1), "startColumn": .int(from: 1), "endLine": .int(from: 1),
        "endColumn": .int(from: 1),
      ]),
    "codeFlow": Definition(
      required: ["threadFlows"],
      members: ["threadFlows": .list(.definition("threadFlow"), least: 1)]),
    "threadFlow": Definition(
      required: ["locations"],
      members: ["locations": .list(.definition("threadFlowLocation"), least: 1)]),
    "threadFlowLocation": Definition(members: ["location": .definition("location")]),
    "fix": Definition(
      required: ["artifactChanges"],
      members: [
        "description": .definition("message"), "properties": .properties,
        "artifactChanges": .list(.definition("artifactChange"), least: 1, isUnique: true),
      ]),
    "artifactChange": Definition(
      required: ["artifactLocation", "replacements"],
      members: [
        "artifactLocation": .definition("artifactLocation"),
        "replacements": .list(.definition("replacement"), least: 1),
      ]),
    "replacement": Definition(
      required: ["deletedRegion"],
      members: [
        "deletedRegion": .definition("region"), "insertedContent": .definition("artifactContent"),
      ]),
    "artifactContent": Definition(members: ["text": .string]),
    "suppression": Definition(
      required: ["kind"],
      members: ["kind": .one(of: ["inSource", "external"]), "justification": .string]),
  ]

  /// What is wrong with a log, each with the path to its place.
  static func mistakes(in log: JSONValue) -> [String] {
    var schema = SARIFSchema()
    schema.check(log, .definition("sarifLog"), at: "")
    return schema.mistakes
  }

  private var mistakes: [String] = []

  private mutating func check(_ value: JSONValue, _ kind: Kind, at path: String) {
    switch (kind, value) {
    case (.string, .string), (.bool, .bool): break
    case (.reference, .string(let text)):
      let unit = #/[A-Za-z0-9\-._~!$&'()*+,;=:@\/?#]|%[0-9A-F]{2}/#
      if text.replacing(unit, with: "") != "" || text.isEmpty { fail(path, "is no URI: \(text)") }
    case (.int(let least), .int(let number)):
      if number < least { fail(path, "is below \(least)") }
    case (.one(let names), .string(let text)):
      if !names.contains(text) { fail(path, "is none of \(names)") }
    case (.list(let kind, let least, let isUnique), .list(let items)):
      if items.count < least { fail(path, "has too few items") }
      if isUnique, Set(items).count < items.count { fail(path, "has an item twice") }
      for (index, item) in items.enumerated() { check(item, kind, at: "\(path)/\(index)") }
    case (.map(let kind), .object(let members)):
      for (key, value) in members { check(value, kind, at: "\(path)/\(key)") }
    case (.properties, .object(let members)):
      let tags = members["tags"]?.items ?? []
      if Set(tags).count < tags.count { fail(path, "has a tag twice") }
    case (.definition(let name), .object(let members)): check(members, name, at: path)
    default: fail(path, "is of the wrong type")
    }
  }

  private mutating func check(
    _ members: [String: JSONValue], _ name: String, at path: String
  ) {
    guard let definition = Self.definitions[name] else { return fail(path, "has no definition") }
    for key in definition.required where members[key] == nil { fail(path, "lacks \(key)") }
    for (key, value) in members {
      guard let kind = definition.members[key] else {
        fail(path, "has an unknown \(key)")
        continue
      }
      check(value, kind, at: "\(path)/\(key)")
    }
  }

  private mutating func fail(_ path: String, _ mistake: String) {
    mistakes.append("\(path) \(mistake)")
  }
}
