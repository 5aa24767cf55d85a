/// A place in a picture, in points from the upper left corner.
struct Point: Hashable, Sendable {
  var x: Double
  var y: Double
}

/// An upright rectangle in a picture.
struct Rectangle: Hashable, Sendable {
  var left: Double
  var top: Double
  var right: Double
  var bottom: Double

  var width: Double { right - left }
  var height: Double { bottom - top }

  func contains(_ point: Point) -> Bool {
    (left...max(left, right)).contains(point.x) && (top...max(top, bottom)).contains(point.y)
  }

  /// The rectangle without a strip along its sides.
  func inset(by width: Double) -> Rectangle {
    Rectangle(
      left: left + width, top: top + width, right: right - width, bottom: bottom - width)
  }

  /// The smallest rectangle that holds this one and a place.
  func including(_ point: Point) -> Rectangle {
    Rectangle(
      left: min(left, point.x), top: min(top, point.y),
      right: max(right, point.x), bottom: max(bottom, point.y))
  }
}

/// The course of one line.
struct Course: Hashable, Sendable {
  /// A start point, then three points for each Bézier curve.
  var points: [Point] = []
  /// Where what is drawn at the line's beginning (a diamond) touches the source.
  var start: Point?
  /// The tip of the arrow.
  var end: Point?
  /// The centre of the line's label.
  var label: Point?

  /// The same line, told from its other end.
  var reversed: Course {
    Course(points: points.reversed(), start: end, end: start, label: label)
  }
}

/// Where everything of a drawing is.
struct Layout: Hashable, Sendable {
  /// What the picture covers, without a margin.
  var bounds: Rectangle
  /// The centre of each node.
  var nodes: [Point]
  /// The frame of each cluster; nothing for one that is nested too deeply to be framed.
  var clusters: [Rectangle?]
  /// The course of each edge; nothing for one that got no line.
  var edges: [Course?]
  /// What Graphviz complained about.
  var warnings: [String]
}
