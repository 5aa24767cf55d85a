import FlowDiagnostics
import FlowRender
import Foundation
import SampleFlows
import TaskFlow

/// Writes what the libraries make of a sample: its picture, findings and page.
struct SampleOutput {
  let sample: Sample

  func write(to folder: String) throws {
    let compilation = Compiler().compile(sample.flow { _ in })
    let picture = FlowPicture(compilation.sketch)
    let svg = try picture.svg()
    let page = FlowDocumentation(compilation.sketch, findings: compilation.findings, svg: svg)
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let texts = [
      "svg": svg, "txt": try picture.text(), "md": page.markdown(), "html": page.html(),
      "lint.txt": TextFindingRenderer().text(for: compilation.findings),
    ]
    for (ending, text) in texts {
      let url = URL(filePath: folder).appending(path: "\(page.fileStem).\(ending)")
      try Data(text.utf8).write(to: url, options: .atomic)
    }
  }
}
