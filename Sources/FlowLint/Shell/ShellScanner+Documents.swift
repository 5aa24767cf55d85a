extension ShellScanner {
  /// How deep here-documents can be inside each other before nothing is said about the text.
  private static let deepest = 8
  /// How many can begin in one line.
  private static let most = 64

  /// Reads the delimiter behind `<<`.
  mutating func delimiter() {
    let stripsTabs = scalar(at: index) == "-"
    if stripsTabs { index += 1 }
    while let scalar = scalar(at: index), scalar == " " || scalar == "\t" { index += 1 }
    var delimiter: [Unicode.Scalar] = []
    var isQuoted = false
    var quote: Unicode.Scalar?
    while let scalar = scalar(at: index) {
      if scalar == quote {
        quote = nil
      } else if quote == nil, scalar == "'" || scalar == "\"" {
        (isQuoted, quote) = (true, scalar)
      } else if quote == nil, scalar == "\\" {
        isQuoted = true
      } else if scalar == "\n" || (quote == nil && " \t;&|<>()".unicodeScalars.contains(scalar)) {
        break
      } else {
        delimiter.append(scalar)
      }
      index += 1
    }
    pending.append(Document(delimiter: delimiter, stripsTabs: stripsTabs, isQuoted: isQuoted))
  }

  /// Takes up the here-documents whose texts begin at this line.
  mutating func openDocuments() {
    while !pending.isEmpty {
      guard documents.count < Self.deepest, pending.count < Self.most else { return giveUp() }
      let document = pending.removeFirst()
      let (end, resume) = text(of: document)
      if document.isQuoted {
        index = resume
        continue
      }
      documents.append(OpenDocument(frame: frames.count, end: end, resume: resume))
      frames.append(Frame(kind: .document))
      return
    }
  }

  private mutating func giveUp() {
    result.isOpaque = true
    pending = []
    documents = []
    index = scalars.count
  }

  /// Leaves a here-document, with all that is still open in it.
  mutating func closeDocument(_ document: OpenDocument) {
    while frames.count > document.frame {
      if top.kind == .commands { endCommand() }
      frames.removeLast()
    }
    documents.removeLast()
    index = document.resume
    openDocuments()
  }

  /// Where the text of a here-document ends, and where what follows it begins.
  private func text(of document: Document) -> (end: Int, resume: Int) {
    var start = index
    while start < limit {
      var end = start
      while end < limit, scalars[end] != "\n" { end += 1 }
      var line = scalars[start..<end]
      if document.stripsTabs { line = line.drop { $0 == "\t" } }
      if line.elementsEqual(document.delimiter) { return (start, min(end + 1, limit)) }
      start = end + 1
    }
    return (limit, limit)
  }
}
