/// What would be freed if some references were cut or some nodes were not there, exactly: the roots are followed once more.
///
/// With a reference go those that only repeat it (`RepeatedSlots`).
public struct VirtualDeletion: Sendable {
  /// The nodes that were taken away, as far as they were alive.
  public var removed: [Int]
  /// The other nodes that nothing would reach any more.
  public var freed: [Int]
  /// The bytes of both.
  public var bytes: UInt64
  public var snapshotBytes: UInt64?
  /// Both by class, the largest first.
  public var classes: [ClassFigures]
  /// How many references that only repeat the cut ones were cut with them.
  public var repetitions: Int

  public init(
    analyses: GraphAnalyses, roots: RootSelection = RootSelection(), cuts: Set<HeapReference> = [],
    nodes: [Int] = [], progress: Progress
  ) throws(AnalysisError) {
    let graph = analyses.graph
    let before = try analyses.reachability(roots: roots, progress: progress)
    let repeated = try analyses.repeatedSlots(progress: progress)
    let all = repeated.adding(to: cuts)
    repetitions = all.count { !cuts.contains($0) && repeated.contains($0) }
    let after = try Reachability(
      graph: graph, roots: roots, without: all, removedNodes: nodes, progress: progress)
    removed = nodes.filter(before.contains)
    let gone = Set(removed)
    freed = []
    bytes = 0
    var snapshot: UInt64 = 0
    var tally = ClassTally(graph: graph)
    for number in before.nodes {
      let node = Int(number)
      if after.contains(node) { continue }
      if !gone.contains(node) { freed.append(node) }
      let size = graph.shallowSizes.unchecked(node)
      let encoded = graph.snapshotSizes?.unchecked(node) ?? 0
      bytes = bytes.saturatingAdd(size)
      snapshot = snapshot.saturatingAdd(encoded)
      tally.add(node, graph.kind(of: node), shallow: size, snapshot: encoded)
    }
    snapshotBytes = graph.snapshotSizes == nil ? nil : snapshot
    classes = tally.finish().sorted { ($0.shallow, $1.name) > ($1.shallow, $0.name) }
  }

  /// The classes of what would go.
  public func table(top: Int) -> ResultTable {
    ResultTable(
      columns: [
        .init("class", .left, isFlexible: true), .init("n", title: "objects"), .init("bytes"),
        .init("share", title: "of it"),
      ],
      rows: classes.prefix(top).map {
        [
          .text($0.name), .count($0.objects), .bytes($0.shallow),
          .share(bytes == 0 ? 0 : Double($0.shallow) / Double(bytes)),
        ]
      }, totalRowCount: classes.count, isNumbered: true)
  }
}

/// What cutting single references would free, found for many at once in the dominator tree.
public struct CutEffects: Sendable {
  /// What one cut frees; nothing when its target is held otherwise.
  public struct Effect: Sendable, Equatable {
    public var reference: HeapReference
    public var objects: Int
    public var bytes: UInt64
  }

  public var effects: [Effect]
  /// All references from elsewhere into each target, those that only repeat others left out; nil for very many.
  public var entries: [Int: [HeapReference]?] = [:]

  /// Tests the cut of each reference alone.
  public init(
    _ references: [HeapReference], analyses: GraphAnalyses, roots: RootSelection = RootSelection(), progress: Progress
  ) throws(AnalysisError) {
    let graph = analyses.graph
    let tree = try analyses.dominators(roots: roots, progress: progress)
    let sizes = try analyses.retainedSizes(roots: roots, progress: progress)
    let below = try analyses.dominatedNodes(roots: roots, progress: progress)
    // Which references lead into what each target dominates, from outside of it: when they are one, its cut frees all.
    var entries: [Int: [HeapReference]] = [:]
    for reference in references { entries[graph.target(of: reference)] = [] }
    for (index, root) in graph.roots.enumerated() where roots.includes(root) {
      entries[Int(root.target)]?.append(.root(index))
    }
    let wanted = BitColumn(count: graph.nodeCount)
    for node in entries.keys { _ = wanted.insert(node) }
    let (firstEdges, kinds, targets) = (graph.firstEdges, graph.edgeKinds, graph.edgeTargets)
    for node in 0..<graph.nodeCount where tree.isReachable(node) {
      try progress.tick("cuts", node, of: graph.nodeCount)
      for edge in Int(firstEdges[node])..<Int(firstEdges[node + 1]) {
        let target = Int(targets[edge])
        guard wanted[target], EdgeKind.keeps(kinds[edge]), !tree.isDominated(node, by: target) else { continue }
        if let count = entries[target]?.count, count < Self.mostEntries { entries[target]?.append(.edge(edge)) }
      }
    }
    let repeated = try analyses.repeatedSlots(progress: progress)
    effects = references.map { reference in
      let target = graph.target(of: reference)
      guard tree.isReachable(target), Self.isEntry(reference, tree, roots), let into = entries[target],
        into.count < Self.mostEntries, repeated.adding(to: [reference]).isSuperset(of: into)
      else { return Effect(reference: reference, objects: 0, bytes: 0) }
      return Effect(reference: reference, objects: below.count(of: target), bytes: sizes[target])
    }
    for (target, into) in entries {
      let isKnown = into.count < Self.mostEntries
      self.entries[target] = .some(isKnown ? into.filter { !repeated.contains($0) } : nil)
    }
  }

  /// More than one reference with its repetitions can be.
  private static let mostEntries = 100

  private static func isEntry(_ reference: HeapReference, _ tree: DominatorTree, _ roots: RootSelection) -> Bool {
    switch reference {
    case .root(let root): return roots.includes(tree.graph.roots[root])
    case .edge(let edge):
      let source = tree.graph.source(ofEdge: edge)
      return tree.graph.isStrong(edge) && tree.isReachable(source)
        && !tree.isDominated(source, by: tree.graph.target(ofEdge: edge))
    }
  }
}
