import FlowDiagnostics

/// Writes a page out of elements and attributes that are on this list and no others.
///
/// What it writes is HTML and well-formed XML. Values are words of this program, or text that goes
/// through `XMLText` and `XMLAttribute`; there is no way to write a script, an event or an address
/// that a flow names.
struct HTMLWriter {
  private(set) var text = ""

  /// The elements of a page.
  enum Element: String, CaseIterable {
    case html, head, meta, title, style, body, header, main, footer, nav, section, figure
    case h1, h2, h3, p, ul, ol, li, dl, dt, dd, div, table, thead, tbody, tr, th, td
    case pre, code, strong, span, a

    /// Whether it has neither content nor an end tag.
    fileprivate var isVoid: Bool { self == .meta }

    /// Whether white space in it is the reader's to see.
    fileprivate var isInline: Bool {
      switch self {
      case .h1, .h2, .h3, .p, .li, .dt, .th, .td, .pre, .code, .strong, .span, .a, .title: true
      default: false
      }
    }
  }

  /// An attribute of an element with its value.
  enum Attribute {
    case language(String)
    case charset
    case name(String)
    case policy
    case content(String)
    case classes(String)
    case identifier(String)
    case target(PageTarget)
    case label(String)
    case scope
    case focusable
    /// The width at which the words of a picture have their own size, in points.
    case pictureWidth(Int)

    /// The names that these have in a file.
    static let names: Set<String> = [
      "lang", "charset", "name", "http-equiv", "content", "class", "id", "href", "aria-label",
      "scope", "tabindex", "style",
    ]

    fileprivate var nameAndValue: (name: String, value: String) {
      switch self {
      case .language(let code): ("lang", code)
      case .charset: ("charset", "utf-8")
      case .name(let name): ("name", name)
      case .policy: ("http-equiv", "Content-Security-Policy")
      case .content(let words): ("content", words)
      case .classes(let classes): ("class", classes)
      case .identifier(let name): ("id", name)
      case .target(let target): ("href", target.address)
      case .label(let words): ("aria-label", words)
      case .scope: ("scope", "col")
      case .focusable: ("tabindex", "0")
      case .pictureWidth(let points):
        ("style", "max-width:\(points)px;min-width:\(points * 5 / 8)px")
      }
    }
  }

  /// An element with others in it.
  mutating func add(
    _ element: Element, _ attributes: [Attribute] = [],
    content: (inout HTMLWriter) -> Void = { _ in }
  ) {
    text += "<\(element.rawValue)"
    for attribute in attributes {
      let (name, value) = attribute.nameAndValue
      text += " \(name)=\"\(XMLAttribute.escaped(value))\""
    }
    if element.isVoid {
      text += "/>\n"
      return
    }
    text += element.isInline ? ">" : ">\n"
    content(&self)
    text += "</\(element.rawValue)>"
    if !element.isInline || element.isBlock { text += "\n" }
  }

  /// An element with words in it.
  mutating func add(_ element: Element, _ attributes: [Attribute] = [], words: String) {
    add(element, attributes) { $0.add(words: words) }
  }

  /// Words.
  mutating func add(words: String) {
    text += XMLText.escaped(words)
  }

  /// The first line of a file.
  mutating func addType() {
    text += "<!DOCTYPE html>\n"
  }

  /// The style sheet, which is this program's own and has nothing to escape.
  mutating func addStyleSheet() {
    add(.style) { $0.text += PageStyleSheet.text }
  }

  /// A picture that this library made, which is well-formed by itself.
  mutating func add(picture: String) {
    text += picture
    if !picture.hasSuffix("\n") { text += "\n" }
  }
}

extension HTMLWriter.Element {
  /// Whether a line ends after it.
  fileprivate var isBlock: Bool {
    switch self {
    case .h1, .h2, .h3, .p, .li, .dt, .th, .td, .pre, .title: true
    default: false
    }
  }
}
