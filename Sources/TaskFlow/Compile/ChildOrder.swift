import FlowGraph

/// Answers whether one child of a graph flow comes after another.
///
/// Most questions are about children with a link between them and are answered at once; the rest are
/// answered together, 64 at a time.
struct ChildOrder {
  private let outline: Outline
  private let links: ChildLinks
  private var answers: [ScopeSearch.Question: Bool] = [:]

  init(outline: Outline, links: ChildLinks) {
    self.outline = outline
    self.links = links
  }

  /// The answer, or `nil` if the question has to be asked first.
  func answer(_ question: ScopeSearch.Question) -> Bool? {
    isLinked(question) ? true : answers[question]
  }

  /// Finds the answers to questions that have none yet.
  mutating func ask(_ questions: Set<ScopeSearch.Question>) {
    let open = Dictionary(grouping: questions.filter { answer($0) == nil }, by: \.level)
    for (level, questions) in open {
      let children = outline.levels[Int(level)].children
      let graph = Digraph(
        nodeCount: children.count,
        edges: links.links[Int(level)].map { Digraph.Edge(source: $0.source, target: $0.target) })
      let queries = questions.map { question in
        Digraph.ReachabilityQuery(
          source: outline.ordinal(of: question.source, in: level),
          target: outline.ordinal(of: question.target, in: level))
      }
      for (question, answer) in zip(questions, graph.reaches(queries)) {
        answers[question] = answer
      }
    }
  }

  /// Whether there is a link for data from one child to the other; those are sorted.
  private func isLinked(_ question: ScopeSearch.Question) -> Bool {
    let links = links.links[Int(question.level)]
    let source = Int32(outline.ordinal(of: question.source, in: question.level))
    let target = Int32(outline.ordinal(of: question.target, in: question.level))
    let sorted = links[..<links.partitionedIndex { $0.reason == .data }]
    let index = sorted.partitionedIndex { ($0.source, $0.target) < (source, target) }
    return index < sorted.endIndex && sorted[index].source == source
      && sorted[index].target == target
  }
}
