/// Objects in which much accumulates: what somebody who looks for a leak wants to see first.
public struct LeakSuspects: Sendable {
  /// An object that keeps much alive, where nothing below it keeps most of that alone.
  public struct Suspect: Sendable {
    /// Whom people know: the object itself, or whose part it is; nil where many roots hold what accumulates.
    public var node: Int?
    public var retained: UInt64
    public var objects: Int
    /// What accumulates, by class: its figures in all, retained sizes included.
    public var members: ClassFigures
    /// Whether the members hold each other in a row.
    public var isChain: Bool
    public var path: HeapPath?
  }

  public var suspects: [Suspect]
  /// The bytes of all that is alive.
  public var total: UInt64
  /// From which part of the whole on something is a suspect.
  public var share: Double

  private static let chainLength = 16

  public init(
    analyses: GraphAnalyses, roots: RootSelection = RootSelection(), share: Double = 0.1, progress: Progress
  ) throws(AnalysisError) {
    let search = try Search(analyses, roots, share, progress)
    total = search.total
    self.share = share
    try search.run(progress)
    let reachable = try analyses.reachability(roots: roots, progress: progress)
    // A variable says more than a name that the prompt gave.
    let ofProgram = try analyses.reachability(roots: RootSelection(includesREPL: false), progress: progress)
    // What a foreign global object holds is Node's own, unless objects of the program are what accumulates; and the more
    // one knows of who holds them the better.
    let globals = search.graph.rootNode == nil || search.graph.hasOwnIDs ? [] : search.graph.globalNodes
    if !globals.isEmpty {
      let own = try analyses.ownObjects(progress: progress)
      search.found.removeAll { suspect in
        guard own.hasScripts, let node = suspect.node, globals.contains(node) else { return false }
        return !search.members(of: suspect).contains(where: own.contains)
      }
    }
    suspects = search.found.map { suspect in
      var suspect = suspect
      suspect.path = suspect.node.flatMap { ofProgram.path(to: $0) ?? reachable.path(to: $0) }
      return suspect
    }
    .sorted { one, other in
      let (isGlobal, isOther) = (one.node.map(globals.contains) ?? false, other.node.map(globals.contains) ?? false)
      return isGlobal == isOther ? one.retained > other.retained : isOther
    }
  }

  /// Walks down the dominator tree where much is.
  private final class Search {
    let graph: HeapGraph
    let tree: DominatorTree
    let sizes: RetainedSizes
    let below: DominatedNodes
    let total: UInt64
    let limit: UInt64
    var found: [Suspect] = []

    private struct Descent {
      var number: Int
      /// For each class on the way where it came first, and how often it came.
      var classes: [String: (first: Int, count: Int)] = [:]
    }

    init(
      _ analyses: GraphAnalyses, _ roots: RootSelection, _ share: Double, _ progress: Progress
    ) throws(AnalysisError) {
      graph = analyses.graph
      tree = try analyses.dominators(roots: roots, progress: progress)
      sizes = try analyses.retainedSizes(roots: roots, progress: progress)
      below = try analyses.dominatedNodes(roots: roots, progress: progress)
      total = sizes.total
      limit = max(UInt64(Double(total) * share), 1)
    }

    func run(_ progress: Progress) throws(AnalysisError) {
      var waiting = [Descent(number: 0)]
      var steps = 0
      while var descent = waiting.popLast() {
        while true {
          steps += 1
          try progress.tick("suspects", steps, of: max(steps, tree.reachableCount))
          let number = descent.number
          if number != 0 {
            let name = graph.className(of: Int(tree.nodes[number]))
            var seen = descent.classes[name] ?? (number, 0)
            seen.count += 1
            descent.classes[name] = seen
            if seen.count > LeakSuspects.chainLength {
              noteChain(from: seen.first, name)
              break
            }
          }
          var big: [Int] = []
          var sum: UInt64 = 0
          for child in below.children(of: number) where sizes.byNumber[Int(child)] >= limit {
            big.append(Int(child))
            sum = sum.saturatingAdd(sizes.byNumber[Int(child)])
          }
          if sum < sizes.byNumber[number] / 2 { noteAccumulation(at: number, except: Set(big)) }
          guard let next = big.max(by: { sizes.byNumber[$0] < sizes.byNumber[$1] }) else { break }
          for other in big where other != next {
            waiting.append(Descent(number: other, classes: descent.classes))
          }
          descent.number = next
        }
      }
    }

    /// The object that a number belongs to for people; nil for parts of the machine.
    private func owner(of number: Int) -> Int? {
      var current = number
      while current != 0 {
        let node = Int(tree.nodes[current])
        switch graph.kind(of: node).category {
        case .object, .primitive: return node
        case .internalPart: current = Int(tree.dominators[current])
        }
      }
      return nil
    }

    private func noteAccumulation(at number: Int, except big: Set<Int>) {
      var members: [String: ClassFigures] = [:]
      for child in below.children(of: number) where !big.contains(Int(child)) {
        let node = Int(tree.nodes[Int(child)])
        let name = graph.className(of: node)
        members[name, default: ClassFigures(name: name)].count(graph.shallowSizes[node], sizes.byNumber[Int(child)])
      }
      guard let most = members.values.max(by: { ($0.retained, $1.name) < ($1.retained, $0.name) }) else {
        if number != 0, sizes.byNumber[number] >= limit, let node = owner(of: number) {
          found.append(
            Suspect(
              node: node, retained: sizes[node], objects: below.count(of: node), members: ClassFigures(name: ""),
              isChain: false))
        }
        return
      }
      let node = owner(of: number)
      if node == nil {
        // What only the machine's own roots hold is its own business, unless it is objects of the program.
        guard most.retained >= limit, number == 0, isOfPrograms(most, at: number) else { return }
      }
      found.append(
        Suspect(
          node: node, retained: node.map { sizes[$0] } ?? most.retained,
          objects: node.map(below.count(of:)) ?? Int(most.objects), members: most, isChain: false))
    }

    /// What accumulates in a suspect that no chain is.
    func members(of suspect: Suspect) -> [Int] {
      below.children(of: suspect.node).filter { graph.className(of: $0) == suspect.members.name }
    }

    private func isOfPrograms(_ figures: ClassFigures, at number: Int) -> Bool {
      below.children(of: number).contains { child in
        let node = Int(tree.nodes[Int(child)])
        return graph.className(of: node) == figures.name && graph.isProgramObject(node)
      }
    }

    /// Members that hold each other: all of the class below the first of them.
    private func noteChain(from first: Int, _ name: String) {
      let head = Int(tree.nodes[first])
      guard !found.contains(where: { $0.node == head }), let node = owner(of: first) else { return }
      var members = ClassFigures(name: name)
      for dominated in tree.dominatedNodes(of: head) where graph.className(of: dominated) == name {
        members.count(graph.shallowSizes[dominated], 0)
      }
      members.retained = sizes[head]
      found.append(
        Suspect(node: node, retained: sizes[node], objects: below.count(of: node), members: members, isChain: true))
    }
  }
}

extension ClassFigures {
  fileprivate mutating func count(_ bytes: UInt64, _ kept: UInt64) {
    objects += 1
    shallow = shallow.saturatingAdd(bytes)
    retained = retained.saturatingAdd(kept)
  }
}

extension HeapGraph {
  /// The objects that global variables refer to; in a dump by V8 the global objects.
  var globalNodes: Set<Int> { Set(roots.filter { $0.kind == .globalVariable }.map { Int($0.target) }) }
}
