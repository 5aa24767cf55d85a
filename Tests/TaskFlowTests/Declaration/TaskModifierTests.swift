import FlowDiagnostics
import TaskFlow
import Testing

struct TaskModifierTests {
  private let x = Symbol<Int>("x")
  private let y = Symbol<Int>("y")

  @Test func `a modified task leaves the original as it was`() {
    let plain = FlowTask("t", requires: x) { _ in }
    let changed = plain.priority(3).timeout(.seconds(2)).describing("why").rebinding(x, to: y)
      .injecting(y, 4)
    #expect(plain.priority == 0)
    #expect(plain.traits.timeout == nil)
    #expect(plain.traits.summary == nil)
    #expect(plain.requirements[0].symbol == "x")
    #expect(plain.traits.injections.isEmpty)
    #expect(changed.priority == 3)
    #expect(changed.traits.timeout == .seconds(2))
    #expect(changed.traits.summary == "why")
    #expect(changed.requirements[0].symbol == "y")
    #expect(changed.requirements[0].parameter == "x")
    #expect(changed.traits.injections.map(\.symbol) == ["y"])
  }

  @Test func `the last injection of a symbol counts`() throws {
    let task = FlowTask("t", requires: x) { _ in }.injecting(x, 1).injecting(x, 2)
    #expect(try task.traits.injections.map { try $0.value.value(as: Int.self) } == [2])
  }

  @Test func `revert is given what execute is given unless it says otherwise`() throws {
    let same = FlowTask("t", requires: x) { _ in }.reverting { _ in }
    #expect(same.revertRequirements.map(\.symbol) == ["x"])
    #expect(same.traits.revert?.requirements == nil)
    let own = FlowTask("t", requires: x) { _ in }
      .reverting(requires: y, timeout: .seconds(1)) { _, _ in }
    #expect(own.revertRequirements.map(\.symbol) == ["y"])
    #expect(own.traits.revert?.timeout == .seconds(1))
    let none = FlowTask("t", requires: x) { _ in }
    #expect(none.revertRequirements == [])
  }

  @Test func `revert takes the rebound symbol of execute in whatever order they are declared`() {
    let first = FlowTask("t", requires: x) { _ in }.reverting { _ in }.rebinding(x, to: y)
    let last = FlowTask("t", requires: x) { _ in }.rebinding(x, to: y).reverting { _ in }
    #expect(first.revertRequirements.map(\.symbol) == ["y"])
    #expect(last.revertRequirements.map(\.symbol) == ["y"])
  }

  @Test func `a revert knows its place`() {
    let line = #line + 2
    let task = FlowTask("t") {}
      .reverting { _ in }
    #expect(task.traits.revert?.span.line == line)
    #expect(task.span.line == line - 1)
  }

  @Test func `a needless revert is said on purpose`() {
    let task = FlowTask("t") {}.reverting { _ in }.nothingToRevert()
    #expect(task.traits.revert == nil)
    #expect(task.traits.isRevertDeclaredNeedless)
  }

  @Test func `hooks are kept`() {
    let task = FlowTask("t") {}.beforeExecute { _ in }.afterExecute { _ in }.beforeRevert { _ in }
      .afterRevert { _ in }
    #expect(task.traits.beforeExecute != nil)
    #expect(task.traits.afterExecute != nil)
    #expect(task.traits.beforeRevert != nil)
    #expect(task.traits.afterRevert != nil)
  }

  @Test func `revert reads what execute provided`() throws {
    let context = TaskContext(
      FlowTask("t", provides: x) { 1 }, action: .revert, attempt: 1, values: [],
      past: TaskContext.Past(
        .success(AtomResult(whole: BoxedValue(5), elements: [BoxedValue(5)]))))
    #expect(try context.provided(x) == 5)
    #expect(try context.provided(y) == nil)
    #expect(context.failure == nil)
  }
}
