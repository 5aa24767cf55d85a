import FlowGraph

/// Answers whether one child of a graph flow comes after another.
///
/// Children with a link for data between them are known at once; the rest is asked for together, so that
/// one walk over a flow answers many questions.
struct ChildOrder {
  /// Whether one child of a flow comes after another, asked about by their first nodes.
  struct Question: Hashable {
    var level: Int32
    var source: NodeIndex
    var target: NodeIndex
  }

  private let outline: Outline
  private let links: ChildLinks
  private var answers: [Question: Bool] = [:]

  init(outline: Outline, links: ChildLinks) {
    self.outline = outline
    self.links = links
  }

  /// Whether the second child is known to come after the first.
  func isKnown(_ question: Question) -> Bool {
    answers[question] == true || isLinked(question)
  }

  /// Finds the answers to questions that have none yet.
  mutating func ask(_ questions: Set<Question>) {
    let open = Dictionary(
      grouping: questions.filter { answers[$0] == nil && !isLinked($0) }, by: \.level)
    for (level, questions) in open {
      let queries = questions.map { question in
        Digraph.ReachabilityQuery(
          source: outline.ordinal(of: question.source),
          target: outline.ordinal(of: question.target))
      }
      for (question, answer) in zip(questions, links.graph(of: level, in: outline).reaches(queries))
      {
        answers[question] = answer
      }
    }
  }

  /// Whether there is a link for data from one child to the other.
  func isLinked(_ question: Question) -> Bool {
    links.hasDataLink(
      from: outline.ordinal(of: question.source),
      to: outline.ordinal(of: question.target), in: question.level)
  }
}
