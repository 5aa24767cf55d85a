public import FlowDiagnostics

/// What compiling a flow gave: what is wrong with it, and a plan if nothing is.
public struct Compilation: Sendable {
  /// What is wrong, in the order of its places.
  public let findings: [Finding]

  /// The flow as far as it could be compiled, for pictures; with problems it can't be run.
  public let sketch: Plan

  /// The plan, when no finding is an error.
  public var plan: Plan? { hasErrors ? nil : sketch }

  /// Whether a finding is an error.
  public var hasErrors: Bool { findings.contains { $0.severity == .error } }
}

/// Compiles a flow: builds its graph, binds every argument, and finds what is wrong.
///
/// Nothing is thrown for a mistake in the flow. All mistakes are reported, not the first. Time and memory
/// are linear in the size of the flow, up to a logarithmic factor in its nesting.
///
/// ```swift
/// let compilation = Compiler().compile(flow)
/// if let plan = compilation.plan { … }
/// ```
public struct Compiler: Sendable {
  /// Symbols that the flow is given besides those that it declares as inputs.
  public var store: Set<String>

  /// A compiler of flows that are given `store` besides their declared inputs.
  public init(store: Set<String> = []) {
    self.store = store
  }

  /// Compiles a flow.
  public func compile(_ flow: Flow) -> Compilation {
    var targets = TargetSelection()
    let complete = Outline(of: flow)
    var work = Work(outline: complete)
    while let kept = targets.selection(in: work) {
      work = Work(outline: kept)
    }
    var findings = targets.findings + work.links.findings + work.hierarchy.findings
    let duplicates = DuplicateNames(in: work.outline)
    findings += duplicates.findings

    var plan = work.plan(of: flow)
    let mayBeSkipped = Plan.nodesThatMayBeSkipped(in: plan)
    let order = ChildOrder(outline: work.outline, links: work.links)
    let binder = Binder(
      work: work, order: order, inputs: store.union(flow.inputs.map(\.symbol)),
      mayBeSkipped: mayBeSkipped)
    plan.bindings = binder.table
    let conflicts = ConflictSearch(
      work: work, order: order, mayBeSkipped: mayBeSkipped,
      readings: binder.likeliestReadings)
    var checks = ArgumentChecks(
      work: work, binder: binder, inputs: flow.inputs, store: store,
      secrets: Set(flow.secrets.map(\.name)), complete: complete, conflicts: conflicts)
    checks.run()
    findings += checks.findings
    plan.problems = work.links.problems + work.hierarchy.problems + checks.problems
    plan.problems += duplicates.problems
    return Compilation(findings: findings.sorted().merged, sketch: plan)
  }
}

/// What the steps of a compilation share.
///
/// A class, so that each step holds one reference and not a copy of all parts.
final class Work: Sendable {
  let outline: Outline
  let ancestry: Ancestry
  let arguments: ArgumentList
  let links: ChildLinks
  let hierarchy: Hierarchy
  /// Providers in the order of the hierarchy.
  let symbols: SymbolIndex

  init(outline: Outline) {
    self.outline = outline
    ancestry = Ancestry(of: outline.levels)
    var symbols = SymbolIndex(of: outline)
    arguments = ArgumentList(of: outline, symbols: symbols)
    links = ChildLinks(of: outline, symbols: symbols, arguments: arguments, ancestry: ancestry)
    hierarchy = Hierarchy(of: outline, links: links, symbols: symbols)
    symbols.sort(by: hierarchy.position)
    self.symbols = symbols
  }

  var search: ScopeSearch { ScopeSearch(work: self) }
}
