/// The files of a report as SARIF knows them: each with an address and a number.
struct SARIFFiles {
  private let references: [String: FileAddress]
  private let numbers: [FileAddress: Int]
  /// What is said of each file, by its number.
  let artifacts: [JSONTree]

  /// The name of the folder that relative addresses are in.
  private static let base = "%SRCROOT%"

  /// What the base of relative addresses is.
  static let bases: JSONTree = .object([
    base: .object([
      "description": .object(["text": .string("the folder that tfgraph was called in")])
    ])
  ])

  init(of report: FindingReport, workingDirectory: String) {
    let found = (report.findings + report.suppressed.map(\.finding)).flatMap(\.files)
    let targets = Set(report.files.map { FileAddress($0, workingDirectory: workingDirectory) })
    references = Dictionary(
      Set(report.files + found).map {
        ($0, FileAddress($0, workingDirectory: workingDirectory))
      }, uniquingKeysWith: { first, _ in first })
    let addresses = Set(references.values).sorted { $0.text < $1.text }
    numbers = Dictionary(
      zip(addresses, addresses.indices), uniquingKeysWith: { first, _ in first })
    artifacts = addresses.map { address in
      .object([
        "location": Self.location(address, number: nil),
        "roles": targets.contains(address) ? .list([.string("analysisTarget")]) : nil,
      ])
    }
  }

  /// The address of a file, as text.
  func address(_ file: String) -> String { references[file]?.text ?? file }

  /// Where a file is.
  func location(_ file: String) -> JSONTree? {
    references[file].map { Self.location($0, number: numbers[$0]) }
  }

  /// Where something is.
  func place(_ span: SourceSpan) -> JSONTree {
    .object([
      "artifactLocation": location(span.file),
      "region": .object([
        "startLine": .int(span.line), "startColumn": .int(span.column),
        "endColumn": .int(span.column + span.length),
      ]),
    ])
  }

  private static func location(_ address: FileAddress, number: Int?) -> JSONTree {
    .object([
      "uri": .string(address.text), "uriBaseId": address.isRelative ? .string(base) : nil,
      "index": number.map { .int($0) },
    ])
  }
}
