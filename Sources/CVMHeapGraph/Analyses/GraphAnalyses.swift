/// What was found out about a graph, kept for the next question about it.
public final class GraphAnalyses {
  public let graph: HeapGraph
  private var trees: [RootSelection: DominatorTree] = [:]
  private var sizes: [RootSelection: RetainedSizes] = [:]
  private var below: [RootSelection: DominatedNodes] = [:]
  private var reachabilities: [RootSelection: Reachability] = [:]

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

  /// Which nodes are alive, with the shortest path to each.
  public func reachability(
    roots: RootSelection = RootSelection(), progress: Progress
  ) throws(AnalysisError) -> Reachability {
    if let known = reachabilities[roots] { return known }
    let found = try Reachability(graph: graph, roots: roots, keepsPaths: true, progress: progress)
    reachabilities[roots] = found
    return found
  }
}
