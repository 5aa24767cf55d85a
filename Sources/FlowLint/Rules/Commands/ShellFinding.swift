import FlowDiagnostics
import TaskFlow

extension LintRule {
  /// TFG404
  static let shellFinding = LintRule(
    "TFG404", "shell-finding", .warning,
    finds: "what shellcheck says about a shell text, when it is installed",
    because: """
      Most of what goes wrong in a task goes wrong in its shell text: a variable without quotes, a test \
      that is always true. shellcheck knows these. Its findings have its own severity and the place in the \
      flow file. It is told which variables the flow gives, and that the shell is strict ('-e'); \
      'lint --no-shellcheck' goes without it, and so does a '# shellcheck disable=SC2086' in the text.
      """,
    examples: [
      .reported(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: build
            run: ./build.sh $HOME  # <-- here
        """, around: .checker("SC2086", .info, at: "$HOME")),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: build
            run: |
              set -x
              if [ "$1" ]; then  # <-- here
                exit 1
              fi
            revert: none
        """, around: .checker("SC1072", .error, at: "if [")),
      .reported(
        """
        tfgraph: 1
        flow: deploy
        inputs: { version: { default: '1' } }
        linear:
          - task: build
            requires: [version]
            run: ./build.sh "$version"
            revert:
              run: >-
                ./remove.sh
                "$vresion"  # <-- here
        """, around: .checker("SC2154", .warning, at: "$vresion")),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        inputs: { version: { default: '1' } }
        linear:
          - task: build
            requires: [version]
            run: ./build.sh "$version"
        """, around: .checker("SC2154", .warning, at: "$version")),
      .allowed(
        """
        tfgraph: 1
        flow: deploy
        linear:
          - task: build
            exec: [./build.sh]
        """, around: .checker("SC2086", .info, at: "./build.sh")),
      .allowed(
        """
        tfgraph: 1
        flow: numbers
        linear:
          - task: count
            shell: [python3, -c]
            run: print(1)
        """, around: .checker("SC1036", .error, at: "(1)")),
    ],
    check: .plan { subject, reporter in
      for command in subject.commands {
        guard let script = CheckedScript(command.action) else { continue }
        let found = subject.surroundings.shellFindings(script.text, script.shell)
        if found.isEmpty { continue }
        let lines = ScriptLines(script.text)
        for finding in found {
          let range = lines.range(of: finding)
          // What the flow gives a text is not assigned in it.
          if ["SC2154", "SC2153"].contains(finding.code),
            command.hasVariable(lines.name(at: range.lowerBound))
          {
            continue
          }
          reporter.report(
            "\(finding.phrase) (\(finding.code))", at: command.span(ofText: range),
            severity: finding.severity,
            help: "https://www.shellcheck.net/wiki/\(finding.code) says why, and what to do")
        }
      }
    })
}

extension DeclaredCommand {
  /// Whether a variable is set when the text begins.
  fileprivate func hasVariable(_ name: String) -> Bool {
    givenNames.contains(name) || name.hasPrefix("TFGRAPH_")
  }
}

extension LintSurroundings.ShellFinding {
  /// What is wrong as one phrase: without a capital letter that only begins the sentence, and its period.
  fileprivate var phrase: String {
    var text = message
    if text.hasSuffix("."), !text.hasSuffix("..") { text.removeLast() }
    guard let first = text.first, first.isUppercase,
      text.dropFirst().first.map({ $0.isLowercase }) ?? false
    else { return text }
    return first.lowercased() + text.dropFirst()
  }
}

/// The lines of a shell text.
private struct ScriptLines {
  private let scalars: [Unicode.Scalar]
  private let starts: [Int]

  init(_ text: String) {
    let scalars = Array(text.unicodeScalars)
    self.scalars = scalars
    starts = [0] + scalars.indices.filter { scalars[$0] == "\n" }.map { $0 + 1 }
  }

  /// Where a finding is, in Unicode scalars of the text; up to the end of its first line.
  func range(of finding: LintSurroundings.ShellFinding) -> Range<Int> {
    let line = min(max(finding.line, 1), starts.count) - 1
    let end = line + 1 < starts.count ? starts[line + 1] - 1 : scalars.count
    let start = min(starts[line] + max(0, finding.column - 1), end)
    let behind = finding.endColumn.map { starts[line] + $0 - 1 } ?? end
    return start..<max(start, min(behind, end))
  }

  /// The name of the variable that is read at a place.
  func name(at position: Int) -> String {
    let rest = scalars[min(position, scalars.count)...].drop {
      "\"${!#".unicodeScalars.contains($0)
    }
    let name = rest.prefix { $0.isASCII && ShellName.has(UInt8($0.value)) }
    return String(String.UnicodeScalarView(name))
  }
}

extension LintSurroundings {
  /// Surroundings with a checker that says one thing about a part of a text, for examples.
  fileprivate static func checker(
    _ code: String, _ severity: Severity, at part: String
  ) -> LintSurroundings {
    LintSurroundings(
      fileState: { _ in nil },
      shellFindings: { text, _ in
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.enumerated().compactMap { index, line in
          line.firstRange(of: part).map { range in
            let column = line.distance(from: line.startIndex, to: range.lowerBound) + 1
            return ShellFinding(
              code: code, severity: severity, message: "Something is wrong.", line: index + 1,
              column: column, endColumn: column + part.count)
          }
        }
      })
  }
}
