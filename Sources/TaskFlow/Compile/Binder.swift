import FlowDiagnostics

/// Binds every argument of every atom to where its value comes from (semantics 3.1 to 3.4).
struct Binder {
  /// One argument of an atom.
  struct Argument {
    var atom: NodeIndex
    var requirement: Requirement
    var method: Plan.Method
    var binding: Binding
  }

  private(set) var table = BindingTable()
  private(set) var arguments: [Argument] = []

  private let outline: Outline
  private let symbols: SymbolIndex
  private let search: ScopeSearch
  private let inputs: Set<String>
  private let mayBeSkipped: [Bool]
  private(set) var order: ChildOrder

  init(
    outline: Outline, symbols: SymbolIndex, search: ScopeSearch, order: ChildOrder,
    inputs: Set<String>, mayBeSkipped: [Bool]
  ) {
    self.outline = outline
    self.symbols = symbols
    self.search = search
    self.order = order
    self.inputs = inputs
    self.mayBeSkipped = mayBeSkipped
    table.providers = symbols.providers
    collectArguments()
    askAboutOrder()
    bindAll()
  }

  private mutating func collectArguments() {
    table.offsets.reserveCapacity(outline.kinds.count + 1)
    for index in outline.kinds.indices {
      switch outline.kinds[index] {
      case .task(let task): collect(outline.tasks[Int(task)], at: NodeIndex(index))
      case .retry(let retry):
        let requirements = outline.controllers[Int(retry)].requirements
        collect(requirements, of: .execute, injections: [], at: NodeIndex(index))
      case .flowStart, .flowEnd: break
      }
      table.offsets.append(Int32(arguments.count))
    }
  }

  private mutating func collect(_ task: FlowTask, at node: NodeIndex) {
    let traits = task.traits
    collect(task.requirements, of: .execute, injections: traits.injections, at: node)
    collect(task.revertRequirements, of: .revert, injections: traits.injections, at: node)
    if let condition = traits.condition {
      collect(condition.requirements, of: .condition, injections: traits.injections, at: node)
    }
  }

  private mutating func collect(
    _ requirements: [Requirement], of method: Plan.Method, injections: [TaskTraits.Injection],
    at node: NodeIndex
  ) {
    for requirement in requirements {
      let binding: Binding
      if let index = injections.firstIndex(where: { $0.symbol == requirement.symbol }) {
        binding = .injected(Int32(index))
      } else {
        binding = inputs.contains(requirement.symbol) ? .input : .absent
      }
      arguments.append(
        Argument(atom: node, requirement: requirement, method: method, binding: binding))
    }
  }

  /// Finds out, in one go, all that has to be known about the order of graph children.
  private mutating func askAboutOrder() {
    guard outline.levels.contains(where: { $0.flow.pattern == .graph }) else { return }
    var questions: Set<ScopeSearch.Question> = []
    for argument in arguments where argument.binding == .absent {
      guard let symbol = symbols.number(of: argument.requirement.symbol) else { continue }
      search.visitScopes(of: symbol, from: argument.atom) { _, slices in
        var isDecided = false
        for slice in slices {
          guard let question = slice.question, order.answer(question) != true else {
            isDecided = isDecided || decides(slice.providers)
            continue
          }
          questions.insert(question)
        }
        return !isDecided
      }
    }
    order.ask(questions)
  }

  private mutating func bindAll() {
    table.bindings.reserveCapacity(arguments.count)
    for index in arguments.indices {
      if arguments[index].binding == .absent {
        arguments[index].binding = bind(arguments[index])
      }
      table.bindings.append(arguments[index].binding)
    }
  }

  private mutating func bind(_ argument: Argument) -> Binding {
    guard let symbol = symbols.number(of: argument.requirement.symbol) else { return .absent }
    let firstScope = Int32(table.scopes.count)
    var found: [[Range<Int>]] = []
    search.visitScopes(of: symbol, from: argument.atom) { _, slices in
      let visible = slices.filter { $0.question.map { order.answer($0) == true } ?? true }
      guard !visible.isEmpty else { return true }
      found.append(visible.map(\.providers))
      return !visible.contains { decides($0.providers) }
    }
    for scope in found {
      let firstSlice = Int32(table.slices.count)
      for slice in scope {
        table.slices.append(Int32(slice.lowerBound)..<Int32(slice.upperBound))
      }
      table.scopes.append(firstSlice..<Int32(table.slices.count))
    }
    return found.isEmpty ? .absent : .atoms(firstScope..<Int32(table.scopes.count))
  }

  /// Whether a scope with these providers is the last that can be asked: one of them always runs.
  private func decides(_ providers: Range<Int>) -> Bool {
    symbols.providers[providers].reversed().prefix(8).contains { !mayBeSkipped[Int($0.node)] }
  }
}
