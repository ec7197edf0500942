/// How many references each node is away from the roots that people know; counted as Chrome's DevTools counts.
public struct Distances: @unchecked Sendable {
  /// What is added to the distance of nodes that only the machine's own roots reach.
  public static let ofMachine = 100_000_000
  private static let none = UInt32.max

  private let column: WorkColumn<UInt32>

  /// Walks the graph twice: from variables, and then from the machine's own roots.
  public init(graph: HeapGraph, roots: RootSelection = RootSelection(), progress: Progress) throws(AnalysisError) {
    column = WorkColumn(count: graph.nodeCount, filledWith: Self.none)
    let queue = WorkColumn<UInt32>(count: graph.nodeCount, filledWith: 0)
    var tail = 0
    func add(_ node: Int, _ distance: Int) {
      guard column[node] == Self.none else { return }
      column[node] = UInt32(distance)
      queue[tail] = UInt32(node)
      tail += 1
    }
    let isMachines = { (root: HeapRoot) in root.kind == .internalRoot }
    for root in graph.roots where roots.includes(root) && !isMachines(root) { add(Int(root.target), 1) }
    var head = 0
    try Self.walk(graph, column, queue, &head, &tail, progress)
    if let root = graph.rootNode {
      if column[root] == Self.none { add(root, tail > 0 ? Self.ofMachine : 0) }
    } else {
      for root in graph.roots where isMachines(root) { add(Int(root.target), Self.ofMachine + 1) }
    }
    try Self.walk(graph, column, queue, &head, &tail, progress)
  }

  private static func walk(
    _ graph: HeapGraph, _ column: WorkColumn<UInt32>, _ queue: WorkColumn<UInt32>, _ head: inout Int,
    _ tail: inout Int, _ progress: Progress
  ) throws(AnalysisError) {
    let (firstEdges, kinds, targets) = (graph.firstEdges, graph.edgeKinds, graph.edgeTargets)
    let (distances, nodes) = (column.base, queue.base)
    while head < tail {
      let node = Int(nodes[head])
      head += 1
      try progress.tick("distances", head, of: graph.nodeCount)
      let next = distances[node] + 1
      for edge in Int(firstEdges[node])..<Int(firstEdges[node + 1]) {
        let target = Int(targets[edge])
        if kinds[edge] == EdgeKind.weak.rawValue || distances[target] != none { continue }
        distances[target] = next
        nodes[tail] = UInt32(target)
        tail += 1
      }
    }
  }

  /// The distance of a node; nil if only weak references lead to it.
  public subscript(node: Int) -> Int? { column[node] == Self.none ? nil : Int(column[node]) }
}
