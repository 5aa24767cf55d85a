import ArgumentParser
import TaskFlow

/// `tfgraph schema`: prints the JSON Schema of flow files.
struct SchemaCommand: ParsableCommand, ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Prints the JSON Schema of flow files, for editors.",
    discussion: """
      Write it to a file beside your flows with 'tfgraph schema > flow.schema.json', and begin each \
      flow file with '# yaml-language-server: $schema=./flow.schema.json'. It is made of the table by \
      which flow files are read; what depends on other parts of a file is left to 'lint'.
      """)

  func run(on console: Console) async -> ExitStatus {
    console.write(DocumentSchema.text) ? .done : .outputFailed
  }
}
