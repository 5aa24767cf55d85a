import Foundation
public import TaskFlow

/// The secrets of a run: read once, given to the processes that ask for them, masked everywhere else.
public struct Secrets: Sendable {
  /// No secrets.
  public static let none = Secrets()

  /// The values, by name.
  let values: [String: String]

  /// Variables that no process inherits.
  let hidden: Set<String>

  package let mask: SecretMask

  private init() {
    values = [:]
    hidden = []
    mask = SecretMask([])
  }

  /// Reads secrets.
  ///
  /// - Parameters:
  ///   - secrets: what is read.
  ///   - environment: the caller's variables.
  ///   - folder: the folder that relative paths are in: that of the flow.
  /// - Throws: ``SecretProblems`` with all that can't be read, or not be masked.
  public init(
    _ secrets: [FlowSecret], environment: [String: String], folder: String
  ) throws(SecretProblems) {
    var values: [String: String] = [:]
    var hidden: Set<String> = []
    var phrases: [String] = []
    for secret in secrets {
      hidden.insert(secret.name)
      if case .environment(let variable) = secret.source {
        hidden.formUnion([variable, "\(variable)_FILE"])
      }
      switch Self.read(secret, environment, folder: folder) {
      case .success(let value): values[secret.name] = value
      case .failure(let problem): phrases.append("secret '\(secret.name)' \(problem.phrase)")
      }
    }
    guard phrases.isEmpty else { throw SecretProblems(phrases: phrases) }
    self.values = values
    self.hidden = hidden
    mask = SecretMask(Array(values.values))
  }

  private struct Problem: Error {
    let phrase: String
  }

  private static func read(
    _ secret: FlowSecret, _ environment: [String: String], folder: String
  ) -> Result<String, Problem> {
    var value: String
    switch secret.source {
    case .environment(let variable):
      if let text = environment[variable] {
        value = text
      } else if let path = environment["\(variable)_FILE"] {
        guard let text = text(path, folder) else {
          return .failure(Problem(phrase: "can't be read from '\(path)'"))
        }
        value = text
      } else {
        return .failure(
          Problem(phrase: "has no value; set \(variable), or \(variable)_FILE to a file with it"))
      }
    case .file(let path):
      guard let text = text(path, folder) else {
        return .failure(Problem(phrase: "can't be read from '\(path)'"))
      }
      value = text
    }
    while value.last?.isNewline == true { value.removeLast() }
    if value.isEmpty { return .failure(Problem(phrase: "is empty")) }
    if value.utf8.count < SecretMask.shortest {
      return .failure(
        Problem(phrase: "is shorter than \(SecretMask.shortest) bytes, and can't be masked"))
    }
    if value.utf8.count > ShellEnvironment.largestVariable {
      return .failure(Problem(phrase: "is longer than 96 KiB, and no process can be given it"))
    }
    if value.utf8.contains(0) { return .failure(Problem(phrase: "contains a NUL character")) }
    return .success(value)
  }

  private static func text(_ path: String, _ folder: String) -> String? {
    let url = URL(filePath: path, relativeTo: URL(filePath: folder, directoryHint: .isDirectory))
    guard let bytes = try? DocumentFile.bytes(path: url.path) else { return nil }
    return String(validating: bytes, as: UTF8.self)
  }

  /// Whether a value that somebody gave contains a secret.
  public func isIn(_ value: FlowValue) -> Bool { mask.masked(value) != value }
}

/// The error of secrets that can't be read, one phrase each.
public struct SecretProblems: Error, Sendable, Hashable, CustomStringConvertible {
  /// What is wrong.
  public var phrases: [String]

  /// What is wrong, all together.
  public var description: String { phrases.joined(separator: "; ") }
}
