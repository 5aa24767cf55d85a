import FlowDiagnostics

/// Binds every argument of every atom to where its value comes from (semantics 3.1 to 3.4).
struct Binder {
  /// One argument of an atom.
  struct Argument {
    var atom: NodeIndex
    var requirement: Requirement
    var method: Plan.Method
    /// The symbol's number if it is, or might be, read from atoms.
    var symbol: Int32?
    var binding: Binding
  }

  private(set) var table = BindingTable()
  private(set) var arguments: [Argument] = []

  /// For each symbol that is read from an input, the first argument that would otherwise be read from an
  /// atom, by its position in `arguments`, and the atom.
  private(set) var hidden: [(argument: Int, provider: NodeIndex)] = []

  private let work: Work
  private let search: ScopeSearch
  private let inputs: Set<String>
  private let mayBeSkipped: [Bool]
  private var readings: GraphReadings

  /// What is seen from the start of a flow, for the next reader in it that sees nothing inside.
  private var bindingsOutside: [Passage: Binding] = [:]

  private struct Passage: Hashable {
    var level: Int32
    var symbol: Int32
  }

  init(work: Work, order: ChildOrder, inputs: Set<String>, mayBeSkipped: [Bool]) {
    self.work = work
    search = work.search
    self.inputs = inputs
    self.mayBeSkipped = mayBeSkipped
    let givesAlways = work.outline.kinds.indices.map { index in
      !mayBeSkipped[index] && work.outline.isProvisionComplete(of: NodeIndex(index))
    }
    readings = GraphReadings(work: work, order: order, givesAlways: givesAlways)
    table.providers = work.symbols.providers
    collectArguments()
    askAboutOrder()
    bindAll()
  }

  private mutating func collectArguments() {
    let outline = work.outline
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
    let injections = task.injections
    collect(task.requirements, of: .execute, injections: injections, at: node)
    guard task.hasTraits else { return }
    collect(task.revertRequirements, of: .revert, injections: injections, at: node)
    if let condition = task.condition {
      collect(condition.requirements, of: .condition, injections: injections, at: node)
    }
  }

  private mutating func collect(
    _ requirements: [Requirement], of method: Plan.Method, injections: [TaskTraits.Injection],
    at node: NodeIndex
  ) {
    for requirement in requirements {
      var symbol: Int32?
      let binding: Binding
      if let index = injections.firstIndex(where: { $0.symbol == requirement.symbol }) {
        binding = .injected(Int32(index))
      } else {
        symbol = work.symbols.number(of: requirement.symbol)
        let isInput = !inputs.isEmpty && inputs.contains(requirement.symbol)
        binding = isInput ? .input : .absent
      }
      arguments.append(
        Argument(
          atom: node, requirement: requirement, method: method, symbol: symbol, binding: binding))
    }
  }

  /// Which atom each argument is most likely read from.
  var likeliestReadings: [ConflictSearch.Reading] {
    arguments.indices.compactMap { index in
      guard let provider = table.likeliest(of: arguments[index].binding),
        let symbol = arguments[index].symbol
      else { return nil }
      return ConflictSearch.Reading(
        provider: provider.node, symbol: symbol, reader: arguments[index].atom)
    }
  }

  // MARK: Order

  /// Finds out, in one go, all that has to be known about the order of graph children.
  private mutating func askAboutOrder() {
    guard work.outline.levels.contains(where: { $0.flow.pattern == .graph }) else { return }
    var questions: Set<GraphReadings.Question> = []
    var passages: Set<Passage> = []
    for index in arguments.indices {
      guard let symbol = arguments[index].symbol else { continue }
      var climb = search.climb(for: symbol, from: arguments[index].atom)
      while let stop = search.next(&climb) {
        var isDecided = decides(controller(of: stop) ?? 0..<0)
        switch work.outline.levels[Int(stop.level)].flow.pattern {
        case .linear: isDecided = decides(stop.providers)
        case .unordered: break
        case .graph:
          guard let (question, providers) = question(at: stop, for: symbol) else { break }
          if let answer = readings.answer(question, among: providers) {
            isDecided = isDecided || decides(answer)
          } else {
            questions.insert(question)
          }
        }
        // Whoever came this way before has asked further out as well.
        let passage = Passage(level: stop.level, symbol: symbol)
        if isDecided || !passages.insert(passage).inserted { break }
      }
    }
    readings.ask(questions)
  }

