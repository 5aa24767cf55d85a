/// What has to hold in every run, of whatever flow, in whatever order calls end.
package enum RunLaw: String, Sendable, CaseIterable {
  /// Atoms and the run go from state to state as the rules say (semantics 4).
  case stateChangesAreLegal
  /// An atom starts when every atom before it is SUCCESS or IGNORE (semantics 5.1).
  case nothingStartsBeforeItsAncestorsAreDone
  /// An atom is reverted or retried when every atom of its cone is PENDING, REVERTED or IGNORE
  /// (semantics 5.2).
  case nothingIsUndoneBeforeItsCone
  /// A later REVERT replaces a RETRY (semantics 6.7).
  case revertReplacesRetry
  /// A pause is given up when its controller is not to try again any more.
  case pausesAreGivenUp
  /// An atom that never ran is never reverted (semantics 6.5).
  case whatNeverRanIsNeverReverted
  /// A retry puts the whole cone back before it begins (semantics 6.2).
  case retryResetsTheCone
  /// Nothing new runs once everything is to be undone (semantics 5.3).
  case nothingRunsOnceAllIsToBeUndone
  /// Nothing starts after a stop, or when the run was given up (semantics 6.9, 6.11, 10.1).
  case nothingStartsAfterAStop
  /// Not more atoms run at once than allowed (semantics 5.3).
  case limitIsKept
  /// Each call is counted, and told its number.
  case attemptsAreCounted
  /// A revert is told what became of `execute`, and all failures since the last reset (semantics 8).
  case revertIsToldWhatHappened
  /// No controller is asked when nothing is to be resolved (semantics 6.9).
  case neverResolveAsksNobody
  /// Every run ends, and nothing follows.
  case runEnds
  /// What is to be undone is, but for what comes before a failed revert (semantics 6.11).
  case whatIsToBeUndoneIs
  /// The end follows from what became of the atoms (semantics 5.5).
  case endFollowsFromTheAtoms
  /// Failures that were not recovered from are told, and those that were are told apart (semantics 6.14).
  case failuresAreToldApart
}
