/// A small sign, drawn as lines so that it looks the same with every font.
struct Icon: Hashable, Sendable {
  /// Its width; its height is 12.
  let width: Double
  /// The path of its lines, in a field that is 12 high.
  let path: String
  /// Whether its area is filled as well.
  var isFilled = false

  static let height = 12.0

  static let pending = Icon(width: 12, path: "M9.8 6A3.8 3.8 0 1 1 2.2 6A3.8 3.8 0 1 1 9.8 6Z")
  static let running = Icon(width: 12, path: "M3.6 2.2L10 6L3.6 9.8Z", isFilled: true)
  static let success = Icon(width: 12, path: "M1.9 6.5L4.7 9.3L10.1 2.9")
  static let failure = Icon(width: 12, path: "M2.6 2.6L9.4 9.4M9.4 2.6L2.6 9.4")
  static let retry = Icon(
    width: 12, path: "M10 7.4A4.2 4.2 0 1 1 9.3 3.4L10.6 4.8M10.7 1.6V4.9H7.4")
  /// The sign of a retry in a badge, ten wide and nine high.
  static let smallRetry = Icon(
    width: 10, path: "M7.5 5.55A3.15 3.15 0 1 1 6.98 2.55L7.95 3.6M8.03 1.2V3.68H5.55")
  static let reverting = Icon(
    width: 12, path: "M4.6 1.9L1.7 4.8L4.6 7.7M2 4.8H7.7A2.6 2.6 0 0 1 7.7 10H5.2")
  static let reverted = Icon(
    width: 21,
    path: "M4.6 1.9L1.7 4.8L4.6 7.7M2 4.8H7.7A2.6 2.6 0 0 1 7.7 10H5.2M13 6.6L15.2 8.8L19.4 3.6")
  static let warning = Icon(width: 12, path: "M6 0.9L11.7 10.8H0.3ZM6 4.9V6.7M6 8.7V8.8")
  static let ignored = Icon(
    width: 12, path: "M1.4 9C2.2 3.4 8.2 2 10.2 6.8M10.9 3.6L10.4 7.2L7 6.5")
  static let unknown = Icon(width: 12, path: "M3.7 4.2A2.3 2.3 0 1 1 6 6.6V7.6M6 9.7V9.8")
  static let folded = Icon(width: 12, path: "M2 3H10M2 6H10M2 9H7")

  /// The sign of a node: of its state if it has one, else of what is wrong with it, else of its
  /// kind.
  static func of(_ node: Drawing.Node) -> Icon? {
    switch node.state {
    case .pending: return .pending
    case .running: return .running
    case .success: return .success
    case .failure: return .failure
    case .retrying: return .retry
    case .reverting: return .reverting
    case .reverted: return .reverted
    case .revertFailure: return .warning
    case .ignored: return .ignored
    case .plain: break
    }
    if node.kind == .ghost { return .unknown }
    if node.isDefective { return .warning }
    switch node.kind {
    case .retryController: return .retry
    case .foldedFlow: return .folded
    case .task, .start, .end, .symbol, .ghost: return nil
    }
  }
}
