import FlowGraph
public import TaskFlow

extension RunForecast {
  /// The tasks that decide how long a run takes: it can't be shorter than they are after each other.
  public struct CriticalPath: Sendable, Hashable {
    /// The tasks, in order, with the time of each as far as it is known.
    public var tasks: [Step]
    /// The sum of the known times.
    public var duration: Duration

    /// A task of a path.
    public struct Step: Sendable, Hashable {
      /// The task.
      public var node: NodeIndex
      /// How long it takes; `nil` when that is not known.
      public var duration: Duration?
    }
  }

  /// The path of tasks that takes longest, of those that are run; pauses between attempts are left out.
  ///
  /// Tasks of unknown length count as nothing, unless all are unknown: then it is a path of the most tasks. A
  /// task that waits a fixed time takes that time.
  ///
  /// - Parameter durations: how long tasks take, by name.
  /// - Complexity: linear in the size of the plan.
  public func criticalPath(durations: [String: Duration] = [:]) -> CriticalPath {
    let isRun = isRun
    let times = times(durations, of: isRun)
    let isTimed = times.contains { $0 != nil }
    let weights = plan.nodes.indices.map { index -> Int in
      if isTimed { return times[index].map(Self.microseconds) ?? 0 }
      return isRun[index] ? 1 : 0
    }
    let path = plan.graph.criticalPath(weights: weights)?.nodes ?? []
    let tasks = path.filter { isRun[Int($0)] }
      .map { CriticalPath.Step(node: $0, duration: times[Int($0)]) }
    return CriticalPath(
      tasks: tasks, duration: tasks.compactMap(\.duration).reduce(.zero, +))
  }

  /// A flow whose limit of concurrency bounds the time of a run.
  public struct LimitedFlow: Sendable, Hashable {
    /// The flow, as an index in the plan's flows.
    public var flow: Int32
    /// How long its tasks take at least, as many at once as it lets run.
    public var duration: Duration
  }

  /// The flow whose limit of concurrency makes a run take longest; `nil` when none has a limit, or no length of
  /// their tasks is known.
  ///
  /// - Parameter durations: how long tasks take, by name.
  /// - Complexity: linear in the size of the plan.
  public func tightestFlow(durations: [String: Duration] = [:]) -> LimitedFlow? {
    var work = [Duration](repeating: .zero, count: plan.flows.count)
    for (node, time) in zip(plan.nodes, times(durations, of: isRun)) {
      if let time { work[Int(node.flow)] += time }
    }
    var tightest: LimitedFlow?
    // Outer flows come before inner ones.
    for index in plan.flows.indices.reversed() {
      let flow = plan.flows[index]
      if let parent = flow.parent { work[Int(parent)] += work[index] }
      guard let limit = flow.concurrencyLimit?.count else { continue }
      let bound = work[index] / limit
      if bound > tightest?.duration ?? .zero {
        tightest = LimitedFlow(flow: Int32(index), duration: bound)
      }
    }
    return tightest
  }

  /// Which nodes are tasks that are run.
  private var isRun: [Bool] {
    var isRun = [Bool](repeating: false, count: plan.nodes.count)
    for node in tiers.joined() { isRun[Int(node)] = true }
    return isRun
  }

  /// How long each node's task takes, as far as it is run and that is known.
  private func times(_ durations: [String: Duration], of isRun: [Bool]) -> [Duration?] {
    plan.nodes.indices.map { index in
      guard isRun[index], let task = plan.task(at: NodeIndex(index))
      else { return nil }
      if case .wait(.duration(let pause)) = task.action { return pause }
      return durations[task.name]
    }
  }

  private static func microseconds(_ duration: Duration) -> Int {
    let (seconds, attoseconds) = duration.components
    let (whole, overflows) = seconds.multipliedReportingOverflow(by: 1_000_000)
    guard !overflows else { return .max / 2 }
    return max(0, Int(whole) + Int(attoseconds / 1_000_000_000_000))
  }
}
