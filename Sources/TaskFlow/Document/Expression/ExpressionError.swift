/// A mistake in an expression, a template or a pattern, found before anything runs.
public struct ExpressionError: Error, Sendable, Hashable {
  /// One phrase, lower case, without a period, with names in 'quotes'.
  public var message: String

  /// The phrase.
  public var description: String { message }

  /// Where it is: offsets into the text that was parsed, in Unicode scalars. May be empty, at the end
  /// of the text.
  public var range: Range<Int>

  /// What to do about it, one phrase.
  public var help: String?

  /// A mistake at `range`.
  public init(_ message: String, at range: Range<Int>, help: String? = nil) {
    self.message = message
    self.range = range
    self.help = help
  }
}

/// All mistakes of one text, at least one, in the order in which they were found.
public struct ExpressionErrors: Error, Sendable, Hashable {
  /// The mistakes.
  public var errors: [ExpressionError]
}

/// Why an expression has no value for the symbols that it was evaluated with.
public struct ExpressionFailure: Error, Sendable, Hashable, CustomStringConvertible {
  /// What kind of failure it is.
  public enum Reason: Sendable, Hashable {
    /// Something is not there: a symbol has no value, a map lacks a key, a list an element, or what
    /// should hold it is null. `default()` puts its second argument in the place of this.
    case absent
    /// A value has a type that the operation does not take.
    case mistyped
    /// A text would be longer than ``FlowExpression/maximumTextLength``.
    case tooLong
  }

  /// What kind of failure it is.
  public var reason: Reason

  /// One phrase, lower case, without a period, with names in 'quotes'.
  public var message: String

  /// Where it is: offsets into the text that was parsed, in Unicode scalars.
  public var range: Range<Int>

  /// The message.
  public var description: String { message }
}

/// A symbol that an expression reads.
public struct ExpressionSymbol: Sendable, Hashable {
  /// Its name.
  public var name: String

  /// Where it stands for the first time: offsets into the text that was parsed, in Unicode scalars.
  public var range: Range<Int>

  /// Whether it is read only in the first argument of `default()`, so that it may be without a value.
  public var isOptional: Bool

  /// The symbols of several expressions, each once, in the order of their first appearance.
  static func merging(_ uses: some Sequence<ExpressionSymbol>) -> [ExpressionSymbol] {
    var places: [String: Int] = [:]
    var symbols: [ExpressionSymbol] = []
    for use in uses {
      if let place = places[use.name] {
        symbols[place].isOptional = symbols[place].isOptional && use.isOptional
      } else {
        places[use.name] = symbols.count
        symbols.append(use)
      }
    }
    return symbols
  }
}
