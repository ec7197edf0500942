import CVMHeapGraph

/// What `:dom` answers: who keeps most alive, as a tree in which the rest of each level is folded by class.
public struct DominatorReport {
  private let graph: HeapGraph
  private let sizes: RetainedSizes
  private let below: DominatedNodes
  private let node: Int?
  private let depth: Int
  private let width: Int

  /// Of what a node dominates, or of the whole heap; at most `width` children are told apart.
  public init(
    analyses: GraphAnalyses, node: Int?, roots: RootSelection = RootSelection(), depth: Int, width: Int,
    progress: Progress
  ) throws(AnalysisError) {
    graph = analyses.graph
    sizes = try analyses.retainedSizes(roots: roots, progress: progress)
    below = try analyses.dominatedNodes(roots: roots, progress: progress)
    (self.node, self.depth, self.width) = (node, depth, width)
  }

  private static let mostLines = 2000
  private static let mostClasses = 3

  private enum Pending {
    case object(Int, level: Int)
    case others(ClassFigures, level: Int)
  }

  /// The tree; lines that stand for several objects have no identity.
  public var result: AnalysisResult {
    var lines: [ResultTree.Line] = []
    var waiting: [Pending] = []
    var isCutOff = false
    if let node {
      waiting = [.object(node, level: 0)]
    } else {
      let objects = UInt64(below.tree.reachableCount)
      lines.append(
        .init(
          depth: 0, label: "the heap",
          values: [.init("retained", .bytes(sizes.total)), .init("objects", .text(Numbers.counted(objects, "object")))])
      )
      push(nil, 1, to: &waiting)
    }
    while let next = waiting.popLast() {
      if lines.count == Self.mostLines {
        isCutOff = true
        break
      }
      switch next {
      case .object(let node, let level):
        lines.append(line(node, level))
        if level < depth { push(node, level + 1, to: &waiting) }
      case .others(let figures, let level): lines.append(line(figures, level))
      }
    }
    return AnalysisResult(
      name: "dom", heading: ["Who keeps alive what nothing else does:"],
      facts: [
        .init("bytes", .bytes(sizes.total)), .init("objects", .count(UInt64(below.tree.reachableCount))),
        .init("isCutOff", .flag(isCutOff)),
      ], body: .tree(ResultTree(lines: lines)))
  }

  private func push(_ parent: Int?, _ level: Int, to waiting: inout [Pending]) {
    let children = below.children(of: parent).sorted { (sizes[$0], $1) > (sizes[$1], $0) }
    let sorted = children.filter { !graph.isBuiltIn($0) }
    var others: [String: ClassFigures] = [:]
    for child in sorted.dropFirst(width) + children.filter(graph.isBuiltIn) {
      let name = graph.isBuiltIn(child) ? "of the library" : graph.className(of: child)
      others[name, default: ClassFigures(name: name)].objects += 1
      others[name, default: ClassFigures(name: name)].retained += sizes[child]
    }
    var folded = others.values.sorted { ($0.retained, $1.name) > ($1.retained, $0.name) }
    if folded.count > Self.mostClasses {
      var rest = ClassFigures(name: "of \(Numbers.grouped(UInt64(folded.count - Self.mostClasses + 1))) classes")
      for figures in folded[(Self.mostClasses - 1)...] {
        rest.objects += figures.objects
        rest.retained += figures.retained
      }
      folded = folded.prefix(Self.mostClasses - 1) + [rest]
    }
    waiting += folded.reversed().map { .others($0, level: level) }
    waiting += sorted.prefix(width).reversed().map { .object($0, level: level) }
  }

  private func line(_ node: Int, _ level: Int) -> ResultTree.Line {
    let count = below.count(of: node)
    var values = figures(sizes[node])
    if count > 1 { values.append(.init("objects", .text(Numbers.counted(UInt64(count), "object")))) }
    return .init(depth: level, label: graph.label(of: node), identity: "n\(node)", values: values)
  }

  private func line(_ folded: ClassFigures, _ level: Int) -> ResultTree.Line {
    .init(
      depth: level, label: "+ \(Numbers.grouped(folded.objects)) more \(folded.name)", values: figures(folded.retained))
  }

  private func figures(_ bytes: UInt64) -> [AnalysisResult.Fact] {
    [.init("retained", .bytes(bytes)), .init("share", .text("\(Numbers.percent(share(bytes))) %"))]
  }

  private func share(_ bytes: UInt64) -> Double { sizes.total == 0 ? 0 : Double(bytes) / Double(sizes.total) }

  /// What the node dominates directly, or what nothing dominates.
  public var table: ResultTable {
    let children = below.children(of: node).sorted { (sizes[$0], $1) > (sizes[$1], $0) }
    return ResultTable(
      columns: [
        .init("object", .left, isFlexible: true), .init("id", .left), .init("class", .left, isFlexible: true),
        .init("n", title: "objects"), .init("shallow"), .init("retained"), .init("share", title: "%"),
      ],
      rows: children.map {
        [
          .text(graph.label(of: $0)), graph.id(of: $0).map(ResultCell.object) ?? .none,
          .text(graph.className(of: $0)), .count(UInt64(below.count(of: $0))), .bytes(graph.shallowSizes[$0]),
          .bytes(sizes[$0]), .share(share(sizes[$0])),
        ]
      })
  }
}
