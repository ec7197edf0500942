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
    guard node >= 0, node < graph.nodeCount else { throw .noSuchNode(node) }
    let tree = try DominatorTree(graph: graph, roots: roots, progress: progress)
    let nodes = tree.dominatedNodes(of: node)
    var classes: [String: ClassFigures] = [:]
    var total: UInt64 = 0
    for dominated in nodes {
      let bytes = graph.shallowSizes[dominated]
      total = total.saturatingAdd(bytes)
      if dominated == node { continue }
      var figures = classes[graph.className(of: dominated)] ?? ClassFigures(name: graph.className(of: dominated))
      figures.objects += 1
      figures.shallow = figures.shallow.saturatingAdd(bytes)
      classes[figures.name] = figures
    }
    let ranked = classes.values.sorted { ($0.shallow, $1.name) > ($1.shallow, $0.name) }
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
    return AnalysisResult(
      name: Self.spec.name,
      facts: [
        .init("object", graph.id(of: node).map(ResultCell.object) ?? .text(graph.label(of: node))),
        .init("objects", .count(UInt64(max(0, nodes.count - 1)))), .init("bytes", .bytes(total)),
        .init("isReachable", .flag(tree.isReachable(node))),
      ],
      body: .table(
        ResultTable(columns: columns, rows: Array(rows), totalRowCount: ranked.count, isNumbered: true)))
  }
}
