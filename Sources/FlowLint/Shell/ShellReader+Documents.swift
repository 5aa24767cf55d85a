extension ShellReader {
  /// How deep here-documents can be inside each other before nothing is said about the text.
  private static let deepest = 8
  /// How many can begin in one line.
  private static let most = 64

  /// Reads the delimiter behind `<<`.
  mutating func delimiter() {
    let stripsTabs = peek() == "-"
    if stripsTabs { index += 1 }
    while let sign = peek(), sign == " " || sign == "\t" { index += 1 }
    var document = Document(delimiter: [], stripsTabs: stripsTabs, isQuoted: false)
    var quote: Unicode.Scalar?
    let start = index
    while let sign = peek() {
      if sign == quote {
        quote = nil
      } else if quote == nil, sign == "'" || sign == "\"" {
        (document.isQuoted, quote) = (true, sign)
      } else if quote == nil, sign == "\\" {
        document.isQuoted = true
      } else if sign == "\n" || (quote == nil && " \t;&|<>()".unicodeScalars.contains(sign)) {
        break
      } else {
        document.delimiter.append(bytes[index])
      }
      index += 1
    }
    if index == start || quote != nil { result.isComplete = false }
    pending.append(document)
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
      push(Frame(kind: .document))
      documents.append(OpenDocument(depth: outer.count, end: end, resume: resume))
      return
    }
  }

  private mutating func giveUp() {
    result.isOpaque = true
    result.isComplete = false
    pending = []
    documents = []
    index = bytes.count
  }

  /// Leaves a here-document, with all that is still open in it.
  mutating func closeDocument(_ document: OpenDocument) {
    index = document.end
    while outer.count > document.depth {
      result.isComplete = false
      endCommand()
      pop()
    }
    pop()
    documents.removeLast()
    index = document.resume
    openDocuments()
  }

  /// Where the text of a here-document ends, and where what follows it begins.
  private func text(of document: Document) -> (end: Int, resume: Int) {
    var start = index
    while start < limit {
      let end = bytes[start..<limit].firstIndex(of: UInt8(ascii: "\n")) ?? limit
      var line = bytes[start..<end]
      if document.stripsTabs { line = line.drop { $0 == UInt8(ascii: "\t") } }
      if line.elementsEqual(document.delimiter) { return (start, min(end + 1, limit)) }
      start = end + 1
    }
    return (limit, limit)
  }
}
