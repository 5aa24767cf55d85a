import FlowGraph
import Testing

@Suite struct NodeSetTests {
  @Test func `a set agrees with the standard library's`() {
    for seed in 1...UInt64(50) {
      var random = SplitMix64(seed: seed)
      let nodeCount = Int.random(in: 1...200, using: &random)
      var set = NodeSet(nodeCount: nodeCount)
      var model: Set<Int> = []
      for _ in 0..<300 {
        let node = Int.random(in: 0..<nodeCount, using: &random)
        if Bool.random(using: &random) {
          #expect(set.insert(node) == model.insert(node).inserted, "seed \(seed)")
        } else {
          #expect(set.remove(node) == (model.remove(node) != nil), "seed \(seed)")
        }
      }
      #expect(Array(set) == model.sorted(), "seed \(seed)")
      #expect(set.count == model.count, "seed \(seed)")
      #expect(set.isEmpty == model.isEmpty, "seed \(seed)")
      #expect((0..<nodeCount).allSatisfy { set.contains($0) == model.contains($0) }, "seed \(seed)")
    }
  }

  @Test func `union, intersection and difference go by members`() {
    let one = NodeSet(nodeCount: 130, [0, 63, 64, 129])
    let other = NodeSet(nodeCount: 130, [63, 65, 129])
    var union = one
    union.formUnion(other)
    #expect(Array(union) == [0, 63, 64, 65, 129])
    var intersection = one
    intersection.formIntersection(other)
    #expect(Array(intersection) == [63, 129])
    var difference = one
    difference.subtract(other)
    #expect(Array(difference) == [0, 64])
    #expect(Array(NodeSet(nodeCount: 0)).isEmpty)
    #expect(union == NodeSet(nodeCount: 130, [129, 65, 64, 63, 0]))
  }
}
