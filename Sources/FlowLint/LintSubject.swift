public import FlowDiagnostics
import TaskFlow

/// A flow that can be run, as rules look at it.
struct LintedPlan: Sendable {
  /// The flow as it was declared.
  let flow: Flow

  /// What was compiled of it.
  let plan: Plan

  /// The file that it was read from; `nil` for a flow that a program declares.
  let document: LintedDocument?

  /// Who reads what.
  let uses: SymbolUses

  /// How much the failure of each task can have undone.
  let reach: UndoReach

  /// The arguments that have no value when something is skipped.
  let losses: [LostValues.Loss]

  /// What is around the flow.
  let surroundings: LintSurroundings

  /// A task as it is declared, which a matrix or a loop can make several of.
  ///
  /// Rules hand it around, and a copy of all that a task has would take longer than their looks at it.
  final class DeclaredTask: Sendable {
    /// The first node that was made of it.
    let node: NodeIndex
    /// The first task that was made of it.
    let task: FlowTask
    /// Its name in the file, in quotes.
    let name: String
    /// The mapping of the file that declares it; `nil` for a task of a program.
    let mapping: DocumentNode?

    init(node: NodeIndex, task: FlowTask, name: String, mapping: DocumentNode?) {
      self.node = node
      self.task = task
      self.name = name
      self.mapping = mapping
    }
  }

  /// The tasks, in declaration order, each declaration once: what stands at one place is reported once.
  let declaredTasks: [DeclaredTask]

  /// The processes that they and their reverts run, in that order.
  let commands: [DeclaredCommand]

  init(flow: Flow, plan: Plan, document: LintedDocument?, surroundings: LintSurroundings) {
    self.flow = flow
    self.plan = plan
    self.document = document
    self.surroundings = surroundings
    uses = SymbolUses(of: plan)
    reach = UndoReach(of: plan)
    losses = LostValues(in: plan).losses
    declaredTasks = Self.declaredTasks(of: plan, in: document)
    commands = declaredTasks.flatMap(\.commands)
  }

  /// What somebody is to write, in the words of a file or in those of a program, as the flow is declared.
  func written(_ yaml: String, inSwift swift: String) -> String {
    document == nil ? swift : yaml
  }

  private static func declaredTasks(
    of plan: Plan, in document: LintedDocument?
  ) -> [DeclaredTask] {
    let mappings = document.map(TaskMappings.init)
    var declared: [DeclaredTask] = []
    for node in plan.nodes.indices {
      guard let task = plan.task(at: NodeIndex(node)), task.span != declared.last?.task.span
      else { continue }
      declared.append(
        DeclaredTask(
          node: NodeIndex(node), task: task, name: declaredName(of: task.name),
          mapping: mappings?.mapping(at: task.span)))
    }
    return declared
  }
}

/// A file as rules look at it.
struct LintedDocument: Sendable {
  /// What the file says, part by part.
  let tree: DocumentTree

  /// The file's text.
  let text: String

  /// The flow, as far as it could be read.
  let flow: Flow?

  /// The flow itself, its nested flows, and all tasks, in the order of the file: the mappings that begin with
  /// `flow:` or `task:`.
  let parts: [DocumentNode]

  /// - Complexity: linear in the number of flows and tasks.
  init(tree: DocumentTree, text: String, flow: Flow?) {
    self.tree = tree
    self.text = text
    self.flow = flow
    parts = Self.parts(of: tree.root)
  }

  /// The root, the one node that is not inside another.
  var root: DocumentNode { tree.root }

  private static func parts(of root: DocumentNode) -> [DocumentNode] {
    var found: [DocumentNode] = []
    var open = [root]
    while let node = open.popLast() {
      guard node.kind == .mapping else { continue }
      found.append(node)
      if node["task"] != nil { continue }
      for body in ["linear", "unordered", "graph"] {
        guard let items = node[body]?.items else { continue }
        open += items.reversed()
      }
    }
    return found
  }
}

/// Finds the mapping that declares a task by the place of the task's name.
private struct TaskMappings {
  private let mappings: [(place: UInt64, node: DocumentNode)]

  init(_ document: LintedDocument) {
    let named = document.parts.compactMap { node in
      node["task"].map { (place: Self.place(of: $0.span), node: node) }
    }
    // What stands at an alias has a place of before.
    let isSorted = zip(named, named.dropFirst()).allSatisfy { $0.place <= $1.place }
    mappings = isSorted ? named : named.sorted { $0.place < $1.place }
  }

  func mapping(at span: SourceSpan) -> DocumentNode? {
    let place = Self.place(of: span)
    var (low, high) = (0, mappings.count)
    while low < high {
      let middle = (low + high) / 2
      if mappings[middle].place < place { low = middle + 1 } else { high = middle }
    }
    return low < mappings.count && mappings[low].place == place ? mappings[low].node : nil
  }

  private static func place(of span: SourceSpan) -> UInt64 {
    UInt64(span.line) << 32 | UInt64(span.column)
  }
}

/// What is around a flow, for rules that look there; nothing is run or opened unless it is given here.
public struct LintSurroundings: Sendable {
  /// What is at a path.
  public enum FileState: Sendable, Hashable {
    case absent
    case folder
    case notExecutable
    case executable
  }

  /// Looks whether a script is there, by a path relative to the folder of the flow; `nil` when that can't be
  /// told.
  public var fileState: @Sendable (_ path: String) -> FileState?

  /// What a shell checker says about a script, in the order of its places; empty when there is none.
  public var shellFindings: @Sendable (_ script: String, _ shell: String) -> [ShellFinding]

  /// One thing that a shell checker says.
  public struct ShellFinding: Sendable, Hashable {
    /// Its code, such as `SC2086`.
    public var code: String
    /// How bad it is.
    public var severity: Severity
    /// What is wrong, as the checker says it.
    public var message: String
    /// The line of the script, from 1.
    public var line: Int
    /// The first column, from 1, in Unicode scalars.
    public var column: Int
    /// The column behind the last one, when that is in the same line.
    public var endColumn: Int?

    /// A finding of a shell checker.
    public init(
      code: String, severity: Severity, message: String, line: Int, column: Int, endColumn: Int?
    ) {
      self.code = code
      self.severity = severity
      self.message = message
      self.line = line
      self.column = column
      self.endColumn = endColumn
    }
  }

  /// Surroundings that are looked at so.
  public init(
    fileState: @escaping @Sendable (_ path: String) -> FileState?,
    shellFindings: @escaping @Sendable (_ script: String, _ shell: String) -> [ShellFinding]
  ) {
    self.fileState = fileState
    self.shellFindings = shellFindings
  }

  /// Nothing is around.
  public static let none = LintSurroundings(fileState: { _ in nil }, shellFindings: { _, _ in [] })
}
