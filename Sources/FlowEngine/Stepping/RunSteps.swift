public import TaskFlow

/// The steps of a run, as an asynchronous sequence: the run goes on only as far as it is asked for.
///
/// Between two steps nothing is started and nothing is taken notice of, though calls that are under way go
/// on. The first step starts what is ready; each further one waits for a call or a pause to end. A run that
/// is to stop early is suspended by its control and read to its end; what is under way when the iterator is
/// given up is cancelled, and the run is lost.
///
/// ```swift
/// for await step in try engine.steps(inputs: inputs) {
///   print(step.state, step.begun.map { engine.plan.name(of: $0) })
/// }
/// ```
public struct RunSteps: AsyncSequence, Sendable {
  public typealias Element = RunStep

  let machine: RunMachine
  let engine: Engine
  let control: RunControl

  /// Starts a run of its own for each iterator.
  public func makeAsyncIterator() -> Iterator {
    Iterator(course: RunCourse(machine: machine, engine: engine, control: control))
  }

  /// Takes the steps of one run.
  public struct Iterator: AsyncIteratorProtocol {
    fileprivate let course: RunCourse

    /// The next step, or `nil` when the run has ended.
    public mutating func next() async -> RunStep? { await course.next() }
  }
}

extension Engine {
  /// The steps of a run of the plan; it starts with the first one.
  ///
  /// - Throws: ``MissingInputs`` when a required input has no value.
  public func steps(
    inputs: [String: BoxedValue] = [:], control: RunControl = RunControl()
  ) throws(MissingInputs) -> RunSteps {
    steps(of: try machine(inputs: inputs), control: control)
  }

  /// The steps of a run that is taken up again: see
  /// ``resume(_:control:deadline:listeners:listener:)``.
  public func steps(of machine: RunMachine, control: RunControl = RunControl()) -> RunSteps {
    RunSteps(machine: machine.following(options), engine: self, control: control)
  }
}
