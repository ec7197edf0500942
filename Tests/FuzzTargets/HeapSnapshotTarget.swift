import CVMHeapGraph
import CVMTestSupport
import Glibc

extension FuzzTarget {
  /// A `.heapsnapshot` file: it is refused, or its analyses agree with their definitions.
  static let heapSnapshot = FuzzTarget(
    "heapsnapshot",
    words: [
      "\"snapshot\":", "\"meta\":", "\"node_fields\":", "\"node_types\":", "\"edge_fields\":", "\"edge_types\":",
      "\"node_count\":", "\"edge_count\":", "\"nodes\":[", "\"edges\":[", "\"strings\":[", "\"locations\":[",
      "\"type\"",
      "\"name_or_index\"", "\"to_node\"", "\"self_size\"", "\"trace_node_id\"", "\"detachedness\"",
      "18446744073709551615",
      "4294967296", "\\ud83d",
    ],
    seeds: { (1..<12).map { sketch($0) } }
  ) { bytes in
    guard let path = InputFile.heapSnapshot.path(holding: bytes), let file = try? HeapSnapshotFile(path: path) else {
      return
    }
    let graph = file.graph
    let progress = Progress()
    for node in 0..<min(graph.nodeCount, 500) {
      _ = graph.className(of: node)
      _ = graph.text(of: node)
      for edge in graph.edges(of: node) { require(graph.target(ofEdge: edge) < graph.nodeCount, "an edge to nowhere") }
    }
    let analyses = GraphAnalyses(graph)
    guard let tree = try? analyses.dominators(progress: progress),
      let reachable = try? analyses.reachability(progress: progress),
      (try? analyses.retainedSizes(progress: progress)) != nil
    else { return }
    _ = try? ClassHistogram().run(on: graph, progress: progress)
    guard graph.nodeCount <= 40 else { return }
    let successors = (0..<graph.nodeCount).map { node in
      graph.edges(of: node).filter(graph.isStrong).map(graph.target(ofEdge:))
    }
    let expected = NaiveDominators.immediateDominators(
      successors: successors, roots: graph.roots.map { Int($0.target) })
    for node in 0..<graph.nodeCount {
      require(tree.isReachable(node) == (expected[node] != nil), "node \(node) is alive or not")
      require(reachable.contains(node) == (expected[node] != nil), "node \(node) is reached or not")
      require(tree.immediateDominator(of: node) == (expected[node] ?? nil), "node \(node) has another dominator")
    }
  }

  private static func sketch(_ seed: Int) -> [UInt8] {
    var generator = SeededGenerator(seed: UInt64(seed))
    var sketch = SnapshotSketch()
    for number in 0..<seed {
      let type = SnapshotSketch.nodeTypes.randomElement(using: &generator) ?? "object"
      sketch.node(type, ["Array", "text \u{1F600}", "Map", "f", "(GC roots)"][number % 5], size: number * 8)
    }
    for _ in 0..<(2 * seed) {
      let nodes = 0..<sketch.nodes.count
      let type = SnapshotSketch.edgeTypes.randomElement(using: &generator) ?? "property"
      sketch.edge(Int.random(in: nodes, using: &generator), type, "\(seed)", Int.random(in: nodes, using: &generator))
    }
    if seed % 3 == 0 { sketch.sections.swapAt(1, 7) }
    if seed % 4 == 0 { sketch.separator = " ,\n" }
    return Array(sketch.text.utf8)
  }
}
