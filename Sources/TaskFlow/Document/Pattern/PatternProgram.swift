/// One step of a compiled pattern.
enum PatternInstruction: Sendable, Hashable {
  /// Goes on behind a scalar of the set.
  case take(PatternSet)
  /// Goes on at the start, or at the end, of the text.
  case start
  case end
  /// Goes on at both places.
  case fork(Int, Int)
  case jump(Int)
  case match
}

/// Writes out a pattern as steps; it calls itself no deeper than groups are nested.
struct PatternCompiler {
  let nodes: [PatternNode]
  private(set) var program: [PatternInstruction] = []
  /// Parts written so far: repeated parts that are empty have no steps, but take time as well.
  private var visits = 0

  init(nodes: [PatternNode]) {
    self.nodes = nodes
  }

  /// False when the program becomes too large.
  mutating func compile(_ root: Int) -> Bool {
    guard write(root) else { return false }
    program.append(.match)
    return true
  }

  private mutating func write(_ node: Int) -> Bool {
    visits += 1
    guard program.count < InputPattern.maximumSize, visits < 4 * InputPattern.maximumSize else {
      return false
    }
    switch nodes[node] {
    case .set(let set): program.append(.take(set))
    case .start: program.append(.start)
    case .end: program.append(.end)
    case .sequence(let items):
      for item in items where !write(item) { return false }
    case .choice(let branches): return write(choice: branches)
    case .repetition(let item, let least, let most):
      for _ in 0..<least where !write(item) { return false }
      guard let most else { return write(loop: item) }
      return write(optional: item, times: most - least)
    }
    return true
  }

  private mutating func write(choice branches: [Int]) -> Bool {
    var ends: [Int] = []
    for branch in branches.dropLast() {
      let fork = program.count
      program.append(.fork(fork + 1, fork))
      guard write(branch) else { return false }
      ends.append(program.count)
      program.append(.jump(0))
      program[fork] = .fork(fork + 1, program.count)
    }
    if let last = branches.last, !write(last) { return false }
    for end in ends { program[end] = .jump(program.count) }
    return true
  }

  private mutating func write(loop item: Int) -> Bool {
    let fork = program.count
    program.append(.jump(0))
    guard write(item) else { return false }
    program.append(.jump(fork))
    program[fork] = .fork(fork + 1, program.count)
    return true
  }

  private mutating func write(optional item: Int, times: Int) -> Bool {
    var forks: [Int] = []
    for _ in 0..<times {
      forks.append(program.count)
      program.append(.jump(0))
      guard write(item) else { return false }
    }
    for fork in forks { program[fork] = .fork(fork + 1, program.count) }
    return true
  }
}

/// All places of a program that a text has led to, followed at once.
struct PatternThreads {
  let program: [PatternInstruction]
  private(set) var current: [Int] = []
  private(set) var hasMatched = false
  private var next: [Int] = []
  /// For each place the step in which it was reached last.
  private var reached: [Int]
  private var step = 0
  private var pending: [Int] = []

  init(program: [PatternInstruction]) {
    self.program = program
    reached = [Int](repeating: 0, count: program.count)
  }

  mutating func start(isEmpty: Bool) {
    step = 1
    follow(0, isAtStart: true, isAtEnd: isEmpty)
    swap(&current, &next)
  }

  mutating func advance(over scalar: Unicode.Scalar, isLast: Bool) {
    step += 1
    hasMatched = false
    next.removeAll(keepingCapacity: true)
    for place in current {
      if case .take(let set) = program[place], set.contains(scalar) {
        follow(place + 1, isAtStart: false, isAtEnd: isLast)
      }
    }
    swap(&current, &next)
  }

  /// Adds `place`, and all that it leads to without a scalar.
  private mutating func follow(_ place: Int, isAtStart: Bool, isAtEnd: Bool) {
    pending.append(place)
    while let place = pending.popLast() {
      if reached[place] == step { continue }
      reached[place] = step
      switch program[place] {
      case .take: next.append(place)
      case .match: hasMatched = true
      case .start: if isAtStart { pending.append(place + 1) }
      case .end: if isAtEnd { pending.append(place + 1) }
      case .jump(let target): pending.append(target)
      case .fork(let first, let second): pending += [second, first]
      }
    }
  }
}
