/// A place in a source text: one file, one line, and a range of columns in it.
///
/// Lines and columns count from 1. Columns count Unicode scalars, as libyaml and most editors do.
/// A place in Swift code has the `#fileID` of its declaration as its file and a length of 1.
public struct SourceSpan: Sendable, Hashable, Codable {
  /// The path of the file as the user named it, or a `#fileID`.
  public var file: String

  /// The line, from 1.
  public var line: Int

  /// The first column, from 1.
  public var column: Int

  /// How many columns it covers in its line, at least 1.
  public var length: Int

  /// A span of `length` columns in one line of `file`; numbers below 1 count as 1.
  public init(file: String, line: Int, column: Int, length: Int = 1) {
    self.file = file
    self.line = max(1, line)
    self.column = max(1, column)
    self.length = max(1, length)
  }
}

extension SourceSpan: Comparable {
  /// Orders by file, then by position.
  public static func < (left: SourceSpan, right: SourceSpan) -> Bool {
    (left.file, left.line, left.column, left.length)
      < (right.file, right.line, right.column, right.length)
  }
}

extension SourceSpan: CustomStringConvertible {
  /// `file:line:column`, as compilers print it.
  public var description: String { "\(file):\(line):\(column)" }
}
