/// How one of a task's methods is done.
public enum TaskAction: Sendable {
  /// By Swift code.
  case body(TaskBody)

  /// By a process.
  case command(CommandAction)

  /// By evaluating pure expressions, one for each symbol that it sets.
  case assignment(AssignmentAction)

  /// By waiting.
  case wait(WaitAction)
}

/// Swift code that does one of a task's methods.
///
/// It may throw; what it throws is the task's failure. It is cancelled when its timeout has passed.
public typealias TaskBody = @concurrent @Sendable (TaskContext) async throws -> AtomResult

/// A process that does one of a task's methods.
public struct CommandAction: Sendable, Hashable {
  /// What is run.
  public enum Invocation: Sendable, Hashable {
    /// A text for a shell, and the shell's argument vector before it.
    case shell(text: String, interpreter: [String])
    /// A program and its arguments; no shell sees them.
    case program([String])
  }

  /// Where a provided symbol's value is taken from.
  public enum Capture: Sendable, Hashable {
    /// The standard output as a string, without white space at its ends.
    case standardOutput
    /// The standard output as JSON.
    case standardOutputJSON
    /// The standard output's lines as a list of strings.
    case standardOutputLines
    /// The exit code; any code up to 255 is then a success.
    case exitCode
    /// The text of a file, relative to the working directory.
    case file(String)
    /// The entry of this name in the file `$TFGRAPH_OUTPUT`.
    case outputFile
  }

  /// The shell that runs `run:` unless the flow names another.
  public static let defaultInterpreter = ["bash", "-euo", "pipefail", "-c"]

  /// What is run.
  public var invocation: Invocation

  /// Where each provided symbol's value is taken from, in the provision's order.
  public var captures: [Capture]

  /// Variables that are added to the environment, in declaration order.
  public var environment: [EnvironmentEntry]

  /// One variable of the environment.
  public struct EnvironmentEntry: Sendable, Hashable {
    /// The variable's name.
    public var name: String
    /// Its value.
    public var value: String

    /// A variable.
    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// The names of the flow's secrets that it finds in its environment.
  public var secrets: [String]

  /// The folder that it runs in, or `nil` for the caller's.
  public var workingDirectory: String?

  /// A process to be run.
  public init(
    invocation: Invocation,
    captures: [Capture] = [],
    environment: [EnvironmentEntry] = [],
    secrets: [String] = [],
    workingDirectory: String? = nil
  ) {
    self.invocation = invocation
    self.captures = captures
    self.environment = environment
    self.secrets = secrets
    self.workingDirectory = workingDirectory
  }
}

/// Pure expressions that give a task's provided symbols their values.
public struct AssignmentAction: Sendable {
  /// Where a value comes from.
  public enum Source: Sendable {
    /// It is always the same.
    case constant(FlowValue)
    /// A template gives it.
    case template(FlowTemplate)
  }

  /// One source for each provided symbol, in the provision's order.
  public var sources: [Source]

  /// An assignment of the sources' values.
  public init(sources: [Source]) {
    self.sources = sources
  }
}

/// A pause of a fixed or computed length.
public enum WaitAction: Sendable {
  /// A length that is known.
  case duration(Duration)
  /// A length that an expression gives, as text such as `5s`.
  case template(FlowTemplate)
}
