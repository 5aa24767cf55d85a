import FlowLint
import Testing

/// One mistake in a good flow is found by the rule that is for it, in the line where it was made, and no other
/// error is found.
@Suite struct MutationTests {
  @Test(arguments: MutationKind.all.indices)
  func `each mistake is found where it was made`(kind: Int) {
    let kind = MutationKind.all[kind]
    let mutations = GoodFlow.all.flatMap(kind.mutations)
    #expect(!mutations.isEmpty, "\(kind.name)")
    for mutation in mutations where mutation.isChecked {
      if let defect = mutation.defect { Issue.record("\(kind.name): \(defect)") }
    }
  }

  @Test func `there are at least two hundred, and each changes its flow`() {
    let mutations = MutationKind.all.flatMap { GoodFlow.all.flatMap($0.mutations) }
    #expect(mutations.count { $0.isChecked } >= 200)
    for mutation in mutations {
      #expect(!mutation.lines.isEmpty, "\(mutation.what)")
      #expect(mutation.text != mutation.flow.lines.joined(separator: "\n"), "\(mutation.what)")
    }
  }

  @Test(arguments: GoodFlow.all)
  func `without a mistake nothing is an error`(flow: GoodFlow) {
    let unchanged = Mutation(
      what: "nothing", flow: flow, text: flow.lines.joined(separator: "\n"), rule: "none", lines: []
    )
    #expect(unchanged.defect == nil)
  }
}
