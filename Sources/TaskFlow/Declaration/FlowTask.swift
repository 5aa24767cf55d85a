public import FlowDiagnostics

/// A task: an atom that does something and can undo it.
///
/// It names the symbols that it requires and provides; what connects it to other tasks is the names.
///
/// ```swift
/// let version = Symbol<String>("version")
/// let digest = Symbol<String>("digest")
///
/// let build = FlowTask("build", requires: version, provides: digest) { version in
///   try await registry.push(version)
/// }
/// .reverting { context in
///   try await registry.remove(context.arguments.value(of: version))
/// }
/// .timeout(.seconds(90))
/// ```
public struct FlowTask: Sendable {
  // A task is handed on far more often than it is changed, so handing it on costs a reference.
  private var parts: Parts

  private final class Parts: Sendable {
    let fields: Fields
    init(_ fields: Fields) { self.fields = fields }
  }

  private struct Fields: Sendable {
    var name: String
    var requirements: [Requirement]
    var provision: Provision
    var action: TaskAction
    var priority = 0
    var span: SourceSpan
    // What few tasks have is kept apart, so that a flow of many plain tasks stays small.
    var rare: Rare?
  }

  private final class Rare: Sendable {
    let traits: TaskTraits
    init(_ traits: TaskTraits) { self.traits = traits }
  }

  private var fields: Fields {
    get { parts.fields }
    set { parts = Parts(newValue) }
  }

  /// The name, unique in the whole flow.
  public var name: String {
    get { parts.fields.name }
    set { fields.name = newValue }
  }

  /// What `execute` is given.
  public var requirements: [Requirement] {
    get { parts.fields.requirements }
    set { fields.requirements = newValue }
  }

  /// What `execute` gives.
  public var provision: Provision {
    get { parts.fields.provision }
    set { fields.provision = newValue }
  }

  /// How `execute` is done.
  public var action: TaskAction {
    get { parts.fields.action }
    set { fields.action = newValue }
  }

  /// Among tasks that are ready together, those of higher priority start first.
  public var priority: Int {
    get { parts.fields.priority }
    set { fields.priority = newValue }
  }

  /// Where it is declared.
  public var span: SourceSpan {
    get { parts.fields.span }
    set { fields.span = newValue }
  }

  /// A task whose parts are known already; Swift programs use the initializers with symbols.
  public init(
    name: String,
    requirements: [Requirement] = [],
    provision: Provision = .nothing,
    action: TaskAction,
    span: SourceSpan
  ) {
    parts = Parts(
      Fields(
        name: name, requirements: requirements, provision: provision, action: action, span: span))
  }

  /// The traits that only some tasks have.
  public var traits: TaskTraits {
    get { parts.fields.rare?.traits ?? TaskTraits() }
    set { fields.rare = Rare(newValue) }
  }

  /// What `revert` is given: its own arguments, or those of `execute` (semantics 1.1).
  public var revertRequirements: [Requirement] {
    guard let rare = parts.fields.rare, rare.traits.revert != nil else { return [] }
    return rare.traits.revert?.requirements ?? requirements
  }

  // Single traits, without a copy of all.
  var hasTraits: Bool { parts.fields.rare != nil }
  package var injections: [TaskTraits.Injection] { parts.fields.rare?.traits.injections ?? [] }
  package var condition: Condition? { parts.fields.rare?.traits.condition }
  package var allowances: [FindingAllowance] { parts.fields.rare?.traits.allowances ?? [] }
  package var isIdempotent: Bool { parts.fields.rare?.traits.isIdempotent ?? false }
  package var isIrreversible: Bool { parts.fields.rare?.traits.isIrreversible ?? false }
  package var needsNoRevert: Bool { parts.fields.rare?.traits.isRevertDeclaredNeedless ?? false }
  package var hasExecuteHook: Bool {
    guard let traits = parts.fields.rare?.traits else { return false }
    return traits.beforeExecute != nil || traits.afterExecute != nil
  }
  package var hasRevert: Bool {
    guard let traits = parts.fields.rare?.traits else { return false }
    return traits.revert != nil || traits.beforeRevert != nil || traits.afterRevert != nil
  }

  /// What one of its methods requires.
  func requirements(for method: Plan.Method) -> [Requirement] {
    switch method {
    case .execute: requirements
    case .revert: revertRequirements
    case .condition: condition?.requirements ?? []
    }
  }

  var ownRevertRequirements: [Requirement]? { parts.fields.rare?.traits.revert?.requirements }

  /// The body of a task that is a body and nothing else, as most are.
  package var plainBody: TaskBody? {
    guard parts.fields.rare == nil, case .body(let body) = parts.fields.action else { return nil }
    return body
  }
}

/// The traits that only some tasks have.
public struct TaskTraits: Sendable {
  /// How the task is undone.
  public struct Revert: Sendable {
    /// What it is given, or `nil` for what `execute` is given.
    public var requirements: [Requirement]?

    /// How it is done.
    public var action: TaskAction

    /// How long it may take, or `nil` for as long as it takes.
    public var timeout: Duration?

    /// Where it is declared.
    public var span: SourceSpan

    /// A way to undo a task.
    public init(
      requirements: [Requirement]? = nil,
      action: TaskAction,
      timeout: Duration? = nil,
      span: SourceSpan
    ) {
      self.requirements = requirements
      self.action = action
      self.timeout = timeout
      self.span = span
    }
  }

  /// A value of the task's own for a symbol.
  public struct Injection: Sendable {
    /// The symbol that is no longer required from others.
    public var symbol: String
    /// Its value.
    public var value: BoxedValue

    /// A value for a symbol.
    public init(symbol: String, value: BoxedValue) {
      self.symbol = symbol
      self.value = value
    }
  }

  /// Code around a body; it runs before or after the body, the after-hooks always.
  public typealias Hook = @concurrent @Sendable (TaskContext) async throws -> Void

  /// How the task is undone; `nil` when there is nothing to undo, or nobody said how.
  public var revert: Revert?

  /// Whether the task says on purpose that there is nothing to undo.
  public var isRevertDeclaredNeedless = false

  /// Values of its own.
  public var injections: [Injection] = []

  /// How long `execute` may take, or `nil` for as long as it takes.
  public var timeout: Duration?

  /// What decides whether it is run or skipped.
  public var condition: Condition?

  /// What it is for, in words.
  public var summary: String?

  /// The version, major and minor.
  public var version: Version = .init(major: 1, minor: 0)

  /// Running it again does no harm.
  public var isIdempotent = false

  /// It cannot be undone.
  public var isIrreversible = false

  /// When it is found unfinished after a crash it is not run again: somebody has to say what came of it.
  public var isAtMostOnce = false

  /// What the linter may find about it without telling.
  public var allowances: [FindingAllowance] = []

  /// What runs before the task is executed.
  public var beforeExecute: Hook?
  /// What runs after the task was executed, whatever came of it.
  public var afterExecute: Hook?
  /// What runs before the task is reverted.
  public var beforeRevert: Hook?
  /// What runs after the task was reverted, whatever came of it.
  public var afterRevert: Hook?

  /// No traits.
  public init() {}

  /// An atom's version.
  public struct Version: Sendable, Hashable, Codable {
    /// Changed when stored runs can't be taken up any more.
    public var major: Int
    /// Changed otherwise.
    public var minor: Int

    /// A version.
    public init(major: Int, minor: Int) {
      self.major = major
      self.minor = minor
    }
  }
}
