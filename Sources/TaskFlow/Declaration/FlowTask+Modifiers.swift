import FlowDiagnostics

extension FlowTask {
  /// Says how the task is undone, given what `execute` was given.
  public func reverting(
    timeout: Duration? = nil,
    fileID: String = #fileID,
    line: Int = #line,
    column: Int = #column,
    _ body: @escaping @concurrent @Sendable (TaskContext) async throws -> Void
  ) -> FlowTask {
    let span = SourceSpan(file: fileID, line: line, column: column)
    return changing {
      $0.revert = TaskTraits.Revert(
        action: .body { context in
          try await body(context)
          return AtomResult()
        },
        timeout: timeout, span: span)
    }
  }

  /// Says how the task is undone, with symbols of its own.
  public func reverting<each Input: Codable & Sendable>(
    requires inputs: repeat Symbol<each Input>,
    timeout: Duration? = nil,
    fileID: String = #fileID,
    line: Int = #line,
    column: Int = #column,
    _ body: @escaping @concurrent @Sendable (TaskContext, repeat each Input) async throws -> Void
  ) -> FlowTask {
    let task = FlowTask(
      name, requires: repeat each inputs, fileID: fileID, line: line, column: column,
      withContext: { (context: TaskContext, values: repeat each Input) in
        try await body(context, repeat each values)
      })
    return changing {
      $0.revert = TaskTraits.Revert(
        requirements: task.requirements, action: task.action, timeout: timeout, span: task.span)
    }
  }

  /// Says on purpose that there is nothing to undo.
  public func nothingToRevert() -> FlowTask {
    changing {
      $0.revert = nil
      $0.isRevertDeclaredNeedless = true
    }
  }

  /// Limits how long `execute` may take; the body is cancelled then, and the task fails.
  public func timeout(_ limit: Duration) -> FlowTask {
    changing { $0.timeout = limit }
  }

  /// Lets the task start before others that are ready with it and have a lower priority.
  public func priority(_ priority: Int) -> FlowTask {
    var task = self
    task.priority = priority
    return task
  }

  /// Reads a parameter from another symbol of the same type.
  public func rebinding<Value>(
    _ parameter: Symbol<Value>, to source: Symbol<Value>
  ) -> FlowTask {
    var task = self
    for index in task.requirements.indices
    where task.requirements[index].parameter == parameter.name {
      task.requirements[index].symbol = source.name
    }
    return task
  }

  /// Gives the task a value of its own for a symbol, which then is not required from others.
  public func injecting<Value>(_ symbol: Symbol<Value>, _ value: Value) -> FlowTask {
    changing {
      $0.injections.removeAll { $0.symbol == symbol.name }
      $0.injections.append(
        TaskTraits.Injection(symbol: symbol.name, value: BoxedValue(value)))
    }
  }

  /// Says in words what the task is for.
  public func describing(_ summary: String) -> FlowTask {
    changing { $0.summary = summary }
  }

  /// Has the task not run again when it is found unfinished after a crash: somebody has to say then what
  /// came of it.
  public func atMostOnce() -> FlowTask {
    changing { $0.isAtMostOnce = true }
  }

  /// Runs code before `execute`; when it throws the task fails without being executed.
  public func beforeExecute(_ hook: @escaping TaskTraits.Hook) -> FlowTask {
    changing { $0.beforeExecute = hook }
  }

  /// Runs code after `execute`, whether it succeeded or failed; when it throws the task fails.
  public func afterExecute(_ hook: @escaping TaskTraits.Hook) -> FlowTask {
    changing { $0.afterExecute = hook }
  }

  /// Runs code before `revert`; when it throws the revert fails without being run.
  public func beforeRevert(_ hook: @escaping TaskTraits.Hook) -> FlowTask {
    changing { $0.beforeRevert = hook }
  }

  /// Runs code after `revert`, whether it succeeded or failed; when it throws the revert fails.
  public func afterRevert(_ hook: @escaping TaskTraits.Hook) -> FlowTask {
    changing { $0.afterRevert = hook }
  }

  /// The task with some traits changed.
  public func changing(_ change: (inout TaskTraits) -> Void) -> FlowTask {
    var task = self
    var traits = task.traits
    change(&traits)
    task.traits = traits
    return task
  }
}
