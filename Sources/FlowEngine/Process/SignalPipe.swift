import Foundation
import Glibc
import Synchronization
import SystemPackage

/// The pipe through which signal handlers tell the rest of the program what has come.
///
/// Dispatch's signal sources do not do on Linux: they install a handler some time after they are
/// activated, so that an early signal ends the program, and once in a program's life, so that nothing
/// is heard any more after what the signal did before was restored.
///
/// The pipe is never closed, since a handler may be about to write to it at any time.
enum SignalPipe {
  /// What a signal did before.
  struct Disposition {
    let signal: Int32
    var action: sigaction

    func restore() {
      var action = action
      sigaction(signal, &action, nil)
    }
  }

  private static let listener = Mutex<(@Sendable (Int32) -> Void)?>(nil)

  /// The end that handlers write to; made with its reading thread at the first use.
  private static let writeEnd: Int32? = {
    guard let (read, write) = try? FileDescriptor.pipe(options: [.closeOnExec]) else { return nil }
    // A handler must not wait.
    _ = fcntl(write.rawValue, F_SETFL, O_NONBLOCK)
    Thread.detachNewThread { listen(to: read) }
    return write.rawValue
  }()

  /// Has each signal told to a listener, unless there is one already or no pipe can be made.
  static func begin(_ report: @escaping @Sendable (Int32) -> Void) -> Bool {
    guard writeEnd != nil else { return false }
    return listener.withLock { listener in
      guard listener == nil else { return false }
      listener = report
      return true
    }
  }

  /// Tells nobody any more.
  static func end() {
    listener.withLock { $0 = nil }
  }

  /// Sends a signal to the pipe from now on; nothing when the program ignores it.
  static func redirect(_ signal: Int32) -> Disposition? {
    var previous = sigaction()
    sigaction(signal, nil, &previous)
    let handler = unsafeBitCast(previous.__sigaction_handler.sa_handler, to: Int.self)
    guard handler != unsafeBitCast(SIG_IGN, to: Int.self) else { return nil }
    var action = sigaction()
    action.sa_flags = SA_RESTART
    // Only what is safe in a handler: a constant that `begin` has set up already, and write(2).
    action.__sigaction_handler.sa_handler = { signal in
      let saved = errno
      var byte = UInt8(truncatingIfNeeded: signal)
      if let writeEnd = SignalPipe.writeEnd { _ = write(writeEnd, &byte, 1) }
      errno = saved
    }
    sigaction(signal, &action, nil)
    return Disposition(signal: signal, action: previous)
  }

  private static func listen(to pipe: FileDescriptor) {
    var byte: UInt8 = 0
    while (try? withUnsafeMutableBytes(of: &byte) { try pipe.read(into: $0) }) == 1 {
      let report = listener.withLock { $0 }
      report?(Int32(byte))
    }
  }
}
