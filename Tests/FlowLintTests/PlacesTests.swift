import FlowDiagnostics
import FlowLint
import TaskFlow
import Testing

/// A finding about a piece of a file is at that piece, however the file is written, and its carets stand
/// under it.
@Suite struct PlacesTests {
  /// How a file's bytes are made of its text.
  enum Form: CaseIterable {
    case plain
    case carriageReturns
    case oldMac
    case marked
    case markedWithCarriageReturns

    func bytes(of text: String) -> [UInt8] {
      let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
      let pairs = text.replacing("\n", with: "\r\n")
      switch self {
      case .plain: return Array(text.utf8)
      case .carriageReturns: return Array(pairs.utf8)
      case .oldMac: return Array(text.replacing("\n", with: "\r").utf8)
      case .marked: return mark + Array(text.utf8)
      case .markedWithCarriageReturns: return mark + Array(pairs.utf8)
      }
    }
  }

  @Test(arguments: PlacedFile.all, Form.allCases)
  func `a finding is at its piece`(file: PlacedFile, form: Form) throws {
    let bytes = form.bytes(of: file.text)
    let found = file.findings(in: bytes)
    try #require(found.count == 1, "\(file.text)")
    #expect(file.line == found[0].span.line)
    #expect(PlacedFile.piece(at: found[0].span, in: bytes) == file.piece)
  }

  @Test(arguments: PlacedFile.all, Form.allCases)
  func `the carets stand under it`(file: PlacedFile, form: Form) throws {
    let bytes = form.bytes(of: file.text)
    let texts = SourceTexts(["places.flow.yaml": SourceText(bytes)])
    let shown = TextFindingRenderer(sources: texts, width: 400).text(for: file.findings(in: bytes))
    let lines = shown.split(separator: "\n", omittingEmptySubsequences: false)
    let caret = try #require(lines.firstIndex { $0.contains("^") })
    let columns = lines[caret].enumerated().filter { $0.element == "^" }.map(\.offset)
    #expect(columns.count == columns[columns.count - 1] - columns[0] + 1)
    #expect(PlacedFile.text(of: lines[caret - 1], in: columns) == file.shownPiece)
  }

  @Test func `an edit of a hidden character takes it away and nothing else`() throws {
    let file = try #require(PlacedFile.all.first { $0.rule == "confusable-name" })
    let finding = try #require(file.findings(in: Array(file.text.utf8)).first)
    let edit = try #require(finding.fix?.edits.first)
    var lines = file.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var scalars = Array(lines[edit.start.line - 1].unicodeScalars)
    scalars.removeSubrange(edit.start.column - 1..<edit.end.column - 1)
    lines[edit.start.line - 1] = String(String.UnicodeScalarView(scalars))
    #expect(lines.joined(separator: "\n") == file.text.replacing(file.piece, with: ""))
  }
}
