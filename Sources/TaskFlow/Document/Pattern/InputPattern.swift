/// A pattern that the whole text of a string input must match.
///
/// It is a regular expression of a common subset, which is matched in time linear in the text, so that
/// no pattern and no input can hold up a run (a backtracking matcher needs years for `(a+)+b` and
/// forty letters):
///
/// - characters, and `\` in front of a sign for the sign itself; `\n \r \t`; `.` for any but a line end
/// - `[a-z_]` and `[^a-z_]`; `\d \w \s` (ASCII digits, word characters, white space) and their
///   opposites `\D \W \S`, inside brackets too
/// - groups `(…)` and `(?:…)`, alternatives `a|b`
/// - `*`, `+`, `?`, `{3}`, `{1,}`, `{1,3}`; an additional `?`, which makes no difference to a whole match
/// - `^` and `$`, for the start and the end of the text; they may be left out
///
/// Everything else, such as back references and look-around, is refused. Source: R. Cox, "Regular
/// Expression Matching Can Be Simple And Fast", after K. Thompson, 1968.
public struct InputPattern: Sendable, Hashable {
  /// How many Unicode scalars a text may have to match; a longer one never does.
  public static let maximumTextLength = 4_096

  /// How many steps a compiled pattern may have: each step of a repeated part counts as often as it may
  /// be repeated.
  public static let maximumSize = 2_000

  /// How deep groups may be nested.
  public static let maximumDepth = 64

  /// The pattern as it was written.
  public let source: String

  let program: [PatternInstruction]

  /// Reads a pattern; offsets in the error count the Unicode scalars of `source`.
  ///
  /// - Complexity: O(length of the pattern + ``maximumSize``).
  public static func parse(_ source: String) -> Result<InputPattern, ExpressionError> {
    do throws(ExpressionError) {
      let scalars = Array(NameRules.normalized(source).unicodeScalars)
      var parser = PatternParser(scalars)
      let root = try parser.parse()
      var compiler = PatternCompiler(nodes: parser.nodes)
      guard compiler.compile(root) else {
        throw ExpressionError(
          "the pattern is too large when its repetitions are written out", at: 0..<scalars.count,
          help: "use smaller numbers in '{}'")
      }
      return .success(InputPattern(source: source, program: compiler.program))
    } catch {
      return .failure(error)
    }
  }

  /// Whether the whole of `text` matches; both are compared in normalization form C.
  ///
  /// - Complexity: O(length of the text × size of the pattern).
  public func matches(_ text: String) -> Bool {
    let scalars = NameRules.normalized(text).unicodeScalars
    guard scalars.prefix(Self.maximumTextLength + 1).count <= Self.maximumTextLength else {
      return false
    }
    var threads = PatternThreads(program: program)
    threads.start(isEmpty: scalars.isEmpty)
    var rest = scalars[...]
    while let scalar = rest.popFirst() {
      threads.advance(over: scalar, isLast: rest.isEmpty)
      if threads.current.isEmpty, !rest.isEmpty { return false }
    }
    return threads.hasMatched
  }
}
