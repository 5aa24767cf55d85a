import FlowDiagnostics
import Foundation
import Testing

@testable import TaskFlow

/// The schema and the decoder, which are made of one table, agree.
@Suite struct SchemaTests {
  private func accepts(_ validator: SchemaValidator, _ bytes: [UInt8]) throws -> Bool? {
    try DocumentReader.parse(bytes: bytes, file: "f").tree.map {
      try validator.accepts($0.root.jsonValue)
    }
  }

  private static let sound: [String] =
    paths(in: DocumentTable.tests + "/Documents/ok") + paths(in: DocumentTable.samples)
    + paths(in: DocumentTable.tests + "/Fixtures/ok")

  private static func paths(in folder: String) -> [String] {
    let names = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasSuffix(".flow.yaml") }.sorted().map { "\(folder)/\($0)" }
  }

  @Test(arguments: sound)
  func `a document without mistakes is valid`(path: String) throws {
    let validator = try SchemaValidator(DocumentSchema.text)
    let bytes = Array(try Data(contentsOf: URL(filePath: path)))
    #expect(try accepts(validator, bytes) == true)
  }

  /// Each of them has a mistake of structure, besides others that a schema can't see.
  @Test(arguments: DocumentTable(folder: "err").names)
  func `a document whose mistakes are of structure is refused`(name: String) throws {
    let validator = try SchemaValidator(DocumentSchema.text)
    let bytes = try DocumentTable(folder: "err").bytes(name)
    #expect(try accepts(validator, bytes) == false)
  }

  @Test func `it is JSON, has a name and a title, and is the same each time`() throws {
    let text = DocumentSchema.text
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(json["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
    #expect(json["$id"] as? String == "urn:tfgraph:flow-file:1")
    #expect(json["title"] as? String == "tfgraph flow file")
    #expect(text == DocumentSchema.text)
  }

  @Test func `each key that is built has a description, and no other key is there`() throws {
    let validator = try SchemaValidator(DocumentSchema.text)
    for keys in DocumentKeys.all {
      for key in keys.built { #expect(key.summary.count > 8, "\(keys.name).\(key.name)") }
      for key in keys.keys where key.isLater {
        let trial = SchemaTrial(keys: keys, key: key.name, value: "x")
        #expect(try accepts(validator, Array(trial.document.utf8)) == false)
      }
    }
  }

  @Test(arguments: DocumentKeys.all.map(\.name))
  func `a key that nobody knows is refused by both`(name: String) throws {
    let validator = try SchemaValidator(DocumentSchema.text)
    let keys = try #require(DocumentKeys.all.first { $0.name == name })
    for key in ["unknown", "x", "Task"] {
      let trial = SchemaTrial(keys: keys, key: key, value: "text")
      let reading = read(trial.document)
      #expect(reading.findings.map(\.rule) == ["unknown-key"], "\(trial.document)")
      #expect(try accepts(validator, Array(trial.document.utf8)) == false, "\(trial.document)")
    }
  }

  @Test(arguments: DocumentKeys.all.map(\.name))
  func `each key with each value is accepted by both or refused by both`(name: String) throws {
    let validator = try SchemaValidator(DocumentSchema.text)
    let keys = try #require(DocumentKeys.all.first { $0.name == name })
    for key in keys.built {
      var beyond: [String] = []
      var isEverAccepted = false
      for value in SchemaWorld.values {
        let trial = SchemaTrial(keys: keys, key: key.name, value: value)
        let decoded = read(trial.document).findings
        let isValid = try accepts(validator, Array(trial.document.utf8)) == true
        isEverAccepted = isEverAccepted || isValid && decoded.isEmpty
        if isValid, !decoded.isEmpty { beyond.append(value) }
        if !isValid, decoded.isEmpty {
          Issue.record("the schema refuses what is right:\n\(trial.document)")
        }
      }
      #expect(isEverAccepted || key.name == "tfgraph", "\(name).\(key.name)")
      #expect(
        beyond == SchemaWorld.beyondSchemas["\(name).\(key.name)"] ?? [], "\(name).\(key.name)")
    }
  }
}
