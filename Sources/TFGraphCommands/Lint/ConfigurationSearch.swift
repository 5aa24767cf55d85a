import FlowDiagnostics
import FlowLint
import Foundation
import SystemPackage
import TaskFlow

/// Finds the configuration of each file, and reads each once.
struct ConfigurationSearch {
  private let control: LintControl
  private let workingDirectory: FilePath
  private var readings: [String: LintConfiguration.Reading?] = [:]
  private var pathsOfFolders: [FilePath: String?] = [:]
  private var findings: [Finding] = []
  private var texts: [String: SourceText] = [:]
  private var complaints: [String] = []

  private static let name = ".tfgraph.yaml"

  init(control: LintControl, console: Console) {
    self.control = control
    workingDirectory = FilePath(console.workingDirectory)
  }

  /// The configuration of a file with what the command line says; `nil` when it can't be read.
  mutating func configuration(for path: String) -> LintConfiguration? {
    var configuration = LintConfiguration()
    if let file = control.config ?? (control.noConfig ? nil : nearest(to: path)) {
      guard let reading = reading(file), reading.findings.isEmpty else { return nil }
      let names = PathNames(workingDirectory: workingDirectory.string, folderOf: file)
      configuration = reading.configuration.resolved(forFile: names.name(path))
    }
    let select = control.selectors(control.select)
    if !select.isEmpty {
      configuration.select = select
      configuration.ignore = []
    }
    configuration.ignore += control.selectors(control.ignore)
    return configuration
  }

  /// Says what is wrong with the configurations; `nil` when nothing is.
  func failure(_ console: Console) -> ExitStatus? {
    if findings.isEmpty, complaints.isEmpty { return nil }
    for complaint in complaints { console.fail(complaint) }
    if !findings.isEmpty {
      let renderer = console.complaintLook.renderer(SourceTexts(texts))
      console.complain(renderer.text(for: findings).trimmingCharacters(in: .newlines))
    }
    return .usage
  }

  private mutating func reading(_ path: String) -> LintConfiguration.Reading? {
    if let known = readings[path] { return known }
    let reading: LintConfiguration.Reading?
    do throws(UnreadableFile) {
      let bytes = try DocumentFile.bytes(path: path)
      let result = LintConfiguration.read(bytes: bytes, path: path)
      findings += result.findings
      texts[path] = SourceText(bytes)
      reading = result
    } catch {
      complaints.append(error.description)
      reading = nil
    }
    readings[path] = .some(reading)
    return reading
  }

  /// The configuration in the folder of a file or the nearest above it, not above one with `.git`.
  private mutating func nearest(to path: String) -> String? {
    var folder = PathNames.absolute(path, in: workingDirectory).removingLastComponent()
    var passed: [FilePath] = []
    var found: String?
    while true {
      if let known = pathsOfFolders[folder] {
        found = known
        break
      }
      passed.append(folder)
      let candidate = folder.appending(Self.name)
      if FileManager.default.fileExists(atPath: candidate.string) {
        found = shown(candidate)
        break
      }
      let isEnd =
        FileManager.default.fileExists(atPath: folder.appending(".git").string)
        || folder.components.isEmpty
      if isEnd { break }
      folder.removeLastComponent()
    }
    for folder in passed { pathsOfFolders[folder] = .some(found) }
    return found
  }

  /// A path as messages have it: from the folder that the command was called in, if it is in there.
  private func shown(_ path: FilePath) -> String {
    var path = path
    return path.removePrefix(workingDirectory) ? path.string : path.string
  }
}
