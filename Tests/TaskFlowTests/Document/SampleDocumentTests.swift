import FlowDiagnostics
import FlowGraph
import Foundation
import TaskFlow
import Testing

/// The samples are read without findings, and are the flows that they are meant to be.
@Suite struct SampleDocumentTests {
  private func reading(_ name: String) -> FlowDocument.Reading {
    FlowDocument.read(path: "\(DocumentTable.samples)/\(name).flow.yaml")
  }

  private func plan(_ name: String) throws -> Plan {
    let reading = reading(name)
    #expect(reading.allFindings == [])
    return try #require(reading.compile()?.plan)
  }

  private func tiers(_ plan: Plan) throws -> [[String]] {
    let tiers = try #require(plan.tiers)
    return (0..<tiers.count).map { tier in
      tiers.members[tier].map { plan.name(of: NodeIndex($0)) }
    }
  }

  @Test(arguments: ["deploy", "vm-boot", "daily-import"])
  func `a sample has no findings`(name: String) throws {
    _ = try plan(name)
  }

  @Test func `deploy builds, rolls out as one unit, and announces`() throws {
    let plan = try plan("deploy")
    #expect(
      try tiers(plan) == [
        ["build"], ["snapshot"], ["canary"], ["smoke-test"], ["promote"], ["announce"],
      ])
    let controller = try #require(plan.atoms.first { plan.controller(at: $0) != nil })
    #expect(
      plan.areaOfInfluence(of: controller).map { plan.name(of: $0) } == [
        "canary", "smoke-test", "promote",
      ])
  }

  @Test func `vm-boot has five tiers`() throws {
    #expect(
      try tiers(plan("vm-boot")) == [
        ["define-spec"], ["locate-images", "get-my-ips", "allocate-volumes"],
        ["download-images", "fetch-net-settings", "format-volumes"], ["write-net-settings"],
        ["boot-it"],
      ])
  }

  @Test func `daily-import loads each region beside the others`() throws {
    #expect(
      try tiers(plan("daily-import")) == [
        ["fetch"], ["verify"], ["load[eu]", "load[us]", "load[ap]"], ["quality-gate"], ["publish"],
        ["report"],
      ])
  }

  @Test func `every file that a sample runs is there`() throws {
    for name in ["deploy", "vm-boot", "daily-import"] {
      let text = reading(name).text
      let scripts = text.matches(of: /\.\/(ops\/[a-z\/-]+\.sh)/).map { String($0.1) }
      #expect(scripts.count > 5)
      for script in scripts {
        #expect(
          FileManager.default.isExecutableFile(atPath: "\(DocumentTable.samples)/\(script)"),
          "\(script)")
      }
    }
  }
}
