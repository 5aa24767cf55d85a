import FlowEngine
import TaskFlow

/// What is compared of a run: of each atom its state, its intention, its attempts in the history if it is a
/// controller, and whether it failed since its last reset; and the state of the flow.
struct RunPicture: Hashable, Sendable {
  private var bytes: [UInt8]

  init(
    _ atoms: [NodeIndex], flow: FlowState,
    _ look: (NodeIndex) -> (AtomState, Intention, history: Int, hasFailed: Bool)
  ) {
    bytes = [flow.rawValue]
    bytes.reserveCapacity(1 + 2 * atoms.count)
    for atom in atoms {
      let (state, intention, history, hasFailed) = look(atom)
      bytes.append(state.rawValue << 4 | intention.rawValue)
      bytes.append(UInt8(clamping: history) << 1 | (hasFailed ? 1 : 0))
    }
  }

  var flow: FlowState? { FlowState(rawValue: bytes[0]) }
}

extension RunPicture: CustomStringConvertible {
  var description: String {
    let atoms = stride(from: 1, to: bytes.count, by: 2).map { index in
      let state = AtomState(rawValue: bytes[index] >> 4).map { "\($0)" } ?? "?"
      let intention = Intention(rawValue: bytes[index] & 15).map { "\($0)" } ?? "?"
      let failed = bytes[index + 1] & 1 == 1 ? " failed" : ""
      return "\(state)/\(intention) \(bytes[index + 1] >> 1)\(failed)"
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
  var controllersFail = false

  /// What can come of a body that runs: every call of every atom is free to fail.
  func outcomes(of node: NodeIndex) -> [RunChoice] {
    let canFail = controllersFail || plan.nodes[Int(node)].isTask
    return [RunChoice(node: node, fails: false)]
      + (canFail ? [RunChoice(node: node, fails: true)] : [])
  }
}
