/// What SARIF says of the call itself.
enum SARIFNotifications {
  private static let id = "unreadable-file"

  /// What a notification about a file that could not be read is.
  static let descriptor: JSONTree = .object([
    "id": .string(id),
    "shortDescription": .object(["text": .string("a file that can't be read")]),
    "defaultConfiguration": .object(["level": .string("error")]),
  ])

  /// Whether all files could be read, and which could not.
  static func invocation(of report: FindingReport, files: SARIFFiles) -> JSONTree {
    let unreadable = report.findings.filter { report.unreadableFiles.contains($0.span.file) }
    let notifications = unreadable.map { finding in
      JSONTree.object([
        "descriptor": .object(["id": .string(id), "index": .int(0)]),
        "level": .string(SARIFResults.level(of: finding.severity)),
        "message": .object(["text": .string(SARIFText.escaped(finding.message))]),
        "locations": .list([
          .object([
            "physicalLocation": .object(["artifactLocation": files.location(finding.span.file)])
          ])
        ]),
      ])
    }
    return .object([
      "executionSuccessful": .bool(report.unreadableFiles.isEmpty),
      "toolExecutionNotifications": notifications.isEmpty ? nil : .list(notifications),
    ])
  }
}
