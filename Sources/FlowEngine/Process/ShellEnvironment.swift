/// Who an attempt is, as its process learns it.
package struct AttemptIdentity: Sendable, Hashable {
  /// What an attempt does.
  package enum Action: String, Sendable, Hashable {
    /// The atom's work.
    case execute
    /// Undoing it.
    case revert
  }

  /// The run.
  package var runID: String
  /// The atom's name.
  package var atom: String
  /// What is done.
  package var action: Action
  /// The attempt's number, from 1.
  package var attempt: Int
  /// The same when a crash makes an attempt run again, another one for each retry.
  package var idempotencyKey: String

  /// Names an attempt.
  package init(
    runID: String, atom: String, action: Action, attempt: Int, idempotencyKey: String
  ) {
    self.runID = runID
    self.atom = atom
    self.action = action
    self.attempt = attempt
    self.idempotencyKey = idempotencyKey
  }
}

/// The environment of a task's process.
///
/// It is what the caller had, less the names that would change what a shell or a loader does; then
/// the task's `env:`; then each value under its local name; then the names that begin with
/// `TFGRAPH_`. What comes later wins.
package struct ShellEnvironment: Sendable, Hashable {
  /// The variable with the name of the run.
  static let runIDVariable = "TFGRAPH_RUN_ID"

  /// The variable with the names of the runs that the run is part of, where a task runs a flow itself:
  /// outermost first, with spaces between them.
  static let outerRunsVariable = "TFGRAPH_OUTER_RUNS"

  /// A value of more bytes is passed as a file only: the system takes no single variable of 128 KiB.
  package static let largestVariable = 96 << 10

  /// All variables, for ``ProcessRequest/environment``.
  package let variables: [String: String]

  /// Puts an environment together, and writes large values into the attempt's directory.
  ///
  /// - Parameters:
  ///   - caller: The environment that the command was called with.
  ///   - additions: The task's `env:`. Any name but `TFGRAPH_…`, since the author says so.
  ///   - values: The texts of the values by local name: strings as they are, all else JSON.
  ///   - identity: The attempt.
  ///   - directory: The attempt's directory.
  package init(
    caller: [String: String],
    additions: [String: String] = [:],
    values: [String: String] = [:],
    identity: AttemptIdentity,
    directory: AttemptDirectory
  ) throws(ShellEnvironmentFailure) {
    // Other programs' odd names are not the user's mistake, so those that cannot be passed are left
    // out.
    var variables = caller.filter { name, value in
      EnvironmentName.isPassable(name) && !EnvironmentName.isDangerous(name)
        && !value.utf8.contains(0)
    }
    for (name, value) in additions.sorted(by: { $0.key < $1.key }) {
      guard EnvironmentName.isPassable(name), !name.hasPrefix("TFGRAPH_") else {
        throw .name(name, of: "an environment variable")
      }
      guard !value.utf8.contains(0) else { throw .containsNUL(name) }
      variables[name] = value
    }
    for (name, value) in values.sorted(by: { $0.key < $1.key }) {
      guard EnvironmentName.isIdentifier(name), !EnvironmentName.isDangerous(name) else {
        throw .name(name, of: "a value that a process sees")
      }
      // Refused in files too: whether a value is accepted must not depend on its length.
      guard !value.utf8.contains(0) else { throw .containsNUL(name) }
      variables[name] = try Self.variable(value, named: name, in: directory)
    }
    variables.merge(Self.own(identity, directory)) { _, own in own }
    let outer = [Self.outerRunsVariable, Self.runIDVariable].compactMap { caller[$0] }
    if !outer.isEmpty { variables[Self.outerRunsVariable] = outer.joined(separator: " ") }
    for name in variables.keys.sorted() where variables[name]?.utf8.contains(0) == true {
      throw .containsNUL(name)
    }
    self.variables = variables
  }

  /// The variable's text, or nothing when the value is in a file. Nothing also hides a variable of
  /// that name that the caller had.
  private static func variable(
    _ value: String, named name: String, in directory: AttemptDirectory
  ) throws(ShellEnvironmentFailure) -> String? {
    guard value.utf8.count > largestVariable else { return value }
    do {
      try directory.writeInput(value, named: name)
    } catch {
      throw .scratch(error)
    }
    return nil
  }

  private static func own(
    _ identity: AttemptIdentity, _ directory: AttemptDirectory
  ) -> [String: String] {
    [
      Self.runIDVariable: identity.runID,
      "TFGRAPH_ATOM": identity.atom,
      "TFGRAPH_ACTION": identity.action.rawValue,
      "TFGRAPH_ATTEMPT": String(identity.attempt),
      "TFGRAPH_IDEMPOTENCY_KEY": identity.idempotencyKey,
      "TFGRAPH_OUTPUT": directory.output,
      "TFGRAPH_IN": directory.inputs,
    ]
  }
}

/// Why a process's environment could not be made, in one phrase.
package enum ShellEnvironmentFailure: Error, Sendable, Hashable, CustomStringConvertible {
  /// The name cannot be used.
  case name(String, of: String)
  /// A text contains a NUL character, which no environment can hold.
  case containsNUL(String)
  /// A large value could not be written to its file.
  case scratch(ScratchFailure)

  /// What people see.
  package var description: String {
    switch self {
    case .name(let name, let role): "'\(name)' cannot be the name of \(role); rename it"
    case .containsNUL(let name):
      "the value of '\(name)' contains a NUL character, which no process can be given; remove it"
    case .scratch(let failure): failure.description
    }
  }
}
