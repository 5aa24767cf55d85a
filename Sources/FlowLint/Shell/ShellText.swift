/// What a text for a shell does with variables and commands, as far as that shows without running it.
///
/// It is read as bash, dash and the like read it: quotes, comments, here-documents and substitutions count.
/// Where nobody can know what a text does (`eval`, a sourced file) it says so.
struct ShellText {
  /// A place where a variable is read.
  struct Use: Equatable {
    var name: String
    /// The name, in Unicode scalars of the text.
    var range: Range<Int>
  }

  /// A place from which on a variable has a value of the text's own.
  struct Definition: Equatable {
    var name: String
    var position: Int
  }

  /// Where variables are read, in order.
  var uses: [Use] = []

  /// Where variables are given a value, in order.
  var definitions: [Definition] = []

  /// The commands that are called, in order; `nil` for one whose name is computed.
  var commands: [String?] = []

  /// Whether it has loops or functions, so that what stands behind may be done before.
  var isJumping = false

  /// Whether variables may be given a value where nobody sees it.
  var isOpaque = false

  /// Whether it reads a variable whose name is computed.
  var hasIndirection = false

  /// - Complexity: linear in the length of the text.
  init(_ text: String) {
    var scanner = ShellScanner(text)
    scanner.scan()
    self = scanner.result
  }

  fileprivate init() {}

  static var nothing: ShellText { ShellText() }

  /// The places where a variable is read that the text has given no value of its own.
  var foreignUses: [Use] {
    var first: [String: Int] = [:]
    for definition in definitions where first[definition.name] == nil {
      first[definition.name] = isJumping ? 0 : definition.position
    }
    return uses.filter { use in first[use.name].map { use.range.lowerBound < $0 } ?? true }
  }
}
