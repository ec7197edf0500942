/// Who holds an object, exactly, and what it holds.
public struct References: Analysis {
  public static let spec = AnalysisSpec(
    name: "refs", summary: "who holds an object, by which slots, and what it holds",
    arguments: [
      .init("object", .object, "the object"), .init("no-repl", .flag, "without what the prompt holds"),
    ])

  public var node: Int
  public var roots: RootSelection

  public init(node: Int, roots: RootSelection = RootSelection()) {
    self.node = node
    self.roots = roots
  }

  public func run(on graph: HeapGraph, progress: Progress) throws(AnalysisError) -> AnalysisResult {
    let found = try ReferenceList(graph: graph, node: node, roots: roots, progress: progress)
    let rows = found.incoming.map { reference -> [ResultCell] in
      switch reference {
      case .root(let root): [.text(graph.rootName(root)), .text(graph.rootDescription(root)), .none]
      case .edge(let edge):
        [
          .text(graph.slotName(edge)), .text(graph.label(of: graph.source(ofEdge: edge))),
          graph.id(of: graph.source(ofEdge: edge)).map(ResultCell.object) ?? .none,
        ]
      }
    }
    return AnalysisResult(
      name: Self.spec.name,
      heading: [
        "held by \(found.incoming.count) reference\(found.incoming.count == 1 ? "" : "s") in "
          + "\(found.holderCount) holder\(found.holderCount == 1 ? "" : "s")"
      ],
      facts: [
        .init("references", .count(UInt64(found.incoming.count))), .init("holders", .count(UInt64(found.holderCount))),
        .init("weak", .count(UInt64(found.weak.count))), .init("isReachable", .flag(found.isReachable)),
      ],
      body: .table(
        ResultTable(
          columns: [
            .init("slot", .left, isFlexible: true), .init("holder", .left, isFlexible: true), .init("id", .left),
          ], rows: rows)))
  }
}

/// The references to and from one node, as far as their holders are alive.
public struct ReferenceList: Sendable {
  /// The node asked about.
  public var node: Int
  /// Roots, in the order of the graph, then edges.
  public var incoming: [HeapReference]
  /// What the prompt holds, when that is asked for.
  public var fromREPL: [Int]
  /// Edges that do not keep the node alive.
  public var weak: [Int]
  /// The node's own edges.
  public var outgoing: Range<Int>
  /// The number of different holders; every root is one.
  public var holderCount: Int
  public var isReachable: Bool

  /// Finds the references by one pass over the targets of all edges.
  public init(
    graph: HeapGraph, node: Int, roots: RootSelection = RootSelection(), reachable: Reachability? = nil,
    progress: Progress
  ) throws(AnalysisError) {
    guard node >= 0, node < graph.nodeCount else { throw .noSuchNode(node) }
    let alive: Reachability
    if let reachable {
      alive = reachable
    } else {
      alive = try Reachability(graph: graph, roots: roots, progress: progress)
    }
    self.node = node
    let rooted = graph.roots.indices.filter { graph.roots[$0].target == node }
    incoming = rooted.filter { graph.roots[$0].kind != .repl }.map(HeapReference.root)
    fromREPL = roots.includesREPL ? rooted.filter { graph.roots[$0].kind == .repl } : []
    weak = []
    holderCount = incoming.count
    var lastHolder = -1
    let targets = graph.edgeTargets
    var edge = 0
    while edge < targets.count {
      try progress.tick("references", edge, of: targets.count)
      let end = min(targets.count, edge + Progress.stride)
      while edge < end {
        defer { edge += 1 }
        guard targets[edge] == UInt32(node) else { continue }
        let holder = graph.source(ofEdge: edge)
        guard alive.contains(holder) else { continue }
        if !graph.isStrong(edge) {
          weak.append(edge)
          continue
        }
        incoming.append(.edge(edge))
        if holder != lastHolder { holderCount += 1 }
        lastHolder = holder
      }
    }
    outgoing = graph.edges(of: node)
    isReachable = alive.contains(node)
  }
}
