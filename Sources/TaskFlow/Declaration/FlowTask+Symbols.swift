import FlowDiagnostics

extension FlowTask {
  /// A task that reads and gives typed symbols.
  ///
  /// - Parameters:
  ///   - name: its name, unique in the whole flow.
  ///   - inputs: the symbols that it requires, in the order of the body's parameters.
  ///   - outputs: the symbols that it provides, in the order of the body's results.
  ///   - fileID: the file that declares it.
  ///   - line: the line that declares it.
  ///   - column: the column that declares it.
  ///   - body: what it does; it may throw, and is cancelled when its timeout has passed.
  public init<each Input: Codable & Sendable, each Output: Codable & Sendable>(
    _ name: String,
    requires inputs: repeat Symbol<each Input>,
    provides outputs: repeat Symbol<each Output>,
    fileID: String = #fileID,
    line: Int = #line,
    column: Int = #column,
    execute body:
      @escaping @concurrent @Sendable (repeat each Input) async throws -> (repeat each Output)
  ) {
    self.init(
      name, requires: repeat each inputs, provides: repeat each outputs, fileID: fileID, line: line,
      column: column,
      withContext: { (_: TaskContext, values: repeat each Input) in
        try await body(repeat each values)
      })
  }

  /// A task that reads and gives typed symbols, and sees its context: it can report progress.
  public init<each Input: Codable & Sendable, each Output: Codable & Sendable>(
    _ name: String,
    requires inputs: repeat Symbol<each Input>,
    provides outputs: repeat Symbol<each Output>,
    fileID: String = #fileID,
    line: Int = #line,
    column: Int = #column,
    withContext body:
      @escaping @concurrent @Sendable (TaskContext, repeat each Input) async throws -> (
        repeat each Output
      )
  ) {
    let span = SourceSpan(file: fileID, line: line, column: column)
    var requirements: [Requirement] = []
    repeat requirements.append((each inputs).requirement(at: span))
    var items: [Provision.Item] = []
    repeat items.append((each outputs).provided(at: span))
    let provision = Provision(
      form: items.count == 1 ? .whole : .elements, items: items, isComplete: true)
    self.init(
      name: name,
      requirements: requirements,
      provision: provision,
      action: .body { context in
        var position = ArgumentReader(context.values)
        let results = try await body(context, repeat try position.next(as: (each Input).self))
        var elements: [BoxedValue?] = []
        repeat elements.append(BoxedValue(each results))
        return AtomResult(whole: elements.count == 1 ? elements[0] : nil, elements: elements)
      },
      span: span)
  }

  /// A task that applies one function to each of the listed symbols and gives the list of results.
  public static func map<Input: Codable & Sendable, Output: Codable & Sendable>(
    _ name: String,
    over inputs: [Symbol<Input>],
    provides output: Symbol<[Output]>,
    fileID: String = #fileID,
    line: Int = #line,
    column: Int = #column,
    transform: @escaping @concurrent @Sendable (Input) async throws -> Output
  ) -> FlowTask {
    gathering(
      name, over: inputs, provides: output,
      span: SourceSpan(file: fileID, line: line, column: column)
    ) { values in
      var results: [Output] = []
      results.reserveCapacity(values.count)
      for value in values { results.append(try await transform(value)) }
      return results
    }
  }

  /// A task that folds two or more symbols from the left.
  ///
  /// With one symbol its value is the result; with none the task fails.
  public static func reduce<Value: Codable & Sendable>(
    _ name: String,
    over inputs: [Symbol<Value>],
    provides output: Symbol<Value>,
    fileID: String = #fileID,
    line: Int = #line,
    column: Int = #column,
    combine: @escaping @concurrent @Sendable (Value, Value) async throws -> Value
  ) -> FlowTask {
    gathering(
      name, over: inputs, provides: output,
      span: SourceSpan(file: fileID, line: line, column: column)
    ) { values in
      guard var result = values.first else {
        throw Failure("nothing to reduce; give the task two or more symbols")
      }
      for value in values.dropFirst() { result = try await combine(result, value) }
      return result
    }
  }

  private static func gathering<Input: Codable & Sendable, Output: Codable & Sendable>(
    _ name: String,
    over inputs: [Symbol<Input>],
    provides output: Symbol<Output>,
    span: SourceSpan,
    body: @escaping @concurrent @Sendable ([Input]) async throws -> Output
  ) -> FlowTask {
    FlowTask(
      name: name,
      requirements: inputs.map { $0.requirement(at: span) },
      provision: Provision(form: .whole, items: [output.provided(at: span)]),
      action: .body { context in
        var position = ArgumentReader(context.values)
        var values: [Input] = []
        for _ in context.values { values.append(try position.next(as: Input.self)) }
        let result = BoxedValue(try await body(values))
        return AtomResult(whole: result, elements: [result])
      },
      span: span)
  }
}

/// Reads arguments one after another, as a parameter pack asks for them.
private struct ArgumentReader {
  private let values: [BoxedValue?]
  private var index = 0

  init(_ values: [BoxedValue?]) { self.values = values }

  mutating func next<Value: Codable & Sendable>(as type: Value.Type) throws -> Value {
    defer { index += 1 }
    return try values[index].value()
  }
}
