public import TaskFlow

/// Chooses events of a run.
///
/// ```swift
/// let failures = EventFilter.states(.failure, .revertFailure) || .decisions
/// ```
public struct EventFilter: Sendable {
  /// Whether an event is let through.
  public let accepts: @Sendable (RunEvent) -> Bool

  /// A filter with a rule of one's own.
  public init(accepts: @escaping @Sendable (RunEvent) -> Bool) {
    self.accepts = accepts
  }

  /// Every event.
  public static let all = EventFilter { _ in true }

  /// Changes of the run's own state.
  public static let flow = EventFilter { event in
    if case .flowChanged = event.kind { true } else { false }
  }

  /// Changes of atoms' states.
  public static let atoms = EventFilter { event in
    if case .atomChanged = event.kind { true } else { false }
  }

  /// Changes of atoms to one of these states.
  public static func states(_ states: AtomState...) -> EventFilter {
    let wanted = Set(states)
    return EventFilter { event in
      if case .atomChanged(_, _, let new, _, _) = event.kind { wanted.contains(new) } else { false }
    }
  }

  /// How far tasks are with their work.
  public static let progress = EventFilter { event in
    if case .progress = event.kind { true } else { false }
  }

  /// What processes write.
  public static let output = EventFilter { event in
    if case .output = event.kind { true } else { false }
  }

  /// What controllers decide, and their pauses.
  public static let decisions = EventFilter { event in
    switch event.kind {
    case .decided, .pausing: true
    default: false
    }
  }

  /// What tasks tell by `TaskContext.tell(_:_:)`: events of any name, or of these names.
  public static func told(_ names: String...) -> EventFilter {
    let wanted = Set(names)
    return EventFilter { event in
      guard case .told(_, let name, _) = event.kind else { return false }
      return wanted.isEmpty || wanted.contains(name)
    }
  }

  /// What is about these atoms of a plan; names that it does not have choose nothing.
  public static func named(_ names: String..., in plan: Plan) -> EventFilter {
    let names = Set(names)
    let wanted = Set(plan.atoms.filter { names.contains(plan.name(of: $0)) })
    return EventFilter { event in event.atom.map { wanted.contains($0) } ?? false }
  }

  /// What both let through.
  public static func && (left: EventFilter, right: EventFilter) -> EventFilter {
    EventFilter { left.accepts($0) && right.accepts($0) }
  }

  /// What one of them lets through, or both.
  public static func || (left: EventFilter, right: EventFilter) -> EventFilter {
    EventFilter { left.accepts($0) || right.accepts($0) }
  }

  /// What the other does not let through.
  public static prefix func ! (filter: EventFilter) -> EventFilter {
    EventFilter { !filter.accepts($0) }
  }
}
