import CGraphviz
import Synchronization

/// What Graphviz complains about, kept instead of printed.
///
/// Its callback has no argument for a context, so there is one collection for the process; it is
/// used under the lock of `GraphvizLayout` only.
enum GraphvizMessages {
  private static let collected = Mutex("")
  private static let limit = 4_096

  /// Forgets what was said before and listens.
  static func listen() {
    collected.withLock { $0 = "" }
    tfg_capture_messages { fragment in
      guard let fragment else { return 0 }
      let text = String(cString: fragment)
      GraphvizMessages.collected.withLock {
        if $0.utf8.count < GraphvizMessages.limit { $0 += text }
      }
      return 0
    }
  }

  /// What was said since `listen`, one complaint an element.
  static func heard() -> [String] {
    let text = collected.withLock { $0 }
    return text.split(whereSeparator: \.isNewline).map(String.init)
  }
}
