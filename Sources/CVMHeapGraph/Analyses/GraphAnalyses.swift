/// What was found out about a graph, kept for the next question about it.
public final class GraphAnalyses {
  public let graph: HeapGraph
  private var trees: [RootSelection: DominatorTree] = [:]
  private var sizes: [RootSelection: RetainedSizes] = [:]
  private var below: [RootSelection: DominatedNodes] = [:]
  private var reachabilities: [RootSelection: Reachability] = [:]
  private var repeated: RepeatedSlots?
  private var own: OwnObjects?

  public init(_ graph: HeapGraph) { self.graph = graph }

  /// Who holds whom alone.
  public func dominators(
    roots: RootSelection = RootSelection(), progress: Progress
  ) throws(AnalysisError) -> DominatorTree {
    if let known = trees[roots] { return known }
    let tree = try DominatorTree(graph: graph, roots: roots, progress: progress)
    trees[roots] = tree
    return tree
  }

  /// What each node dominates.
  public func dominatedNodes(
    roots: RootSelection = RootSelection(), progress: Progress
  ) throws(AnalysisError) -> DominatedNodes {
    if let known = below[roots] { return known }
    let found = DominatedNodes(try dominators(roots: roots, progress: progress))
    below[roots] = found
    return found
  }

  /// What each node keeps alive alone.
  public func retainedSizes(
    roots: RootSelection = RootSelection(), progress: Progress
  ) throws(AnalysisError) -> RetainedSizes {
    if let known = sizes[roots] { return known }
    let found = try dominators(roots: roots, progress: progress).retainedSizes(graph.shallowSizes)
    sizes[roots] = found
    return found
  }

  /// The nodes that only one keeps alive, itself too; none if it is not alive itself. Without a dominator tree at hand two
  /// walks are faster than making one.
  public func nodesRetained(
    by node: Int, roots: RootSelection = RootSelection(), progress: Progress
  ) throws(AnalysisError) -> [Int] {
    if let tree = trees[roots] { return tree.dominatedNodes(of: node) }
    let alive = try reachability(roots: roots, progress: progress)
    guard alive.contains(node) else { return [] }
    let others = try Reachability(graph: graph, roots: roots, removedNode: node, progress: progress)
    return alive.nodes.lazy.map(Int.init).filter { !others.contains($0) }
  }

  /// The bytes of all that is alive.
  public func bytesAlive(
    roots: RootSelection = RootSelection(), progress: Progress
  ) throws(AnalysisError) -> UInt64 {
    try reachability(roots: roots, progress: progress).nodes.reduce(0) {
      $0.saturatingAdd(graph.shallowSizes[Int($1)])
    }
  }

  /// Which nodes are alive, with the shortest path to each.
  public func reachability(
    roots: RootSelection = RootSelection(), progress: Progress
  ) throws(AnalysisError) -> Reachability {
    if let known = reachabilities[roots] { return known }
    let found = try Reachability(graph: graph, roots: roots, keepsPaths: true, progress: progress)
    reachabilities[roots] = found
    return found
  }

  /// Which references only repeat others.
  public func repeatedSlots(progress: Progress) throws(AnalysisError) -> RepeatedSlots {
    if let repeated { return repeated }
    let found = try RepeatedSlots(graph, progress: progress)
    repeated = found
    return found
  }

  /// Which nodes of a dump by V8 are the program's.
  public func ownObjects(progress: Progress) throws(AnalysisError) -> OwnObjects {
    if let own { return own }
    let found = try OwnObjects(analyses: self, progress: progress)
    own = found
    return found
  }
}