  /// The flow's controller, if it is one of the providers.
  private func controller(of stop: ScopeSearch.Stop) -> Range<Int>? {
    let first = stop.providers.lowerBound
    guard let retry = work.outline.levels[Int(stop.level)].retry,
      work.symbols.providers[first].node == retry
    else { return nil }
    return first..<first + 1
  }

  /// What is to be known at a graph flow, and the providers that it is about, if there are any.
  private func question(
    at stop: ScopeSearch.Stop, for symbol: Int32
  ) -> (GraphReadings.Question, Range<Int>)? {
    let lower = controller(of: stop)?.upperBound ?? stop.providers.lowerBound
    guard lower < stop.providers.upperBound else { return nil }
    let child = work.outline.child(of: stop.level, containing: stop.origin)
    return (
      GraphReadings.Question(level: stop.level, symbol: symbol, child: child),
      lower..<stop.providers.upperBound
    )
  }

  // MARK: Bindings

  private mutating func bindAll() {
    table.bindings.reserveCapacity(arguments.count)
    var hiddenSymbols: Set<Int32> = []
    for index in arguments.indices {
      let symbol = arguments[index].symbol
      if arguments[index].binding == .absent, let symbol, !isAmbiguous(index) {
        arguments[index].binding = binding(of: symbol, for: arguments[index].atom)
      } else if arguments[index].binding == .input, let symbol, !hiddenSymbols.contains(symbol) {
        let otherwise = binding(of: symbol, for: arguments[index].atom)
        if let provider = table.likeliest(of: otherwise) {
          hiddenSymbols.insert(symbol)
          hidden.append((index, provider.node))
        }
      }
      table.bindings.append(arguments[index].binding)
    }
  }

  private func isAmbiguous(_ index: Int) -> Bool {
    guard !work.links.ambiguous.isEmpty, !arguments[index].requirement.isOptional else {
      return false
    }
    return work.links.ambiguous.contains(
      SymbolReading(
        atom: arguments[index].atom, symbol: arguments[index].requirement.symbol))
  }

  private mutating func binding(of symbol: Int32, for atom: NodeIndex) -> Binding {
    var climb = search.climb(for: symbol, from: atom)
    var scopes: [[Range<Int>]] = []
    var passed: [Passage] = []
    var shared: Binding?
    while let stop = search.next(&climb) {
      let visible = visible(at: stop, for: symbol)
      if !visible.isEmpty {
        scopes.append(visible)
        if decides(visible) { break }
      } else if scopes.isEmpty {
        let passage = Passage(level: stop.level, symbol: symbol)
        shared = bindingsOutside[passage]
        if shared != nil { break }
        passed.append(passage)
      }
    }
    let binding = shared ?? add(scopes)
    for passage in passed { bindingsOutside[passage] = binding }
    return binding
  }

  private func visible(at stop: ScopeSearch.Stop, for symbol: Int32) -> [Range<Int>] {
    switch work.outline.levels[Int(stop.level)].flow.pattern {
    case .linear: return [stop.providers]
    case .unordered:
      guard let controller = controller(of: stop) else { return [] }
      return [controller]
    case .graph:
      var seen: [Range<Int>] = []
      if let (question, providers) = question(at: stop, for: symbol) {
        seen = readings.answer(question, among: providers) ?? []
      }
      if let controller = controller(of: stop), !readings.hasDecisive(seen) {
        seen.append(controller)
      }
      return seen
    }
  }

  private mutating func add(_ scopes: [[Range<Int>]]) -> Binding {
    guard !scopes.isEmpty else { return .absent }
    let firstScope = Int32(table.scopes.count)
    for scope in scopes {
      let firstSlice = Int32(table.slices.count)
      for slice in scope {
        table.slices.append(Int32(slice.lowerBound)..<Int32(slice.upperBound))
      }
      table.scopes.append(firstSlice..<Int32(table.slices.count))
    }
    return .atoms(firstScope..<Int32(table.scopes.count))
  }

  private func decides(_ scope: [Range<Int>]) -> Bool {
    for providers in scope where decides(providers) { return true }
    return false
  }

  /// Whether a scope with these providers is the last that can be asked: one of them always runs.
  private func decides(_ providers: Range<Int>) -> Bool {
    for index in providers.suffix(8)
    where !mayBeSkipped[Int(work.symbols.providers[index].node)] {
      return true
    }
    return false
  }
}
