/// The only way in which text gets into an attribute of an XML file.
package enum XMLAttribute {
  package static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in VisibleText.paragraph(text).unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      case "\n": result += "&#10;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
