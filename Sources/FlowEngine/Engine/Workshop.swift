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
final class Workshop: Sendable {
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

  init(drive: RunDrive, runner: AtomRunner) {
    self.drive = Mutex(drive)
    self.runner = runner
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
  ///
  /// - Parameter isWorker: whether the caller takes calls itself after this.
  func post(_ message: RunMessage, isWorker: Bool = false) {
    let isFirst = state.withLock { state in
      state.messages.append(message)
      defer { state.isDriving = true }
      return !state.isDriving
    }
    guard isFirst else { return }
    drive.withLock { drive in
      var messages: [RunMessage] = []
      while takeMessages(&messages) {
        for message in messages {
          drive.receive(message, for: self)
          if drive.calls.count >= Self.callsAtOnce { publish(&drive, isWorker: isWorker) }
        }
        publish(&drive, isWorker: isWorker)
      }
    }
  }

  private func takeMessages(_ messages: inout [RunMessage]) -> Bool {
    messages.removeAll(keepingCapacity: true)
    state.withLock { state in
      if state.messages.isEmpty {
        state.isDriving = false
      } else {
        swap(&state.messages, &messages)
      }
    }
    return !messages.isEmpty
  }

  /// Puts what the machine wants done where it is taken from.
  private func publish(_ drive: inout RunDrive, isWorker: Bool = false) {
    guard !drive.calls.isEmpty || !drive.newPauses.isEmpty || drive.isOver else { return }
    let (worker, woken) = state.withLock { state in
      state.calls.append(contentsOf: drive.calls)
      state.orders.pauses += drive.newPauses
      var woken: [CheckedContinuation<Void, Never>] = []
      if drive.isOver {
        state.isOver = true
        swap(&woken, &state.idle)
      }
      let worker = state.sendForWorker(besides: isWorker ? 1 : 0)
      if drive.isOver || !state.orders.isEmpty, let owner = state.owner.take() {
        woken.append(owner)
      }
      return (worker, woken)
    }
    drive.calls.removeAll(keepingCapacity: true)
    drive.newPauses = []
    worker?.resume()
    for continuation in woken { continuation.resume() }
  }

  // MARK: The workers

  /// Makes calls until the run is over or there are enough others.
  @concurrent
  func work() async {
    var isArriving = true
    var turn = 0
    while true {
      if let call = takeCall(isArriving: isArriving) {
        isArriving = false
        let event = await runner.run(
          call.node, call.action, call.call, limit: call.limit, call.observer)
        post(.event(event), isWorker: true)
        // A body can cancel the task that it runs in; the next one is not to be.
        if Task.isCancelled { return leave() }
        turn += 1
        if turn % Self.callsInTurn == 0 { await Task.yield() }
      } else {
        guard await waitForCalls() else { return }
        isArriving = true
      }
    }
  }

  private func takeCall(isArriving: Bool) -> AtomCall? {
    let (call, waiting) = state.withLock { state in
      if isArriving { state.arriving -= 1 }
      let call = state.calls.popFirst()
      return (call, state.sendForWorker())
    }
    waiting?.resume()
    return call
  }

  private func leave() {
    let waiting = state.withLock { $0.sendForWorker() }
    waiting?.resume()
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

extension Workshop.State {
  /// Sends for a worker when calls wait and none is on its way.
  ///
  /// - Parameter taken: how many calls the caller is about to take itself.
  /// - Returns: who is to be woken for that.
  fileprivate mutating func sendForWorker(besides taken: Int = 0) -> CheckedContinuation<
    Void, Never
  >? {
    guard calls.count > taken, arriving == 0 else { return nil }
    arriving += 1
    if let worker = idle.popLast() { return worker }
    orders.workers += 1
    return owner.take()
  }
}
