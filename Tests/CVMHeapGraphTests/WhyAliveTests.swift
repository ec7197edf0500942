import CVMHeapGraph
import CVMTestSupport
import Testing

/// Paths, cuts, deletions and suspects against plain recounts.
@Suite struct WhyAliveTests {
  private let progress = Progress()

  private func random(_ seed: UInt64) throws -> HeapGraph {
    let count = 3 + Int(seed % 40)
    return try GraphSketch.random(
      seed: seed, nodes: count, edges: Int(Double(count) * [0.8, 1.3, 2.5][Int(seed % 3)]), roots: 1 + Int(seed % 3)
    ).graph()
  }

  /// The nodes that are alive without some references and nodes.
  private func alive(_ graph: HeapGraph, without cuts: Set<HeapReference> = [], nodes: Set<Int> = []) -> Set<Int> {
    var seen: Set<Int> = []
    var waiting = graph.roots.indices.filter { !cuts.contains(.root($0)) }.map { Int(graph.roots[$0].target) }
    while let node = waiting.popLast() {
      if nodes.contains(node) || !seen.insert(node).inserted { continue }
      for edge in graph.edges(of: node) where graph.isStrong(edge) && !cuts.contains(.edge(edge)) {
        waiting.append(graph.target(ofEdge: edge))
      }
    }
    return seen
  }

  @Test func `the effect of each cut equals that of walking without the reference`() throws {
    for seed in 0..<300 as Range<UInt64> {
      let graph = try random(seed)
      let references =
        (0..<graph.edgeCount).map(HeapReference.edge) + graph.roots.indices.map(HeapReference.root)
      let effects = try CutEffects(references, analyses: GraphAnalyses(graph), progress: progress).effects
      let before = alive(graph)
      for effect in effects {
        let freed = before.subtracting(alive(graph, without: [effect.reference]))
        #expect(effect.objects == freed.count, "seed \(seed) \(effect.reference)")
        #expect(effect.bytes == freed.reduce(0) { $0 + graph.shallowSizes[$1] }, "seed \(seed) \(effect.reference)")
      }
    }
  }

  @Test func `a virtual deletion frees what nothing else reaches`() throws {
    for seed in 0..<200 as Range<UInt64> {
      let graph = try random(seed)
      let nodes = (0..<graph.nodeCount).filter { graph.className(of: $0) == "C1" }
      let deletion = try VirtualDeletion(analyses: GraphAnalyses(graph), nodes: nodes, progress: progress)
      let before = alive(graph)
      let left = alive(graph, nodes: Set(nodes))
      #expect(Set(deletion.removed) == before.intersection(nodes))
      #expect(Set(deletion.freed) == before.subtracting(left).subtracting(nodes))
      #expect(deletion.bytes == before.subtracting(left).reduce(0) { $0 + graph.shallowSizes[$1] })
      #expect(deletion.classes.reduce(0) { $0 + Int($1.objects) } == before.subtracting(left).count)
    }
  }

