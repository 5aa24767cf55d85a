/// What a value in a flow file can be, as far as that can be said without knowing the rest of the file.
indirect enum DocumentShape: Sendable {
  /// The number of the format's version.
  case formatVersion
  /// A text.
  case text
  /// A text in which nothing is evaluated.
  case literal
  /// A text that is not blank, in which nothing is evaluated.
  case script
  /// A text, a number or a truth value, which is passed on as it is written.
  case word
  /// A text, a number, a truth value or nothing, which is passed on as it is written.
  case scalar
  /// True or false.
  case flag
  /// A whole number.
  case integer(ClosedRange<Int>)
  /// A number.
  case number(ClosedRange<Double>)
  /// A time such as `90s`, which may be none.
  case duration
  /// A time that is more than none.
  case timeout
  /// A text with `${{ … }}` in it.
  case template
  /// The version of a task, such as `1.0`.
  case taskVersion
  /// The name of a task or flow.
  case name
  /// The name of a symbol.
  case symbol
  /// The name of a variable of the environment.
  case variable
  /// The name of a variable that tfgraph does not set itself.
  case ownVariable
  /// An expression that is true or false.
  case question
  /// A value of any kind in which nothing is evaluated.
  case constant
  /// A text, a number or a truth value that becomes a part of a name.
  case namePart
  /// A value of any kind but a mapping.
  case unmapped
  /// A value of any kind.
  case anything
  /// A few words.
  case words([String])
  /// A word with a text behind it, as in `file:PATH`.
  case prefixed(String)
  /// A list.
  case list(DocumentShape, ListRules = ListRules())
  /// A mapping whose keys are the user's.
  case map(DocumentShape, DocumentShape, atLeast: Int = 0)
  /// A mapping whose keys are the format's.
  case mapping(DocumentKeys)
  /// A task or flow of a flow.
  case child
  /// One of several.
  case any([DocumentShape])

  /// What a list must be besides its items.
  struct ListRules: Sendable {
    var fewest = 0
    var most: Int?
    /// Whether the first item can't be an empty text.
    var beginsWithText = false
    var hasNoItemTwice = false
  }
}

extension DocumentShape {
  /// The kind of mapping with keys of the format that the value can be.
  var keys: DocumentKeys? {
    switch self {
    case .mapping(let keys): keys
    case .any(let shapes): shapes.lazy.compactMap(\.keys).first
    default: nil
    }
  }

  /// What the values of a mapping with keys of the user can be.
  var valueShape: DocumentShape? {
    switch self {
    case .map(_, let value, _): value
    case .any(let shapes): shapes.lazy.compactMap(\.valueShape).first
    default: nil
    }
  }

  /// What the items of a list can be.
  var itemShape: DocumentShape? {
    switch self {
    case .list(let item, _): item
    case .any(let shapes): shapes.lazy.compactMap(\.itemShape).first
    default: nil
    }
  }
}
