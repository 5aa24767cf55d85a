import FlowDiagnostics

/// A piece of running text on a page, by its meaning; each format writes it in its own way.
enum PageText: Hashable, Sendable {
  /// Words.
  case text(String)
  /// Words that matter.
  case strong(String)
  /// Words that only add something.
  case muted(String)
  /// A name or a value of the flow, as it is.
  case code(String)
  /// Words that lead to another place on the page, or to a page beside it.
  case link(String, PageTarget)
  /// A word or two that characterise what they stand beside.
  case tag(String, Tone)

  /// How urgent something is.
  enum Tone: String, Hashable, Sendable {
    case quiet
    case retry
    case warning
    case error
  }
}

/// Where a link leads: never to an address that a flow names.
enum PageTarget: Hashable, Sendable {
  /// A place on the same page, by an identifier of letters, digits and hyphens.
  case anchor(String)
  /// A file beside the page.
  case file(String)

  /// The address, with everything encoded but letters, digits and `-._~`.
  var address: String {
    switch self {
    case .anchor(let name): "#\(AddressText.escaped(name))"
    case .file(let name): AddressText.escaped(name)
    }
  }
}

/// One part of a page, by its meaning.
enum PageBlock: Hashable, Sendable {
  /// A heading; level 1 is the page's own.
  case heading(level: Int, [PageText], anchor: String?)
  /// A paragraph.
  case paragraph([PageText], PageText.Tone? = nil)
  /// A list of paragraphs.
  case list([[PageText]], isOrdered: Bool = false)
  /// What is known about something, each fact under its label.
  case facts([PageFact])
  /// A table with a line of labels.
  case table(labels: [String], rows: [[[PageText]]])
  /// Text of another language, line by line.
  case code(String, language: String)
  /// The picture of the flow.
  case picture(summary: String)
  /// What belongs to one thing, which a page may set apart.
  case card([PageBlock])
}

/// One fact: its label, and what it says.
struct PageFact: Hashable, Sendable {
  var label: String
  var content: [PageBlock]

  init(_ label: String, _ content: [PageBlock]) {
    self.label = label
    self.content = content
  }

  init(_ label: String, _ text: [PageText]) {
    self.init(label, [.paragraph(text)])
  }
}

/// A page: what a document is made of before it has a format.
struct PageContent: Hashable, Sendable {
  /// The title, of the window or the file.
  var title: String
  /// What stands above the heading.
  var kind: String
  /// The parts, from top to bottom.
  var blocks: [PageBlock]
}

extension [[PageText]] {
  /// The pieces one after another, with commas between.
  var joinedByCommas: [PageText] {
    var result: [PageText] = []
    for (index, piece) in enumerated() {
      if index > 0 { result.append(.text(", ")) }
      result += piece
    }
    return result
  }
}
