import FlowEngine
import FlowLint
import Foundation

/// Asks shellcheck about shell texts, in a child process with a deadline.
///
/// It is given copies of the texts in a folder of ours, one process for all texts of a dialect, and is not let
/// read anything else.
struct ShellChecker {
  let console: Console

  /// How long it may take for all texts.
  var deadline = Duration.seconds(60)

  /// About how many texts it is asked; it takes some milliseconds for each.
  var mostScripts = 1_000

  typealias Findings = [CheckedScript: [LintSurroundings.ShellFinding]]

  /// What shellcheck says about each text.
  ///
  /// What keeps it from answering is told.
  func findings(in scripts: [CheckedScript]) async -> Findings {
    let asked = scripts.prefix(mostScripts)
    if asked.count < scripts.count {
      console.fail("shellcheck is asked about the first \(mostScripts) shell texts only")
    }
    var said: Findings = [:]
    let dialects = Dictionary(grouping: asked, by: { ShellDialect(shell: $0.shell) })
    for dialect in ShellDialect.allCases {
      guard let scripts = dialects[dialect] else { continue }
      do throws(ShellCheckFailure) {
        said.merge(try await findings(in: scripts, as: dialect)) { first, _ in first }
      } catch {
        console.fail("shellcheck was not asked: \(error.reason)")
        return [:]
      }
    }
    return said
  }

  /// Whether it can be asked; that it is not installed is no mistake.
  var isInstalled: Bool {
    (console.environment["PATH"] ?? "").split(separator: ":").contains { folder in
      FileManager.default.fileExists(atPath: "\(folder)/\(Self.program)")
    }
  }

  private static let program = "shellcheck"

  private func findings(
    in scripts: [CheckedScript], as dialect: ShellDialect
  ) async throws(ShellCheckFailure) -> Findings {
    let folder: AttemptDirectory
    do {
      folder = try AttemptDirectory(in: console.scratchDirectory)
    } catch {
      throw ShellCheckFailure(reason: "\(error)")
    }
    defer { try? folder.remove() }
    let paths = scripts.indices.map { "\(folder.path)/\($0)" }
    do {
      for (path, script) in zip(paths, scripts) {
        try Data(script.textForChecker.utf8).write(to: URL(filePath: path))
      }
    } catch {
      throw ShellCheckFailure(reason: error.localizedDescription)
    }
    let text = try await output(for: paths, as: dialect)
    let numbers = Dictionary(uniqueKeysWithValues: zip(paths, scripts.indices))
    var findings: Findings = [:]
    for comment in try ShellCheckComment.all(in: text) {
      guard let script = numbers[comment.file].map({ scripts[$0] }),
        let finding = comment.finding(headerLines: script.headerLines)
      else { continue }
      findings[script, default: []].append(finding)
    }
    return findings.mapValues {
      $0.sorted { ($0.line, $0.column, $0.code) < ($1.line, $1.column, $1.code) }
    }
  }

  private func output(
    for paths: [String], as dialect: ShellDialect
  ) async throws(ShellCheckFailure) -> String {
    // Files that a text reads commands from are not followed, which is nothing to tell.
    let options = ["--norc", "-f", "json1", "-s", dialect.rawValue, "-e", "SC1090,SC1091"]
    let request = ProcessRequest(
      executable: Self.program, arguments: options + paths, environment: console.environment,
      workingDirectory: console.scratchDirectory, timeout: deadline, gracePeriod: .zero,
      outputLimits: OutputLimits(standardOutput: .whole(limit: 64 << 20)))
    let outcome: ProcessOutcome
    do throws(ProcessFailure) {
      outcome = try await ProcessRunner(groups: ProcessGroups()).run(request) { _ in }
    } catch {
      throw ShellCheckFailure(reason: "\(error)")
    }
    if outcome.timedOut {
      throw ShellCheckFailure(
        reason: "it takes longer than \(deadline.components.seconds)s; lint with '--no-shellcheck'")
    }
    // It ends with 1 when it has found something.
    guard [.exited(0), .exited(1)].contains(outcome.termination) else {
      let said = outcome.standardError.text.trimmingCharacters(in: .whitespacesAndNewlines)
      throw ShellCheckFailure(reason: said.isEmpty ? "it failed" : said)
    }
    return outcome.standardOutput.text
  }
}

/// Why shellcheck gave no answer.
struct ShellCheckFailure: Error {
  /// One phrase.
  let reason: String
}

extension ShellDialect {
  /// The dialect of a shell with its options, such as `bash -euo pipefail -c`.
  fileprivate init?(shell: String) {
    self.init(interpreter: shell.split(separator: " ").map(String.init))
  }
}

extension CheckedScript {
  /// The text behind a first line that tells with which options it runs, unless it has such a line itself.
  fileprivate var textForChecker: String {
    headerLines == 0
      ? text
      : "#!/usr/bin/env -S \(shell.split(separator: " ").dropLast().joined(separator: " "))\n\(text)"
  }

  fileprivate var headerLines: Int {
    text.hasPrefix("#!") || shell.contains(where: \.isNewline) ? 0 : 1
  }
}
