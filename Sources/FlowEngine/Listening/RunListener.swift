/// Is told what happens in a run.
///
/// All listeners of one run see the same events in the same order, one at a time, each after what it tells
/// has happened (semantics 11). The run waits for its listeners, so they return quickly.
public protocol RunListener: Sendable {
  /// Takes an event.
  func receive(_ event: RunEvent)
}

extension RunListener {
  /// A listener that is told only what a filter lets through.
  public func only(_ filter: EventFilter) -> some RunListener {
    FilteredListener(listener: self, filter: filter)
  }
}

/// Hands on what a filter lets through.
private struct FilteredListener<Listener: RunListener>: RunListener {
  let listener: Listener
  let filter: EventFilter

  func receive(_ event: RunEvent) {
    if filter.accepts(event) { listener.receive(event) }
  }
}
