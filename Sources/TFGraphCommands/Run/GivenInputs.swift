import FlowDiagnostics
import Foundation
import TaskFlow

/// The values that somebody gave for a flow's inputs, not yet checked.
struct GivenInputs {
  /// `name=value` texts, which win over the file.
  let assignments: [String]

  /// The path of a JSON or YAML file.
  let file: String?

  /// What is wrong with them, one phrase each.
  struct Problems: Error {
    var phrases: [String]
  }

  /// The values of inputs, checked by type and pattern, with defaults filled in.
  ///
  /// - Parameters:
  ///   - inputs: what the flow can be given.
  ///   - required: which of those it can't do without; all when `nil`.
  ///   - past: values of an earlier run, for what is not given.
  ///   - advice: what to do about inputs without a value, instead of the usual.
  func values(
    for inputs: [FlowInput], required: Set<String>? = nil, past: [String: FlowValue] = [:],
    advice: [String: String] = [:]
  ) -> Result<[String: BoxedValue], Problems> {
    var phrases: [String] = []
    let declared = Dictionary(inputs.map { ($0.symbol, $0) }, uniquingKeysWith: { a, _ in a })
    var values = past.filter { declared[$0.key] != nil }
    let fileValues: [String: FlowValue]
    switch file.map(InputFile.values(path:)) {
    case nil: fileValues = [:]
    case .success(let values): fileValues = values
    // What it should have given would only be reported as missing.
    case .failure(let problems): return .failure(problems)
    }
    for (name, value) in fileValues.sorted(by: { $0.key < $1.key }) {
      guard declared[name] != nil else {
        phrases.append(unknown(name, declared))
        continue
      }
      values[name] = value
    }
    for (name, text) in assigned(&phrases) {
      guard let input = declared[name] else {
        phrases.append(unknown(name, declared))
        continue
      }
      switch (input.type ?? .string).parse(text) {
      case .success(let value): values[name] = value
      case .failure(let error): phrases.append("input '\(name)': \(error.message)")
      }
    }
    for input in inputs {
      if let value = values[input.symbol] {
        if let problem = input.problem(with: value) {
          phrases.append("input '\(input.symbol)' \(problem)")
        }
      } else if let value = input.defaultValue {
        values[input.symbol] = value
      } else if required?.contains(input.symbol) ?? true,
        !phrases.contains(where: { $0.contains("'\(input.symbol)'") })
      {
        phrases.append(
          advice[input.symbol]
            ?? "input '\(input.symbol)' has no value; give it one: --input \(input.symbol)=…")
      }
    }
    guard phrases.isEmpty else { return .failure(Problems(phrases: phrases)) }
    return .success(values.mapValues { BoxedValue($0) })
  }

  /// The values of a plan's inputs as far as they are known; `nil` after telling what is wrong.
  func values(for plan: Plan, on console: Console) -> [String: BoxedValue]? {
    switch values(for: plan.inputs, required: []) {
    case .success(let values): return values
    case .failure(let problems):
      for problem in problems.phrases { console.fail(problem) }
      return nil
    }
  }

  private func unknown(_ name: String, _ declared: [String: FlowInput]) -> String {
    let near = Suggestion.nearest(to: name, among: declared.keys.sorted())
    let names = declared.keys.sorted().map { "'\($0)'" }.joined(separator: ", ")
    let help =
      near.map { "did you mean '\($0)'?" }
      ?? (names.isEmpty ? "it has none" : "its inputs are \(names)")
    return "the flow has no input \(QuotedName.of(name)); \(help)"
  }

  private func assigned(_ phrases: inout [String]) -> [(String, String)] {
    var seen: Set<String> = []
    return assignments.compactMap { assignment in
      guard let equals = assignment.firstIndex(of: "="), equals != assignment.startIndex else {
        phrases.append("expected '--input name=value', found \(QuotedName.of(assignment))")
        return nil
      }
      let name = NameRules.normalized(String(assignment[..<equals]))
      if !seen.insert(name).inserted { phrases.append("input '\(name)' is given twice") }
      return (name, String(assignment[assignment.index(after: equals)...]))
    }
  }
}

/// A JSON or YAML file with values for inputs.
enum InputFile {
  /// The values by name.
  static func values(path: String) -> Result<[String: FlowValue], GivenInputs.Problems> {
    do throws(UnreadableFile) {
      let bytes = try DocumentFile.bytes(path: path)
      let parsed = DocumentReader.parse(bytes: bytes, file: path)
      guard let tree = parsed.tree, parsed.findings.isEmpty else {
        return failure(parsed.findings)
      }
      let (value, findings) = tree.root.flowValue()
      guard let value else { return failure(findings) }
      guard case .map(let values) = value else {
        return .failure(
          GivenInputs.Problems(phrases: ["'\(path)' is no map of input names to values"]))
      }
      return .success(values)
    } catch {
      return .failure(GivenInputs.Problems(phrases: [error.description]))
    }
  }

  private static func failure(
    _ findings: [Finding]
  ) -> Result<[String: FlowValue], GivenInputs.Problems> {
    .failure(GivenInputs.Problems(phrases: findings.map { "\($0.span): \($0.message)" }))
  }
}
