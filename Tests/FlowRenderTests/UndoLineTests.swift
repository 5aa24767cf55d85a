import Testing

@testable import FlowRender

@Suite struct UndoLineTests {
  private let border = Rectangle(left: 0, top: 0, right: 400, bottom: 300)

  @Test(arguments: [
    (Rectangle(left: 10, top: 90, right: 200, bottom: 200), Point(x: 0, y: 114)),
    (Rectangle(left: 100, top: 10, right: 200, bottom: 200), Point(x: 176, y: 0)),
    (Rectangle(left: 100, top: 90, right: 390, bottom: 200), Point(x: 400, y: 114)),
    (Rectangle(left: 100, top: 90, right: 200, bottom: 290), Point(x: 176, y: 300)),
  ])
  func `the line of a retry that undoes everything takes the shortest way`(
    _ frame: Rectangle, _ end: Point
  ) {
    #expect(SVGDocument.wayOut(of: frame, to: border).end == end)
  }
}
