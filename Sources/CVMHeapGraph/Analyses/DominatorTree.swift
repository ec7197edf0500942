/// Who holds whom alone: the dominator tree of the reachable nodes, under one virtual root.
///
/// Semi-NCA over nodes renumbered in depth-first order, on plain arrays and without recursion.
public final class DominatorTree: @unchecked Sendable {
  /// The graph it belongs to.
  public let graph: HeapGraph
  /// The number of reachable nodes.
  public let reachableCount: Int

  /// Depth-first number of each node, from 1; 0 is unreachable.
  let numbers: WorkColumn<UInt32>
  /// Node of each depth-first number; index 0 is the virtual root.
  let nodes: WorkColumn<UInt32>
  /// Immediate dominator of each depth-first number, as depth-first number.
  let dominators: WorkColumn<UInt32>

  /// Computes the tree.
  public init(
    graph: HeapGraph, roots: RootSelection = RootSelection(), progress: Progress
  ) throws(AnalysisError) {
    self.graph = graph
    let search = try DepthFirstSearch(graph: graph, roots: roots, progress: progress)
    reachableCount = search.count
    numbers = search.numbers
    nodes = search.nodes
    let predecessors = try Predecessors(search: search, roots: roots, progress: progress)
    let semidominators = try Self.semidominators(of: predecessors, parents: search.parents, progress: progress)
    dominators = try Self.nearestCommonAncestors(
      parents: search.parents, semidominators: semidominators, progress: progress)
  }

  private static func semidominators(
    of predecessors: Predecessors, parents: WorkColumn<UInt32>, progress: Progress
  ) throws(AnalysisError) -> WorkColumn<UInt32> {
    let count = parents.count - 1
    let semidominators = WorkColumn<UInt32>(count: count + 1, filledWith: 0)
    let labels = WorkColumn<UInt32>(count: count + 1, filledWith: 0)
    let ancestors = WorkColumn<UInt32>(count: count + 1, filledWith: 0)
    for number in 0...count {
      labels[number] = UInt32(number)
      ancestors[number] = parents[number]
    }
    let (label, ancestor, entries, sources) = (labels.base, ancestors.base, predecessors.entries, predecessors.sources)
    var path = GrowingColumn<UInt32>()
    var number = count
    while number > 0 {
      try progress.tick("dominators", count - number, of: count)
      let limit = UInt32(number)
      var smallest = entries[number].smallest
      for index in Int(entries[number].start)..<Int(entries[number + 1].start) {
        let source = sources[index]
        if ancestor[Int(source)] > limit { compress(source, limit, label, ancestor, &path) }
        smallest = min(smallest, label[Int(source)])
      }
      semidominators[number] = smallest
      label[number] = smallest
      number -= 1
    }
    return semidominators
  }

  /// Shortens the way from a node to the top of its linked part, keeping the smallest label on it.
  @inline(__always) private static func compress(
    _ start: UInt32, _ limit: UInt32, _ label: UnsafeMutablePointer<UInt32>, _ ancestor: UnsafeMutablePointer<UInt32>,
    _ path: inout GrowingColumn<UInt32>
  ) {
    var current = start
    while ancestor[Int(current)] > limit {
      path.append(current)
      current = ancestor[Int(current)]
    }
    var index = path.count - 1
    while index >= 0 {
      let node = Int(path[index])
      label[node] = min(label[node], label[Int(current)])
      ancestor[node] = ancestor[Int(current)]
      current = UInt32(node)
      index -= 1
    }
    path.truncate(to: 0)
  }

  private static func nearestCommonAncestors(
    parents: WorkColumn<UInt32>, semidominators: WorkColumn<UInt32>, progress: Progress
  ) throws(AnalysisError) -> WorkColumn<UInt32> {
    let dominators = WorkColumn<UInt32>(count: parents.count, filledWith: 0)
    for number in 1..<max(parents.count, 1) {
      try progress.tick("dominators", number, of: parents.count)
      var candidate = parents[number]
      while candidate > semidominators[number] { candidate = dominators[Int(candidate)] }
      dominators[number] = candidate
    }
    return dominators
  }

  // MARK: Questions

  /// Whether the roots reach a node.
  public func isReachable(_ node: Int) -> Bool { numbers[node] != 0 }

  /// The nearest node that every path to a node passes; `nil` when there is none, or the node is unreachable.
  public func immediateDominator(of node: Int) -> Int? {
    let dominator = dominators[Int(numbers[node])]
    return dominator == 0 ? nil : Int(nodes[Int(dominator)])
  }

  /// What each node keeps alive alone, itself included.
  public func retainedSizes(_ sizes: SizeColumn) -> RetainedSizes {
    let retained = WorkColumn<UInt64>(count: reachableCount + 1, filledWith: 0)
    for number in 1..<reachableCount + 1 { retained[number] = sizes.unchecked(Int(nodes[number])) }
    var number = reachableCount
    while number > 0 {
      let dominator = Int(dominators[number])
      retained[dominator] = retained[dominator].saturatingAdd(retained[number])
      number -= 1
    }
    return RetainedSizes(tree: self, byNumber: retained)
  }

  /// The nodes that a node dominates, itself first.
  public func dominatedNodes(of node: Int) -> [Int] {
    guard numbers[node] != 0 else { return [] }
    let top = numbers[node]
    let inside = BitColumn(count: reachableCount + 1)
    _ = inside.insert(Int(top))
    var found = [node]
    // A dominator has a smaller depth-first number than what it dominates.
    for number in Int(top) + 1..<reachableCount + 1 where inside[Int(dominators[number])] {
      _ = inside.insert(number)
      found.append(Int(nodes[number]))
    }
    return found
  }
}

