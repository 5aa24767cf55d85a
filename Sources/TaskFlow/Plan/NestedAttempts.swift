/// How often each task in the area of influence of a controller can be run: its attempts, times those of
/// the controllers around it.
package struct NestedAttempts: Sendable {
  /// The controllers, the outermost first, the one that was asked about last.
  package let controllers: [NodeIndex]

  /// The attempts of each, 1 for one that is never asked; `nil` where the number is not known, or has no
  /// limit.
  package let factors: [Int?]

  /// The attempts of a controller and of those around it.
  ///
  /// - Parameters:
  ///   - asked: those of the plan that can be asked.
  ///   - limit: of so many controllers at most, the innermost.
  /// - Complexity: linear in the number of controllers around it, up to `limit`.
  package init(
    of controller: NodeIndex, in plan: Plan, asked: AskedControllers, limit: Int = .max
  ) {
    var controllers: [NodeIndex] = []
    var next: NodeIndex? = controller
    while let node = next, plan.controller(at: node) != nil, controllers.count < limit {
      controllers.append(node)
      next = plan.nodes[Int(node)].controller
    }
    self.controllers = controllers.reversed()
    factors = self.controllers.map { node in
      asked.contains(node) ? plan.controller(at: node)?.mostAttempts : 1
    }
  }

  /// A product as it is written, `3 × 5 = 15`; of one that no number can hold the factors alone.
  package static func text(of factors: [Int]) -> String {
    let words = factors.map(String.init).joined(separator: " × ")
    return product(of: factors).map { "\(words) = \($0)" } ?? words
  }

  /// The product of factors, or `nil` if no number can hold it.
  package static func product(of factors: [Int]) -> Int? {
    var product = 1
    for factor in factors {
      let (next, overflows) = product.multipliedReportingOverflow(by: factor)
      if overflows { return nil }
      product = next
    }
    return product
  }
}
