import CVMHeapGraph

/// A part of a heap's objects, the same each time.
struct HeapSample {
  let share: Double
  /// What lies on the way to them is taken, too, so that they hang together.
  let keepsPaths: Bool

  /// The nodes of the sample among those that can be reached from an object, or from all roots.
  func nodes(
    of graph: HeapGraph, from start: Int?, within part: Set<Int>?, progress: Progress
  ) throws(AnalysisError) -> Set<Int> {
    let none = UInt32.max
    var parents = [UInt32](repeating: none, count: graph.nodeCount)
    var queue: [UInt32] = []
    var chosen: Set<Int> = []
    for node in start.map({ [$0] }) ?? graph.roots.map({ Int($0.target) }) where parents[node] == none {
      parents[node] = UInt32(node)
      queue.append(UInt32(node))
      if start != nil { chosen.insert(node) }
    }
    let limit = UInt64(share * 4_294_967_296)
    var head = 0
    while head < queue.count {
      if head & 0xFFFF == 0, progress.isCancelled { throw .cancelled }
      let node = Int(queue[head])
      head += 1
      if Self.hash(graph.id(of: node)?.number ?? UInt64(node)) < limit { take(node, parents, &chosen) }
      for edge in graph.edges(of: node) where graph.isStrong(edge) {
        let target = graph.target(ofEdge: edge)
        guard parents[target] == none, part?.contains(target) ?? true else { continue }
        parents[target] = UInt32(node)
        queue.append(UInt32(target))
      }
    }
    return chosen
  }

  private func take(_ node: Int, _ parents: [UInt32], _ chosen: inout Set<Int>) {
    var node = node
    while chosen.insert(node).inserted, keepsPaths, Int(parents[node]) != node { node = Int(parents[node]) }
  }

  private static func hash(_ number: UInt64) -> UInt64 {
    var hash = (number ^ 0x9E37_79B9) &* 0xFF51_AFD7_ED55_8CCD
    hash ^= hash >> 33
    hash = hash &* 0xC4CE_B9FE_1A85_EC53
    return hash >> 32
  }
}
