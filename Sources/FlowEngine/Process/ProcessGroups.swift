import Glibc
import Synchronization

/// The process groups that run now, so that all can be killed at once.
///
/// A class, since it is the one registry that every runner of an engine and the code that hears the
/// second Ctrl-C must share.
///
/// No signal can reach a stranger. A group's number is the process number of its leader, and the
/// system gives neither to anyone else as long as the leader has not been reaped. A leader is in
/// this registry only while it cannot be reaped (``ProcessRunner`` removes it before it lets
/// swift-subprocess reap it), and a signal is sent only to a group that is in the registry, under
/// the lock that removing takes as well.
package final class ProcessGroups: Sendable {
  private struct State {
    var leaders: Set<pid_t> = []
    var isClosed = false
  }

  private let state = Mutex(State())

  /// Makes an empty registry.
  package init() {}

  /// The number of groups that run now.
  package var count: Int { state.withLock { $0.leaders.count } }

  /// ``killAll()`` was called.
  package var isClosed: Bool { state.withLock { $0.isClosed } }

  /// Kills every group, without grace, and each that is started from now on.
  ///
  /// Returns at once; the runs end soon after, as cancelled.
  package func killAll() {
    state.withLock { state in
      state.isClosed = true
      for leader in state.leaders { Self.send(SIGKILL, to: leader) }
    }
  }

  /// Adds the group of a leader that was just started.
  func insert(_ leader: pid_t) {
    state.withLock { state in
      state.leaders.insert(leader)
      if state.isClosed { Self.send(SIGKILL, to: leader) }
    }
  }

  /// Forgets a group; must be called before its leader is reaped.
  func remove(_ leader: pid_t) {
    state.withLock { state in _ = state.leaders.remove(leader) }
  }

  /// Sends a signal to all processes of a group that is still registered.
  func send(_ signal: Int32, to leader: pid_t) {
    state.withLock { state in
      if state.leaders.contains(leader) { Self.send(signal, to: leader) }
    }
  }

  /// A group whose members have all ended is not an error.
  private static func send(_ signal: Int32, to leader: pid_t) {
    _ = kill(-leader, signal)
  }
}
