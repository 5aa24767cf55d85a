import CGraphviz
import FlowDiagnostics
import Foundation
import Synchronization
import Testing

@testable import FlowRender

@Suite struct HostileWriterTests {
  /// What Graphviz itself reads in a DOT file.
  private struct Read: Equatable {
    var nodes = 0
    var edges = 0
    var clusters = 0
    var attributes: Set<String> = []
    var labels: [String] = []
    var complaints: [String] = []
  }

  private func read(_ dot: String) -> Read {
    GraphvizLayout.plugin.withLock { _ in
      GraphvizMessages.listen()
      var read = Read()
      guard let graph = agmemread(dot) else {
        read.complaints = GraphvizMessages.heard() + ["unreadable"]
        return read
      }
      defer { agclose(graph) }
      read.nodes = Int(agnnodes(graph))
      read.edges = Int(agnedges(graph))
      read.clusters = Int(agnsubg(graph))
      var symbol = agnxtattr(graph, 1, nil)
      while let current = symbol {
        read.attributes.insert(String(cString: current.pointee.name))
        symbol = agnxtattr(graph, 1, current)
      }
      let label = strdup("label")
      defer { free(label) }
      var node = agfstnode(graph)
      while let current = node {
        read.labels.append(String(cString: agget(current, label)))
        node = agnxtnode(graph, current)
      }
      read.complaints = GraphvizMessages.heard()
      return read
    }
  }

  private static let nodeAttributes: Set<String> = [
    "label", "tooltip", "URL", "shape", "width", "height", "margin", "fillcolor", "color",
    "fontcolor", "fontname", "fontsize", "penwidth", "style", "peripheries",
  ]

  @Test(arguments: HostileText.Place.allCases)
  func `DOT with any text is read by Graphviz as the same graph`(_ place: HostileText.Place) throws
  {
    for text in HostileText.all {
      let read = read(try FlowRender.dot(HostileText.drawing(with: text, at: place)))
      #expect(read.complaints == [], "\(place): \(text.debugDescription)")
      #expect(read.nodes == 5 && read.edges == 5 && read.clusters == 1)
      #expect(read.attributes.isSubset(of: HostileWriterTests.nodeAttributes))
      guard place == .ghostName else { continue }
      var expected = ""
      for scalar in VisibleText.line(text, limit: 60).unicodeScalars {
        expected += scalar == "\\" ? "\\\\" : scalar == "&" ? "&amp;" : String(scalar)
      }
      #expect(read.labels.contains(expected), "\(text.debugDescription)")
    }
  }

  @Test(arguments: HostileText.Place.allCases)
  func `Mermaid labels hold nothing but letters, safe signs and codes`(
    _ place: HostileText.Place
  ) throws {
    for text in HostileText.all {
      let mermaid = try FlowRender.mermaid(HostileText.drawing(with: text, at: place))
      let lines = mermaid.split(separator: "\n")
      #expect(lines.first == "flowchart LR")
      for line in lines where line.contains("\"") {
        let parts = line.split(separator: "\"", omittingEmptySubsequences: false)
        #expect(parts.count % 2 == 1)
        for (index, part) in parts.enumerated() where index % 2 == 1 {
          let label = part.replacing("<br/>", with: "").replacing(#/#\d+;/#, with: "")
          #expect(!label.contains { "\"<>&;#`\\[]{}|*%$".contains($0) }, "\(label)")
        }
      }
      #expect(!mermaid.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
    }
  }

  @Test(arguments: HostileText.Place.allCases)
  func `text for terminals moves no cursor and keeps to its width`(
    _ place: HostileText.Place
  ) throws {
    for text in HostileText.all {
      let picture = try FlowRender.text(HostileText.drawing(with: text, at: place))
      #expect(!picture.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
      #expect(!picture.unicodeScalars.contains { (0x7F...0x9F).contains($0.value) })
      #expect(!picture.unicodeScalars.contains { (0x202A...0x202E).contains($0.value) })
      for line in picture.split(separator: "\n") {
        #expect(ColumnText.width(String(line)) <= 80, "\(place): \(line)")
      }
    }
  }

  @Test(arguments: [
    ("plain-name", "\"plain-name\""), ("1. one", "\"1#46; one\""), ("a.b", "\"a.b\""),
    ("a\"b", "\"a#34;b\""), ("- x", "\"#45; x\""), ("#35;", "\"#35;35#59;\""), ("", "\" \""),
  ])
  func `Mermaid text is quoted`(_ text: String, _ quoted: String) {
    #expect(MermaidText.quoted(text) == quoted)
  }

  @Test(arguments: [
    ("a\"b", #""a\"b""#), ("\\N", #""\\N""#), ("a\\", #""a\\""#), ("&amp;", #""&amp;amp;""#),
    ("a\nb", #""a\nb""#),
  ])
  func `DOT text is quoted`(_ text: String, _ quoted: String) {
    #expect(DOTText.quoted(text) == quoted)
  }

  @Test func `wide characters take two columns`() {
    #expect(ColumnText.width("数据") == 4)
    #expect(ColumnText.width("🚀a") == 3)
    #expect(ColumnText.fitted("数据导入", columns: 5) == "数据…")
    #expect(ColumnText.fitted("abc", columns: 3) == "abc")
    #expect(ColumnText.fitted("abc", columns: 0) == "")
  }
}
