import FlowDiagnostics

/// Writes a page as a self-contained HTML file.
struct HTMLPage {
  private let content: PageContent
  private let picture: String?

  private init(_ content: PageContent, _ picture: String?) {
    self.content = content
    self.picture = picture
  }

  /// The whole file.
  ///
  /// - Parameter picture: an SVG that this library made.
  static func text(of content: PageContent, picture: String? = nil) -> String {
    var writer = HTMLWriter()
    let page = HTMLPage(content, picture)
    writer.addType()
    writer.add(.html, [.language("en")]) { writer in
      page.addHead(to: &writer)
      writer.add(.body) { page.addBody(to: &$0) }
    }
    return writer.text
  }

  private func addHead(to writer: inout HTMLWriter) {
    writer.add(.head) { writer in
      writer.add(.meta, [.charset])
      // Even a browser that finds something to run or fetch is told not to.
      writer.add(.meta, [.policy, .content("default-src 'none'; style-src 'unsafe-inline'")])
      writer.add(
        .meta, [.name("viewport"), .content("width=device-width, initial-scale=1")])
      writer.add(.meta, [.name("color-scheme"), .content("light dark")])
      writer.add(.title, words: content.title)
      writer.addStyleSheet()
    }
  }

  private func addBody(to writer: inout HTMLWriter) {
    let isSection: (PageBlock) -> Bool = {
      if case .heading(2, _, _) = $0 { true } else { false }
    }
    let start = content.blocks.firstIndex(where: isSection) ?? content.blocks.endIndex
    // The picture belongs to what is said of the whole flow.
    let lead = content.blocks[..<start]
    writer.add(.header) { writer in
      writer.add(.p, [.classes("kind")], words: content.kind)
      for block in lead where !block.isPicture { add(block, to: &writer) }
      addContents(to: &writer)
    }
    writer.add(.main) { writer in
      for block in lead where block.isPicture { add(block, to: &writer) }
      for section in content.blocks[start...].split(before: isSection) {
        writer.add(.section) { writer in
          for block in section { add(block, to: &writer) }
        }
      }
    }
  }

  private func addContents(to writer: inout HTMLWriter) {
    var places: [(String, [PageText])] = []
    for case .heading(2, let text, let anchor?) in content.blocks { places.append((anchor, text)) }
    guard places.count > 1 else { return }
    writer.add(.nav, [.label("Contents")]) { writer in
      for (anchor, text) in places {
        writer.add(.a, [.target(.anchor(anchor))]) { add(text, to: &$0) }
        writer.add(words: "\n")
      }
    }
  }

  private func add(_ block: PageBlock, to writer: inout HTMLWriter) {
    switch block {
    case .heading(let level, let text, let anchor):
      let element: HTMLWriter.Element = level == 1 ? .h1 : level == 2 ? .h2 : .h3
      writer.add(element, anchor.map { [.identifier($0)] } ?? []) { add(text, to: &$0) }
    case .paragraph(let text, let tone):
      writer.add(.p, tone.map { [.classes($0.rawValue)] } ?? []) { add(text, to: &$0) }
    case .list(let items, let isOrdered):
      writer.add(isOrdered ? .ol : .ul) { writer in
        for item in items { writer.add(.li) { add(item, to: &$0) } }
      }
    case .facts(let facts): add(facts, to: &writer)
    case .table(let labels, let rows): add(labels, rows, to: &writer)
    case .code(let text, _): addCode(text, to: &writer)
    case .picture(let summary): addPicture(summary, to: &writer)
    case .card(let blocks):
      writer.add(.div, [.classes("card")]) { writer in
        for block in blocks { add(block, to: &writer) }
      }
    }
  }

  private func add(_ facts: [PageFact], to writer: inout HTMLWriter) {
    writer.add(.dl) { writer in
      for fact in facts {
        writer.add(.div) { writer in
          writer.add(.dt, words: fact.label)
          writer.add(.dd) { writer in
            for block in fact.content { add(block, to: &writer) }
          }
        }
      }
    }
  }

  private func add(_ labels: [String], _ rows: [[[PageText]]], to writer: inout HTMLWriter) {
    writer.add(.div, [.classes("scroll")]) { writer in
      writer.add(.table) { writer in
        writer.add(.thead) { writer in
          writer.add(.tr) { writer in
            for label in labels { writer.add(.th, [.scope], words: label) }
          }
        }
        writer.add(.tbody) { writer in
          for cells in rows {
            writer.add(.tr) { writer in
              for cell in cells { writer.add(.td) { add(cell, to: &$0) } }
            }
          }
        }
      }
    }
  }

  /// A long line scrolls, and what scrolls can be reached with the keyboard.
  private func addCode(_ text: String, to writer: inout HTMLWriter) {
    writer.add(.pre, [.focusable]) { writer in
      writer.add(.code, words: CodeText.plain(text))
    }
  }

  private func addPicture(_ summary: String, to writer: inout HTMLWriter) {
    guard let picture, let width = PictureSize.width(of: picture) else { return }
    writer.add(.figure, [.label(summary), .focusable]) { writer in
      writer.add(.div, [.pictureWidth(width)]) { $0.add(picture: picture) }
    }
  }

  private func add(_ pieces: [PageText], to writer: inout HTMLWriter) {
    for piece in pieces {
      switch piece {
      case .text(let words): writer.add(words: words)
      case .strong(let words): writer.add(.strong, words: words)
      case .muted(let words): writer.add(.span, [.classes("muted")], words: words)
      case .code(let words): writer.add(.code, words: words)
      case .link(let words, let target): writer.add(.a, [.target(target)], words: words)
      case .tag(let words, let tone):
        writer.add(.span, [.classes("tag \(tone.rawValue)")], words: words)
      }
    }
  }
}

extension PageBlock {
  fileprivate var isPicture: Bool { if case .picture = self { true } else { false } }
}

extension ArraySlice {
  /// The parts that each begin at an element that `isStart` accepts.
  fileprivate func split(before isStart: (Element) -> Bool) -> [ArraySlice] {
    var parts: [ArraySlice] = []
    for index in indices {
      if isStart(self[index]) || parts.isEmpty {
        parts.append(self[index...index])
      } else {
        parts[parts.count - 1] = self[parts[parts.count - 1].startIndex...index]
      }
    }
    return parts
  }
}

/// How large a picture is.
enum PictureSize {
  /// The width in the picture's own units, or `nil` if it is no picture that this library made.
  static func width(of svg: String) -> Int? {
    guard svg.hasPrefix("<svg "), let start = svg.firstRange(of: "viewBox=\"")?.upperBound else {
      return nil
    }
    let numbers = svg[start...].prefix { $0 != "\"" }.split(separator: " ")
    guard numbers.count == 4, let width = Double(numbers[2]), width > 0, width < 1_000_000 else {
      return nil
    }
    // Pictures have type of 9 to 11 points, pages of 16: a little larger reads better.
    return Int(width * 1.15)
  }
}
