import FlowDiagnostics
import FlowLint
import TaskFlow

/// The file of a baseline, whose folder the names of flow files in it are from.
struct BaselineFile {
  let path: String
  private let names: PathNames

  /// Why a baseline can't be used.
  struct Failure: Error {
    let description: String
    let status: ExitStatus
  }

  init(path: String, console: Console) {
    self.path = path
    names = PathNames(workingDirectory: console.workingDirectory, folderOf: path)
  }

  /// Writes what is found.
  ///
  /// - Returns: how many findings are in it.
  func write(_ sources: [FlowSource]) throws(Failure) -> Int {
    let baseline = LintBaseline(
      of: sources.flatMap(\.findings), in: texts(of: sources), naming: names.name)
    do throws(OutputFailure) {
      try CreatedFile(path: path).write(baseline.text)
    } catch {
      throw Failure(description: error.description, status: .outputFailed)
    }
    return baseline.entries.count
  }

  /// Leaves out what is in the baseline, and tells what is in it and not found any more.
  func compared(
    _ files: [LintSession.LintedFile], on console: Console
  ) throws(Failure) -> [LintSession.LintedFile] {
    let baseline = try read()
    let sources = files.map(\.source)
    let comparison = baseline.comparison(
      with: sources.flatMap(\.findings),
      files: Dictionary(
        sources.map { ($0.path, $0.judged) }, uniquingKeysWith: { $0.union($1) }),
      in: texts(of: sources),
      naming: names.name)
    for entry in comparison.gone.prefix(Self.mostToldEntries) {
      console.fail(
        "'\(entry.rule)' in '\(entry.file)' is not found any more: \(entry.message)")
    }
    if !comparison.gone.isEmpty {
      console.fail(
        "\(comparison.gone.count) of '\(path)' not found any more; "
          + "write it again with --write-baseline '\(path)'")
    }
    let open = Dictionary(grouping: comparison.findings, by: \.span.file)
    let known = Dictionary(grouping: comparison.known, by: \.finding.span.file)
    return files.map { file in
      var file = file
      file.source.findings = open[file.source.path] ?? []
      file.source.suppressed += known[file.source.path] ?? []
      return file
    }
  }

  private static let mostToldEntries = 10

  /// Which findings of each file, by its path, are not in the baseline.
  func filters() throws(Failure) -> (_ path: String) -> Linter.FindingFilter {
    let baseline = try read()
    let name = names.name
    return { path in
      { reading, findings in
        baseline.comparison(
          with: findings, files: [:], in: SourceTexts([path: SourceText(reading.text)]),
          naming: name
        ).findings
      }
    }
  }

  private func read() throws(Failure) -> LintBaseline {
    let bytes: [UInt8]
    do throws(UnreadableFile) {
      bytes = try DocumentFile.bytes(path: path)
    } catch {
      throw Failure(
        description: "\(error.description); --write-baseline writes a baseline", status: .usage)
    }
    do throws(LintBaseline.ReadingError) {
      return try LintBaseline(String(decoding: bytes, as: UTF8.self))
    } catch {
      throw Failure(
        description: "can't use the baseline '\(path)': \(error.description)", status: .usage)
    }
  }

  private func texts(of sources: [FlowSource]) -> SourceTexts {
    SourceTexts(
      Dictionary(
        sources.map { ($0.path, SourceText($0.text)) }, uniquingKeysWith: { first, _ in first }))
  }
}
