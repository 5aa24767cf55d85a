/// What an atom's `execute` returned, taken apart by its provision.
public struct AtomResult: Sendable {
  /// The whole result; `nil` when the atom returns nothing.
  public var whole: BoxedValue?

  /// The value of each provided symbol, in the provision's order; `nil` where the result lacks it.
  public var elements: [BoxedValue?]

  /// A result whose parts are known already.
  public init(whole: BoxedValue? = nil, elements: [BoxedValue?] = []) {
    self.whole = whole
    self.elements = elements
  }

  /// Takes `value` apart by `provision`.
  ///
  /// An element or key that the value lacks is `nil`: an atom that needs it fails (semantics 1.3).
  public init(_ value: FlowValue, by provision: Provision) {
    whole = BoxedValue(value)
    switch provision.form {
    case .whole:
      elements = provision.items.map { _ in BoxedValue(value) }
    case .elements:
      let list = if case .list(let list) = value { list } else { [FlowValue]() }
      elements = provision.items.indices.map { index in
        index < list.count ? BoxedValue(list[index]) : nil
      }
    case .keys:
      let map = if case .map(let map) = value { map } else { [String: FlowValue]() }
      elements = provision.items.map { item in map[item.key].map { BoxedValue($0) } }
    }
  }
}
