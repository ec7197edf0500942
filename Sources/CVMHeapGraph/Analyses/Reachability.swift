/// One reference of a graph: from a root or from a node.
public enum HeapReference: Hashable, Sendable {
  case root(Int)
  case edge(Int)
}

/// Which nodes the roots reach over strong edges, nearest first.
public final class Reachability: @unchecked Sendable {
  /// The graph that was walked.
  public let graph: HeapGraph
  private let selection: RootSelection
  private let cuts: Set<HeapReference>
  private let seen: BitColumn
  private let queue: WorkColumn<UInt32>
  /// The edge by which each node was found; `UInt32.max` for a root.
  private let arrivals: WorkColumn<UInt32>?
  /// The number of reachable nodes.
  public let count: Int
  /// How many references the farthest reachable node is away from the roots; a root's target is at 0.
  public let longestDistance: Int

  /// Walks the graph, as if some references were cut and some nodes were not there; from one node only if it is given.
  public init(
    graph: HeapGraph, roots: RootSelection = RootSelection(), without cuts: Set<HeapReference> = [],
    from start: Int? = nil, removedNode: Int? = nil, removedNodes: [Int] = [], ignoring repeated: RepeatedSlots? = nil,
    keepsPaths: Bool = false, progress: Progress
  ) throws(AnalysisError) {
    self.graph = graph
    selection = roots
    self.cuts = cuts
    let nodeCount = graph.nodeCount
    seen = BitColumn(count: nodeCount)
    queue = WorkColumn(count: nodeCount, filledWith: 0)
    arrivals = keepsPaths ? WorkColumn(count: nodeCount, filledWith: UInt32.max) : nil
    let gone = removedNodes + (removedNode.map { [$0] } ?? [])
    removed = gone.isEmpty ? nil : BitColumn(count: nodeCount)
    for node in gone {
      _ = seen.insert(node)
      _ = removed?.insert(node)
    }

    var tail = 0
    let (first, last) = start.map { ([UInt32($0)], []) } ?? Self.startingNodes(graph, roots, cuts)
    for node in first where seen.insert(Int(node)) {
      queue[tail] = node
      tail += 1
    }
    let cutEdges = Set(cuts.compactMap { if case .edge(let edge) = $0 { edge } else { nil } })
    var head = 0
    var levelEnd = tail
    var distance = 0
    var waiting = last[...]
    let (firstEdges, kinds, targets) = (graph.firstEdges, graph.edgeKinds, graph.edgeTargets)
    while true {
      if head == tail {
        while let node = waiting.popFirst() {
          guard seen.insert(Int(node)) else { continue }
          queue[tail] = node
          tail += 1
        }
        if head == tail { break }
        levelEnd = tail
      } else if head == levelEnd {
        distance += 1
        levelEnd = tail
      }
      let node = Int(queue[head])
      head += 1
      try progress.tick("reachable objects", head, of: nodeCount)
      for edge in Int(firstEdges[node])..<Int(firstEdges[node + 1]) {
        let target = Int(targets[edge])
        if !EdgeKind.keeps(kinds[edge]) || seen[target] { continue }
        if _slowPath(!cutEdges.isEmpty), cutEdges.contains(edge) { continue }
        if let repeated, repeated.contains(edge) { continue }
        _ = seen.insert(target)
        arrivals?[target] = UInt32(edge)
        queue[tail] = UInt32(target)
        tail += 1
      }
    }
    count = tail
    longestDistance = distance
  }

  /// The targets of roots: in a foreign dump those of the machine last, so that paths begin at variables where they can.
  private static func startingNodes(
    _ graph: HeapGraph, _ roots: RootSelection, _ cuts: Set<HeapReference>
  ) -> (first: [UInt32], last: [UInt32]) {
    var first: [UInt32] = []
    var last: [UInt32] = []
    for (index, root) in graph.roots.enumerated() where roots.includes(root) && !cuts.contains(.root(index)) {
      if graph.rootNode != nil, root.kind == .internalRoot {
        last.append(root.target)
      } else {
        first.append(root.target)
      }
    }
    return (first, last)
  }

  private let removed: BitColumn?

  /// Whether a node can be reached.
  public func contains(_ node: Int) -> Bool { seen[node] && removed?[node] != true }

  /// The reachable nodes, nearest first.
  public var nodes: UnsafeBufferPointer<UInt32> { UnsafeBufferPointer(start: queue.base, count: count) }

  /// The shortest path to a node; needs `keepsPaths`.
  public func path(to node: Int) -> HeapPath? {
    guard let edges = edges(to: node) else { return nil }
    let first = edges.first.map(graph.source(ofEdge:)) ?? node
    return root(reaching: first).map { HeapPath(root: $0, edges: edges) }
  }

  /// The edges of the shortest way to a node; needs `keepsPaths`.
  func edges(to node: Int) -> [Int]? {
    guard let arrivals, contains(node) else { return nil }
    var edges: [Int] = []
    var current = node
    while arrivals[current] != .max {
      let edge = Int(arrivals[current])
      edges.append(edge)
      current = graph.source(ofEdge: edge)
    }
    return edges.reversed()
  }

  /// The root, among those walked from, that best names a node: a variable before a result of the prompt before the rest.
  private func root(reaching node: Int) -> Int? {
    let candidates = graph.roots.indices.filter {
      Int(graph.roots[$0].target) == node && selection.includes(graph.roots[$0]) && !cuts.contains(.root($0))
    }
    return candidates.min { graph.roots[$0].kind.namingRank < graph.roots[$1].kind.namingRank }
  }
}

/// A way from a root to a node.
public struct HeapPath: Hashable, Sendable {
  /// The index of the root.
  public var root: Int
  /// The edges from the root's target on.
  public var edges: [Int]

  public init(root: Int, edges: [Int]) {
    self.root = root
    self.edges = edges
  }
}

extension HeapGraph {
  /// The node that a reference leads to.
  public func target(of reference: HeapReference) -> Int {
    switch reference {
    case .root(let root): Int(roots[root].target)
    case .edge(let edge): target(ofEdge: edge)
    }
  }

  /// The node at the end of a path.
  public func target(of path: HeapPath) -> Int {
    path.edges.last.map(target(ofEdge:)) ?? Int(roots[path.root].target)
  }
}

extension RootKind {
  var namingRank: Int {
    switch self {
    case .globalVariable: 0
    case .frameLocal: 1
    case .repl: 2
    case .builtIn: 3
    case .internalRoot: 4
    }
  }
}
