import FlowDiagnostics

/// Looks at the lines that begin with `%` in front of a document.
///
/// It is done ahead of libyaml, which compares each `%TAG` with all before it, and which takes 1.1
/// for 1.2.
enum DirectiveCheck {
  /// What is wrong with the first directive that is not `%YAML 1.2`, if there is one.
  static func finding(in bytes: [UInt8], from start: Int, file: String) -> Finding? {
    var lines = LineCursor(bytes, start: start)
    var line = 0
    var hasVersion = false
    while let range = lines.range(ofLine: line) {
      guard let first = bytes[range].first(where: { $0 != 0x20 && $0 != 0x09 }) else {
        line += 1
        continue
      }
      if bytes[range.lowerBound] == UInt8(ascii: "%") {
        let text = String(decoding: bytes[range].prefix(1024), as: UTF8.self)
        if let problem = problem(of: text, isFirst: !hasVersion) {
          let span = SourceSpan(
            file: file, line: line + 1, column: 1, length: lines.length(ofLine: line)?.trimmed ?? 1)
          return Finding(
            rule: "yaml-syntax", message: problem.message, span: span, help: problem.help)
        }
        hasVersion = true
      } else if first != UInt8(ascii: "#") {
        return nil
      }
      line += 1
    }
    return nil
  }

  private static func problem(
    of line: String, isFirst: Bool
  ) -> (message: String, help: String)? {
    let words = line.split { $0 == " " || $0 == "\t" }.prefix { !$0.hasPrefix("#") }
    let name = words.first.map(String.init) ?? "%"
    if name == "%YAML" {
      if words.dropFirst().elementsEqual(["1.2"]) {
        return isFirst ? nil : ("second directive '%YAML'", "remove this line")
      }
      let version = QuotedName.of(words.dropFirst().joined(separator: " "))
      return ("YAML version \(version) is not supported", "remove the line; YAML 1.2 is read")
    }
    return ("directive \(QuotedName.of(name)) is not supported", "remove this line")
  }
}
