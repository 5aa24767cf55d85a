/// One rule of the style sheet.
struct StyleRule: Sendable {
  let selector: String
  let declarations: [Declaration]

  /// What a rule says of one property.
  enum Declaration: Sendable {
    case color(String, Token)
    case words(String, String)

    /// A colour is written twice: programs that know no CSS variables (many converters) keep the
    /// first, which is the light one.
    var text: String {
      switch self {
      case .color(let property, let token):
        "\(property):\(token.light.css);\(property):\(token.reference)"
      case .words(let property, let value): "\(property):\(value)"
      }
    }
  }

  init(_ selector: String, _ declarations: Declaration...) {
    self.init(selector, declarations)
  }

  init(_ selector: String, _ declarations: [Declaration]) {
    self.selector = selector
    self.declarations = declarations
  }

  var text: String {
    "\(selector){\(declarations.map(\.text).joined(separator: ";"))}"
  }
}
