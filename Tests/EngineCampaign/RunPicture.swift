import FlowEngine
import TaskFlow

/// What is compared of a run: its atoms, and the state of the flow.
struct RunPicture: Hashable, Sendable {
  /// What is compared of an atom.
  struct Atom {
    var state: AtomState
    var intention: Intention
    /// Whether it failed since it was last reset.
    var hasFailed: Bool
    /// Of a controller, how many attempts are in its history.
    var attempts: Int
    /// Of a controller, whose failures are filed with its current attempt: positions among the atoms.
    var filed: [Int]
  }

  private var bytes: [UInt8]

  init(_ atoms: [NodeIndex], flow: FlowState, _ look: (NodeIndex) -> Atom) {
    bytes = [flow.rawValue]
    bytes.reserveCapacity(1 + 4 * atoms.count)
    for atom in atoms {
      let atom = look(atom)
      let filed = atom.filed.reduce(UInt16(0)) { $0 | 1 << UInt16($1) }
      bytes.append(atom.state.rawValue << 4 | atom.intention.rawValue)
      bytes.append(UInt8(clamping: atom.attempts) << 1 | (atom.hasFailed ? 1 : 0))
      bytes.append(UInt8(filed & 255))
      bytes.append(UInt8(filed >> 8))
    }
  }

  var flow: FlowState? { FlowState(rawValue: bytes[0]) }
}

extension RunPicture: CustomStringConvertible {
  var description: String {
    let atoms = stride(from: 1, to: bytes.count, by: 4).map { index in
      let state = AtomState(rawValue: bytes[index] >> 4).map { "\($0)" } ?? "?"
      let intention = Intention(rawValue: bytes[index] & 15).map { "\($0)" } ?? "?"
      let failed = bytes[index + 1] & 1 == 1 ? " failed" : ""
      let filed = Int(bytes[index + 2]) | Int(bytes[index + 3]) << 8
      return "\(state)/\(intention) \(bytes[index + 1] >> 1) \(filed)\(failed)"
    }
    return "\(flow.map { "\($0)" } ?? "?"): \(atoms.joined(separator: ", "))"
  }
}

/// A body that runs ends, well or not.
struct RunChoice: Hashable, Sendable {
  var node: NodeIndex
  var fails: Bool
}

/// What is run in every way.
struct SmallWorld: Sendable {
  var plan: Plan
  var options: RunOptions
  /// Whether the bodies of controllers can fail as well.
  var controllersFail: Bool
  /// The positions of the atoms by name.
  let positions: [String: Int]

  init(plan: Plan, options: RunOptions, controllersFail: Bool) {
    self.plan = plan
    self.options = options
    self.controllersFail = controllersFail
    positions = Dictionary(
      uniqueKeysWithValues: plan.atoms.enumerated().map { (plan.name(of: $1), $0) })
  }

  /// What can come of a body that runs: every call of every atom is free to fail.
  func outcomes(of node: NodeIndex) -> [RunChoice] {
    let canFail = controllersFail || plan.nodes[Int(node)].isTask
    return [RunChoice(node: node, fails: false)]
      + (canFail ? [RunChoice(node: node, fails: true)] : [])
  }
}
