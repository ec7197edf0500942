/// Several ways from roots to an object, the shortest first. They share no object but those that every way goes over.
public struct IndependentPaths: Sendable {
  public var paths: [HeapPath]
  /// Whether there are no more.
  public var isComplete: Bool
  /// Whether the paths do share objects, and only the last references differ, since there are no others.
  public var sharesObjects = false
  /// The last object that is held in more than one way: the object itself, or what alone holds it.
  public var junction: Int?
  /// What every way to the junction goes over, and from which on they differ; nil where they begin at different roots.
  public var origin: Int?

  /// Finds at most a number of paths. After each, its objects are left out of the search for the next.
  public init(
    to node: Int, analyses: GraphAnalyses, roots: RootSelection = RootSelection(), limit: Int, progress: Progress
  ) throws(AnalysisError) {
    let graph = analyses.graph
    guard node >= 0, node < graph.nodeCount else { throw .noSuchNode(node) }
    paths = []
    isComplete = true
    guard let shortest = try analyses.reachability(roots: roots, progress: progress).path(to: node) else { return }
    paths = [shortest]
    var search = try Search(shortest, analyses, roots, progress)
    guard let place = search.fork else { return }
    junction = search.nodes[place]
    origin = search.origin
    isComplete = false
    var last = search.branch
    let (head, tail) = (search.head, Array(shortest.edges[place...]))
    while paths.count < limit {
      search.leaveOut(last)
      var found = try search.next(progress)
      if found == nil, paths.count == 1 {
        sharesObjects = true
        search.leaveOutLastStep(of: last)
        found = try search.next(progress)
      }
      guard let next = found else {
        isComplete = true
        return
      }
      last = next
      if let head {
        paths.append(HeapPath(root: head.root, edges: head.edges + next.edges + tail))
      } else {
        paths.append(HeapPath(root: next.root, edges: next.edges + tail))
      }
      if sharesObjects {
        isComplete = true
        return
      }
    }
  }

  /// Looks for ways from the origin, or from roots, to the junction.
  private struct Search {
    let graph: HeapGraph
    let roots: RootSelection
    let repeated: RepeatedSlots
    /// The objects on the shortest way.
    let nodes: [Int]
    /// Which of them the junction is; nil where each is held by one reference alone.
    let fork: Int?
    let origin: Int?
    /// The shortest way to the origin.
    let head: HeapPath?
    /// The part of the shortest way that others differ in.
    let branch: HeapPath
    /// In a foreign dump nearly everything is behind the same few objects of the machine.
    let shared: Set<Int>
    var cuts: Set<HeapReference> = []
    var avoided: Set<Int> = []

    init(
      _ path: HeapPath, _ analyses: GraphAnalyses, _ roots: RootSelection, _ progress: Progress
    ) throws(AnalysisError) {
      graph = analyses.graph
      self.roots = roots
      repeated = try analyses.repeatedSlots(progress: progress)
      shared = graph.rootNode == nil ? [] : Set(graph.roots.map { Int($0.target) })
      nodes = [Int(graph.roots[path.root].target)] + path.edges.map { [graph] in graph.target(ofEdge: $0) }
      let tree = try analyses.dominators(roots: roots, progress: progress)
      let references = [HeapReference.root(path.root)] + path.edges.map(HeapReference.edge)
      let effects = try CutEffects(references, analyses: analyses, roots: roots, progress: progress).effects
      let held = effects.lastIndex { $0.objects == 0 }
      fork = held == 0 && shared.contains(nodes[0]) ? nil : held
      guard let fork else {
        (origin, head, branch) = (nil, nil, path)
        return
      }
      let start = (0..<fork).last { [nodes] in tree.dominates(nodes[$0], nodes[fork]) }
      // What stands for roots is no object that anybody would hear of.
      if let start, !shared.contains(nodes[start]) {
        origin = nodes[start]
        head = HeapPath(root: path.root, edges: Array(path.edges[..<start]))
        branch = HeapPath(root: path.root, edges: Array(path.edges[start..<fork]))
      } else {
        (origin, head) = (nil, nil)
        branch = HeapPath(root: path.root, edges: Array(path.edges[..<fork]))
      }
    }

    private var target: Int { nodes[fork ?? nodes.count - 1] }

    mutating func leaveOut(_ path: HeapPath) {
      var source = origin ?? Int(graph.roots[path.root].target)
      if origin == nil, source == target || !shared.contains(source) { cuts.insert(.root(path.root)) }
      for edge in path.edges {
        if source == origin {
          if graph.target(ofEdge: edge) == target { cuts.insert(.edge(edge)) }
        } else if origin == nil, shared.contains(source) {
          cuts.insert(.edge(edge))
        } else if source != target {
          avoided.insert(source)
        }
        source = graph.target(ofEdge: edge)
      }
    }

    mutating func leaveOutLastStep(of path: HeapPath) {
      avoided = []
      cuts = [path.edges.last.map(HeapReference.edge) ?? .root(path.root)]
    }

    func next(_ progress: Progress) throws(AnalysisError) -> HeapPath? {
      let left = try Reachability(
        graph: graph, roots: roots, without: repeated.adding(to: cuts), from: origin,
        removedNodes: Array(avoided.subtracting([target])), ignoring: repeated, keepsPaths: true, progress: progress)
      guard origin != nil else { return left.path(to: target) }
      return left.edges(to: target).map { HeapPath(root: 0, edges: $0) }
    }
  }
}
