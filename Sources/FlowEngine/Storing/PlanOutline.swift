public import TaskFlow

/// What a plan was, as far as it decides whether a run of it can go on with another.
public struct PlanOutline: Sendable, Hashable, Codable {
  /// One atom.
  public struct Atom: Sendable, Hashable, Codable {
    /// The name.
    public var name: String
    /// Whether it is a retry controller.
    public var isController: Bool
    /// The controller that is asked about its failure.
    public var controller: String?
    /// What it provides, in order.
    public var provides: [String]
    /// What its methods require, in order, and from whom; what can be absent has a `?` behind it.
    public var requires: [String]?
    /// A fingerprint of what it does; `nil` when it is done by Swift code, which has none.
    public var does: String?
    /// A fingerprint of how it is undone; `nil` when it is not, or by Swift code.
    public var undoes: String?
    /// A fingerprint of what decides whether it is run; `nil` when nothing does.
    public var condition: String?
    /// The version that it says it has, if not 1.0.
    public var version: String?
    /// That it is run at most once, if it is.
    public var once: Bool?
    /// A fingerprint of what makes no difference to a run that goes on: description, timeout, priority.
    public var words: String?
  }

  /// The atoms, in declaration order.
  public var atoms: [Atom]

  /// The edges of the execution graph, as positions of nodes, one after another.
  public var edges: [Int32]

  /// What the nodes are, by position: an atom's name, or that of a flow behind `<` for its start and `>` for
  /// its end; `nil` in runs of earlier versions.
  public var nodes: [String]?

  /// A fingerprint for each flow, by name, that has a description, a timeout or a limit of concurrency; they
  /// make no difference to a run that goes on. `nil` when none has.
  public var flows: [String: String]?

  /// An outline of nothing, as the runs of a list have it: see ``RunStore/runs()``.
  public init() { (atoms, edges) = ([], []) }

  /// The outline of a plan.
  public init(of plan: Plan) {
    nodes = plan.nodes.indices.map { index in
      let name = plan.name(of: NodeIndex(index))
      return switch plan.nodes[index].kind {
      case .task, .retry: name
      case .flowStart: "<\(name)"
      case .flowEnd: ">\(name)"
      }
    }
    atoms = plan.atoms.map { Atom(of: $0, in: plan) }
    edges = plan.edges.flatMap { [$0.source, $0.target] }
    let words = plan.flows.compactMap { flow in Self.words(of: flow).map { (flow.name, $0) } }
    flows = words.isEmpty ? nil : Dictionary(words, uniquingKeysWith: { first, _ in first })
  }

  private static func words(of flow: PlanFlow) -> String? {
    let limit = flow.concurrencyLimit.map { "\($0.count)" }
    let words = [flow.summary, flow.timeout.map { DurationText.text(of: $0) }, limit]
    guard words.contains(where: { $0 != nil }) else { return nil }
    return Fingerprint.of(words.map { $0 ?? "" }.joined(separator: "\u{0}"))
  }

  /// A fingerprint of all of it, the same for flows that do the same in the same order.
  public var digest: String { Fingerprint.of(FlowValueJSON.text(of: flowValue)) }
}

extension PlanOutline.Atom {
  fileprivate init(of node: NodeIndex, in plan: Plan) {
    let controller = plan.controller(at: node)
    name = plan.name(of: node)
    isController = controller != nil
    self.controller = plan.nodes[Int(node)].controller.map { plan.name(of: $0) }
    provides = plan.provision(of: node).items.map(\.symbol)
    requires = Plan.Method.allCases.flatMap { method in
      zip(plan.requirements(of: node, for: method), plan.bindings(of: node, for: method)).map {
        let provider = plan.bindings.likeliest(of: $1).map { plan.name(of: $0.node) } ?? ""
        return "\($0.parameter)=\($0.symbol)\($0.isOptional ? "?" : "") \(provider)"
      }
    }
    if let controller { does = Fingerprint.of(controller) }
    guard let task = plan.task(at: node) else { return }
    let traits = task.traits
    does = Fingerprint.of(task.action, injections: traits.injections)
    undoes = traits.revert.flatMap { Fingerprint.of($0.action) }
    condition = traits.condition.map { Fingerprint.of("\($0.summary) \($0.depth.rawValue)") }
    once = traits.isAtMostOnce ? true : nil
    let isFirst = traits.version == TaskTraits.Version(major: 1, minor: 0)
    version = isFirst ? nil : "\(traits.version.major).\(traits.version.minor)"
    let limits = [traits.timeout, traits.revert?.timeout].map { limit in
      limit.map { DurationText.text(of: $0) } ?? ""
    }
    let words = [traits.summary ?? "", "\(task.priority)"] + limits
    self.words =
      words == ["", "0", "", ""] ? nil : Fingerprint.of(words.joined(separator: "\u{0}"))
  }
}

extension CommandAction.Capture {
  fileprivate var fingerprintText: String {
    switch self {
    case .standardOutput: "stdout"
    case .standardOutputJSON: "stdout.json"
    case .standardOutputLines: "stdout.lines"
    case .exitCode: "exit"
    case .file(let path): "file:\(path)"
    case .outputFile: "output"
    }
  }
}

/// Short texts that are the same for what does the same.
enum Fingerprint {
  /// The fingerprint of a text: FNV-1a of 64 bits (Fowler, Noll and Vo 1991). It tells changes, not forgeries.
  static func of(_ text: String) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// The fingerprint of what a method does; `nil` for Swift code.
  static func of(_ action: TaskAction, injections: [TaskTraits.Injection] = []) -> String? {
    var parts: [String]
    switch action {
    case .body: return nil
    case .command(let command):
      // The folder is left out: a flow that was moved with its files is the same.
      switch command.invocation {
      case .shell(let text, let interpreter): parts = ["run"] + interpreter + [text]
      case .program(let words): parts = ["exec"] + words
      }
      parts += ["provides"] + command.captures.map(\.fingerprintText)
      parts += ["secrets"] + command.secrets
      parts += ["env"] + command.environment.map { "\($0.name)=\($0.value)" }
    case .assignment(let assignment):
      parts = assignment.sources.map { source in
        switch source {
        case .constant(let value): FlowValueJSON.text(of: value)
        case .template(let template): "template \(template.source)"
        }
      }
    case .wait(.duration(let duration)): parts = ["wait \(DurationText.text(of: duration))"]
    case .wait(.template(let template)): parts = ["wait \(template.source)"]
    }
    for injection in injections {
      let value = (try? injection.value.flowValue()).map { FlowValueJSON.text(of: $0) } ?? ""
      parts.append("\(injection.symbol)=\(value)")
    }
    return of(parts.joined(separator: "\u{0}"))
  }

  /// The fingerprint of a controller's rules; those of one's own are known by their type.
  static func of(_ controller: RetryController) -> String {
    let strategy =
      switch controller.strategy {
      case .times(let attempts): "times \(attempts)"
      case .forEach(let values):
        values.map { value in (try? value.flowValue()).map { FlowValueJSON.text(of: $0) } ?? "" }
          .joined(separator: "\u{0}")
      case .parameterizedForEach: "for each"
      case .alwaysRevert: "never"
      case .alwaysRevertAll: "never-all"
      case .custom(let policy): "\(type(of: policy))"
      }
    return of("\(strategy) \(controller.revertsAll) \(controller.filter?.summary ?? "")")
  }
}
