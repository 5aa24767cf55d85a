/// The few figures that pictures are made of, as path data.
enum SVGPath {
  static func line(_ from: Point, _ to: Point) -> String {
    "M\(text(from))L\(text(to))"
  }

  /// A start point and three points for each Bézier curve.
  static func curve(_ points: [Point]) -> String {
    guard let first = points.first else { return "" }
    return "M\(text(first))C" + points.dropFirst().map(text).joined(separator: " ")
  }

  static func circle(_ center: Point, radius: Double) -> String {
    let (left, right) = (Point(x: center.x - radius, y: center.y), center.x + radius)
    let radii = "A\(Decimals.text(radius)) \(Decimals.text(radius)) 0 1 0 "
    return "M\(text(left))\(radii)\(text(Point(x: right, y: center.y)))\(radii)\(text(left))Z"
  }

  /// A slim arrowhead with a notch, so that it reads as a direction even when it is small.
  static func arrow(from base: Point, to tip: Point) -> String {
    guard let (along, across) = directions(from: base, to: tip) else { return "" }
    let length = 8.0
    let back = Point(x: tip.x - along.x * length, y: tip.y - along.y * length)
    let notch = Point(x: tip.x - along.x * (length - 1), y: tip.y - along.y * (length - 1))
    let left = Point(x: back.x + across.x * 3, y: back.y + across.y * 3)
    let right = Point(x: back.x - across.x * 3, y: back.y - across.y * 3)
    return "M\(text(tip))L\(text(left))L\(text(notch))L\(text(right))Z"
  }

  /// A diamond between the beginning of a line and what it leaves.
  static func diamond(from base: Point, to tip: Point) -> String {
    guard let (_, across) = directions(from: base, to: tip) else { return "" }
    let middle = Point(x: (base.x + tip.x) / 2, y: (base.y + tip.y) / 2)
    let left = Point(x: middle.x + across.x * 3, y: middle.y + across.y * 3)
    let right = Point(x: middle.x - across.x * 3, y: middle.y - across.y * 3)
    return "M\(text(tip))L\(text(left))L\(text(base))L\(text(right))Z"
  }

  private static func directions(from base: Point, to tip: Point) -> (Point, Point)? {
    let (dx, dy) = (tip.x - base.x, tip.y - base.y)
    let length = (dx * dx + dy * dy).squareRoot()
    guard length > 0.01 else { return nil }
    return (Point(x: dx / length, y: dy / length), Point(x: -dy / length, y: dx / length))
  }

  private static func text(_ point: Point) -> String {
    "\(Decimals.text(point.x)) \(Decimals.text(point.y))"
  }
}
