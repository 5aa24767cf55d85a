import FlowGraph

/// Finds which providers of a symbol a child of a graph flow comes after, for many readers at once.
struct GraphReadings {
  /// What a child of a graph flow sees of a symbol.
  struct Question: Hashable {
    var level: Int32
    var symbol: Int32
    var child: NodeIndex
  }

  /// The providers in one child, which are seen together.
  private struct Group {
    var child: NodeIndex
    var providers: Range<Int>
    var isDecisive: Bool
  }

  private struct Subject: Hashable {
    var level: Int32
    var symbol: Int32
  }

  private let work: Work
  private let givesAlways: [Bool]
  private var order: ChildOrder
  private var answers: [Question: [Range<Int>]] = [:]

  /// - Parameter givesAlways: for each node whether it runs and gives all its symbols in every run.
  init(work: Work, order: ChildOrder, givesAlways: [Bool]) {
    self.work = work
    self.order = order
    self.givesAlways = givesAlways
  }

  /// The ranges of providers that a child sees, nearest first, up to one that always gives a value;
  /// `nil` if it has to be asked for first.
  ///
  /// - Parameter providers: those in the children before it in the order of the hierarchy, not empty.
  func answer(_ question: Question, among providers: Range<Int>) -> [Range<Int>]? {
    nearestDecisive(question, among: providers).map { [$0] } ?? answers[question]
  }

  /// The providers in the nearest child, if they always give a value and that child is linked to the one
  /// that asks: then they are all that it sees.
  func nearestDecisive(_ question: Question, among providers: Range<Int>) -> Range<Int>? {
    let nearest = group(endingAt: providers.upperBound, in: providers, level: question.level)
    guard nearest.isDecisive,
      order.isLinked(
        ChildOrder.Question(level: question.level, source: nearest.child, target: question.child))
    else { return nil }
    return nearest.providers
  }

  /// Finds the answers to questions that have none yet.
  mutating func ask(_ questions: Set<Question>) {
    let subjects = Dictionary(grouping: questions.filter { answers[$0] == nil }) {
      Subject(level: $0.level, symbol: $0.symbol)
    }
    let candidates = subjects.flatMap { self.candidates(for: $1, about: $0) }
    order.ask(
      Set(candidates.flatMap { candidate in candidate.open.map { candidate.order(of: $0) } }))
    for candidate in candidates {
      var visible: [Range<Int>] = []
      var isDecided = false
      for group in candidate.open.reversed()
      where !isDecided && order.isKnown(candidate.order(of: group)) {
        visible.append(group.providers)
        isDecided = group.isDecisive
      }
      if let last = candidate.last, !isDecided { visible.append(last.providers) }
      answers[candidate.question] = visible
    }
  }

  /// The groups that an answer can be made of.
  private struct Candidate {
    var question: Question
    /// Those that have to be asked about, in order.
    var open: ArraySlice<Group>
    /// One that is seen, gives a value always, and comes before the open ones.
    var last: Group?

    func order(of group: Group) -> ChildOrder.Question {
      ChildOrder.Question(level: question.level, source: group.child, target: question.child)
    }
  }

  private func candidates(for questions: [Question], about subject: Subject) -> [Candidate] {
    let groups = groups(of: subject)
    guard groups.count > Self.fewGroups else {
      return questions.map { question in
        let upper = groups.partitionedIndex { isBefore($0.child, question.child) }
        return Candidate(question: question, open: groups[..<upper])
      }
    }
    // With a walk of their own, only those are asked about that may give nothing.
    let doubtful = groups.filter { !$0.isDecisive }
    let lastDecisive = lastDecisive(of: groups, in: subject.level)
    return questions.map { question in
      let index = lastDecisive[work.outline.ordinal(of: question.child)]
      let last = index < 0 ? nil : groups[Int(index)]
      let upper = doubtful.partitionedIndex { isBefore($0.child, question.child) }
      let lower = last.map { last in
        doubtful[..<upper].partitionedIndex { isBefore($0.child, last.child) }
      }
      return Candidate(question: question, open: doubtful[(lower ?? 0)..<upper], last: last)
    }
  }

  /// Up to so many groups each is asked about; more are looked at in a walk of their own.
  private static let fewGroups = 64

  private func isBefore(_ left: NodeIndex, _ right: NodeIndex) -> Bool {
    work.hierarchy.position[Int(left)] < work.hierarchy.position[Int(right)]
  }

  /// The providers in the children of a flow, child by child, without its controller.
  private func groups(of subject: Subject) -> [Group] {
    let level = work.outline.levels[Int(subject.level)]
    let all = work.symbols.range(of: subject.symbol)
    let first = level.retry ?? level.start
    let lower = work.symbols.providers[all].partitionedIndex { !isBefore(first, $0.node) }
    var upper = work.symbols.providers[all].partitionedIndex { isBefore($0.node, level.end) }
    var groups: [Group] = []
    while upper > lower {
      let group = group(endingAt: upper, in: lower..<upper, level: subject.level)
      groups.append(group)
      upper = group.providers.lowerBound
    }
    return groups.reversed()
  }

  private func group(endingAt upper: Int, in range: Range<Int>, level: Int32) -> Group {
    let providers = work.symbols.providers
    let child = work.outline.child(of: level, containing: providers[upper - 1].node)
    let first = providers[range.lowerBound..<upper].partitionedIndex { isBefore($0.node, child) }
    return Group(
      child: child, providers: first..<upper, isDecisive: isDecisive(first..<upper))
  }

  /// Whether one of these providers gives a value in every run, so that none after them is read.
  func isDecisive(_ providers: Range<Int>) -> Bool {
    for index in providers.suffix(8) where givesAlways[Int(work.symbols.providers[index].node)] {
      return true
    }
    return false
  }

  /// Whether one of these groups of providers is decisive.
  func hasDecisive(_ groups: [Range<Int>]) -> Bool {
    for providers in groups where isDecisive(providers) { return true }
    return false
  }

  /// For each child of a flow the last of the groups that always give a value and that it comes after;
  /// -1 for none. One walk in topological order.
  private func lastDecisive(of groups: [Group], in level: Int32) -> [Int32] {
    let outline = work.outline
    let graph = work.links.graph(of: level, in: outline)
    var own = [Int32](repeating: -1, count: graph.nodeCount)
    for (index, group) in groups.enumerated() where group.isDecisive {
      own[outline.ordinal(of: group.child)] = Int32(index)
    }
    var last = [Int32](repeating: -1, count: graph.nodeCount)
    for child in work.hierarchy.children[Int(level)] {
      let ordinal = outline.ordinal(of: child)
      let passed = max(last[ordinal], own[ordinal])
      guard passed >= 0 else { continue }
      for successor in graph.successors(of: ordinal) where last[Int(successor)] < passed {
        last[Int(successor)] = passed
      }
    }
    return last
  }
}
