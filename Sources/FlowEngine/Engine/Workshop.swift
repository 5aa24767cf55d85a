import DequeModule
import Synchronization
import TaskFlow

/// Where the calls of a run wait, and the workers that make them.
///
/// A worker makes one call after another, so a call that never waits costs no task of its own and no
/// wake-up. While a call waits, so does its worker: whoever takes a call and leaves others behind therefore
/// makes sure that another worker is on its way. It takes over as soon as a thread is free, so a body that
/// waits or blocks stops no other.
///
/// What came of calls is told to the machine by whichever worker is first; what comes meanwhile is left to
/// it. So the machine sees one order, and nobody waits for a thread to be woken.
final class Workshop: RunMailbox {
  /// How many workers stay when there is nothing to do.
  private static let idleLimit = 8
  /// After so many calls a worker lets other tasks of the process go first.
  private static let callsInTurn = 64
  /// So many calls are handed out before more messages are looked at.
  private static let callsAtOnce = 16

  fileprivate struct State {
    var messages: [RunMessage] = []
    /// Whether somebody tells the machine what came.
    var isDriving = false
    var calls: Deque<AtomCall> = []
    /// Workers that have not come yet.
    var arriving = 0
    var idle: [CheckedContinuation<Void, Never>] = []
    var orders = Orders()
    var owner: CheckedContinuation<Void, Never>?
    var isOver = false
  }

  /// What the owner of the workers is to do.
  struct Orders: Sendable {
    var workers = 0
    var pauses: [Task<Void, Never>] = []
    var isStopped = false

    fileprivate var isEmpty: Bool { workers == 0 && pauses.isEmpty && !isStopped }
  }

  private let state = Mutex(State())
  private let drive: Mutex<RunDrive>
  private let runner: AtomRunner

  init(drive: RunDrive) {
    runner = drive.runner
    self.drive = Mutex(drive)
  }

  // MARK: The owner

  /// Begins the run.
  func start() {
    drive.withLock { drive in
      drive.start(for: self)
      publish(&drive)
    }
  }

  /// What is to be done next; waits for it. `nil` when the run is over.
  func orders() async -> Orders? {
    await withCheckedContinuation { continuation in
      let isWaiting = state.withLock { state in
        guard state.orders.isEmpty, !state.isOver else { return false }
        state.owner = continuation
        return true
      }
      if !isWaiting { continuation.resume() }
    }
    return state.withLock { state in
      defer { state.orders = Orders() }
      return state.orders.isEmpty ? nil : state.orders
    }
  }

  /// Has the owner look whether the run is to stop; may be called from anywhere.
  func stop() {
    let owner = state.withLock { state in
      state.orders.isStopped = true
      return state.owner.take()
    }
    owner?.resume()
  }

  /// What became of the run.
  func report() -> RunReport { drive.withLock { $0.report() } }

  // MARK: The machine

  /// Tells the machine what came, or leaves it to the one who is at it.
  func post(_ message: RunMessage) { _ = post(message, isWorker: false) }

  /// Tells the machine what came, or leaves it to the one who is at it.
  ///
  /// - Returns: for a worker its next call, if there is one.
  private func post(_ message: RunMessage, isWorker: Bool) -> AtomCall? {
    let (isFirst, turn) = state.withLock { state in
      guard state.isDriving else {
        state.isDriving = true
        return (true, Turn())
      }
      state.messages.append(message)
      return (false, state.turn(isWorker: isWorker))
    }
    guard isFirst else { return turn.begin() }
    return drive.withLock { drive in
      drive.receive(message, for: self)
      var messages: [RunMessage] = []
      while true {
        let turn = handOut(&drive, for: &messages, isWorker: isWorker)
        let call = turn.begin()
        if messages.isEmpty { return call }
        for message in messages {
          drive.receive(message, for: self)
          if drive.calls.count >= Self.callsAtOnce { publish(&drive) }
        }
        messages.removeAll(keepingCapacity: true)
      }
    }
  }

