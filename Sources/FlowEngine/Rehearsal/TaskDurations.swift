import TaskFlow

/// How long tasks took in past runs: of each the median of its attempts that succeeded.
public struct TaskDurations: Sendable {
  /// How long each task took, by its name.
  public private(set) var medians: [String: Duration] = [:]

  /// How many runs were looked at.
  public let runCount: Int

  /// The times of some runs.
  ///
  /// - Complexity: linear in the number of calls, up to a logarithmic factor.
  public init(of runs: [StoredRun]) {
    runCount = runs.count
    var times: [String: [Int64]] = [:]
    for run in runs {
      for call in run.calls where call.action == .execute && call.failure == nil {
        guard let ended = call.ended else { continue }
        times[call.atom, default: []].append(max(0, ended - call.began))
      }
    }
    medians = times.mapValues { times in
      let sorted = times.sorted()
      let middle = sorted.count / 2
      let (low, high) = (sorted[(sorted.count - 1) / 2], sorted[middle])
      return .microseconds(low + (high - low) / 2)
    }
  }

  /// The times of the latest runs of a flow.
  ///
  /// - Parameters:
  ///   - flow: the name of the flow.
  ///   - store: where its runs are kept.
  ///   - most: how many runs are looked at, at most.
  /// - Throws: ``StoreFailure`` when the store can't be read.
  public init(
    ofFlow flow: String, in store: some RunStore, latest most: Int = 20
  ) throws(StoreFailure) {
    var runs: [StoredRun] = []
    for run in try store.runs().lazy.filter({ $0.head.flow == flow }).prefix(most) {
      if let whole = try store.run(run.head.id) { runs.append(whole) }
    }
    self.init(of: runs)
  }
}