  @Test func `independent paths share only what every path goes over, and the first is the shortest`() throws {
    for seed in 0..<200 as Range<UInt64> {
      let graph = try random(seed)
      let reachable = try Reachability(graph: graph, keepsPaths: true, progress: progress)
      for node in 0..<graph.nodeCount where reachable.contains(node) {
        let found = try IndependentPaths(to: node, analyses: GraphAnalyses(graph), limit: 10, progress: progress)
        #expect(found.isComplete)
        var seen: Set<Int> = []
        for path in found.paths {
          #expect(graph.target(of: path) == node)
          var way = [Int(graph.roots[path.root].target)] + path.edges.map(graph.target(ofEdge:))
          for (edge, source) in zip(path.edges, way) { #expect(graph.source(ofEdge: edge) == source) }
          // They differ between what all go over.
          if let junction = found.junction { way.removeSubrange(way.firstIndex(of: junction)!...) }
          if let origin = found.origin { way.removeSubrange(...way.firstIndex(of: origin)!) }
          #expect(seen.isDisjoint(with: way) || found.sharesObjects, "seed \(seed)")
          seen.formUnion(way)
          #expect(path.edges.count >= found.paths[0].edges.count)
        }
        #expect(Set(found.paths).count == found.paths.count)
        // One way only: then some one reference on it is all that holds the object, and so on upwards.
        #expect((found.junction == nil) == (found.paths.count == 1), "seed \(seed)")
      }
    }
  }

  @Test func `what a node dominates is counted`() throws {
    for seed in 0..<100 as Range<UInt64> {
      let graph = try random(seed)
      let analyses = GraphAnalyses(graph)
      let tree = try analyses.dominators(progress: progress)
      let below = try analyses.dominatedNodes(progress: progress)
      for node in 0..<graph.nodeCount {
        let all = tree.dominatedNodes(of: node)
        #expect(below.count(of: node) == all.count)
        #expect(
          Set(below.children(of: node)) == Set(all.filter { $0 != node && tree.immediateDominator(of: $0) == node }))
      }
      let tops = (0..<graph.nodeCount).filter { tree.isReachable($0) && tree.immediateDominator(of: $0) == nil }
      #expect(Set(below.children(of: nil)) == Set(tops))
    }
  }

  // MARK: Suspects

  private func suspects(_ sketch: GraphSketch) throws -> (LeakSuspects, HeapGraph) {
    let graph = try sketch.graph()
    return (try LeakSuspects(analyses: GraphAnalyses(graph), progress: progress), graph)
  }

  @Test func `a growing cache is a suspect, with what accumulates in it`() throws {
    var sketch = GraphSketch()
    let app = sketch.node(.object, "App", id: 1)
    let cache = sketch.node(.map, "Map", id: 2)
    let table = sketch.node(.elements, "", size: 800)
    sketch.edge(app, "cache", cache)
    sketch.edge(cache, "elements", table, kind: .internalSlot)
    for index in 0..<100 {
      let session = sketch.node(.object, "Session", id: UInt64(10 + 2 * index), size: 40)
      sketch.edge(table, UInt32(index), session)
      sketch.edge(session, "data", sketch.node(.object, "Data", id: UInt64(11 + 2 * index), size: 60))
    }
    sketch.root("app", app)
    let (found, graph) = try suspects(sketch)
    #expect(found.suspects.count == 1)
    let suspect = try #require(found.suspects.first)
    #expect(suspect.node == cache)
    #expect(suspect.members.name == "Session")
    #expect(suspect.members.objects == 100)
    #expect(suspect.members.retained == 10_000)
    #expect(suspect.path.map(graph.text(of:)) == "app.cache")
  }

  @Test func `a long list is one suspect`() throws {
    var sketch = GraphSketch()
    let nodes = (0..<5000).map { sketch.node(.object, "Node", id: UInt64($0 + 1), size: 20) }
    for (node, next) in zip(nodes, nodes.dropFirst()) { sketch.edge(node, "next", next) }
    sketch.root("head", nodes[0])
    let (found, _) = try suspects(sketch)
    #expect(found.suspects.count == 1)
    #expect(found.suspects.first?.node == nodes[0])
    #expect(found.suspects.first?.isChain == true)
    #expect(found.suspects.first?.members.objects == 5000)
  }

  @Test func `two suspects are told apart, and a heap without any has none`() throws {
    var sketch = GraphSketch()
    for name in ["first", "second"] {
      let list = sketch.node(.array, "Array", id: name == "first" ? 1 : 2)
      for index in 0..<50 { sketch.edge(list, UInt32(index), sketch.node(.object, name, size: 10)) }
      sketch.root(name, list)
    }
    #expect(try suspects(sketch).0.suspects.map(\.members.name).sorted() == ["first", "second"])
    var even = GraphSketch()
    for index in 0..<100 { even.root("v\(index)", even.node(.object, "C\(index)", id: UInt64(index + 1))) }
    #expect(try suspects(even).0.suspects.isEmpty)
  }
}
