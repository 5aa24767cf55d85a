/// A listener that is read as an asynchronous sequence, which ends with the run.
///
/// Events that were not read yet are kept, however many. The sequence is read once, by one task.
///
/// ```swift
/// let events = EventSequence(.flow || .atoms)
/// async let report = engine.run(listeners: [events])
/// for await event in events { … }
/// ```
public struct EventSequence: RunListener, AsyncSequence {
  public typealias Element = RunEvent
  public typealias AsyncIterator = AsyncStream<RunEvent>.Iterator

  private let filter: EventFilter
  private let stream: AsyncStream<RunEvent>
  private let continuation: AsyncStream<RunEvent>.Continuation

  /// The events of one run that a filter lets through.
  public init(_ filter: EventFilter = .all) {
    self.filter = filter
    (stream, continuation) = AsyncStream.makeStream(of: RunEvent.self)
  }

  /// Hands an event on to the reader; the last of a run ends the sequence.
  public func receive(_ event: RunEvent) {
    if filter.accepts(event) { continuation.yield(event) }
    if event.isLast { continuation.finish() }
  }

  /// Reads the events.
  public func makeAsyncIterator() -> AsyncIterator { stream.makeAsyncIterator() }
}
