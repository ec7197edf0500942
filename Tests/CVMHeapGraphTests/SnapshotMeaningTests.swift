import CVMHeapGraph
import CVMTestSupport
import Foundation
import Testing

/// What keeps what alive in a heap of V8, by the rules of Chrome's DevTools.
@Suite struct SnapshotMeaningTests {
  private let scratch: ScratchDirectory

  init() throws { scratch = try ScratchDirectory() }

  private func graph(_ sketch: SnapshotSketch) throws -> HeapGraph {
    let path = try scratch.write("s.heapsnapshot", sketch.text)
    return try HeapSnapshotFile(path: path).graph
  }

  @Test func `the key of a weak map's entry holds the value, not the table`() throws {
    var sketch = SnapshotSketch()
    let global = sketch.node("object", "global")
    let table = sketch.node("object", "WeakMap", size: 100)
    let key = sketch.node("object", "Key", size: 10)
    let value = sketch.node("object", "Value", size: 1000)
    sketch.edge(0, "element", "1", global)
    sketch.edge(global, "property", "map", table)
    sketch.edge(global, "property", "key", key)
    let ids = sketch.nodes.map(\.id)
    let name =
      "3 / part of key (Key @\(ids[key])) -> value (Value @\(ids[value])) pair in WeakMap (table @\(ids[table]))"
    sketch.edge(table, "internal", name, value)
    sketch.edge(key, "internal", name, value)
    let graph = try graph(sketch)
    let sizes = try DominatorTree(graph: graph, progress: Progress()).retainedSizes(graph.shallowSizes)
    #expect(sizes[key] == 1010)
    #expect(sizes[table] == 100)
    #expect(try Distances(graph: graph, progress: Progress())[value] == 3)
  }

  @Test func `what a page reaches is held by the page, not by the machine around it`() throws {
    var sketch = SnapshotSketch()
    let roots = sketch.node("synthetic", "(GC roots)", size: 0)
    let window = sketch.node("object", "Window", size: 10)
    let item = sketch.node("object", "Item", size: 50)
    let debugger = sketch.node("object", "Debugger", size: 5)
    sketch.edge(0, "element", "1", roots)
    sketch.edge(0, "shortcut", "2", window)
    sketch.edge(roots, "element", "1", debugger)
    sketch.edge(debugger, "property", "seen", item)
    sketch.edge(window, "property", "item", item)
    let graph = try graph(sketch)
    let sizes = try DominatorTree(graph: graph, progress: Progress()).retainedSizes(graph.shallowSizes)
    #expect(sizes[window] == 60)
    let distances = try Distances(graph: graph, progress: Progress())
    #expect([window, item, roots, debugger].map { distances[$0] } == [1, 2, 100_000_001, 100_000_002])
    let path = try #require(
      try Reachability(graph: graph, keepsPaths: true, progress: Progress()).path(to: item))
    #expect(graph.text(of: path) == "Window.item")
  }

  /// Each node of 1,500 random heaps against a recount that removes it.
  @Test(arguments: 0..<15)
  func `retained sizes and distances equal those of a recount`(batch: Int) throws {
    for seed in UInt64(batch * 100)..<UInt64(batch * 100 + 100) {
      var generator = SeededGenerator(seed: seed)
      let sketch = Self.random(nodes: seed % 50 == 0 ? 300 : 3 + Int(seed % 40), &generator)
      let graph = try graph(sketch)
      let judge = Judge(sketch)
      let tree = try DominatorTree(graph: graph, progress: Progress())
      let sizes = tree.retainedSizes(graph.shallowSizes)
      let distances = try Distances(graph: graph, progress: Progress())
      let shallow = judge.shallowSizes
      #expect((0..<graph.nodeCount).map { Int(graph.shallowSizes[$0]) } == shallow, "seed \(seed)")
      let alive = judge.reachable(without: nil)
      let total = alive.reduce(0) { $0 + shallow[$1] }
      #expect(sizes.total == UInt64(total), "seed \(seed)")
      for node in 1..<graph.nodeCount {
        let left = judge.reachable(without: node).reduce(0) { $0 + shallow[$1] }
        let expected = alive.contains(node) ? total - left : 0
        #expect(sizes[node] == UInt64(expected), "seed \(seed) node \(node)")
        #expect(distances[node] == judge.distances[node], "seed \(seed) node \(node)")
      }
    }
  }

  private static func random(nodes count: Int, _ generator: inout SeededGenerator) -> SnapshotSketch {
    var sketch = SnapshotSketch()
    let types = ["hidden", "array", "string", "object", "object", "object", "native", "synthetic", "closure"]
    for number in 1..<count {
      sketch.node(
        types.randomElement(using: &generator)!, "N\(number)", size: Int.random(in: 0...9, using: &generator))
    }
    let hasPage = Bool.random(using: &generator)
    for _ in 0..<Int.random(in: 1...3, using: &generator) {
      let type = hasPage && Bool.random(using: &generator) ? "shortcut" : "element"
      sketch.edge(0, type, "1", Int.random(in: 1..<count, using: &generator))
    }
    let kinds = ["property", "property", "element", "internal", "hidden", "context", "weak", "shortcut"]
    let density = Double.random(in: 0.5...3, using: &generator)
    for number in 0..<Int(Double(count) * density) {
      sketch.edge(
        Int.random(in: 1..<count, using: &generator), kinds.randomElement(using: &generator)!, "\(number)",
        Int.random(in: 1..<count, using: &generator))
    }
    for _ in 0..<2 {
      let (table, key, value) = (
        Int.random(in: 1..<count, using: &generator), Int.random(in: 1..<count, using: &generator),
        Int.random(in: 1..<count, using: &generator)
      )
      let ids = sketch.nodes.map(\.id)
      let name =
        "1 / part of key (K @\(ids[key])) -> value (V @\(ids[value])) pair in WeakMap (table @\(ids[table]))"
      sketch.edge(table, "internal", name, value)
      sketch.edge(key, "internal", name, value)
    }
    return sketch
  }
}

