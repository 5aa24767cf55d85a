import Foundation

/// The command, run with a file as its standard input.
struct PipedRun {
  let output: String
  let code: Int32

  init(_ arguments: [String], reading file: URL) throws {
    let process = Process()
    process.executableURL = CommandRun.executable
    process.arguments = arguments
    process.standardInput = try FileHandle(forReadingFrom: file)
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    output = String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    process.waitUntilExit()
    code = process.terminationStatus
  }
}
