import FlowDiagnostics
import Foundation
import Glibc
import SystemPackage

/// Where a command reads its surroundings from and writes to.
struct Console: Sendable {
  /// The environment of the process.
  var environment: [String: String]

  /// The folder that relative paths are in.
  var workingDirectory: String

  /// Whether what is printed goes to a terminal.
  var isTerminal: Bool

  /// Whether complaints go to a terminal.
  var complaintsGoToTerminal: Bool

  /// The width of the terminal in columns.
  var width: Int

  /// Whether to colour.
  var color = ColorChoice.auto

  /// What the program is called.
  var program = "tfgraph"

  /// The flows that the program itself has.
  var catalog = FlowCatalog([])

  /// The real one.
  static let standard = Console(
    environment: ProcessInfo.processInfo.environment,
    workingDirectory: FileManager.default.currentDirectoryPath,
    isTerminal: isatty(STDOUT_FILENO) == 1, complaintsGoToTerminal: isatty(STDERR_FILENO) == 1,
    width: terminalWidth)

  private static var terminalWidth: Int {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col >= 40 else { return 80 }
    return Int(size.ws_col)
  }

  /// How what is printed looks.
  var look: TextLook { look(isTerminal: isTerminal) }

  /// How complaints look.
  var complaintLook: TextLook { look(isTerminal: complaintsGoToTerminal) }

  /// The same console, coloured as somebody chose.
  func colored(_ choice: ColorChoice) -> Console {
    var console = self
    console.color = choice
    return console
  }

  private func look(isTerminal: Bool) -> TextLook {
    TextLook(
      width: width,
      isColored: color.isColored(isTerminal: isTerminal, environment: environment),
      isWrapped: isTerminal)
  }

  /// The folder for scratch files.
  var scratchDirectory: String {
    environment["TMPDIR"].flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
  }

  /// Prints a text and a line feed to standard output.
  ///
  /// - Returns: whether it could be written.
  @discardableResult
  func print(_ text: String) -> Bool { Self.write(text + "\n", to: STDOUT_FILENO) }

  /// Prints a text to standard output as it is.
  @discardableResult
  func write(_ text: String) -> Bool { Self.write(text, to: STDOUT_FILENO) }

  /// Prints a text and a line feed to standard error.
  func complain(_ text: String) {
    _ = Self.write(text + "\n", to: STDERR_FILENO)
  }

  /// Says what is wrong in one phrase, as text that no terminal takes for a command.
  func fail(_ phrase: String) {
    complain("\(program): " + TerminalText.escaped(phrase))
  }

  /// Writes all bytes, however often that needs a call.
  private static func write(_ text: String, to descriptor: Int32) -> Bool {
    (try? FileDescriptor(rawValue: descriptor).writeAll(text.utf8)) != nil
  }
}
