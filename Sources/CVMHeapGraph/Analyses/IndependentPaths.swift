/// Several ways from roots to an object that share no object with each other, the shortest first.
public struct IndependentPaths: Sendable {
  public var paths: [HeapPath]
  /// Whether there are no more.
  public var isComplete: Bool

  /// Finds at most a number of paths. After each, its objects are left out of the search for the next.
  public init(
    to node: Int, analyses: GraphAnalyses, roots: RootSelection = RootSelection(), limit: Int, progress: Progress
  ) throws(AnalysisError) {
    let graph = analyses.graph
    guard node >= 0, node < graph.nodeCount else { throw .noSuchNode(node) }
    paths = []
    isComplete = false
    guard let shortest = try analyses.reachability(roots: roots, progress: progress).path(to: node) else {
      isComplete = true
      return
    }
    paths = [shortest]
    // In a foreign dump nearly everything is behind the same few objects of the machine.
    let shared: Set<Int> = graph.rootNode == nil ? [] : Set(graph.roots.map { Int($0.target) })
    var cuts: Set<HeapReference> = []
    var avoided: Set<Int> = []
    while paths.count < limit, let last = paths.last {
      var source = Int(graph.roots[last.root].target)
      if source == node || !shared.contains(source) { cuts.insert(.root(last.root)) }
      for edge in last.edges {
        if shared.contains(source) {
          cuts.insert(.edge(edge))
        } else if source != node {
          avoided.insert(source)
        }
        source = graph.target(ofEdge: edge)
      }
      let left = try Reachability(
        graph: graph, roots: roots, without: cuts, removedNodes: Array(avoided.subtracting([node])), keepsPaths: true,
        progress: progress)
      guard let next = left.path(to: node) else {
        isComplete = true
        return
      }
      paths.append(next)
    }
  }
}
