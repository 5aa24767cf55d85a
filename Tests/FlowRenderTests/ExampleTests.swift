import FlowRender
import Foundation
import Testing

@Suite struct ExampleTests {
  @Test(arguments: Example.allCases)
  func `each example becomes an SVG that stays the same`(_ example: Example) throws {
    let first = try FlowRender.renderSVG(example.drawing)
    for index in 0..<5 {
      let next = try FlowRender.renderSVG(example.drawing)
      if next != first { try Gallery.keep(next, as: "\(example)-\(index).svg") }
      #expect(next == first)
    }
    try Gallery.keep(first, as: "\(example).svg")
    try Gallery.keep(FlowRender.text(example.drawing), as: "\(example).txt")
    try Gallery.keep(FlowRender.mermaid(example.drawing), as: "\(example).mmd")
    try Gallery.keep(FlowRender.dot(example.drawing), as: "\(example).dot")
  }
}

/// Where the pictures of a test run are kept for people to look at, if they ask for it.
enum Gallery {
  static func keep(_ content: String, as name: String) throws {
    guard let folder = ProcessInfo.processInfo.environment["TFGRAPH_GALLERY"] else { return }
    let url = URL(fileURLWithPath: folder)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    try Data(content.utf8).write(to: url.appendingPathComponent(name))
  }
}