  /// Puts what the machine wants done where it is taken from, for the messages that came meanwhile. When
  /// there are none this is the end of telling the machine, and the beginning of a worker's next turn.
  private func handOut(
    _ drive: inout RunDrive, for messages: inout [RunMessage], isWorker: Bool
  ) -> Turn {
    let turn = state.withLock { state in
      var turn = state.take(from: &drive)
      if state.messages.isEmpty {
        state.isDriving = false
        turn.add(state.turn(isWorker: isWorker))
      } else {
        swap(&state.messages, &messages)
        turn.worker = state.sendForWorker()
      }
      return turn
    }
    drive.forgetHandedOut()
    return turn
  }

  private func publish(_ drive: inout RunDrive) {
    let turn = state.withLock { state in
      var turn = state.take(from: &drive)
      turn.worker = state.sendForWorker()
      return turn
    }
    drive.forgetHandedOut()
    _ = turn.begin()
  }

  // MARK: The workers

  /// Makes calls until the run is over or there are enough others.
  @concurrent
  func work() async {
    var next = arrive()
    var turn = 0
    while true {
      if let call = next {
        let event = await runner.run(call)
        // A body can cancel the task that it runs in; the next one is not to be.
        let isLast = Task.isCancelled
        next = post(.event(event), isWorker: !isLast)
        if isLast { return }
        turn += 1
        if turn % Self.callsInTurn == 0 { await Task.yield() }
      } else {
        guard await waitForCalls() else { return }
        next = arrive()
      }
    }
  }

  private func arrive() -> AtomCall? {
    let turn = state.withLock { state in
      state.arriving -= 1
      return state.turn(isWorker: true)
    }
    return turn.begin()
  }

  /// Waits until there are calls; `false` when this worker is not needed.
  private func waitForCalls() async -> Bool {
    let mayStay = state.withLock { !$0.isOver && $0.idle.count < Self.idleLimit }
    guard mayStay else { return false }
    await withCheckedContinuation { continuation in
      let isWaiting = state.withLock { state in
        guard state.calls.isEmpty, !state.isOver else {
          state.arriving += 1
          return false
        }
        state.idle.append(continuation)
        return true
      }
      if !isWaiting { continuation.resume() }
    }
    return state.withLock { !$0.isOver }
  }
}

extension Workshop {
  /// What a worker does next, and whom it wakes for that.
  fileprivate struct Turn {
    var call: AtomCall?
    var worker: CheckedContinuation<Void, Never>?
    var others: [CheckedContinuation<Void, Never>] = []

    mutating func add(_ turn: Turn) {
      call = turn.call
      worker = turn.worker
    }

    /// Wakes whom it has to, outside of all locks of the state.
    func begin() -> AtomCall? {
      worker?.resume()
      for other in others { other.resume() }
      return call
    }
  }
}

extension Workshop.State {
  /// Takes what a machine wants done.
  fileprivate mutating func take(from drive: inout RunDrive) -> Workshop.Turn {
    var turn = Workshop.Turn()
    calls.append(contentsOf: drive.calls)
    if !drive.newPauses.isEmpty { orders.pauses += drive.newPauses }
    if drive.isOver, !isOver {
      isOver = true
      swap(&turn.others, &idle)
    }
    if isOver || !orders.pauses.isEmpty, let owner = owner.take() { turn.others.append(owner) }
    return turn
  }

  /// The next call for a worker, and another worker for those that it leaves behind.
  fileprivate mutating func turn(isWorker: Bool) -> Workshop.Turn {
    let call = isWorker ? calls.popFirst() : nil
    return Workshop.Turn(call: call, worker: sendForWorker())
  }

  /// Sends for a worker when calls wait and none is on its way.
  ///
  /// - Returns: who is to be woken for that.
  fileprivate mutating func sendForWorker() -> CheckedContinuation<Void, Never>? {
    guard !calls.isEmpty, arriving == 0 else { return nil }
    arriving += 1
    if let worker = idle.popLast() { return worker }
    orders.workers += 1
    return owner.take()
  }
}
