/// How a box looks in one state of a run. The border's pattern and the icon say the same as the
/// colours, since some of these colours are close for some eyes.
struct StateStyle: Sendable {
  let state: Drawing.State
  /// The ground of the box; nothing for none.
  let fill: Token?
  let text: Token
  let border: Token
  let borderWidth: Double
  let borderPattern: BorderPattern

  /// How the border of a box is drawn.
  enum BorderPattern: Hashable, Sendable {
    case solid
    case dashed
    case dotted
    case dashDotted
    /// A second line inside the first.
    case double
  }

  var tokens: [Token] { [fill, text, border].compactMap(\.self) }

  /// The states that have a look of their own; `plain` has that of every box.
  static let all: [StateStyle] = [
    StateStyle(.pending, 0xf6f8fa, 0x57606a, 0x9aa4af, width: 1.2, .dashed),
    StateStyle(.running, 0xfff1c2, 0x7a4100, 0xf0c000, width: 2, .solid),
    StateStyle(.success, 0xd3efe6, 0x00563f, 0x00875f, width: 1.2, .solid),
    StateStyle(.failure, 0xffd9d2, 0x8e1600, 0xc8321f, width: 2.5, .solid),
    StateStyle(.retrying, 0xdbe9f9, 0x0b3d75, 0x0072b2, width: 1.2, .double),
    StateStyle(.reverting, 0xfde3c8, 0x7d3c00, 0xe69f00, width: 1.6, .dashDotted),
    StateStyle(.reverted, 0xf3e3ef, 0x6b2a5c, 0xc77cb5, width: 1.6, .dashDotted),
    // Its border would vanish on dark paper, where the worst state must not be the faintest.
    StateStyle(.revertFailure, 0x3b0a0a, 0xffffff, 0x3a0010, width: 3, .solid, onDark: 0xff4d6d),
    StateStyle(.ignored, nil, 0x6e7781, 0xc4cbd2, width: 1.2, .dotted),
  ]

  /// The look of a state, if it has one.
  static func of(_ state: Drawing.State) -> StateStyle? {
    all.first { $0.state == state }
  }

  /// - Parameter onDark: The border on dark paper, if it is not the same.
  private init(
    _ state: Drawing.State, _ fill: UInt32?, _ text: UInt32, _ border: UInt32,
    width: Double, _ pattern: BorderPattern, onDark: UInt32? = nil,
  ) {
    let name = state.rawValue
    let darkBorder = Color(onDark ?? border)
    self.state = state
    self.fill = fill.map {
      let dark = darkBorder.over(Token.paper.dark, percent: StateStyle.darkFillPercent)
      return Token("\(name)-fill", light: Color($0), dark: dark)
    }
    let darkText = fill == nil ? Token.muted.dark : Token.ink.dark
    self.text = Token("\(name)-text", light: Color(text), dark: darkText)
    self.border = Token("\(name)-border", light: Color(border), dark: darkBorder)
    borderWidth = width
    borderPattern = pattern
  }

  /// How much of the border's colour the ground of a box has on dark paper.
  private static let darkFillPercent = 18
}
