public import FlowDiagnostics

/// A text that the processes of some tasks need, and that nobody else may see.
///
/// Its value is read when a run begins or is taken up again. It is not stored, and masked in everything that
/// is told, stored or provided.
public struct FlowSecret: Sendable, Hashable {
  /// What to do when a task requires a secret as it does a symbol.
  static func help(requiring name: String) -> String {
    "'\(name)' is a secret: name it in 'secrets' of the task, which is given it then"
  }

  /// Where its value is read from.
  public enum Source: Sendable, Hashable {
    /// The environment variable of this name, or the file that the variable `NAME_FILE` names.
    case environment(String)
    /// A file, relative to the folder of the flow.
    case file(String)
  }

  /// The name, by which tasks ask for it and find it in their environment.
  public var name: String

  /// Where its value is read from.
  public var source: Source

  /// Where it is declared.
  public var span: SourceSpan

  /// A secret.
  public init(name: String, source: Source, span: SourceSpan) {
    self.name = name
    self.source = source
    self.span = span
  }
}
