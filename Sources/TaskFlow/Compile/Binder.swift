import FlowDiagnostics

/// Binds every argument of every atom to where its value comes from (semantics 3.1 to 3.4).
struct Binder {
  /// One argument of an atom, as findings tell of it.
  struct Argument {
    var atom: NodeIndex
    var requirement: Requirement
    var method: Plan.Method
    /// The symbol's number if it is, or might be, read from atoms.
    var symbol: Int32?
    var binding: Binding
  }

  private(set) var table = BindingTable()

  /// For each symbol that is read from an input, the first argument that would otherwise be read from an
  /// atom, by its position, and the atom.
  private(set) var hidden: [(argument: Int, provider: NodeIndex)] = []

  private let work: Work
  private let search: ScopeSearch
  private let inputs: Set<String>
  /// Whether each symbol is an input, by its number.
  private var isInput: [Bool]
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
    table.offsets = work.arguments.offsets
    table.bindings.reserveCapacity(work.arguments.all.count)
    isInput = Array(repeating: false, count: work.symbols.names.count)
    for input in inputs {
      if let symbol = work.symbols.number(of: input) { isInput[Int(symbol)] = true }
    }
    let open = bindAtOnce()
    askAboutOrder(of: open)
    bind(open)
    findHidden()
  }

  /// The arguments of all atoms, atom by atom.
  var arguments: [ArgumentList.Argument] { work.arguments.all }

  /// An argument with all that is known of it.
  func argument(at index: Int) -> Argument {
    let argument = work.arguments.all[index]
    return Argument(
      atom: argument.atom, requirement: work.outline.requirement(of: argument),
      method: argument.method, symbol: argument.symbol, binding: table.bindings[index])
  }

  /// Which atom each argument is most likely read from.
  var likeliestReadings: [ConflictSearch.Reading] {
    arguments.indices.compactMap { index in
      guard let provider = table.likeliest(of: table.bindings[index]),
        let symbol = arguments[index].symbol
      else { return nil }
      return ConflictSearch.Reading(
        provider: provider.node, symbol: symbol, reader: arguments[index].atom)
    }
  }

  // MARK: Order

  /// Finds out, in one go, all that has to be known about the order of graph children.
  private mutating func askAboutOrder(of open: [Int32]) {
    guard work.outline.levels.contains(where: { $0.flow.pattern == .graph }) else { return }
    var questions: Set<GraphReadings.Question> = []
    var passages: Set<Passage> = []
    for index in open {
      guard let symbol = arguments[Int(index)].symbol else { continue }
      var climb = search.climb(for: symbol, from: arguments[Int(index)].atom)
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

  /// Binds what needs no questions: most arguments are read from one atom that comes before for certain.
  ///
  /// - Returns: the others, by position.
  private mutating func bindAtOnce() -> [Int32] {
    var open: [Int32] = []
    for index in arguments.indices {
      let argument = arguments[index]
      var binding = Binding.absent
      if let injection = argument.injection {
        binding = .injected(injection)
      } else if let symbol = argument.symbol {
        if isInput[Int(symbol)] {
          binding = .input
          open.append(Int32(index))
        } else if !isAmbiguous(index) {
          if let providers = nearestDecisive(of: symbol, for: argument.atom) {
            binding = add([[providers]])
          } else {
            open.append(Int32(index))
          }
        }
      } else if !inputs.isEmpty,
        inputs.contains(work.outline.requirement(of: argument).symbol)
      {
        binding = .input
      }
      table.bindings.append(binding)
    }
    return open
  }

  /// The providers of the first stop, if that is all there is to know.
  private func nearestDecisive(of symbol: Int32, for atom: NodeIndex) -> Range<Int>? {
    var climb = search.climb(for: symbol, from: atom)
    guard let stop = search.next(&climb) else { return nil }
    switch work.outline.levels[Int(stop.level)].flow.pattern {
    case .linear: return decides(stop.providers) ? stop.providers : nil
    case .unordered: return nil
    case .graph:
      guard let (question, providers) = question(at: stop, for: symbol),
        let nearest = readings.nearestDecisive(question, among: providers), decides(nearest)
      else { return nil }
      return nearest
    }
  }

  private mutating func bind(_ open: [Int32]) {
    for index in open where table.bindings[Int(index)] == .absent {
      guard let symbol = arguments[Int(index)].symbol else { continue }
      table.bindings[Int(index)] = binding(of: symbol, for: arguments[Int(index)].atom)
    }
  }

  private mutating func findHidden() {
    var hiddenSymbols: Set<Int32> = []
    guard isInput.contains(true) else { return }
    for index in arguments.indices where table.bindings[index] == .input {
      guard let symbol = arguments[index].symbol, !hiddenSymbols.contains(symbol) else { continue }
      let otherwise = binding(of: symbol, for: arguments[index].atom)
      if let provider = table.likeliest(of: otherwise) {
        hiddenSymbols.insert(symbol)
        hidden.append((index, provider.node))
      }
    }
  }

  private func isAmbiguous(_ index: Int) -> Bool {
    guard !work.links.ambiguous.isEmpty, !arguments[index].isOptional else { return false }
    return work.links.ambiguous.contains(
      SymbolReading(
        atom: arguments[index].atom,
        symbol: work.outline.requirement(of: arguments[index]).symbol))
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
