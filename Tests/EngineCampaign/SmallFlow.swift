import FlowDiagnostics
import TaskFlow

/// The shape of a small flow, without names.
struct SmallFlow: Sendable {
  /// Which controller a flow has.
  enum Controller: String, Sendable, CaseIterable {
    case times1, times2, times3, forEach2, alwaysRevert, alwaysRevertAll
    case retryThenRevert, revertThenRetry, retryThenRevertAll

    /// Those of the library.
    static let builtIn: [Controller] = [
      .times1, .times2, .times3, .forEach2, .alwaysRevert, .alwaysRevertAll,
    ]

    /// Those that say something else about a later failure of the same attempt.
    static let fickle: [Controller] = [.retryThenRevert, .revertThenRetry, .retryThenRevertAll]

    fileprivate var strategy: RetryController.Strategy {
      switch self {
      case .times1: .times(attempts: 1)
      case .times2: .times(attempts: 2)
      case .times3: .times(attempts: 3)
      case .forEach2: .forEach([BoxedValue(FlowValue.int(1)), BoxedValue(FlowValue.int(2))])
      case .alwaysRevert: .alwaysRevert
      case .alwaysRevertAll: .alwaysRevertAll
      case .retryThenRevert: .custom(FicklePolicy(first: .retry, later: .revert))
      case .revertThenRetry: .custom(FicklePolicy(first: .revert, later: .retry))
      case .retryThenRevertAll: .custom(FicklePolicy(first: .retry, later: .revertAll))
      }
    }
  }

  /// How the children are ordered; links lead from earlier to later ones.
  enum Order: Sendable, Hashable {
    case linear
    case unordered
    case graph([Link])
  }

  struct Link: Sendable, Hashable {
    var source: Int
    var target: Int
  }

  enum Child: Sendable {
    case task
    indirect case flow(SmallFlow)
  }

  var order: Order
  var controller: Controller?
  var children: [Child]
}

extension SmallFlow {
  /// The flow, with names in declaration order.
  ///
  /// - Parameter pausing: whether its controllers pause before they try again.
  func flow(pausing: Bool = false) -> Flow {
    var count = 0
    return flow(&count, pausing ? Backoff(initial: .seconds(1)) : nil)
  }

  private func flow(_ count: inout Int, _ backoff: Backoff?) -> Flow {
    let span = SourceSpan(file: "small", line: 1, column: 1)
    count += 1
    let number = count
    var flow = Flow(
      name: "f\(number)", pattern: order.pattern,
      retry: controller.map {
        RetryController(name: "r\(number)", strategy: $0.strategy, backoff: backoff, span: span)
      }, span: span)
    var names: [String] = []
    for child in children {
      switch child {
      case .task:
        count += 1
        names.append("t\(count)")
        flow.append(FlowTask("t\(count)") {})
      case .flow(let inner):
        names.append("f\(count + 1)")
        flow.append(inner.flow(&count, backoff))
      }
    }
    if case .graph(let links) = order {
      for link in links { flow.link(from: names[link.source], to: names[link.target]) }
    }
    return flow
  }
}

extension SmallFlow.Order {
  fileprivate var pattern: FlowPattern {
    switch self {
    case .linear: .linear
    case .unordered: .unordered
    case .graph: .graph
    }
  }
}

extension SmallFlow: CustomStringConvertible {
  var description: String {
    let words: String =
      switch order {
      case .linear: "linear"
      case .unordered: "unordered"
      case .graph(let links):
        "graph" + links.map { " \($0.source)→\($0.target)" }.joined(separator: ",")
      }
    let list = children.map { child in
      if case .flow(let flow) = child { flow.description } else { "t" }
    }
    return "\(words)\(controller.map { " \($0)" } ?? "")(\(list.joined(separator: " ")))"
  }
}
