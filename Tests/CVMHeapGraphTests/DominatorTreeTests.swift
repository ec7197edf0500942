import CVMHeapGraph
import CVMTestSupport
import Testing

@Suite struct DominatorTreeTests {
  /// 60 graphs for each of some densities, each node compared with the definition.
  @Test(arguments: [0.5, 1.0, 1.3, 2.0, 4.0])
  func theTreeAgreesWithTheDefinition(density: Double) throws {
    for seed in 0..<60 as Range<UInt64> {
      let count = 2 + Int(seed % 23)
      let sketch = GraphSketch.random(
        seed: seed, nodes: count, edges: Int(Double(count) * density), roots: 1 + Int(seed % 3))
      let graph = try sketch.graph()
      let successors = (0..<count).map { node in
        graph.edges(of: node).filter { graph.edgeKind($0).isStrong }.map(graph.target(ofEdge:))
      }
      let roots = graph.roots.map { Int($0.target) }
      let expected = NaiveDominators.immediateDominators(successors: successors, roots: roots)
      let tree = try DominatorTree(graph: graph, progress: Progress())
      let reachable = try Reachability(graph: graph, progress: Progress())
      #expect(tree.reachableCount == expected.count)
      for node in 0..<count {
        #expect(tree.isReachable(node) == (expected[node] != nil), "seed \(seed) node \(node)")
        #expect(reachable.contains(node) == (expected[node] != nil), "seed \(seed) node \(node)")
        #expect(tree.immediateDominator(of: node) == (expected[node] ?? nil), "seed \(seed) node \(node)")
      }
      let sizes = (0..<count).map { Int(graph.shallowSizes[$0]) }
      let naive = NaiveDominators.retainedSizes(successors: successors, roots: roots, sizes: sizes)
      let retained = tree.retainedSizes(graph.shallowSizes)
      for node in 0..<count { #expect(retained[node] == UInt64(naive[node] ?? 0), "seed \(seed) node \(node)") }
      let analyses = GraphAnalyses(graph)
      #expect(try analyses.bytesAlive(progress: Progress()) == retained.total)
      for node in 0..<count {
        let dominated = tree.dominatedNodes(of: node)
        #expect(dominated.reduce(0) { $0 + sizes[$1] } == naive[node] ?? 0, "seed \(seed) node \(node)")
        let walked = try analyses.nodesRetained(by: node, progress: Progress())
        #expect(walked.sorted() == dominated.sorted(), "seed \(seed) node \(node)")
      }
    }
  }

  @Test func aChainOfAMillionObjectsNeedsNoNativeStack() throws {
    let count = 1_000_000
    var builder = HeapGraph.Builder()
    let next = builder.string("next")
    builder.reserve(nodes: count, edges: count)
    for index in 0..<count {
      builder.addNode(.object, id: UInt64(index + 1), shallowSize: 2)
      builder.addEdge(.property, named: next, to: UInt32(max(index, 1) - 1))
    }
    builder.addRoot(.globalVariable, name: builder.string("head"), to: UInt32(count - 1))
    let graph = try builder.finish()
    let tree = try DominatorTree(graph: graph, progress: Progress())
    let retained = tree.retainedSizes(graph.shallowSizes)
    #expect(retained[0] == 2)
    #expect(retained[count - 1] == UInt64(2 * count))
    #expect(try Reachability(graph: graph, progress: Progress()).longestDistance == count - 1)
    #expect(try InlineSizing(graph: graph, progress: Progress()).total == .endless)
  }

  @Test func whatThePromptHoldsCanBeLeftOut() throws {
    var sketch = GraphSketch()
    let held = sketch.node(id: 1)
    let shown = sketch.node(id: 2)
    sketch.root("a", held)
    sketch.root("$1", shown, kind: .repl)
    let graph = try sketch.graph()
    let all = try DominatorTree(graph: graph, progress: Progress())
    let without = try DominatorTree(graph: graph, roots: RootSelection(includesREPL: false), progress: Progress())
    #expect(all.isReachable(shown))
    #expect(!without.isReachable(shown))
    #expect(without.isReachable(held))
  }

  @Test func aStoppedAnalysisEndsWithoutAResult() throws {
    let graph = try GraphSketch.random(seed: 1, nodes: 10, edges: 20, roots: 1).graph()
    let progress = Progress()
    progress.cancel()
    #expect(progress.isCancelled)
    let large = try GraphSketch.random(seed: 1, nodes: 70_000, edges: 300_000, roots: 5).graph()
    #expect(throws: AnalysisError.cancelled) { try DominatorTree(graph: large, progress: progress) }
    #expect(throws: AnalysisError.cancelled) { try Reachability(graph: large, progress: progress) }
    _ = graph
  }

  @Test func progressTellsThePhaseAndNeverPassesItsTotal() throws {
    let graph = try GraphSketch.random(seed: 3, nodes: 75_000, edges: 330_000, roots: 3).graph()
    let recorder = Recorder()
    _ = try DominatorTree(graph: graph, progress: Progress { recorder.add($0) })
    #expect(Set(recorder.moments.map(\.phase)) == ["depth-first order", "references", "dominators"])
    #expect(recorder.moments.allSatisfy { $0.completed <= $0.total })
  }
}

private final class Recorder: @unchecked Sendable {
  private(set) var moments: [Progress.Moment] = []
  func add(_ moment: Progress.Moment) { moments.append(moment) }
}
