/// What an object consists of: the objects that it holds, and they hold, down to a depth.
public struct ObjectTree: Analysis {
  public static let spec = AnalysisSpec(
    name: "graph", summary: "an object and what it holds, as a tree or a drawing",
    arguments: [
      .init("object", .object, "the object to start from"),
      .init("depth", .count, "how many references deep; 3 unless told"),
      .init("limit", .count, "how many lines at most; 200 unless told"),
    ])

  public var node: Int
  public var name: String
  public var depth: Int
  public var limit: Int

  public init(node: Int, name: String = "", depth: Int = 3, limit: Int = 200) {
    self.node = node
    self.name = name
    self.depth = depth
    self.limit = limit
  }

  public func run(on graph: HeapGraph, progress: Progress) throws(AnalysisError) -> AnalysisResult {
    guard node >= 0, node < graph.nodeCount else { throw .noSuchNode(node) }
    var lines: [ResultTree.Line] = []
    var seen: Set<Int> = []
    var isCutOff = false
    // What the lines do not go on to; it may be there for another reason.
    var beyond: [Int] = []
    var pending: [(node: Int, link: String, depth: Int)] = [(node, name, 0)]
    while let (current, link, level) = pending.popLast() {
      try progress.tick("tree", lines.count, of: limit)
      if lines.count == limit {
        isCutOff = true
        break
      }
      let isNew = seen.insert(current).inserted
      lines.append(
        ResultTree.Line(
          depth: level, link: link, label: graph.label(of: current), identity: "n\(current)",
          values: [.init("shallow", .bytes(graph.shallowSizes[current]))], isRepeated: !isNew))
      if !isNew { continue }
      let children = graph.edges(of: current).filter { isShown($0, in: graph) }
      if level >= depth {
        beyond += children.map { graph.target(ofEdge: $0) }
        continue
      }
      for edge in children.prefix(limit).reversed() {
        pending.append((graph.target(ofEdge: edge), graph.slotName(edge), level + 1))
      }
    }
    isCutOff = isCutOff || beyond.contains { !seen.contains($0) }
    return AnalysisResult(
      name: Self.spec.name, facts: [.init("isCutOff", .flag(isCutOff))], body: .tree(ResultTree(lines: lines)))
  }

  private func isShown(_ edge: Int, in graph: HeapGraph) -> Bool {
    let target = graph.target(ofEdge: edge)
    return graph.isStrong(edge) && !graph.isBuiltIn(target) && graph.kind(of: target).category != .primitive
  }
}
