import Synchronization

/// A listener that keeps the events of a run, in order.
public final class EventCapture: RunListener {
  private let captured = Mutex<[RunEvent]>([])

  /// A capture of nothing yet.
  public init() {}

  /// The events so far.
  public var events: [RunEvent] { captured.withLock { $0 } }

  /// The events so far that a filter lets through.
  public func events(_ filter: EventFilter) -> [RunEvent] { events.filter(filter.accepts) }

  /// The events so far, which are forgotten with this.
  public func take() -> [RunEvent] {
    captured.withLock { events in
      defer { events = [] }
      return events
    }
  }

  /// Keeps an event.
  public func receive(_ event: RunEvent) { captured.withLock { $0.append(event) } }
}
