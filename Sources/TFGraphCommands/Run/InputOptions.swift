import ArgumentParser

/// The options of commands that a flow's inputs are given to.
struct InputOptions: ParsableArguments {
  @Option(
    name: [.long, .customShort("i")],
    help: ArgumentHelp("A value for an input; may be repeated.", valueName: "name=value"))
  var input: [String] = []

  @Option(
    help: ArgumentHelp("A JSON or YAML file with values for inputs.", valueName: "file"),
    completion: .file(extensions: ["yaml", "yml", "json"]))
  var inputs: String?

  /// The values, not yet checked.
  var given: GivenInputs { GivenInputs(assignments: input, file: inputs) }

  /// The names of the inputs that have a value on the command line.
  var assignedNames: Set<String> { Set(input.map { String($0.prefix { $0 != "=" }) }) }
}
