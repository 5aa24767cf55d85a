import FlowEngine
import TaskFlowTesting
import Testing

struct MemoryRunStoreTests {
  @Test func `a store in memory keeps the promises of a store`() async {
    let violations = await RunStoreConformance { MemoryRunStore() }.violations()
    #expect(violations == [])
  }
}
