/// The few ways in which text is set in a picture.
enum TypeFace: String, CaseIterable, Sendable {
  /// The name in a box.
  case name
  /// The second line in a box.
  case detail
  /// The name of a flow on its frame.
  case heading
  /// The words beside a flow's name.
  case aside
  /// The words in a badge.
  case badge
  /// The words at a line.
  case label

  /// The fonts, all of the metrics that `TextMetrics` knows.
  static let fontStack = "Helvetica, Arial, 'Liberation Sans', sans-serif"

  /// The size in points.
  var size: Double {
    switch self {
    case .name: 11
    case .heading: 10.5
    case .detail, .aside, .label, .badge: 9
    }
  }

  var isBold: Bool {
    switch self {
    case .name, .heading, .badge: true
    case .detail, .aside, .label: false
    }
  }
}
