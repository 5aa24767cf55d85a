/// How a command ended, as its caller sees it.
enum ExitStatus: Equatable {
  /// It did what it should.
  case done
  /// There are findings, or the flow failed and was undone.
  case findings
  /// It was called in a wrong way, or could not read its input.
  case usage
  /// The flow failed and could not be undone.
  case dirty
  /// The run is suspended, and waits for a decision.
  case suspended
  /// Another process has the run.
  case owned
  /// Something happened that should not.
  case internalError
  /// What it made, or what a run did, could not be written.
  case outputFailed
  /// It was stopped by a signal.
  case stopped(signal: Int32)

  /// The process's exit code.
  var code: Int32 {
    switch self {
    case .done: 0
    case .findings: 1
    case .usage: 2
    case .dirty: 3
    case .suspended: 4
    case .owned: 5
    case .internalError: 70
    case .outputFailed: 74
    case .stopped(let signal): 128 + signal
    }
  }
}
