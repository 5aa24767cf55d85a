import FlowDiagnostics
import TaskFlow
import Testing

struct TaskDeclarationTests {
  private let a = Symbol<Int>("a")
  private let b = Symbol<String>("b")
  private let c = Symbol<[Int]>("c")
  private let d = Symbol<Bool>("d")

  /// Calls a task's body as an engine does.
  private func execute(_ task: FlowTask, _ values: [BoxedValue?] = []) async throws -> AtomResult {
    guard case .body(let body) = task.action else { throw Failure("no body") }
    return try await body(
      TaskContext(
        task, action: .execute, attempt: 1, values: values))
  }

  @Test func `a task may need nothing and give nothing`() async throws {
    let task = FlowTask("t") {}
    #expect(task.requirements == [])
    #expect(task.provision.items == [])
    #expect(try await execute(task).elements.isEmpty)
  }

  @Test func `one input and one output`() async throws {
    let task = FlowTask("t", requires: a, provides: b) { "\($0 + 1)" }
    #expect(task.requirements.map(\.symbol) == ["a"])
    #expect(task.requirements.map(\.type?.name) == ["int"])
    #expect(task.provision.items.map(\.symbol) == ["b"])
    #expect(task.provision.form == .whole)
    let result = try await execute(task, [BoxedValue(1)])
    #expect(try result.whole?.value(as: String.self) == "2")
    #expect(try result.elements[0]?.value(as: String.self) == "2")
  }

  @Test func `two inputs and two outputs are taken and given in order`() async throws {
    let task = FlowTask("t", requires: a, b, provides: b, a) { number, text in
      (text + "!", number + 1)
    }
    #expect(task.requirements.map(\.symbol) == ["a", "b"])
    #expect(task.provision.form == .elements)
    #expect(task.provision.isComplete)
    let result = try await execute(task, [BoxedValue(1), BoxedValue("x")])
    #expect(try result.elements[0]?.value(as: String.self) == "x!")
    #expect(try result.elements[1]?.value(as: Int.self) == 2)
  }

  @Test func `four inputs of four types and three outputs`() async throws {
    let task = FlowTask("t", requires: a, b, c, d, provides: d, c, b) { number, text, list, flag in
      (!flag, list + [number], text)
    }
    let values: [BoxedValue?] = [
      BoxedValue(3), BoxedValue("x"), BoxedValue([1, 2]), BoxedValue(true),
    ]
    let result = try await execute(task, values)
    #expect(try result.elements[0]?.value(as: Bool.self) == false)
    #expect(try result.elements[1]?.value(as: [Int].self) == [1, 2, 3])
    #expect(try result.elements[2]?.value(as: String.self) == "x")
  }

  @Test func `an optional input reads nil when there is none`() async throws {
    let task = FlowTask("t", requires: a.optional, provides: a) { ($0 ?? 41) + 1 }
    #expect(task.requirements.map(\.isOptional) == [true])
    #expect(task.requirements.map(\.type?.name) == ["int"])
    #expect(try await execute(task, [nil]).whole?.value(as: Int.self) == 42)
    #expect(try await execute(task, [BoxedValue(1)]).whole?.value(as: Int.self) == 2)
  }

  @Test func `a body throws what it throws`() async throws {
    let task = FlowTask("t", requires: a) { number in throw Failure("no \(number)") }
    await #expect(throws: Failure("no 7")) { try await execute(task, [BoxedValue(7)]) }
  }

  @Test func `an argument of another type is an error`() async throws {
    let task = FlowTask("t", requires: a) { _ in }
    await #expect(throws: FlowValueConversionError.self) {
      try await execute(task, [BoxedValue("seven")])
    }
  }

  @Test func `a body with a context sees it`() async throws {
    let task = FlowTask(
      "t", requires: a, provides: b,
      withContext: { context, number in
        "\(context.atom) \(context.attempt) \(number)"
      })
    #expect(try await execute(task, [BoxedValue(7)]).whole?.value(as: String.self) == "t 1 7")
  }

  @Test func `a declaration knows its place`() {
    let line = #line + 1
    let task = FlowTask("t", requires: a) { _ in }
    #expect(task.span.file == #fileID)
    #expect(task.span.line == line)
    #expect(task.requirements[0].span.line == line)
  }

  @Test func `map applies its function to each symbol in order`() async throws {
    let task = FlowTask.map(
      "m", over: [Symbol<Int>("x"), Symbol<Int>("y")], provides: Symbol<[String]>("texts")
    ) { "<\($0)>" }
    #expect(task.requirements.map(\.symbol) == ["x", "y"])
    let result = try await execute(task, [BoxedValue(1), BoxedValue(2)])
    #expect(try result.whole?.value(as: [String].self) == ["<1>", "<2>"])
  }

  @Test func `reduce folds from the left`() async throws {
    let symbols = ["x", "y", "z"].map { Symbol<Int>($0) }
    let task = FlowTask.reduce("r", over: symbols, provides: Symbol<Int>("difference")) { $0 - $1 }
    let result = try await execute(task, [BoxedValue(10), BoxedValue(3), BoxedValue(2)])
    #expect(try result.whole?.value(as: Int.self) == 5)
  }

  @Test func `reduce of one symbol is its value, and of none fails`() async throws {
    let one = FlowTask.reduce("r", over: [a], provides: a) { $0 - $1 }
    #expect(try await execute(one, [BoxedValue(3)]).whole?.value(as: Int.self) == 3)
    let none = FlowTask.reduce("r", over: [Symbol<Int>](), provides: a) { $0 - $1 }
    await #expect(throws: Failure.self) { try await execute(none) }
  }
}
