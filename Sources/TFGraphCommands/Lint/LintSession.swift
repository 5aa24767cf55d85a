import FlowDiagnostics
import FlowLint
import Foundation
import TaskFlow

/// Lints files as the options and configurations say, and changes them if that is asked for.
struct LintSession {
  let control: LintControl
  let console: Console

  /// What came of it.
  enum Outcome {
    /// Findings to print.
    case linted([LintedFile])
    /// All is said.
    case ended(ExitStatus)
  }

  /// A file with what was found in it.
  struct LintedFile {
    var source: FlowSource
    /// From which severity on a finding makes the command fail.
    let failOn: Severity
    /// Why the file is not what was asked for, which was told; `nil` when it is.
    var failure: ExitStatus?

    /// Whether something is found that makes the command fail.
    ///
    /// - Parameter said: what the command line says, which counts before the configuration.
    func fails(on said: FailOn?) -> Bool {
      guard let least = said.map(\.severity) ?? failOn else { return false }
      return source.findings.contains { $0.severity <= least }
    }
  }

  /// A file, or a flow of a program, that is to be linted.
  private struct Subject {
    let path: String
    /// What was read; `nil` for a flow of a program.
    let reading: FlowDocument.Reading?
    var linter: Linter
    let failOn: Severity
  }

  /// Lints files.
  ///
  /// - Parameter linter: the linter before it is configured.
  func lint(_ paths: [String], with linter: Linter) async -> Outcome {
    var search = ConfigurationSearch(control: control, console: console)
    var subjects: [Subject] = []
    for path in paths {
      guard let configuration = search.configuration(for: path) else { continue }
      var linter = linter
      linter.configuration = configuration
      if needsAll { linter.findingLimit = nil }
      let isInput = path == StandardInput.path
      let isFile = console.catalog[path] == nil && ProgramPath(path) == nil
      let reading =
        isInput ? StandardInput.reading() : isFile ? FlowDocument.read(path: path) : nil
      subjects.append(
        Subject(
          path: isInput ? StandardInput.name : path, reading: reading, linter: linter,
          failOn: configuration.failOn ?? .error))
    }
    if let failure = search.failure(console) { return .ended(failure) }
    await surround(&subjects)
    if control.changesFiles { return await change(subjects) }
    var files: [LintedFile] = []
    for subject in subjects { files += await linted(subject) }
    return finish(files)
  }

  /// Lets each linter look at what is around its flow.
  private func surround(_ subjects: inout [Subject]) async {
    var said: ShellChecker.Findings = [:]
    let checker = ShellChecker(console: console)
    if !control.goesWithoutShellCheck, checker.isInstalled {
      var seen: Set<CheckedScript> = []
      let scripts = subjects.flatMap { $0.reading?.document?.flow.shellScripts ?? [] }
        .filter { seen.insert($0).inserted }
      said = await checker.findings(in: scripts)
    }
    for index in subjects.indices where subjects[index].reading != nil {
      subjects[index].linter.surroundings = LintSurroundings(
        besideFile: subjects[index].path, in: console.workingDirectory, shellFindings: said)
    }
  }

  /// What was found in the flows that a path stands for.
  private func linted(_ subject: Subject) async -> [LintedFile] {
    let sources: [FlowSource]
    if let reading = subject.reading {
      sources = [
        FlowSource(
          reading, path: subject.path, linter: subject.linter, catalog: console.catalog)
      ]
    } else {
      sources = await FlowSource.all(of: [subject.path], linter: subject.linter, on: console)
    }
    return sources.map { LintedFile(source: $0, failOn: subject.failOn) }
  }

  /// Whether more is done with the findings than to print them.
  private var needsAll: Bool { control.baseline != nil || control.writeBaseline != nil }

  // MARK: Changing files

