import CVMHeapGraph
import CVMTestSupport
import Glibc
import Testing

/// Five million objects; run with `CVM_BENCHMARK=1`, in release.
@Suite(.enabled(if: getenv("CVM_BENCHMARK") != nil)) struct LargeHeapTests {
  @Test func fiveMillionObjectsAreAnalysed() throws {
    let count = 5_000_000
    let graph = try timed("build") { () throws(HeapGraphError) in try tree(of: count) }
    let progress = Progress()
    let dominators = try timed("dominators") { () throws(AnalysisError) in
      try DominatorTree(graph: graph, progress: progress)
    }
    #expect(dominators.reachableCount == count)
    #expect(timed("retained sizes") { dominators.retainedSizes(graph.shallowSizes) }.total == UInt64(40 * count))
    let census = try timed("histogram") { () throws(AnalysisError) in
      try HeapCensus(graph: graph, progress: progress)
    }
    #expect(census.total.objects == UInt64(count))
    let references = try timed("referrers") { () throws(AnalysisError) in
      try ReferenceList(graph: graph, node: 0, progress: progress)
    }
    #expect(references.isReachable)
  }

  /// A binary tree whose nodes also point back to an earlier one.
  private func tree(of count: Int) throws(HeapGraphError) -> HeapGraph {
    var generator = SeededGenerator(seed: 1)
    var builder = HeapGraph.Builder(targets: .keys)
    let names = ["left", "right", "near"].map { builder.string($0) }
    let classes = (0..<200).map { builder.string("Class\($0)") }
    for index in 0..<count {
      builder.addNode(
        .object, className: classes[index % 200], id: UInt64(index + 1), shallowSize: 40, key: UInt32(index * 8))
      let near = max(0, index - Int(generator.next() % 1000))
      for (name, target) in zip(names, [2 * index + 1, 2 * index + 2, near]) where target < count {
        builder.addEdge(.property, named: name, to: UInt32(target * 8))
      }
    }
    builder.addRoot(.globalVariable, name: builder.string("tree"), to: 0)
    return try builder.finish()
  }

  private func timed<Result, Failure: Error>(
    _ name: String, _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let clock = ContinuousClock()
    let start = clock.now
    let result = try body()
    print(name, clock.now - start)
    return result
  }
}
