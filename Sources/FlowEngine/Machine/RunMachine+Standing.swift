import TaskFlow

extension RunMachine {
  /// Where a run stands: all that decides what it does next when results don't matter.
  ///
  /// Runs of one plan with the same rules and the same standing go on alike, so one of them need be
  /// followed. Left out are values, texts of failures, what was filed with earlier attempts, and how often
  /// each atom ran, on which nothing depends but what calls are told and rules of one's own. The counters
  /// of readiness are part of it although they follow from the states: a run in which they don't is not
  /// taken for one in which they do.
  package var standing: [UInt8] {
    // In a halted run nothing comes of those that are ready.
    standing(ready: isHalted ? [] : ready.nodes)
  }

  /// Where a run stands, without what waits for nothing: that is dropped when its turn comes.
  package var keptStanding: [UInt8] {
    standing(ready: isHalted ? [] : ready.nodes.filter { canExecute($0) || canRevert($0) })
  }

  private func standing(ready: [NodeIndex]) -> [UInt8] {
    var bytes: [UInt8] = [
      flowState.rawValue,
      (isSuspended ? 1 : 0) | (interrupted.isEmpty ? 0 : 2) | (isHalted ? 4 : 0)
        | (revertsEverything ? 8 : 0),
    ]
    bytes.reserveCapacity(4 * states.count + histories.count + 8)
    let failed = Set(failures.map(\.node))
    let undone = undone ?? countedUndone
    for node in states.indices {
      bytes.append(states[node].rawValue << 4 | intentions[node].rawValue)
      bytes.append(
        (ownFailures[node] == nil ? 0 : 1) | (results[node] == nil ? 0 : 2)
          | (failed.contains(NodeIndex(node)) ? 4 : 0) | (passed.isSettled[node] ? 8 : 0)
          | (undone.isSettled[node] ? 16 : 0) | (pausing.contains(NodeIndex(node)) ? 32 : 0)
          | (resumed.contains(NodeIndex(node)) ? 64 : 0)
          | (interrupted.contains(NodeIndex(node)) ? 128 : 0))
      bytes.append(UInt8(clamping: passed.open[node]))
      bytes.append(UInt8(clamping: undone.open[node]))
    }
    for history in histories {
      bytes.append(UInt8(clamping: history.count))
      for filed in (history.entries.last?.failures ?? []).map(\.atom).sorted() {
        bytes.append(contentsOf: filed.utf8)
        bytes.append(0)
      }
      bytes.append(0)
    }
    for node in ready { bytes.append(UInt8(clamping: node)) }
    return bytes
  }
}
