/// An opaque colour, as data: it can be mixed and measured.
struct Color: Hashable, Sendable {
  var red: UInt8
  var green: UInt8
  var blue: UInt8

  /// A colour from a number such as `0xd2efe6`.
  init(_ hexadecimal: UInt32) {
    red = UInt8(truncatingIfNeeded: hexadecimal >> 16)
    green = UInt8(truncatingIfNeeded: hexadecimal >> 8)
    blue = UInt8(truncatingIfNeeded: hexadecimal)
  }

  /// The colour as CSS writes it.
  var css: String {
    let value = UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue)
    let digits = String(value, radix: 16)
    return "#" + String(repeating: "0", count: 6 - digits.count) + digits
  }

  /// What is seen when a share of this colour lies over another one.
  func over(_ ground: Color, percent: Int) -> Color {
    func mixed(_ top: UInt8, _ bottom: UInt8) -> UInt32 {
      UInt32((Int(top) * percent + Int(bottom) * (100 - percent) + 50) / 100)
    }
    return Color(
      mixed(red, ground.red) << 16 | mixed(green, ground.green) << 8 | mixed(blue, ground.blue))
  }
}