/// The rules written down once more, in the plainest way.
private struct Judge {
  let sketch: SnapshotSketch
  private var page: Set<Int> = []
  private var extraRoots: [Int] = []

  init(_ sketch: SnapshotSketch) {
    self.sketch = sketch
    var queue = sketch.nodes[0].edges.filter { $0.type == "shortcut" }.map(\.target)
    while let node = queue.popLast() {
      if page.insert(node).inserted { queue += sketch.nodes[node].edges.filter { $0.type != "weak" }.map(\.target) }
    }
    var held: Set<Int> = []
    for source in sketch.nodes.indices {
      for edge in sketch.nodes[source].edges where holds(source, edge) { held.insert(edge.target) }
    }
    extraRoots = sketch.nodes.indices.filter { $0 != 0 && !held.contains($0) }
  }

  private func holds(_ source: Int, _ edge: SnapshotSketch.Edge) -> Bool {
    if edge.type == "weak" || (edge.type == "shortcut" && source != 0) { return false }
    if edge.name.hasSuffix("(table @\(sketch.nodes[source].id))") { return false }
    return source == 0 || page.contains(source) || !page.contains(edge.target)
  }

  func reachable(without removed: Int?) -> Set<Int> {
    var seen: Set<Int> = []
    var queue = [0] + extraRoots
    while let node = queue.popLast() {
      if node == removed || !seen.insert(node).inserted { continue }
      queue += sketch.nodes[node].edges.filter { holds(node, $0) }.map(\.target)
    }
    return seen
  }

  var distances: [Int?] {
    var result = [Int?](repeating: nil, count: sketch.nodes.count)
    func walk(_ start: [Int]) {
      var queue = start[...]
      while let node = queue.popFirst() {
        for edge in sketch.nodes[node].edges where edge.type != "weak" && result[edge.target] == nil {
          result[edge.target] = result[node]! + 1
          queue.append(edge.target)
        }
      }
    }
    var first: [Int] = []
    for edge in sketch.nodes[0].edges where sketch.nodes[edge.target].type != "synthetic" {
      if result[edge.target] == nil { first.append(edge.target) }
      result[edge.target] = 1
    }
    walk(first)
    result[0] = first.isEmpty ? 0 : 100_000_000
    walk([0])
    return result
  }

  /// Parts that exactly one other node reaches over parts are counted to it.
  var shallowSizes: [Int] {
    var sizes = sketch.nodes.map(\.size)
    let isPart = sketch.nodes.map { $0.type == "hidden" || $0.type == "array" }
    var owners = [Set<Int>](repeating: [], count: sizes.count)
    for owner in sizes.indices where !isPart[owner] {
      var seen: Set<Int> = []
      var queue = [owner]
      while let node = queue.popLast() {
        for edge in sketch.nodes[node].edges where edge.type != "weak" && isPart[edge.target] {
          if seen.insert(edge.target).inserted { queue.append(edge.target) }
        }
      }
      for part in seen { owners[part].insert(owner) }
    }
    for part in sizes.indices where isPart[part] && owners[part].count == 1 {
      let owner = owners[part].first!
      if owner == 0 || sketch.nodes[owner].type == "synthetic" { continue }
      sizes[owner] += sizes[part]
      sizes[part] = 0
    }
    return sizes
  }
}
