/// The pictures of a drawing.
package enum FlowRender {
  /// The drawing as an SVG: self-contained, without scripts, fonts or other files, in light and
  /// dark, and with its words for screen readers.
  ///
  /// The same drawing gives the same bytes. Safe to call from several threads, which wait for
  /// each other. Graphviz may end the process or take long on some drawings, so a program that
  /// draws what others send calls this in a process of its own.
  package static func renderSVG(_ drawing: Drawing) throws(RenderError) -> String {
    if let defect = drawing.defect { throw defect }
    let measures = Measures(of: drawing)
    let layout = try GraphvizLayout.of(drawing, measures)
    return SVGDocument(drawing, measures, layout).text
  }

  /// The drawing in Graphviz's language, for other people's tools.
  package static func dot(_ drawing: Drawing) throws(RenderError) -> String {
    if let inconsistency = drawing.inconsistency { throw inconsistency }
    return DOTWriter(drawing).text
  }

  /// The drawing as a Mermaid flowchart, for Markdown pages.
  package static func mermaid(_ drawing: Drawing) throws(RenderError) -> String {
    if let inconsistency = drawing.inconsistency { throw inconsistency }
    return MermaidWriter(drawing).text
  }

  /// The drawing as plain text, for terminals.
  ///
  /// - Parameter columns: The width that lines keep to, at least 40.
  package static func text(_ drawing: Drawing, columns: Int = 80) throws(RenderError) -> String {
    if let inconsistency = drawing.inconsistency { throw inconsistency }
    return TextWriter(drawing, columns: columns).text
  }
}
