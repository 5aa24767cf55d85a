/// The rules as SARIF describes them, and the number of each in that list.
struct SARIFRules {
  /// What is said of each rule, by its number.
  let descriptors: [JSONTree]
  private let numbers: [String: Int]
  private let catalog: RuleCatalog

  /// The catalog's rules, and behind them those that are used though it does not know them.
  init(_ catalog: RuleCatalog, used: [String]) {
    let unknown = Set(used).filter { catalog[$0] == nil }.sorted()
    self.catalog = catalog
    descriptors =
      catalog.rules.map(Self.descriptor) + unknown.map { .object(["id": .string($0)]) }
    let names = catalog.rules.map(\.name) + unknown
    numbers = Dictionary(zip(names, names.indices), uniquingKeysWith: { first, _ in first })
  }

  /// The `ruleId` of findings of a rule.
  func id(of rule: String) -> String { catalog.id(of: rule) }

  /// The place of a rule among the descriptors.
  func number(of rule: String) -> Int? { numbers[rule] }

  private static func descriptor(_ rule: RuleDescription) -> JSONTree {
    let level = SARIFResults.level(of: rule.severity)
    return .object([
      "id": .string(rule.id), "name": .string(rule.name),
      "shortDescription": .object(["text": .string(SARIFText.escaped(rule.summary))]),
      "fullDescription": .object(["text": .string(SARIFText.escaped(rule.rationale))]),
      "help": .object([
        "text": .string(SARIFText.escaped("\(rule.name): \(rule.summary)\n\n\(rule.rationale)")),
        "markdown": .string(
          SARIFText.bracesDoubled(
            "**\(MarkdownText.escaped(rule.name))**: \(MarkdownText.escaped(rule.summary))\n\n"
              + MarkdownText.escaped(rule.rationale))),
      ]),
      "defaultConfiguration": .object(["level": .string(level)]),
      "properties": .object([
        "problem.severity": .string(rule.severity == .info ? "recommendation" : level),
        "tags": .list([.string("flow")]),
      ]),
    ])
  }
}

/// The only way in which text gets into a message of SARIF: as words without placeholders and links.
enum SARIFText {
  /// The text with doubled braces; with a backslash before `[` if part of it would be a link.
  ///
  /// Source: SARIF 2.1.0, sections 3.11.5 and 3.11.6.
  static func escaped(_ text: String) -> String {
    let result = bracesDoubled(text)
    return result.utf8.contains(UInt8(ascii: "]")) && result.contains("](")
      ? result.replacing("\\", with: "\\\\").replacing("[", with: "\\[") : result
  }

  /// The text with doubled braces.
  static func bracesDoubled(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "}") }) else {
      return text
    }
    var result = ""
    for scalar in text.unicodeScalars {
      result.unicodeScalars.append(scalar)
      if scalar == "{" || scalar == "}" { result.unicodeScalars.append(scalar) }
    }
    return result
  }
}
