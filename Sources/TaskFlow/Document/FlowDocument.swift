public import FlowDiagnostics

/// A flow file that was read: `NAME.flow.yaml`, or JSON of the same shape.
///
/// ```swift
/// let reading = FlowDocument.read(path: "samples/deploy.flow.yaml")
/// if let document = reading.document {
///   let compilation = Compiler().compile(document.flow)
/// }
/// ```
public struct FlowDocument: Sendable {
  /// The flow, with its inputs.
  public let flow: Flow

  /// The path of the file as it was given.
  public let path: String

  /// What reading a file gave.
  public struct Reading: Sendable {
    /// The document as far as it could be read; `nil` if there is none.
    ///
    /// With errors among the findings it is good for a picture, not for a run.
    public let document: FlowDocument?

    /// What is wrong, in the order of its places.
    public let findings: [Finding]

    /// The file's text, for excerpts; empty when it could not be read.
    public let text: String

    /// What the file says, part by part; `nil` when it could not be read.
    package let tree: DocumentTree?

    /// What is missing from the document that its other parts may refer to.
    let omissions: Omissions

    /// Whether the file itself could not be read: there is none, or it is no regular file.
    public let isUnreadable: Bool
  }

  /// Reads a file.
  ///
  /// Nothing that the flow names is opened, run or fetched. All mistakes are reported; any file gets an
  /// answer in bounded time and memory.
  public static func read(path: String) -> Reading {
    read(path: path) { () throws(UnreadableFile) in try DocumentFile.bytes(path: path) }
  }

  /// Reads what something gives, as the file at a path.
  package static func read(
    path: String, from bytes: () throws(UnreadableFile) -> [UInt8]
  ) -> Reading {
    do throws(UnreadableFile) {
      return read(bytes: try bytes(), path: path)
    } catch {
      return Reading(
        document: nil, findings: [error.finding], text: "", tree: nil, omissions: .all,
        isUnreadable: true)
    }
  }

  /// Reads the bytes of a file.
  ///
  /// - Parameters:
  ///   - bytes: the text of the file, in UTF-8.
  ///   - path: the name that places have, and whose folder processes run in.
  public static func read(bytes: [UInt8], path: String) -> Reading {
    let text = String(decoding: bytes, as: UTF8.self)
    let parsed = DocumentReader.parse(bytes: bytes, file: path)
    guard let tree = parsed.tree else {
      return Reading(
        document: nil, findings: parsed.findings, text: text, tree: nil,
        omissions: .all, isUnreadable: false)
    }
    var decoder = DocumentDecoder(file: path)
    let flow = decoder.document(tree.root)
    var findings = (parsed.findings + decoder.findings).sorted().uniqued { $0 }
    if decoder.hasMoreFindings {
      findings[findings.count - 1].notes.append("the file has more mistakes; these are the first")
      decoder.leaveOut(.all)
    }
    return Reading(
      document: flow.map { FlowDocument(flow: $0, path: path) }, findings: findings, text: text,
      tree: tree, omissions: decoder.omissions.union(tree.isComplete ? [] : .all),
      isUnreadable: false)
  }
}

extension FlowDocument.Reading {
  /// Compiles what was read: the findings of reading come first, then those of the compiler.
  ///
  /// Those of the compiler that may come from nothing but what could not be read are left out.
  ///
  /// - Returns: `nil` when there is no document.
  public func compile() -> Compilation? {
    guard let document else { return nil }
    let compilation = Compiler().compile(document.flow)
    let illNamed = Set(findings.lazy.filter { $0.rule == "wrong-value" }.map(\.span))
    let compiled = compilation.findings.filter { finding in
      if finding.rule == "missing-requirement", illNamed.contains(finding.span) { return false }
      return !omissions.mayExplain(finding)
    }
    let repaired = Self.withFixes(in: text, compiled)
    let all = (findings + (tree?.namingAliases(in: repaired) ?? repaired)).sorted()
    return Compilation(findings: all, sketch: compilation.sketch)
  }

  /// The compiler's findings, with those of their changes that replace a bare name of the file. One in quotes
  /// is replaced within them.
  private static func withFixes(in text: String, _ findings: [Finding]) -> [Finding] {
    guard findings.contains(where: { $0.fix != nil }) else { return findings }
    let bytes = Array(text.utf8)
    var lines = LineCursor(bytes, start: TextCheck.byteOrderMark(in: bytes))
    return findings.sorted().map { finding in
      guard let edit = finding.fix?.edits.first else { return finding }
      var finding = finding
      finding.fix?.edits = [edit].compactMap { $0.withinQuotes(&lines, bytes) }
      if finding.fix?.edits == [] { finding.fix = nil }
      return finding
    }
  }
}

extension Fix.Edit {
  /// The edit of a name without the quotes around it; `nil` if something else stands there.
  fileprivate func withinQuotes(_ lines: inout LineCursor, _ bytes: [UInt8]) -> Fix.Edit? {
    let line = start.line - 1
    guard let first = lines.offset(line: line, column: start.column - 1),
      let behind = lines.offset(line: line, column: end.column - 1), first < behind
    else { return nil }
    var edit = self
    var written = bytes[first..<behind]
    if let quote = written.first, "'\"".utf8.contains(quote), written.last == quote {
      written = written.dropFirst().dropLast()
      edit.start.column += 1
      edit.end.column -= 1
    }
    let name = String(decoding: written, as: UTF8.self)
    return NameRules.problem(inSymbol: name) == nil ? edit : nil
  }
}
