import TaskFlow

/// How one of a task's methods is done, as text.
struct ActionWords {
  /// The parts that show it.
  let blocks: [PageBlock]

  /// - Parameter provision: what the method provides, for what it sets.
  init(_ action: TaskAction, provision: Provision = .nothing) {
    switch action {
    case .body: blocks = [.paragraph([.text("Swift code")], .quiet)]
    case .command(let command): blocks = Self.command(command)
    case .assignment(let assignment):
      blocks = [.code(Self.assignment(assignment, provision), language: "yaml")]
    case .wait(.duration(let duration)):
      blocks = [.paragraph([.text("waits \(DurationText.text(of: duration))")])]
    case .wait(.template(let template)):
      blocks = [.paragraph([.text("waits "), .code(template.source)])]
    }
  }

  private static func command(_ command: CommandAction) -> [PageBlock] {
    var blocks: [PageBlock]
    switch command.invocation {
    case .shell(let text, let interpreter):
      blocks = [.code(text, language: "sh")]
      if interpreter != CommandAction.defaultInterpreter {
        blocks.append(
          .paragraph([.text("in "), .code(interpreter.joined(separator: " "))], .quiet))
      }
    case .program(let words):
      blocks = [.code(words.map(quoted).joined(separator: " "), language: "sh")]
    }
    if !command.environment.isEmpty {
      let entries = command.environment.map { [PageText.code("\($0.name)=\($0.value)")] }
      blocks.append(.paragraph([.text("with ")] + entries.joinedByCommas, .quiet))
    }
    return blocks
  }

  /// An argument as a shell would have it, so that it can be seen where it ends.
  private static func quoted(_ word: String) -> String {
    let isPlain = word.unicodeScalars.allSatisfy { scalar in
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", "-", "_", ".", "/", ":", "=", ",", "+", "@", "%": true
      default: false
      }
    }
    return isPlain && !word.isEmpty ? word : "'\(word.replacing("'", with: "'\\''"))'"
  }

  private static func assignment(_ action: AssignmentAction, _ provision: Provision) -> String {
    zip(provision.items.map(\.symbol), action.sources).map { symbol, source in
      switch source {
      case .constant(let value): "\(symbol): \(ValueWords.text(of: value))"
      case .template(let template): "\(symbol): \(template.source)"
      }
    }.joined(separator: "\n")
  }
}
