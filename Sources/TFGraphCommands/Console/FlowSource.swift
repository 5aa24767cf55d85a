import FlowDiagnostics
import FlowLint
import Foundation
import TaskFlow

/// A flow as a command has it: what was read, compiled and found.
struct FlowSource {
  /// Where a flow comes from.
  enum Origin {
    /// A flow file.
    case file
    /// The program itself.
    case catalog
    /// Another program, which has listed it; it can't be run here.
    case program(String)
  }

  /// What the caller named: the path of a file, the name of a flow, or `PROGRAM#FLOW`.
  let path: String
  let origin: Origin
  var findings: [Finding]
  /// What was found and is allowed.
  var suppressed: [SuppressedFinding] = []
  /// The rules that have looked at it.
  let judged: Set<String>
  /// The flow as far as it could be read.
  let flow: Flow?
  let compilation: Compilation?
  let isUnreadable: Bool
  let text: String

  // MARK: Reading

  /// The flow that somebody named: one of the program's own, that of a file, or the one flow of another
  /// program.
  static func of(_ name: String, on console: Console) async -> FlowSource {
    let sources = await all(of: [name], on: console)
    guard sources.count > 1 else {
      return sources.first ?? unreadable(name, "no flow was named")
    }
    let names = sources.map { "'\($0.path)'" }.joined(separator: ", ")
    return unreadable(name, "\(QuotedName.of(name)) has several flows: name one, \(names)")
  }

  /// The flows that somebody named; another program can have several.
  ///
  /// Nothing that a flow names is opened or run. Of programs those are run that somebody named here, to list
  /// their flows.
  ///
  /// - Parameter linter: what looks at them; nobody does without.
  static func all(
    of names: [String], linter: Linter? = nil, on console: Console
  ) async -> [FlowSource] {
    var sources: [FlowSource] = []
    for name in names {
      if let flow = console.catalog[name] {
        sources.append(FlowSource(flow, as: name, .catalog, linter: linter))
      } else if let program = ProgramPath(name) {
        sources += await all(of: program, linter: linter, on: console)
      } else if name == StandardInput.path {
        sources.append(unreadable(name, "a flow is read from a file here, not from standard input"))
      } else {
        sources.append(
          FlowSource(
            FlowDocument.read(path: name), path: name, linter: linter, catalog: console.catalog))
      }
    }
    return sources
  }

  private static func all(
    of program: ProgramPath, linter: Linter?, on console: Console
  ) async -> [FlowSource] {
    do throws(ProgramFailure) {
      let flows = try await ProgramFlows(console: console).flows(of: program)
      return flows.map { flow in
        FlowSource(
          flow, as: "\(program.path)#\(flow.name)", .program(program.path), linter: linter)
      }
    } catch {
      return [unreadable(program.path, error.description)]
    }
  }

  /// A file that was read and linted.
  init(_ reading: FlowDocument.Reading, path: String, _ report: Linter.Report) {
    self.path = path
    origin = .file
    compilation = report.compilation
    findings = report.findings
    suppressed = report.suppressed
    judged = report.judged
    isUnreadable = reading.isUnreadable
    flow = reading.document?.flow
    text = reading.text
  }

  /// Compiles a file that was read, and lints it if there is a linter.
  init(
    _ reading: FlowDocument.Reading, path: String, linter: Linter?, catalog: FlowCatalog
  ) {
    let report = linter?.lint(reading)
    self.path = path
    origin = .file
    compilation = linter == nil ? reading.compile() : report?.compilation
    isUnreadable = reading.isUnreadable
    flow = reading.document?.flow
    text = reading.text
    var findings = report?.findings ?? compilation?.findings ?? reading.findings
    if isUnreadable, !catalog.flows.isEmpty, !findings.isEmpty {
      let near = Suggestion.nearest(to: path, among: catalog.names)
      let names = catalog.names.map { "'\($0)'" }.joined(separator: ", ")
      findings[0].help = near.map { "did you mean flow '\($0)'?" } ?? "its flows are \(names)"
    }
    self.findings = findings
    suppressed = report?.suppressed ?? []
    judged = report?.judged ?? []
  }

  /// Compiles a flow in Swift.
  private init(_ flow: Flow, as name: String, _ origin: Origin, linter: Linter?) {
    let report = linter?.lint(flow)
    let compilation = report == nil ? Compiler().compile(flow) : report?.compilation
    path = name
    self.origin = origin
    self.compilation = compilation
    self.flow = flow
    findings = report?.findings ?? compilation?.findings ?? []
    suppressed = report?.suppressed ?? []
    judged = report?.judged ?? []
    isUnreadable = false
    text = ""
  }

  private init(unreadable finding: Finding, path: String) {
    self.path = path
    origin = .file
    findings = [finding]
    judged = []
    (flow, compilation) = (nil, nil)
    isUnreadable = true
    text = ""
  }

  private static func unreadable(_ path: String, _ message: String) -> FlowSource {
    FlowSource(
      unreadable: Finding(
        rule: "unreadable-file", message: message,
        span: SourceSpan(file: path, line: 1, column: 1)),
      path: path)
  }

  // MARK: Findings

  /// The plan, if the flow can be run; what is wrong with it is told.
  func plan(on console: Console) -> Plan? {
    if !findings.isEmpty {
      let text = Self.text(of: [self], look: console.complaintLook)
      console.complain(text.trimmingCharacters(in: .newlines))
    }
    return isUnreadable || hasErrors ? nil : compilation?.plan
  }

  /// How a command ends that can't go on without a plan.
  var refusal: ExitStatus { isUnreadable ? .usage : .findings }

  /// Whether it can't be run.
  var hasErrors: Bool { findings.contains { $0.severity == .error } }

  /// The findings of several files as text, with the places that they are about.
  static func text(of sources: [FlowSource], look: TextLook) -> String {
    look.renderer(texts(of: sources)).text(for: sources.flatMap(\.findings))
  }

  /// The texts of those of several files that could be read.
  static func texts(of sources: [FlowSource]) -> SourceTexts {
    let pairs = sources.filter { !$0.isUnreadable }.map { ($0.path, $0.text) }
    let texts = Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    return SourceTexts { file in texts[file].map { SourceText($0) } }
  }
}
