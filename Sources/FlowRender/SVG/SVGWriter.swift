import FlowDiagnostics

/// Writes an SVG out of elements and attributes that are on this list and no others.
///
/// Names are cases of enums and values are numbers, words of this program, or text that goes
/// through `XMLText` and `XMLAttribute`: what is not listed here cannot be written.
struct SVGWriter {
  private(set) var text = ""
  private var depth = 0

  /// The elements of a picture.
  enum Element: String, CaseIterable {
    case svg, title, desc, style, g, a, rect, path, text
  }

  /// An attribute of an element with its value.
  enum Attribute {
    case namespace
    case viewBox(Rectangle)
    case role(String)
    case roleDescription(String)
    case label(String)
    case hidden
    case classes(String)
    case x(Double)
    case y(Double)
    case width(Double)
    case height(Double)
    case corner(Double)
    case path(String)
    case move(Point)
    case centered
    /// An address that `SafeLink` let through.
    case link(String)

    /// The names that these have in a file.
    static let names: Set<String> = [
      "xmlns", "viewBox", "role", "aria-roledescription", "aria-label", "aria-hidden", "class",
      "x", "y", "width", "height", "rx", "d", "transform", "text-anchor", "href",
    ]

    fileprivate var nameAndValue: (name: String, value: String) {
      switch self {
      case .namespace: ("xmlns", "http://www.w3.org/2000/svg")
      case .viewBox(let box):
        (
          "viewBox",
          [box.left, box.top, box.width, box.height].map(Decimals.text).joined(separator: " ")
        )
      case .role(let role): ("role", role)
      case .roleDescription(let words): ("aria-roledescription", words)
      case .label(let words): ("aria-label", words)
      case .hidden: ("aria-hidden", "true")
      case .classes(let classes): ("class", classes)
      case .x(let value): ("x", Decimals.text(value))
      case .y(let value): ("y", Decimals.text(value))
      case .width(let value): ("width", Decimals.text(value))
      case .height(let value): ("height", Decimals.text(value))
      case .corner(let value): ("rx", Decimals.text(value))
      case .path(let path): ("d", path)
      case .move(let by):
        ("transform", "translate(\(Decimals.text(by.x)) \(Decimals.text(by.y)))")
      case .centered: ("text-anchor", "middle")
      case .link(let address): ("href", address)
      }
    }
  }

  /// An element without content.
  mutating func add(_ element: Element, _ attributes: Attribute...) {
    open(element, attributes, end: "/>\n")
  }

  /// An element with text in it.
  mutating func add(_ element: Element, _ attributes: Attribute..., words: String) {
    open(element, attributes, end: ">")
    text += "\(XMLText.escaped(words))</\(element.rawValue)>\n"
  }

  /// The style sheet, which is this program's own and has nothing to escape.
  mutating func addStyleSheet() {
    open(.style, [], end: ">\n")
    text += "\(StyleSheet.text)\n</style>\n"
  }

  /// An element with others in it.
  mutating func add(
    _ element: Element, _ attributes: Attribute..., content: (inout SVGWriter) -> Void,
  ) {
    open(element, attributes, end: ">\n")
    depth += 1
    content(&self)
    depth -= 1
    indent()
    text += "</\(element.rawValue)>\n"
  }

  private mutating func open(_ element: Element, _ attributes: [Attribute], end: String) {
    indent()
    text += "<\(element.rawValue)"
    for attribute in attributes {
      let (name, value) = attribute.nameAndValue
      text += " \(name)=\"\(XMLAttribute.escaped(value))\""
    }
    text += end
  }

  private mutating func indent() {
    text += String(repeating: " ", count: depth)
  }
}
