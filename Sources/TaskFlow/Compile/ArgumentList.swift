/// What all atoms read, atom by atom, as numbers: each name is looked up once.
struct ArgumentList {
  /// One argument of an atom.
  struct Argument {
    var atom: NodeIndex
    /// Its position among what the method requires.
    var position: Int32
    /// The symbol's number if it is, or might be, read from atoms.
    var symbol: Int32?
    /// The position among the task's own values, if it is one of them.
    var injection: Int32?
    var method: Plan.Method
    var isOptional: Bool
    /// Whether `execute` has the same argument: that of a revert which takes what `execute` takes.
    var isRepeated: Bool
  }

  private(set) var all: [Argument] = []
  /// Where each node's arguments begin; one element more than nodes.
  private(set) var offsets: [Int32] = [0]

  private let symbols: SymbolIndex

  init(of outline: Outline, symbols: SymbolIndex) {
    self.symbols = symbols
    offsets.reserveCapacity(outline.kinds.count + 1)
    for index in outline.kinds.indices {
      switch outline.kinds[index] {
      case .task(let task): add(outline.tasks[Int(task)], at: NodeIndex(index))
      case .retry(let retry):
        add(outline.controllers[Int(retry)].requirements, of: .execute, at: NodeIndex(index))
      case .flowStart, .flowEnd: break
      }
      offsets.append(Int32(all.count))
    }
  }

  private mutating func add(_ task: FlowTask, at node: NodeIndex) {
    let injections = task.injections
    add(task.requirements, of: .execute, injections: injections, at: node)
    guard task.hasTraits else { return }
    let own = task.ownRevertRequirements
    add(
      task.revertRequirements, of: .revert, injections: injections, isRepeated: own == nil,
      at: node)
    if let condition = task.condition {
      add(condition.requirements, of: .condition, injections: injections, at: node)
    }
  }

  private mutating func add(
    _ requirements: [Requirement], of method: Plan.Method,
    injections: [TaskTraits.Injection] = [], isRepeated: Bool = false, at node: NodeIndex
  ) {
    for position in requirements.indices {
      let injection =
        injections.isEmpty
        ? nil : injections.firstIndex { $0.symbol == requirements[position].symbol }
      all.append(
        Argument(
          atom: node, position: Int32(position),
          symbol: injection == nil ? symbols.number(of: requirements[position].symbol) : nil,
          injection: injection.map { Int32($0) }, method: method,
          isOptional: requirements[position].isOptional, isRepeated: isRepeated))
    }
  }
}

extension Outline {
  /// What an argument asks for.
  func requirement(of argument: ArgumentList.Argument) -> Requirement {
    let requirements =
      switch kinds[Int(argument.atom)] {
      case .task(let index): tasks[Int(index)].requirements(for: argument.method)
      case .retry(let index): controllers[Int(index)].requirements
      case .flowStart, .flowEnd: [Requirement]()
      }
    return requirements[Int(argument.position)]
  }
}
