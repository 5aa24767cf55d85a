/// Symbols as dense numbers, and for each the atoms that provide it, in declaration order.
struct SymbolIndex {
  /// The names, by number.
  private(set) var names: [String] = []

  /// Where each symbol's providers begin in `providers`; one element more than symbols.
  private(set) var offsets: [Int32] = []

  /// All providers, by symbol.
  private(set) var providers: [Provider] = []

  private var numbers: [String: Int32] = [:]

  init(of outline: Outline) {
    var found: [(symbol: Int32, provider: Provider)] = []
    let count = outline.tasks.count { !$0.provision.items.isEmpty }
    found.reserveCapacity(count)
    numbers.reserveCapacity(count)
    names.reserveCapacity(count)
    for index in outline.kinds.indices {
      let node = NodeIndex(index)
      switch outline.kinds[index] {
      case .task, .retry:
        for (element, item) in outline.provision(of: node).items.enumerated() {
          let provider = Provider(node: node, element: Int32(element))
          found.append((intern(item.symbol), provider))
        }
      case .flowStart, .flowEnd:
        break
      }
    }
    group(found)
  }

  private mutating func intern(_ name: String) -> Int32 {
    if let number = numbers[name] { return number }
    let number = Int32(names.count)
    numbers[name] = number
    names.append(name)
    return number
  }

  private mutating func group(_ found: [(symbol: Int32, provider: Provider)]) {
    offsets = [Int32](repeating: 0, count: names.count + 1)
    for entry in found { offsets[Int(entry.symbol) + 1] += 1 }
    for symbol in names.indices { offsets[symbol + 1] += offsets[symbol] }
    var free = offsets
    providers = [Provider](repeating: Provider(node: 0, element: 0), count: found.count)
    for entry in found {
      providers[Int(free[Int(entry.symbol)])] = entry.provider
      free[Int(entry.symbol)] += 1
    }
  }

  /// The number of a symbol that some atom provides, or `nil`.
  func number(of name: String) -> Int32? { numbers[name] }

  /// The range of a symbol's providers in ``providers``.
  func range(of symbol: Int32) -> Range<Int> {
    Int(offsets[Int(symbol)])..<Int(offsets[Int(symbol) + 1])
  }

  /// Brings each symbol's providers into the order of `position`, by node.
  mutating func sort(by position: [Int32]) {
    for symbol in names.indices {
      let range = range(of: Int32(symbol))
      guard range.count > 1 else { continue }
      providers[range].sort {
        (position[Int($0.node)], $0.element) < (position[Int($1.node)], $1.element)
      }
    }
  }
}
