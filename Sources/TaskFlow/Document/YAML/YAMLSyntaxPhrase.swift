/// libyaml's errors in our words: what is wrong, what the place where it began is, and what to do.
struct YAMLSyntaxPhrase {
  /// Whether the phrase is all, or the source has to be looked at.
  enum Kind {
    case phrase
    case missingColon
    case badStart
  }

  var kind = Kind.phrase
  var message: String
  var related: String?
  var help: String?

  /// Whether the error is one of a line, whatever is around it.
  var isInLine = false

  /// The phrase for an error; one that we have no words for keeps libyaml's.
  init(_ failure: YAMLFailure) {
    let context = failure.context?.text ?? ""
    if context.contains("tag") || failure.problem.contains("tag handle") {
      self.init("tags are not supported", help: "remove the tag, or put the text in quotes")
      return
    }
    switch failure.problem {
    case "could not find expected ':'":
      self.init("missing ':'")
      kind = .missingColon
    case "found character that cannot start any token":
      self.init("text can't begin like this")
      kind = .badStart
    default:
      self =
        Self.structure(failure.problem) ?? Self.scalar(failure.problem, context: context)
        ?? Self("can't read this: \(failure.problem)")
    }
  }

  private init(
    _ message: String, related: String? = nil, help: String? = nil, isInLine: Bool = false
  ) {
    self.message = message
    self.related = related
    self.help = help
    self.isInLine = isInLine
  }

  private static func structure(_ problem: String) -> YAMLSyntaxPhrase? {
    switch problem {
    case "mapping values are not allowed in this context":
      Self(
        "a ':' is not allowed here",
        help: "put text with ': ' in it in quotes, and begin a mapping on a line of its own",
        isInLine: true)
    case "block sequence entries are not allowed in this context":
      Self(
        "a list item is not allowed here", help: "begin the list on a line of its own",
        isInLine: true)
    case "mapping keys are not allowed in this context":
      Self("a key is not allowed here", help: "begin the mapping on a line of its own")
    case "did not find expected key":
      Self(
        "expected a key", related: "in the mapping that begins here",
        help: "align the line with the mapping's keys, or look behind a closing quote before it")
    case "did not find expected '-' indicator":
      Self(
        "expected '-'", related: "in the list that begins here",
        help: "align the line with the list's items")
    case "did not find expected ',' or ']'":
      Self("expected ',' or ']'", related: "'[' is opened here", help: "close it with ']'")
    case "did not find expected ',' or '}'":
      Self("expected ',' or '}'", related: "'{' is opened here", help: "close it with '}'")
    case "did not find expected node content":
      Self("expected a value", related: "in what begins here")
    case "did not find expected <document start>":
      Self("expected '---' behind the directives")
    default: nil
    }
  }

  private static func scalar(_ problem: String, context: String) -> YAMLSyntaxPhrase? {
    switch problem {
    case "found unexpected end of stream", "found unexpected document indicator":
      Self("a quote is not closed", related: "it is opened here", help: "close it")
    case "found unknown escape character":
      Self(
        "unknown escape in double quotes",
        help: #"write '\\' for a backslash, or use single quotes"#, isInLine: true)
    case "did not find expected hexdecimal number":
      Self("expected hexadecimal digits in the escape")
    case "found invalid Unicode character escape code":
      Self(
        "the escape is of no character",
        help: #"write the character itself, or '\U0001F600' for one beyond U+FFFF"#)
    case "did not find expected alphabetic or numeric character":
      Self("expected a name behind '&' or '*'", help: "put text that begins like this in quotes")
    case "found a tab character that violates indentation",
      "found a tab character where an indentation space is expected":
      Self("a tab in the indentation", help: "indent with spaces", isInLine: true)
    case "did not find expected comment or line break" where context.contains("block scalar"),
      "found an indentation indicator equal to 0":
      Self(
        "unexpected text behind '|' or '>'", help: "begin the text on the next line",
        isInLine: true)
    case "found unexpected ':'":
      Self("unexpected ':'", help: "put text with ':' in it in quotes")
    default: nil
    }
  }
}
