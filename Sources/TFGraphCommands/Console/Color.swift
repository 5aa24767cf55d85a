import ArgumentParser

/// Whether a stream gets colours.
enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
  case auto
  case always
  case never

  /// Whether a stream gets them, given what the environment asks for.
  ///
  /// Source: bixense.com/clicolors and no-color.org: `NO_COLOR` counts before `CLICOLOR_FORCE`, and that before
  /// `CLICOLOR` and what the stream is.
  func isColored(isTerminal: Bool, environment: [String: String]) -> Bool {
    switch self {
    case .always: return true
    case .never: return false
    case .auto:
      if !(environment["NO_COLOR"] ?? "").isEmpty { return false }
      let forced = environment["CLICOLOR_FORCE"] ?? ""
      if !forced.isEmpty, forced != "0" { return true }
      return isTerminal && environment["CLICOLOR"] != "0" && environment["TERM"] != "dumb"
    }
  }
}

/// The option of commands that print in colour.
struct ColorOptions: ParsableArguments {
  @Option(help: "Whether to colour: auto does on a terminal, unless NO_COLOR is set.")
  var color = ColorChoice.auto
}
