extension DocumentShape {
  typealias Entries = [(key: String, value: SchemaNode)]

  /// What the schema says about a value of this shape.
  var schema: Entries {
    switch self {
    case .formatVersion: [("const", .number(1))]
    case .text: Self.type("string")
    case .literal: Self.type("string") + Self.withoutExpressions
    case .script: Self.type("string") + [("pattern", .text(#"\S"#))] + Self.withoutExpressions
    case .word: Self.types(["string", "number", "boolean"]) + Self.withoutExpressions
    case .scalar: Self.types(["string", "number", "boolean", "null"]) + Self.withoutExpressions
    case .flag: Self.type("boolean")
    case .integer(let range):
      Self.type("integer") + [
        ("minimum", .number(range.lowerBound)), ("maximum", .number(range.upperBound)),
      ]
    case .number(let range):
      Self.type("number") + [
        ("minimum", .number(Int(range.lowerBound))), ("maximum", .number(Int(range.upperBound))),
      ]
    case .template: Self.type("string") + [("pattern", .text(Self.expressionStart))]
    case .duration: Self.reference("duration")
    case .timeout: Self.reference("timeout")
    case .taskVersion: Self.taskVersionEntries
    case .name: Self.reference("name")
    case .symbol: Self.reference("symbol")
    case .variable: Self.reference("variable")
    case .ownVariable: Self.reference("ownVariable")
    case .question: Self.types(["string", "boolean"])
    case .constant: Self.reference("constant")
    case .child: Self.reference("child")
    case .namePart: Self.namePartEntries
    case .unmapped: Self.types(["string", "number", "boolean", "null", "array"])
    case .anything: []
    case .words(let words): [("enum", .texts(words))]
    case .prefixed(let prefix): Self.type("string") + [("pattern", .text(#"^\#(prefix)[\s\S]"#))]
    case .list(let item, let rules): Self.list(of: item, rules)
    case .map(let key, let value, let fewest): Self.map(of: value, by: key, fewest: fewest)
    case .mapping(let keys): Self.reference(keys.name)
    case .any(let shapes): [("anyOf", .list(shapes.map { .object($0.schema) }))]
    }
  }

  private static func type(_ name: String) -> Entries { [("type", .text(name))] }

  private static func types(_ names: [String]) -> Entries { [("type", .texts(names))] }

  private static func reference(_ name: String) -> Entries { [("$ref", .text("#/$defs/\(name)"))] }

  private static let taskVersionEntries: Entries = [
    (
      "anyOf",
      .list([
        .object(type("string") + [("pattern", .text(#"^\+?[0-9]+\.\+?[0-9]+$"#))]),
        .object(type("number") + [("minimum", .number(0))]),
      ])
    )
  ]

  private static let namePartEntries: Entries = [
    (
      "anyOf",
      .list([
        .object(reference("constant") + type("string") + [("minLength", .number(1))]),
        .object(types(["number", "boolean"])),
      ])
    )
  ]

  private static func list(of item: DocumentShape, _ rules: ListRules) -> Entries {
    var entries = type("array")
    if rules.beginsWithText {
      entries.append(
        ("prefixItems", .list([.object(item.schema + [("minLength", .number(1))])])))
    }
    entries.append(("items", .object(item.schema)))
    if rules.fewest > 0 { entries.append(("minItems", .number(rules.fewest))) }
    if let most = rules.most { entries.append(("maxItems", .number(most))) }
    if rules.hasNoItemTwice { entries.append(("uniqueItems", .flag(true))) }
    return entries
  }

  private static func map(
    of value: DocumentShape, by key: DocumentShape, fewest: Int
  ) -> Entries {
    var entries = type("object")
    entries.append(("propertyNames", .object(key.schema)))
    entries.append(("additionalProperties", .object(value.schema)))
    if fewest > 0 { entries.append(("minProperties", .number(fewest))) }
    return entries
  }

  // MARK: What is referred to by name

  /// What the schema says about the shapes that it refers to by name.
  static var definitions: [(String, Entries)] {
    [
      ("child", [("anyOf", .list([.object(reference("task")), .object(reference("flow"))]))]),
      ("name", type("string") + [("pattern", .text(namePattern))]),
      (
        "symbol",
        type("string") + [
          ("pattern", .text("^[a-z][a-z0-9_]*$")), ("maxLength", .number(NameRules.maximumLength)),
        ]
      ),
      ("variable", type("string") + [("pattern", .text("^[A-Za-z_][A-Za-z0-9_]*$"))]),
      (
        "ownVariable",
        type("string") + [
          ("pattern", .text("^(?!\(EnvironmentRules.ownPrefix))[A-Za-z_][A-Za-z0-9_]*$"))
        ]
      ),
      ("duration", type("string") + [("pattern", .text("^(?=[0-9])\(durationParts)$"))]),
      ("timeout", type("string") + [("pattern", .text("^(?=[0-9a-z]*[1-9])\(durationParts)$"))]),
      ("constant", constantEntries),
    ]
  }

  /// Words of lower-case letters of any script and digits, with single hyphens between them.
  private static var namePattern: String {
    let word = #"[\p{Ll}\p{Lo}\p{Lm}\p{Mn}\p{Mc}\p{Nd}]+"#
    return "^\(word)(-\(word))*$"
  }

  /// A number for each unit, from large to small, each at most once.
  private static var durationParts: String {
    DurationText.unitNames.map { "([0-9]+\($0))?" }.joined()
  }

  /// What the decoder refuses where nothing is evaluated.
  private static var withoutExpressions: Entries {
    [("not", .object(type("string") + [("pattern", .text(expressionStart))]))]
  }

  private static let expressionStart = #"\$\{\{"#

  /// Nothing is evaluated in it, at any depth.
  private static var constantEntries: Entries {
    [
      (
        "anyOf",
        .list([
          .object(types(["number", "boolean", "null"])),
          .object(type("string") + withoutExpressions),
          .object(type("array") + [("items", .object(reference("constant")))]),
          .object(
            type("object") + [("additionalProperties", .object(reference("constant")))]),
        ])
      )
    ]
  }
}
