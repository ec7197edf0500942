/// What an object keeps alive alone, by class.
public struct RetainedObjects: Analysis {
  public static let spec = AnalysisSpec(
    name: "retained", summary: "what would be freed with an object, by class",
    arguments: [
      .init("object", .object, "the object"), .init("top", .count, "how many classes to show; all unless told"),
      .init("no-repl", .flag, "as if the prompt held nothing"),
    ])

  public var node: Int
  public var top: Int
  public var roots: RootSelection

  public init(node: Int, top: Int = .max, roots: RootSelection = RootSelection()) {
    self.node = node
    self.top = top
    self.roots = roots
  }

  public func run(on graph: HeapGraph, progress: Progress) throws(AnalysisError) -> AnalysisResult {
    try run(with: GraphAnalyses(graph), progress: progress)
  }

  /// As `run(on:)`, with what was found out about the graph before.
  public func run(with analyses: GraphAnalyses, progress: Progress) throws(AnalysisError) -> AnalysisResult {
    let graph = analyses.graph
    guard node >= 0, node < graph.nodeCount else { throw .noSuchNode(node) }
    let nodes = try analyses.nodesRetained(by: node, roots: roots, progress: progress)
    var tally = ClassTally(graph: graph)
    var total: UInt64 = 0
    var snapshot: UInt64 = 0
    for dominated in nodes {
      let bytes = graph.shallowSizes[dominated]
      total = total.saturatingAdd(bytes)
      let encoded = graph.snapshotSizes?[dominated] ?? 0
      snapshot = snapshot.saturatingAdd(encoded)
      if dominated != node { tally.add(dominated, graph.kind(of: dominated), shallow: bytes, snapshot: encoded) }
    }
    let ranked = tally.finish().sorted { ($0.shallow, $1.name) > ($1.shallow, $0.name) }
    let rows = ranked.prefix(top).map { figures -> [ResultCell] in
      [
        .text(figures.name), .count(figures.objects), .bytes(figures.shallow),
        .share(total == 0 ? 0 : Double(figures.shallow) / Double(total)),
      ]
    }
    let columns: [ResultTable.Column] = [
      .init("class", title: "under it", .left, isFlexible: true), .init("n", title: "objects"),
      .init("bytes", title: "retained"), .init("share", title: "of it"),
    ]
    var facts: [AnalysisResult.Fact] = [
      .init("object", graph.id(of: node).map(ResultCell.object) ?? .text(graph.label(of: node))),
      .init("objects", .count(UInt64(max(0, nodes.count - 1)))), .init("bytes", .bytes(total)),
      .init("isReachable", .flag(!nodes.isEmpty)),
    ]
    if graph.snapshotSizes != nil { facts.append(.init("snapshot", .bytes(snapshot))) }
    let whole = try analyses.bytesAlive(roots: roots, progress: progress)
    facts.append(.init("share", .share(whole == 0 ? 0 : Double(total) / Double(whole))))
    return AnalysisResult(
      name: Self.spec.name, facts: facts,
      body: .table(
        ResultTable(columns: columns, rows: Array(rows), totalRowCount: ranked.count, isNumbered: true)))
  }
}
