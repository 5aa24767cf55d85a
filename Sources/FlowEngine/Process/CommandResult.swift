import Foundation
import TaskFlow

/// Takes what a process gave apart into the values that its task provides.
struct CommandResult {
  let command: CommandAction
  let outcome: ProcessOutcome
  let directory: AttemptDirectory

  /// The folder that the process ran in.
  let folder: String

  /// The largest file that is read as a value.
  private static let largestFile = 16 << 20

  func result(by provision: Provision) throws -> AtomResult {
    guard !provision.items.isEmpty else { return AtomResult() }
    let written =
      command.captures.contains(.outputFile) ? try OutputFile(path: directory.output).values : [:]
    var values: [FlowValue?] = []
    for (item, capture) in zip(provision.items, command.captures) {
      let value = try value(capture, of: item, written)
      values.append(try value.map { try typed($0, of: item) })
    }
    let whole: FlowValue?
    if provision.form == .whole {
      whole = values[0]
    } else {
      let entries = zip(provision.items, values).compactMap { item, value in
        value.map { (item.key, $0) }
      }
      whole = .map(Dictionary(entries, uniquingKeysWith: { first, _ in first }))
    }
    return AtomResult(
      whole: whole.map { BoxedValue($0) }, elements: values.map { $0.map { BoxedValue($0) } })
  }

  private func value(
    _ capture: CommandAction.Capture, of item: Provision.Item, _ written: [String: FlowValue]
  ) throws -> FlowValue? {
    switch capture {
    case .standardOutput:
      return .string(text.trimmingCharacters(in: .whitespacesAndNewlines))
    case .standardOutputJSON:
      return try json(for: item)
    case .standardOutputLines:
      var lines = text.split(separator: /\r?\n/, omittingEmptySubsequences: false)
      if lines.last == "" { lines.removeLast() }
      return .list(lines.map { .string(String($0)) })
    case .exitCode:
      if case .exited(let code) = outcome.termination { return .int(Int(code)) }
      return nil
    case .file(let path):
      return .string(try file(path, for: item))
    case .outputFile:
      return written[item.key]
    }
  }

  /// The value as what the symbol's type says: a text that was written stands for a number, say.
  private func typed(_ value: FlowValue, of item: Provision.Item) throws -> FlowValue {
    guard let type = item.type.flatMap({ ValueType(rawValue: $0.name) }), !type.accepts(value)
    else { return value }
    guard case .string(let text) = value else {
      throw Failure(
        "'\(item.symbol)' should be of type \(type.rawValue), and is of type \(value.kind)")
    }
    do {
      return try type.parse(text.trimmingCharacters(in: .whitespacesAndNewlines)).get()
    } catch {
      throw Failure("'\(item.symbol)' has no value: \(error)")
    }
  }

  private var text: String { outcome.standardOutput.text }

  private func json(for item: Provision.Item) throws -> FlowValue {
    do {
      return try FlowValueJSON.parse(utf8: Array(outcome.standardOutput.bytes))
    } catch {
      throw Failure("the standard output is not JSON, so '\(item.symbol)' has no value: \(error)")
    }
  }

  private func file(_ path: String, for item: Provision.Item) throws -> String {
    let base = URL(filePath: folder, directoryHint: .isDirectory)
    let url = URL(filePath: path, relativeTo: base)
    let size = try? url.resourceValues(forKeys: [.fileSizeKey, .isRegularFileKey])
    guard let size, size.isRegularFile == true else {
      throw Failure("no file '\(path)', so '\(item.symbol)' has no value")
    }
    guard (size.fileSize ?? 0) <= Self.largestFile else {
      throw Failure("file '\(path)' is longer than 16 MiB, so '\(item.symbol)' has no value")
    }
    do {
      return try String(contentsOf: url, encoding: .utf8)
    } catch {
      throw Failure("file '\(path)' can't be read as UTF-8, so '\(item.symbol)' has no value")
    }
  }
}

extension ProcessOutcome {
  /// Throws the failure that a process's end is, if it is one.
  func check(for command: CommandAction, timeout: Duration?) throws {
    switch ending {
    case .timedOut:
      let limit = timeout.map { DurationText.text(of: $0) } ?? "allowed"
      throw Failure(
        "took longer than \(limit)", type: "TaskFlow.Timeout", reason: .timeout)
    case .cancelled:
      throw Failure("was cancelled", type: "TaskFlow.Cancelled")
    case .itself:
      break
    }
    switch termination {
    case .exited(0):
      return
    case .exited where command.captures.contains(.exitCode):
      return
    case .exited(let code):
      throw Failure(
        "exited with code \(code)\(lastWords)", type: "TaskFlow.Exit", reason: .exit(code: code))
    case .signalled(let signal):
      throw Failure(
        "was ended by signal \(signal)\(lastWords)", type: "TaskFlow.Signal",
        reason: .signal(signal))
    }
  }

  /// The last line of standard error, which often says why.
  private var lastWords: String {
    let line = standardError.text.split(whereSeparator: \.isNewline).last { line in
      !line.allSatisfy(\.isWhitespace)
    }
    return line.map { ": \($0.prefix(200))" } ?? ""
  }
}