/// What each node keeps alive alone.
public struct RetainedSizes: @unchecked Sendable {
  let tree: DominatorTree
  let byNumber: WorkColumn<UInt64>

  /// The retained bytes of a node, 0 if it is unreachable.
  public subscript(node: Int) -> UInt64 {
    let number = Int(tree.numbers[node])
    return number == 0 ? 0 : byNumber[number]
  }

  /// The bytes of all reachable nodes.
  public var total: UInt64 { byNumber[0] }
}

extension UInt64 {
  @inline(__always) func saturatingAdd(_ other: UInt64) -> UInt64 {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? .max : sum
  }
}

/// Depth-first numbers and parents of the reachable nodes.
struct DepthFirstSearch {
  let graph: HeapGraph
  let count: Int
  let numbers: WorkColumn<UInt32>
  let nodes: WorkColumn<UInt32>
  let parents: WorkColumn<UInt32>

  init(graph: HeapGraph, roots: RootSelection, progress: Progress) throws(AnalysisError) {
    self.graph = graph
    let nodeCount = graph.nodeCount
    numbers = WorkColumn(count: nodeCount, filledWith: 0)
    nodes = WorkColumn(count: nodeCount + 1, filledWith: 0)
    let found = WorkColumn<UInt32>(count: nodeCount + 1, filledWith: 0)
    // A bit for each node stays in the cache where the numbers do not.
    let seen = BitColumn(count: nodeCount)
    let (number, node, parent) = (numbers.base, nodes.base, found.base)
    let (firstEdges, kinds, targets) = (graph.firstEdges, graph.edgeKinds, graph.edgeTargets)
    var last: UInt32 = 0
    // For each open node the edge to go on with; the parents are the stack.
    let cursors = WorkColumn<UInt32>(count: nodeCount + 1, filledWith: 0)
    let cursor = cursors.base

    for root in graph.roots where roots.includes(root) && seen.insert(Int(root.target)) {
      var entering = root.target
      var current: UInt32 = 0
      while true {
        last += 1
        number[Int(entering)] = last
        node[Int(last)] = entering
        parent[Int(last)] = current
        current = last
        var edge = Int(firstEdges[Int(entering)])
        var end = Int(firstEdges[Int(entering) + 1])
        try progress.tick("depth-first order", Int(last), of: nodeCount)
        while true {
          while edge < end, !EdgeKind.keeps(kinds[edge]) || !seen.insert(Int(targets[edge])) { edge += 1 }
          if edge < end { break }
          current = parent[Int(current)]
          if current == 0 { break }
          edge = Int(cursor[Int(current)])
          end = Int(firstEdges[Int(node[Int(current)]) + 1])
        }
        if current == 0 { break }
        cursor[Int(current)] = UInt32(edge + 1)
        entering = targets[edge]
      }
    }
    count = Int(last)
    parents = WorkColumn(count: count + 1, filledWith: 0)
    parents.base.update(from: parent, count: count + 1)
  }
}

/// The strong edges as the search for semidominators needs them, between depth-first numbers; 0 stands for the roots.
///
/// An edge from a smaller number counts only if it comes from the smallest, so that no list of those is kept.
struct Predecessors {
  struct Entry: BitwiseCopyable {
    /// The smallest predecessor below the node's own number.
    var smallest: UInt32
    /// Where the predecessors above the node's own number begin; they end where the next entry's begin.
    var start: UInt32
  }

  private let entryColumn: WorkColumn<Entry>
  private let sourceColumn: WorkColumn<UInt32>
  var entries: UnsafeMutablePointer<Entry> { entryColumn.base }
  var sources: UnsafeMutablePointer<UInt32> { sourceColumn.base }

  init(search: DepthFirstSearch, roots: RootSelection, progress: Progress) throws(AnalysisError) {
    let graph = search.graph
    let count = search.count
    entryColumn = WorkColumn(count: count + 2, filledWith: Entry(smallest: .max, start: 0))
    let (entry, number) = (entryColumn.base, search.numbers.base)
    let (firstEdges, kinds, targets) = (graph.firstEdges, graph.edgeKinds, graph.edgeTargets)

    for root in graph.roots where roots.includes(root) { entry[Int(number[Int(root.target)])].smallest = 0 }
    for node in 0..<graph.nodeCount where number[node] != 0 {
      try progress.tick("references", node, of: 2 * graph.nodeCount)
      let source = number[node]
      for edge in Int(firstEdges[node])..<Int(firstEdges[node + 1]) where EdgeKind.keeps(kinds[edge]) {
        let target = number[Int(targets[edge])]
        if source < target {
          entry[Int(target)].smallest = min(entry[Int(target)].smallest, source)
        } else if source > target {
          entry[Int(target)].start += 1
        }
      }
    }
    var total: UInt32 = 0
    for target in 0..<count + 2 {
      total += entry[target].start
      entry[target].start = total
    }
    sourceColumn = WorkColumn(count: Int(total), filledWith: 0)
    let sources = sourceColumn.base
    for node in 0..<graph.nodeCount where number[node] != 0 {
      try progress.tick("references", graph.nodeCount + node, of: 2 * graph.nodeCount)
      let source = number[node]
      for edge in Int(firstEdges[node])..<Int(firstEdges[node + 1]) where EdgeKind.keeps(kinds[edge]) {
        let target = number[Int(targets[edge])]
        guard source > target else { continue }
        entry[Int(target)].start -= 1
        sources[Int(entry[Int(target)].start)] = source
      }
    }
  }
}
