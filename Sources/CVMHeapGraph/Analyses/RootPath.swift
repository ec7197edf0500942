/// The shortest way from a root to an object: why it is alive.
public struct RootPath: Analysis {
  public static let spec = AnalysisSpec(
    name: "path", summary: "the shortest way from a variable to an object",
    arguments: [
      .init("object", .object, "the object"), .init("no-repl", .flag, "not over what the prompt holds"),
    ])

  public var node: Int
  public var roots: RootSelection

  public init(node: Int, roots: RootSelection = RootSelection()) {
    self.node = node
    self.roots = roots
  }

  public func run(on graph: HeapGraph, progress: Progress) throws(AnalysisError) -> AnalysisResult {
    guard node >= 0, node < graph.nodeCount else { throw .noSuchNode(node) }
    let reachable = try Reachability(graph: graph, roots: roots, keepsPaths: true, progress: progress)
    guard let path = reachable.path(to: node) else {
      return AnalysisResult(
        name: Self.spec.name, facts: [.init("isReachable", .flag(false))],
        body: .text(["Nothing holds \(graph.label(of: node)): the next collection frees it."]))
    }
    let root = graph.roots[path.root]
    var lines = [line(graph, Int(root.target), link: graph.rootName(path.root), depth: 0)]
    lines[0].values.append(.init("root", .text(graph.rootDescription(path.root))))
    for (depth, edge) in path.edges.enumerated() {
      lines.append(line(graph, graph.target(ofEdge: edge), link: graph.slotName(edge), depth: depth + 1))
    }
    return AnalysisResult(
      name: Self.spec.name, heading: ["\(graph.label(of: node)) is alive because of \(graph.text(of: path))"],
      facts: [
        .init("isReachable", .flag(true)), .init("distance", .count(UInt64(path.edges.count))),
        .init("path", .text(graph.text(of: path))),
      ],
      body: .tree(ResultTree(lines: lines)))
  }

  private func line(_ graph: HeapGraph, _ node: Int, link: String, depth: Int) -> ResultTree.Line {
    ResultTree.Line(depth: depth, link: link, label: graph.label(of: node), identity: "n\(node)")
  }
}
