import FlowDiagnostics
import FlowLint

/// How text for people looks on a stream.
struct TextLook {
  /// How many columns it may take.
  let width: Int
  /// Whether it is coloured.
  let isColored: Bool
  /// Whether sentences are broken at the width.
  let isWrapped: Bool

  /// Findings as text that looks so.
  func renderer(_ sources: SourceTexts) -> TextFindingRenderer {
    TextFindingRenderer(
      sources: sources, width: width, isColored: isColored, rules: .lint, isWrapped: isWrapped)
  }
}
