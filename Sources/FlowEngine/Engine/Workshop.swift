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
///
/// While calls wait that were handed out already, and nobody listens to the run or keeps it, a worker may
/// leave what came of its call for later and make the next one: the machine is then told of several at once,
/// and need not go from processor to processor with each. Another worker is on its way then, as for calls.
final class Workshop: RunMailbox {
  /// How many workers stay when there is nothing to do.
  private static let idleLimit = 8
  /// After so many calls a worker looks how long its turn lasts.
  private static let callsBetweenLooks = 64
  /// A turn of a worker; after that it lets other tasks of the process go first.
  private static let turn = Duration.milliseconds(1)
  /// So many messages may wait for somebody who tells the machine.
  private static let messagesLeft = 8
  /// So many calls are handed out before more messages are looked at.
  private static let callsAtOnce = 16

  fileprivate struct State {
    var messages: Deque<RunMessage> = []
    /// Whether somebody tells the machine what came.
    var isDriving = false
    var calls: Deque<AtomCall> = []
    /// Workers that have not come yet.
    var arriving = 0
    var idle: [Sleeper] = []
    var orders = Orders()
    var owner: Sleeper?
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
  /// Whether what came of a call may be told later.
  private let mayLeaveMessages: Bool

  init(drive: RunDrive) {
    runner = drive.runner
    mayLeaveMessages = !drive.isStored && !drive.isHeard
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
        state.owner = Sleeper(continuation)
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
    owner?.wake()
  }

  /// What became of the run.
  func report() -> RunReport { drive.withLock { $0.report() } }

  // MARK: The machine

  /// Tells the machine what came, or leaves it to the one who is at it.
  func post(_ message: RunMessage) { _ = post(message, isWorker: false) }

  /// Tells the machine what came, or leaves it to the one who is at it.
  ///
  /// - Returns: for a worker its next call, if there is one.
  private func post(_ message: consuming RunMessage, isWorker: Bool) -> AtomCall? {
    var message = Optional(message)
    var messages: Deque<RunMessage> = []
    var turn = Turn()
    let isFirst = state.withLock { state in
      let isLater =
        mayLeaveMessages && isWorker && !state.calls.isEmpty
        && state.messages.count < Self.messagesLeft
      guard state.isDriving || isLater else {
        state.isDriving = true
        if !state.messages.isEmpty { swap(&state.messages, &messages) }
        return true
      }
      if let message = message.take() { state.messages.append(message) }
      turn = state.turn(isWorker: isWorker)
      return false
    }
    guard isFirst else { return turn.begin() }
    return tell(&messages, message.take(), isWorker: isWorker)
  }

  /// Tells the machine what came, and what comes meanwhile.
  ///
  /// - Parameter last: what came last.
  /// - Returns: for a worker its next call, if there is one.
  private func tell(
    _ messages: inout Deque<RunMessage>, _ last: consuming RunMessage?, isWorker: Bool
  ) -> AtomCall? {
    var last = last
    return drive.withLock { drive in
      while true {
        while let message = messages.popFirst() {
          drive.receive(message, for: self)
          // What is stored is stored in one go.
          if drive.calls.count >= Self.callsAtOnce, !drive.isStored { publish(&drive) }
        }
        if let message = last.take() { drive.receive(message, for: self) }
        drive.settle()
        tellOwner(&drive)
        let call = handOut(&drive, for: &messages, isWorker: isWorker).begin()
        if messages.isEmpty { return call }
      }
    }
  }

  /// Puts what the machine wants done where it is taken from, for the messages that came meanwhile. When
  /// there are none this is the end of telling the machine, and the beginning of a worker's next turn.
  private func handOut(
    _ drive: inout RunDrive, for messages: inout Deque<RunMessage>, isWorker: Bool
  ) -> Turn {
    state.withLock { state in
      guard state.messages.isEmpty else {
        drive.moveCalls(to: &state.calls)
        swap(&state.messages, &messages)
        return Turn(worker: state.sendForWorker())
      }
      state.isDriving = false
      // What follows on a worker's call is mostly one other, which needs no place to wait.
      if isWorker, state.calls.isEmpty, drive.calls.count == 1 {
        return Turn(call: drive.calls.popFirst())
      }
      drive.moveCalls(to: &state.calls)
      return state.turn(isWorker: isWorker)
    }
  }

  private func publish(_ drive: inout RunDrive) {
    drive.settle()
    tellOwner(&drive)
    let turn = state.withLock { state in
      drive.moveCalls(to: &state.calls)
      return Turn(worker: state.sendForWorker())
    }
    _ = turn.begin()
  }

  /// Tells the owner about new pauses, and everybody about the end.
  private func tellOwner(_ drive: inout RunDrive) {
    guard drive.isOver || !drive.newPauses.isEmpty else { return }
    let pauses = drive.takePauses()
    let isOver = drive.isOver
    let woken = state.withLock { state in
      state.orders.pauses += pauses
      var woken: [Sleeper] = []
      if isOver {
        state.isOver = true
        swap(&woken, &state.idle)
      }
      if let owner = state.owner.take() { woken.append(owner) }
      return woken
    }
    for waiting in woken { waiting.wake() }
  }

  // MARK: The workers

  /// Makes calls until the run is over or there are enough others.
  @concurrent
  func work() async {
    // Asked after each call, which `Task.isCancelled` is too slow for.
    let isCancelled = Flag()
    await withTaskCancellationHandler {
      await work(until: isCancelled)
    } onCancel: {
      isCancelled.raise()
    }
  }

  private func work(until isCancelled: Flag) async {
    var next = arrive()
    var calls = 0
    var start = ContinuousClock.now
    while true {
      if let call = next {
        let event = await runner.run(call)
        // A body can cancel the task that it runs in; the next one is not to be.
        let isLast = isCancelled.isRaised
        next = post(.event(event), isWorker: !isLast)
        if isLast { return }
        calls += 1
        if calls % Self.callsBetweenLooks == 0, ContinuousClock.now - start > Self.turn {
          await Task.yield()
          start = .now
        }
      } else {
        guard await waitForCalls() else { return }
        next = arrive()
      }
    }
  }

  private func arrive() -> AtomCall? {
    var messages: Deque<RunMessage> = []
    let turn = state.withLock { state in
      state.arriving -= 1
      guard !state.hasLeftMessages else {
        state.isDriving = true
        swap(&state.messages, &messages)
        return Turn()
      }
      return state.turn(isWorker: true)
    }
    return messages.isEmpty ? turn.begin() : tell(&messages, nil, isWorker: true)
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
        state.idle.append(Sleeper(continuation))
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
    var worker: Sleeper?

    /// Wakes whom it has to, outside of all locks of the state.
    consuming func begin() -> AtomCall? {
      worker?.wake()
      return call
    }
  }
}

extension Workshop.State {
  /// Whether something came that nobody tells the machine.
  fileprivate var hasLeftMessages: Bool { !isDriving && !messages.isEmpty }

