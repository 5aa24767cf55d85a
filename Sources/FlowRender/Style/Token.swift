/// A colour by its meaning, with its value on light and on dark paper.
///
/// The values live here and nowhere else; pictures refer to them as CSS variables.
struct Token: Hashable, Sendable {
  /// The name of the variable, without its prefix.
  let name: String
  let light: Color
  let dark: Color

  init(_ name: String, light: Color, dark: Color) {
    self.name = name
    self.light = light
    self.dark = dark
  }

  private init(_ name: String, _ light: UInt32, _ dark: UInt32) {
    self.init(name, light: Color(light), dark: Color(dark))
  }

  /// How CSS refers to it.
  var reference: String { "var(--tfg-\(name))" }

  static let paper = Token("paper", 0xffffff, 0x0d1117)
  static let ink = Token("ink", 0x1f2328, 0xe6edf3)
  static let muted = Token("muted", 0x57606a, 0x9da7b3)
  static let box = Token("box", 0xffffff, 0x1b222c)
  static let boxLine = Token("box-line", 0x818b98, 0x6e7884)
  static let flowLine = Token("flow-line", 0xd1d9e0, 0x343c46)
  static let dataLine = Token("data-line", 0x4b5560, 0x9aa5b1)
  static let orderLine = Token("order-line", 0x8c96a1, 0x68727e)
  static let retry = Token("retry", 0x0072b2, 0x4aa3df)
  static let retryGround = Token("retry-ground", 0xe3f0fb, 0x12314d)
  static let retryInk = Token("retry-ink", 0x0b3d75, 0xb9dcff)
  static let defect = Token("defect", 0xc8321f, 0xff7a66)
  static let defectGround = Token("defect-ground", 0xfff1ee, 0x3a1712)
  static let defectInk = Token("defect-ink", 0x8e1600, 0xffc4b8)
  static let onDefect = Token("on-defect", 0xffffff, 0x0d1117)

  /// The grounds of nested flows, from the outermost inwards; deeper ones keep the last.
  static let bands = [
    Token("band-0", 0xf8fafb, 0x11161d),
    Token("band-1", 0xf1f4f7, 0x161c24),
    Token("band-2", 0xeaeef2, 0x1b222b),
    Token("band-3", 0xe3e8ed, 0x202832),
    Token("band-4", 0xdce2e8, 0x262f3a),
  ]

  /// All of them, in the order in which a style sheet declares them.
  static let all =
    [
      paper, ink, muted, box, boxLine, flowLine, dataLine, orderLine, retry, retryGround, retryInk,
      defect, defectGround, defectInk, onDefect,
    ] + bands + StateStyle.all.flatMap(\.tokens)
}
