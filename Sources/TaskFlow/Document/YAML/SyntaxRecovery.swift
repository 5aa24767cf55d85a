import FlowDiagnostics

/// Looks for more syntax errors behind the first one, where libyaml stops.
///
/// The line of an error that has nothing to do with what is around it is blanked, with all that is indented
/// below it, and the text is read again; once that can be read, what else is wrong with it is told. Errors
/// that may follow from that, such as a bracket that is not closed, end the search and are not reported; so
/// does the size of the text.
struct SyntaxRecovery {
  private let file: String
  private let limits: DocumentLimits
  private let start: Int
  private let original: [UInt8]
  private var bytes: [UInt8]
  private var hasBlankedAnchor = false

  /// How often a text is read again.
  private static let rounds = 8

  /// Longer texts are not read again: the answer would take too long.
  private static let longest = 1 << 20

  init(bytes: [UInt8], start: Int, file: String, limits: DocumentLimits) {
    self.file = file
    self.limits = limits
    self.start = start
    original = bytes
    self.bytes = bytes
  }

  /// The first failure as a finding, and those behind it that are independent of it.
  mutating func findings(after first: YAMLFailure) -> [Finding] {
    var found = [finding(for: first)]
    guard bytes.count <= Self.longest else { return found }
    var failure = first
    for _ in 0..<Self.rounds {
      guard isLocal(failure), blank(failure) else { break }
      var builder = DocumentBuilder(bytes: bytes, start: start, file: file, limits: limits)
      let next = bytes[start...].withUnsafeBufferPointer { builder.readAll(from: $0, pairs: nil) }
      guard let next else {
        let rest = builder.result()
        // Nothing may be left; and what an alias stands for may have been in the lines that were left out.
        if rest.tree != nil {
          found += rest.findings.filter { !hasBlankedAnchor || !$0.message.contains("alias") }
        }
        break
      }
      guard isLocal(next), lines(of: next).lowerBound > lines(of: failure).upperBound
      else { break }
      found.append(finding(for: next))
      failure = next
    }
    return found
  }

  /// Whether an error is of its own line, and does not depend on what is opened or closed elsewhere.
  private func isLocal(_ failure: YAMLFailure) -> Bool {
    YAMLSyntaxPhrase(failure).isLocal || ClosedValue(in: failure, of: original, from: start) != nil
  }

  /// The lines that an error is in.
  private func lines(of failure: YAMLFailure) -> ClosedRange<Int> {
    ClosedValue(in: failure, of: original, from: start) == nil
      ? failure.lines : failure.mark.line...failure.mark.line
  }

  private func finding(for failure: YAMLFailure) -> Finding {
    YAMLSyntaxError(failure: failure, bytes: original, start: start, file: file).finding
  }

  /// Makes blanks of the lines that an error is in and of those that belong to them; `false` if there are
  /// none.
  private mutating func blank(_ failure: YAMLFailure) -> Bool {
    let own = self.lines(of: failure)
    var lines = LineCursor(bytes, start: start)
    guard let range = lines.range(ofLine: own.lowerBound) else { return false }
    let depth = Self.indentation(of: bytes[range])
    var line = own.lowerBound
    while let range = lines.range(ofLine: line) {
      let indentation = Self.indentation(of: bytes[range])
      let isWithin = own.contains(line) || indentation.isBlank || indentation.hasTab
      guard isWithin || indentation.width > depth.width else { break }
      hasBlankedAnchor = hasBlankedAnchor || bytes[range].contains(UInt8(ascii: "&"))
      for index in range { bytes[index] = 0x20 }
      line += 1
    }
    return true
  }

  private struct Indentation {
    var width = 0
    var hasTab = false
    var isBlank = true
  }

  private static func indentation(of line: ArraySlice<UInt8>) -> Indentation {
    var indentation = Indentation()
    for byte in line {
      switch byte {
      case 0x20: indentation.width += 1
      case 0x09: indentation.hasTab = true
      default:
        indentation.isBlank = false
        return indentation
      }
    }
    return indentation
  }
}

extension YAMLSyntaxPhrase {
  /// Whether the error is of its own line, and does not depend on what is opened or closed elsewhere.
  var isLocal: Bool {
    switch kind {
    case .missingColon, .badStart: true
    case .phrase: isInLine
    }
  }
}

extension YAMLFailure {
  /// The lines that the error is in: what libyaml can't read may have begun before.
  fileprivate var lines: ClosedRange<Int> {
    guard let context else { return mark.line...mark.line }
    let phrase = YAMLSyntaxPhrase(self)
    switch phrase.kind {
    case .missingColon: return context.mark.line...context.mark.line
    case .badStart: return mark.line...mark.line
    case .phrase:
      // What a tab is in front of has nothing to do with the text above.
      let first = problem.contains("tab character") ? mark.line : context.mark.line
      return min(first, mark.line)...mark.line
    }
  }
}