  /// The next call for a worker, and another worker for those that it leaves behind.
  fileprivate mutating func turn(isWorker: Bool) -> Workshop.Turn {
    let call = isWorker ? calls.popFirst() : nil
    return Workshop.Turn(call: call, worker: sendForWorker())
  }

  /// Sends for a worker when calls wait, or what came of some, and none is on its way.
  ///
  /// - Returns: who is to be woken for that.
  fileprivate mutating func sendForWorker() -> Sleeper? {
    guard !calls.isEmpty || hasLeftMessages, arriving == 0 else { return nil }
    arriving += 1
    if let worker = idle.popLast() { return worker }
    orders.workers += 1
    return owner.take()
  }
}

/// Something that has come to pass.
private final class Flag: Sendable {
  private let value = Atomic(false)

  var isRaised: Bool { value.load(ordering: .relaxed) }

  func raise() { value.store(true, ordering: .relaxed) }
}

/// Somebody who waits to be woken.
///
/// A reference, as the layout of a continuation is known only when the program runs: whatever holds one in
/// itself is copied and destroyed by way of its description, with each call.
private final class Sleeper: Sendable {
  private let continuation: CheckedContinuation<Void, Never>

  init(_ continuation: CheckedContinuation<Void, Never>) { self.continuation = continuation }

  func wake() { continuation.resume() }
}
