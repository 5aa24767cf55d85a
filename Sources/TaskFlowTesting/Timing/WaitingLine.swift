import Synchronization

/// Tasks that wait for something, in the order in which they began to, each with what it waits for.
///
/// A task that is cancelled leaves the line at once and throws `CancellationError`. Who is interested can
/// wait until a number of tasks stand in line or have done so, which is what tests do instead of sleeping.
struct WaitingLine<Ticket: Sendable>: Sendable {
  /// One task that waits.
  private struct Place: Sendable {
    var number: Int
    var ticket: Ticket
    var continuation: CheckedContinuation<Void, any Error>
  }

  private struct Watcher: Sendable {
    var arrivals: Int
    var continuation: CheckedContinuation<Void, Never>
  }

  private var places: [Place] = []
  private var watchers: [Watcher] = []
  /// Those who were given a number, and neither joined nor left.
  private var joining: Set<Int> = []
  private var lastNumber = 0

  /// How many came, those that did not have to wait too.
  private(set) var arrivals = 0

  /// How many wait.
  var count: Int { places.count }

  /// What those who wait wait for, in order.
  var tickets: [Ticket] { places.map(\.ticket) }

  /// A number for a task that is about to wait.
  mutating func nextNumber() -> Int {
    lastNumber += 1
    joining.insert(lastNumber)
    return lastNumber
  }

  /// Notes that a task came; gives what is to be resumed.
  mutating func arrive() -> [CheckedContinuation<Void, Never>] {
    arrivals += 1
    let ready = watchers.filter { $0.arrivals <= arrivals }
    watchers.removeAll { $0.arrivals <= arrivals }
    return ready.map(\.continuation)
  }

  /// Lets a task wait if it has to, unless it was cancelled meanwhile.
  ///
  /// - Returns: whether it waits.
  mutating func join(
    _ number: Int, _ ticket: Ticket, _ continuation: CheckedContinuation<Void, any Error>,
    if mustWait: Bool
  ) -> Bool {
    guard joining.remove(number) != nil, mustWait else { return false }
    places.append(Place(number: number, ticket: ticket, continuation: continuation))
    return true
  }

  /// Takes a cancelled task out of the line, now or when it joins.
  mutating func leave(_ number: Int) -> CheckedContinuation<Void, any Error>? {
    guard let index = places.firstIndex(where: { $0.number == number }) else {
      joining.remove(number)
      return nil
    }
    return places.remove(at: index).continuation
  }

  /// Takes those out of the line whose tickets satisfy a condition, in order.
  mutating func release(
    where isReleased: (Ticket) -> Bool = { _ in true }
  ) -> [(ticket: Ticket, continuation: CheckedContinuation<Void, any Error>)] {
    let released = places.filter { isReleased($0.ticket) }
    places.removeAll { isReleased($0.ticket) }
    return released.map { ($0.ticket, $0.continuation) }
  }

  /// Has somebody resumed once so many have come.
  ///
  /// - Returns: whether it waits; `false` when they have come already.
  mutating func watch(
    for arrivals: Int, _ continuation: CheckedContinuation<Void, Never>
  ) -> Bool {
    guard self.arrivals < arrivals else { return false }
    watchers.append(Watcher(arrivals: arrivals, continuation: continuation))
    return true
  }
}