  private func change(_ subjects: [Subject]) async -> Outcome {
    var files: [LintedFile] = []
    var differences = ""
    let isOpen: (String) -> Linter.FindingFilter
    do throws(BaselineFile.Failure) {
      isOpen =
        try control.baseline.map { path throws(BaselineFile.Failure) in
          try BaselineFile(path: path, console: console).filters()
        } ?? { _ in { _, findings in findings } }
    } catch {
      console.fail(error.description)
      return .ended(error.status)
    }
    for subject in subjects {
      let path = subject.path
      // Flows of programs have no text that could be changed, and unreadable files none that is known.
      guard subject.reading != nil, let old = try? DocumentFile.bytes(path: path) else {
        files += await linted(subject)
        continue
      }
      do throws(OutputFailure) {
        let changed = changed(old, path: path, subject.linter, where: isOpen(path))
        if control.diff {
          differences += UnifiedDiff(from: old, to: changed.file.bytes, file: path)
            .text(isForTerminal: console.isTerminal)
        } else if changed.file.bytes != old {
          try ReplacedFile(path: path).write(changed.file.bytes)
        }
        files.append(
          LintedFile(
            source: FlowSource(changed.file.reading, path: path, changed.file.report),
            failOn: subject.failOn, failure: changed.failure))
      } catch {
        console.fail(error.description)
        return .ended(.outputFailed)
      }
    }
    return control.diff ? show(differences, files) : finish(files)
  }

  /// A file after fixes and added comments, and why it is not all that was asked for.
  private func changed(
    _ bytes: [UInt8], path: String, _ linter: Linter, where isOpen: Linter.FindingFilter
  ) -> (file: Linter.FixedFile, failure: ExitStatus?) {
    var bytes = bytes
    var failure: ExitStatus?
    func note(_ file: Linter.FixedFile) {
      guard let broken = file.broken else { return }
      console.fail("internal error: \(broken)")
      failure = .internalError
    }
    if let safety = control.fixes {
      let fixed = linter.fixing(bytes, path: path, safety, where: isOpen)
      note(fixed)
      guard control.addAllows else { return (fixed, failure) }
      bytes = fixed.bytes
    }
    let allowed = linter.addingAllows(
      to: bytes, path: path, reason: control.reason ?? "as it was found", where: isOpen)
    note(allowed)
    if path.hasSuffix(".json"), !isOpen(allowed.reading, allowed.report.findings).isEmpty {
      console.fail(
        "JSON has no comments: allow what is in '\(path)' by 'per-file' in .tfgraph.yaml")
      failure = failure ?? .usage
    }
    return (allowed, failure)
  }

  /// Prints what would change; that there is something counts as a finding.
  private func show(_ differences: String, _ files: [LintedFile]) -> Outcome {
    guard console.write(differences) else { return .ended(.outputFailed) }
    let unreadable = files.map(\.source).filter(\.isUnreadable)
    for source in unreadable { for finding in source.findings { console.fail(finding.message) } }
    if let failure = files.lazy.compactMap(\.failure).first { return .ended(failure) }
    if !unreadable.isEmpty { return .ended(.usage) }
    return .ended(
      differences.isEmpty && !files.contains { $0.fails(on: control.failOn) } ? .done : .findings)
  }

  // MARK: Baselines

  private func finish(_ files: [LintedFile]) -> Outcome {
    do throws(BaselineFile.Failure) {
      if let path = control.writeBaseline {
        return try written(files, to: BaselineFile(path: path, console: console))
      }
      if let path = control.baseline {
        return .linted(
          try BaselineFile(path: path, console: console).compared(files, on: console))
      }
    } catch {
      console.fail(error.description)
      return .ended(error.status)
    }
    return .linted(files)
  }

  /// Writes a baseline; what can't be in it is still told.
  private func written(
    _ files: [LintedFile], to baseline: BaselineFile
  ) throws(BaselineFile.Failure) -> Outcome {
    let count = try baseline.write(files.map(\.source))
    console.complain("\(count == 1 ? "1 finding is" : "\(count) findings are") in the baseline now")
    return .linted(try baseline.compared(files, on: console))
  }
}
