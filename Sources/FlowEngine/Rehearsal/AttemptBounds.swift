public import TaskFlow

/// How often the tasks of a plan can be tried: the product of the attempts of the controllers around each.
public struct AttemptBounds: Sendable {
  private let plan: Plan
  /// The attempts of each controller by itself; `nil` where they are not known.
  private let own: [NodeIndex: Int?]
  /// The attempts of what is in the area of each controller.
  private let products: [NodeIndex: Int?]

  /// The bounds of a plan.
  ///
  /// - Parameters:
  ///   - plan: the plan.
  ///   - values: how many values a controller tries that reads them, if that is known.
  /// - Complexity: linear in the size of the plan.
  public init(of plan: Plan, values: (_ controller: NodeIndex) -> Int? = { _ in nil }) {
    self.plan = plan
    var own: [NodeIndex: Int?] = [:]
    var products: [NodeIndex: Int?] = [:]
    let asked = AskedControllers(of: plan)
    // A controller comes after those around it in declaration order.
    for node in plan.atoms {
      guard let controller = plan.controller(at: node) else { continue }
      var attempts = controller.mostAttempts
      if case .parameterizedForEach = controller.strategy { attempts = values(node) }
      if !asked.contains(node) { attempts = 1 }
      own[node] = .some(attempts)
      guard let outer = plan.nodes[Int(node)].controller, let around = products[outer] else {
        products[node] = .some(attempts)
        continue
      }
      products[node] = .some(Self.product(around, attempts))
    }
    (self.own, self.products) = (own, products)
  }

  private static func product(_ first: Int?, _ second: Int?) -> Int? {
    guard let first, let second else { return nil }
    return NestedAttempts.product(of: [first, second])
  }

  /// How often an atom can be tried at most; `nil` when there is no limit, or it is not known.
  public func most(of node: NodeIndex) -> Int? {
    guard let controller = plan.nodes[Int(node)].controller else { return 1 }
    return products[controller] ?? nil
  }

  /// The attempts of the controllers around an atom, the outermost first; `nil` where they are not known.
  ///
  /// - Complexity: linear in the number of those controllers.
  public func factors(of node: NodeIndex) -> [Int?] {
    var factors: [Int?] = []
    var next = plan.nodes[Int(node)].controller
    while let controller = next {
      factors.append(own[controller] ?? nil)
      next = plan.nodes[Int(controller)].controller
    }
    return factors.reversed()
  }

  /// How often these atoms can be tried in all; `nil` when there is no limit, or it is not known.
  public func total(of nodes: some Sequence<NodeIndex>) -> Int? {
    var total = 0
    for node in nodes {
      guard let most = most(of: node) else { return nil }
      let (sum, overflows) = total.addingReportingOverflow(most)
      if overflows { return nil }
      total = sum
    }
    return total
  }
}
