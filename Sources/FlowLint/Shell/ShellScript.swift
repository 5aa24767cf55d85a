import TaskFlow

/// The text of a `run:` that a shell of the usual kind reads.
struct ShellScript {
  /// The text.
  let text: String

  /// The command that it is a part of.
  let command: CommandAction

  /// `nil` for another action, and for a program that is no such shell.
  init?(_ action: TaskAction?) {
    guard case .command(let command) = action,
      case .shell(let text, let interpreter) = command.invocation,
      let program = interpreter.first?.split(separator: "/").last,
      Self.shells.contains(String(program))
    else { return nil }
    self.text = text
    self.command = command
  }

  private static let shells: Set = ["bash", "sh", "dash", "ash", "ksh", "zsh"]

  /// What it does with variables.
  var read: ShellText { ShellText(text) }

  /// Whether a variable of one of the names may be read in it: a quick look that is right when it says no.
  func mayRead(anyOf names: Set<String>) -> Bool {
    var rest = text.utf8[...]
    while let start = rest.firstIndex(where: \.isInName) {
      let end = rest[start...].firstIndex { !$0.isInName } ?? rest.endIndex
      if names.contains(String(Substring(rest[start..<end]))) { return true }
      rest = rest[end...]
    }
    return false
  }
}

extension UInt8 {
  fileprivate var isInName: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
