import FlowDiagnostics

extension RetryController {
  /// A controller that tries its flow `attempts` times in all.
  public static func times(
    _ name: String, attempts: Int, provides symbol: Symbol<Int>? = nil, revertsAll: Bool = false,
    backoff: Backoff? = nil, fileID: String = #fileID, line: Int = #line, column: Int = #column
  ) -> RetryController {
    let span = SourceSpan(file: fileID, line: line, column: column)
    return RetryController(
      name: name, strategy: .times(attempts: attempts), provision: symbol.provision(at: span),
      revertsAll: revertsAll, backoff: backoff, span: span)
  }

  /// A controller that tries its flow again `retries` times after the first attempt failed.
  public static func times(
    _ name: String, retries: Int, provides symbol: Symbol<Int>? = nil, revertsAll: Bool = false,
    backoff: Backoff? = nil, fileID: String = #fileID, line: Int = #line, column: Int = #column
  ) -> RetryController {
    times(
      name, attempts: retries == .max ? .max : retries + 1, provides: symbol,
      revertsAll: revertsAll, backoff: backoff, fileID: fileID, line: line, column: column)
  }

  /// A controller that tries its flow once with each of the values.
  public static func forEach<Value>(
    _ name: String, values: [Value], provides symbol: Symbol<Value>, revertsAll: Bool = false,
    backoff: Backoff? = nil, fileID: String = #fileID, line: Int = #line, column: Int = #column
  ) -> RetryController {
    let span = SourceSpan(file: fileID, line: line, column: column)
    return RetryController(
      name: name, strategy: .forEach(values.map { BoxedValue($0) }),
      provision: Optional(symbol).provision(at: span), revertsAll: revertsAll, backoff: backoff,
      span: span)
  }

  /// A controller that tries its flow once with each value of a list that it reads from a symbol.
  public static func forEach<Value>(
    _ name: String, valuesOf values: Symbol<[Value]>, provides symbol: Symbol<Value>,
    revertsAll: Bool = false, backoff: Backoff? = nil, fileID: String = #fileID, line: Int = #line,
    column: Int = #column
  ) -> RetryController {
    let span = SourceSpan(file: fileID, line: line, column: column)
    return RetryController(
      name: name, strategy: .parameterizedForEach, requirements: [values.requirement(at: span)],
      provision: Optional(symbol).provision(at: span), revertsAll: revertsAll, backoff: backoff,
      span: span)
  }

  /// A controller that always undoes its flow.
  public static func alwaysRevert(
    _ name: String, fileID: String = #fileID, line: Int = #line, column: Int = #column
  ) -> RetryController {
    RetryController(
      name: name, strategy: .alwaysRevert,
      span: SourceSpan(file: fileID, line: line, column: column))
  }

  /// A controller that always undoes everything.
  public static func alwaysRevertAll(
    _ name: String, fileID: String = #fileID, line: Int = #line, column: Int = #column
  ) -> RetryController {
    RetryController(
      name: name, strategy: .alwaysRevertAll,
      span: SourceSpan(file: fileID, line: line, column: column))
  }

  /// A controller with rules of one's own, which are given the values of what it requires.
  public static func custom<each Input: Codable & Sendable, Value>(
    _ name: String, policy: some RetryPolicy, requires inputs: repeat Symbol<each Input>,
    provides symbol: Symbol<Value>? = Symbol<Int>?.none, fileID: String = #fileID,
    line: Int = #line, column: Int = #column
  ) -> RetryController {
    let span = SourceSpan(file: fileID, line: line, column: column)
    var requirements: [Requirement] = []
    repeat requirements.append((each inputs).requirement(at: span))
    return RetryController(
      name: name, strategy: .custom(policy), requirements: requirements,
      provision: symbol.provision(at: span), span: span)
  }
}

extension Optional {
  /// What a controller provides when it is given this symbol.
  fileprivate func provision<Value>(at span: SourceSpan) -> Provision
  where Wrapped == Symbol<Value> {
    map { Provision(form: .whole, items: [$0.provided(at: span)]) } ?? .nothing
  }
}

extension RetryController {
  /// Decides what a failure leads to.
  ///
  /// A failure that the filter does not accept goes straight to the end decision, and
  /// ``revertsAll`` turns a revert into one of everything.
  package func decision(history: History, arguments: Arguments) throws -> RetryDecision {
    var decision = try strategy.onFailure(history: history, arguments: arguments)
    if decision == .retry, let filter, let current = history.entries.last,
      current.failures.contains(where: { !filter.accepts($0.failure) })
    {
      decision = .revert
    }
    return decision == .revert && revertsAll ? .revertAll : decision
  }
}

extension RetryController.Strategy {
  /// Starts an attempt: what the controller provides for it.
  ///
  /// - Throws: ``Failure`` when no value is left to try, or what one's own rules throw.
  package func execute(history: History, arguments: Arguments) throws -> BoxedValue? {
    switch self {
    case .times:
      return BoxedValue(history.count + 1)
    case .forEach(let values):
      return try Self.next(of: values.map { try $0.flowValue() }, after: history).map {
        index in values[index]
      }
    case .parameterizedForEach:
      let values = try Self.values(in: arguments)
      return try Self.next(of: values, after: history).map { BoxedValue(values[$0]) }
    case .alwaysRevert, .alwaysRevertAll:
      return nil
    case .custom(let policy):
      return try policy.execute(history: history, arguments: arguments)
    }
  }

  /// Decides what a failure leads to, before ``RetryController/revertsAll`` is looked at.
  package func onFailure(history: History, arguments: Arguments) throws -> RetryDecision {
    switch self {
    case .times(let attempts):
      return history.count < attempts ? .retry : .revert
    case .forEach(let values):
      return try Self.left(of: values.map { try $0.flowValue() }, after: history)
    case .parameterizedForEach:
      return try Self.left(of: Self.values(in: arguments), after: history)
    case .alwaysRevert:
      return .revert
    case .alwaysRevertAll:
      return .revertAll
    case .custom(let policy):
      return try policy.onFailure(history: history, arguments: arguments)
    }
  }

  private static func values(in arguments: Arguments) throws -> [FlowValue] {
    guard let first = arguments.values.first, let value = try first?.flowValue() else {
      throw Failure("no values to try; give the controller a list")
    }
    guard case .list(let values) = value else {
      throw Failure("expected a list of values to try, found \(value.kind)")
    }
    return values
  }

  private static func left(of values: [FlowValue], after history: History) throws -> RetryDecision {
    try unused(of: values, after: history) == nil ? .revert : .retry
  }

  private static func next(of values: [FlowValue], after history: History) throws -> Int? {
    guard let index = try unused(of: values, after: history) else {
      throw Failure(
        values.isEmpty
          ? "no values to try; the list is empty" : "no values left to try; all were used")
    }
    return index
  }

  /// The first value that was not provided yet, where each use takes one of equal values away.
  private static func unused(of values: [FlowValue], after history: History) throws -> Int? {
    var used: [FlowValue: Int] = [:]
    for value in history.providedValues { used[try value.flowValue(), default: 0] += 1 }
    return values.firstIndex { value in
      guard let count = used[value], count > 0 else { return true }
      used[value] = count - 1
      return false
    }
  }
}
