import Foundation
import Testing

@testable import FlowRender

@Suite struct StyleTests {
  /// The contrast of two colours by WCAG 2.2.
  private func contrast(_ first: Color, _ second: Color) -> Double {
    func luminance(_ color: Color) -> Double {
      func linear(_ value: UInt8) -> Double {
        let share = Double(value) / 255
        return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
      }
      return 0.2126 * linear(color.red) + 0.7152 * linear(color.green) + 0.0722 * linear(color.blue)
    }
    let (high, low) = (
      max(luminance(first), luminance(second)), min(luminance(first), luminance(second))
    )
    return (high + 0.05) / (low + 0.05)
  }

  @Test func `words can be read on their ground, in light and dark`() {
    var pairs = StateStyle.all.map { ($0.text, $0.fill ?? .paper) }
    pairs += Token.bands.flatMap { [(Token.ink, $0), (Token.muted, $0)] }
    pairs += [
      (.ink, .paper), (.muted, .paper), (.ink, .box), (.muted, .box), (.retryInk, .retryGround),
      (.muted, .retryGround), (.defectInk, .defectGround), (.defectInk, .paper),
      (.onDefect, .defect),
    ]
    for (text, ground) in pairs {
      #expect(contrast(text.light, ground.light) >= 4.5, "\(text.name) on \(ground.name), light")
      #expect(contrast(text.dark, ground.dark) >= 4.5, "\(text.name) on \(ground.name), dark")
    }
  }

  @Test func `every state looks and sounds different`() {
    let states = Drawing.State.allCases.filter { $0 != .plain }
    #expect(StateStyle.all.map(\.state) == states)
    #expect(Set(states.compactMap(\.words)).count == states.count)
    #expect(Set(states.compactMap(\.glyph)).count == states.count)
    let icons = states.compactMap { Icon.of(.init(name: "", state: $0)) }
    #expect(Set(icons).count == states.count)
  }

  @Test func `tokens have names of their own, and the sheet uses no others`() {
    let names = Token.all.map(\.name)
    #expect(Set(names).count == names.count)
    for match in StyleSheet.text.matches(of: #/var\(--tfg-([a-zA-Z0-9-]+)\)/#) {
      #expect(names.contains(String(match.output.1)))
    }
    #expect(!StyleSheet.text.contains("<"))
    #expect(!StyleSheet.text.contains("&"))
    #expect(!StyleSheet.text.contains("url("))
  }

  @Test func `a style sheet without variables is still complete`() {
    for match in StyleSheet.text.matches(of: #/([a-z-]+):var\(/#) {
      let fallback = "\(match.output.1):#"
      #expect(StyleSheet.text[..<match.range.lowerBound].hasSuffix(";"))
      #expect(StyleSheet.text.contains(fallback))
    }
  }

  @Test func `words are measured as Helvetica sets them`() {
    #expect(TextMetrics.width("", .name) == 0)
    #expect(abs(TextMetrics.width("iii", .label) - 3 * 0.222 * 9) < 0.001)
    #expect(abs(TextMetrics.width("WWW", .name) - 3 * 0.944 * 11) < 0.001)
    #expect(TextMetrics.width("数", .label) == 9)
    let fitted = TextMetrics.fitted("a very long name indeed", to: 50, .name)
    #expect(fitted.text.hasSuffix("…"))
    #expect(fitted.width <= 50)
  }
}
