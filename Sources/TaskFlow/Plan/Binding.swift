/// Where an argument's value comes from (semantics 3.1).
public enum Binding: Sendable, Hashable {
  /// From the task's own injected values: the position among them.
  case injected(Int32)

  /// From the values that the flow is given.
  case input

  /// From atoms: scopes of candidates, nearest first, as a range of ``BindingTable/scopes``.
  case atoms(Range<Int32>)

  /// From nowhere; an optional argument is then absent, a required one is missing.
  case absent
}

/// One symbol that an atom provides.
public struct Provider: Sendable, Hashable {
  /// The atom.
  public var node: NodeIndex
  /// The position in its provision.
  public var element: Int32

  /// A symbol of an atom's provision.
  public init(node: NodeIndex, element: Int32) {
    self.node = node
    self.element = element
  }
}

/// Every binding of a plan, in dense arrays.
public struct BindingTable: Sendable {
  /// The bindings, atom by atom: those of `execute`, of `revert`, and of the condition.
  public internal(set) var bindings: [Binding] = []

  /// Where each node's bindings begin; one element more than nodes.
  var offsets: [Int32] = [0]

  /// Each scope is a range of ``slices``.
  public internal(set) var scopes: [Range<Int32>] = []

  /// Each slice is a range of ``providers``, to be read from its end to its beginning.
  public internal(set) var slices: [Range<Int32>] = []

  /// All providers, by symbol and then in the order of the hierarchy.
  public internal(set) var providers: [Provider] = []

  /// The candidates of a binding: its scopes, nearest first, each with its providers, last first.
  public func candidates(of binding: Binding) -> [[Provider]] {
    guard case .atoms(let range) = binding else { return [] }
    return range.map { scope in
      scopes[Int(scope)].flatMap { slice in
        let bounds = slices[Int(slice)]
        return providers[Int(bounds.lowerBound)..<Int(bounds.upperBound)].reversed()
      }
    }
  }

  /// All candidates of a binding, the likeliest first; `nil` when there are more than `limit`.
  package func candidates(of binding: Binding, atMost limit: Int) -> [Provider]? {
    guard case .atoms(let range) = binding else { return [] }
    var found: [Provider] = []
    for scope in range {
      for slice in scopes[Int(scope)] {
        let bounds = slices[Int(slice)]
        guard found.count + bounds.count <= limit else { return nil }
        found += providers[Int(bounds.lowerBound)..<Int(bounds.upperBound)].reversed()
      }
    }
    return found
  }

  /// The candidate that is taken when no atom is skipped and each result is complete.
  public func likeliest(of binding: Binding) -> Provider? {
    guard case .atoms(let range) = binding, let scope = range.first,
      let slice = scopes[Int(scope)].first
    else { return nil }
    return providers[Int(slices[Int(slice)].upperBound) - 1]
  }
}
