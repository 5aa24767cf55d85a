/// A change of a file that mends what a finding is about.
public struct Fix: Sendable, Hashable, Codable {
  /// What it does, one phrase: `put it in quotes`.
  public var message: String

  /// Whether the flow means the same after it, so that it can be made without looking.
  public var isSafe: Bool

  /// The changes, in the order of their places; they don't overlap.
  public var edits: [Edit]

  /// Replaces one range of a file.
  public struct Edit: Sendable, Hashable, Codable {
    /// The first character that is replaced.
    public var start: Position

    /// The character behind the last one that is replaced; `start` when text is only added.
    public var end: Position

    /// What stands there instead.
    public var replacement: String

    /// A replacement of what is from `start` up to `end`.
    public init(from start: Position, to end: Position, replacement: String) {
      self.start = start
      self.end = end
      self.replacement = replacement
    }

    /// A replacement of what `span` covers.
    public init(_ span: SourceSpan, replacement: String) {
      let start = Position(line: span.line, column: span.column)
      self.init(
        from: start, to: Position(line: span.line, column: span.column + span.length),
        replacement: replacement)
    }
  }

  /// A place between two characters of a file; the first is line 1, column 1, before the first character.
  ///
  /// Columns count Unicode scalars. A line's last column is that of its line end.
  public struct Position: Sendable, Hashable, Codable, Comparable {
    /// The line, from 1.
    public var line: Int
    /// The column, from 1.
    public var column: Int

    /// A place.
    public init(line: Int, column: Int) {
      self.line = line
      self.column = column
    }

    /// Orders by line, then by column.
    public static func < (left: Position, right: Position) -> Bool {
      (left.line, left.column) < (right.line, right.column)
    }
  }

  /// A change of a file.
  public init(_ message: String, isSafe: Bool, edits: [Edit]) {
    self.message = message
    self.isSafe = isSafe
    self.edits = edits
  }
}
