/// The only way in which text gets between the tags of an XML file.
package enum XMLText {
  package static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in VisibleText.paragraph(text).unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
