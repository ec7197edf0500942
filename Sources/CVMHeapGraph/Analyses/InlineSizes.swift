/// What a value would take if everything it holds were written out in full inside of it.
public enum InlineSize: Equatable, Sendable {
  case bytes(UInt64)
  /// More than 2^64 - 2 bytes.
  case beyondCounting
  /// The value contains itself, so that writing it in full would never end.
  case endless
}

/// What the inline encoding (each variable's value nested in full) would take, without building it.
public struct InlineSizes: Analysis {
  public static let spec = AnalysisSpec(
    name: "inline", summary: "what each variable would take with its value written out in full",
    arguments: [.init("top", .count, "how many variables to show; all unless told")])

  public var top: Int
  /// The bytes of each node's own text; unless given, its bytes in a snapshot, or else in memory.
  public var ownCosts: [UInt32]?

  public init(top: Int = .max, ownCosts: [UInt32]? = nil) {
    self.top = top
    self.ownCosts = ownCosts
  }

  public func run(on graph: HeapGraph, progress: Progress) throws(AnalysisError) -> AnalysisResult {
    let sizes = try InlineSizing(graph: graph, ownCosts: ownCosts, progress: progress)
    let variables = graph.roots.indices.filter { graph.roots[$0].kind.isVariable }
    let ranked = variables.map { ($0, sizes.size(of: Int(graph.roots[$0].target))) }
      .sorted { ($0.1.rank, $1.0) > ($1.1.rank, $0.0) }
    let rows = ranked.prefix(top).map { root, size -> [ResultCell] in
      [.text(graph.rootName(root)), .text(graph.label(of: Int(graph.roots[root].target))), size.cell]
    }
    return AnalysisResult(
      name: Self.spec.name, facts: [.init("total", sizes.total.cell)],
      body: .table(
        ResultTable(
          columns: [
            .init("name", .left, isFlexible: true), .init("value", .left, isFlexible: true), .init("inline"),
          ], rows: Array(rows), totalRowCount: ranked.count)),
      notes: sizes.cycle.map {
        ["\(graph.text(of: $0.path)) contains itself through \($0.loop.map(graph.slotName).joined())."]
      } ?? [])
  }
}

extension InlineSize {
  fileprivate var rank: UInt64 {
    switch self {
    case .bytes(let bytes): bytes
    case .beyondCounting, .endless: .max
    }
  }

  fileprivate var cell: ResultCell {
    switch self {
    case .bytes(let bytes): .bytes(bytes)
    case .beyondCounting: .text("beyond counting")
    case .endless: .text("endless")
    }
  }
}

extension RootKind {
  /// Whether the first CVM would have stored the root as a variable.
  var isVariable: Bool { self == .globalVariable || self == .frameLocal }
}

/// Inline sizes of all nodes, each computed once.
public struct InlineSizing: @unchecked Sendable {
  /// A value that contains itself.
  public struct Cycle: Sendable, Equatable {
    /// The way to the value.
    public var path: HeapPath
    /// The edges from the value back to itself.
    public var loop: [Int]
  }

  /// Values that several places hold: written in full, each mention makes one of its own.
  public struct Alias: Sendable, Equatable {
    /// Two of the ways to the value.
    public var first: HeapPath
    public var second: HeapPath
  }

  private static let endless = UInt64.max
  private static let beyondCounting = UInt64.max - 1
  private let sizes: WorkColumn<UInt64>
  /// The size of all variables together, each in full.
  public let total: InlineSize
  /// The first cycle found, if there is one.
  public let cycle: Cycle?
  /// The first of the values that several places hold.
  public let aliases: [Alias]
  /// How many objects several places hold.
  public let sharedCount: Int

  /// Sums own costs over everything that a node holds, as often as it holds it.
  public init(
    graph: HeapGraph, ownCosts: [UInt32]? = nil, progress: Progress
  ) throws(AnalysisError) {
    if let ownCosts, ownCosts.count != graph.nodeCount {
      throw .invalidColumn(expected: graph.nodeCount, found: ownCosts.count)
    }
    var search = Search(graph: graph, ownCosts: ownCosts)
    var sum: UInt64 = 0
    for (index, root) in graph.roots.enumerated() where root.kind.isVariable {
      try search.visit(root: index, progress: progress)
      sum = Self.add(sum, search.sizes[Int(root.target)])
    }
    sizes = search.sizes
    total = Self.size(sum)
    cycle = search.cycle
    aliases = search.aliases
    sharedCount = search.sharedCount
  }

  /// The size of a node that a variable reaches; 0 bytes for others.
  public func size(of node: Int) -> InlineSize { Self.size(sizes[node]) }

  private static func size(_ raw: UInt64) -> InlineSize {
    switch raw {
    case endless: .endless
    case beyondCounting: .beyondCounting
    default: .bytes(raw)
    }
  }

  private static func add(_ left: UInt64, _ right: UInt64) -> UInt64 {
    if left == endless || right == endless { return endless }
    let (sum, overflow) = left.addingReportingOverflow(right)
    return overflow || sum > beyondCounting ? beyondCounting : sum
  }

  /// Depth-first over the slots that a value's text would contain.
  private struct Search {
    let graph: HeapGraph
    let ownCosts: [UInt32]?
    let ownSizes: SizeColumn
    let sizes: WorkColumn<UInt64>
    /// 0 new, 1 open, 2 done; 4 is added when a second place holds it.
    let states: WorkColumn<UInt8>
    /// The edge that led to a node first, or a root with the top bit set.
    let origins: WorkColumn<UInt32>
    var aliases: [Alias] = []
    var sharedCount = 0
    var openNodes: [UInt32] = []
    var cursors: [UInt32] = []
    var cycle: Cycle?
    var done = 0

    init(graph: HeapGraph, ownCosts: [UInt32]?) {
      self.graph = graph
      self.ownCosts = ownCosts
      ownSizes = graph.snapshotSizes ?? graph.shallowSizes
      sizes = WorkColumn(count: graph.nodeCount, filledWith: 0)
      states = WorkColumn(count: graph.nodeCount, filledWith: 0)
      origins = WorkColumn(count: graph.nodeCount, filledWith: 0)
    }

    mutating func open(_ node: UInt32) {
      states[Int(node)] = 1
      sizes[Int(node)] = ownCosts.map { UInt64($0[Int(node)]) } ?? ownSizes.unchecked(Int(node))
      openNodes.append(node)
      cursors.append(graph.firstEdges[Int(node)])
    }

    mutating func visit(root: Int, progress: Progress) throws(AnalysisError) {
      let start = graph.roots[root].target
      if states[Int(start)] != 0 { return noteAlias(of: start, root: root) }
      origins[Int(start)] = UInt32(root) | 1 << 31
      open(start)
      while let node = openNodes.last {
        let edge = cursors[cursors.count - 1]
        if edge == graph.firstEdges[Int(node) + 1] {
          try close(progress)
          continue
        }
        cursors[cursors.count - 1] = edge + 1
        guard isNested(Int(edge)) else { continue }
        let target = graph.edgeTargets[Int(edge)]
        switch states[Int(target)] & 3 {
        case 0:
          origins[Int(target)] = edge
          open(target)
        case 1:
          sizes[Int(node)] = InlineSizing.endless
          if cycle == nil { noteCycle(root: root, to: target) }
        default:
          sizes[Int(node)] = InlineSizing.add(sizes[Int(node)], sizes[Int(target)])
          noteAlias(of: target, root: root)
        }
      }
    }

    private mutating func close(_ progress: Progress) throws(AnalysisError) {
      let node = Int(openNodes.removeLast())
      cursors.removeLast()
      states[node] = states[node] & 4 | 2
      done += 1
      try progress.tick("inline sizes", done, of: graph.nodeCount)
      if let parent = openNodes.last {
        sizes[Int(parent)] = InlineSizing.add(sizes[Int(parent)], sizes[node])
      }
    }

    private mutating func noteAlias(of target: UInt32, root: Int) {
      guard graph.kind(of: Int(target)).category == .object, !graph.isBuiltIn(Int(target)),
        states[Int(target)] & 4 == 0
      else { return }
      states[Int(target)] |= 4
      sharedCount += 1
      guard aliases.count < 5 else { return }
      let followed = cursors.map { Int($0) - 1 }
      aliases.append(Alias(first: origin(of: target), second: HeapPath(root: root, edges: followed)))
    }

    /// The way by which a node was found.
    private func origin(of target: UInt32) -> HeapPath {
      var edges: [Int] = []
      var node = Int(target)
      while origins[node] < 1 << 31 {
        edges.append(Int(origins[node]))
        node = graph.source(ofEdge: Int(origins[node]))
      }
      return HeapPath(root: Int(origins[node] & (1 << 31 - 1)), edges: edges.reversed())
    }

    private mutating func noteCycle(root: Int, to target: UInt32) {
      // The cursor of an open node stands behind the edge that is being followed.
      let followed = cursors.map { Int($0) - 1 }
      let entry = openNodes.lastIndex(of: target) ?? 0
      cycle = Cycle(path: HeapPath(root: root, edges: Array(followed[..<entry])), loop: Array(followed[entry...]))
    }

    /// The first CVM wrote out arrays, objects and what they hold, but not prototypes, code and weak references.
    private func isNested(_ edge: Int) -> Bool {
      let target = graph.target(ofEdge: edge)
      guard !graph.isBuiltIn(target) else { return false }
      switch graph.edgeKind(edge) {
      case .property:
        // The way back from a function's prototype object to the function is no part of a value.
        return graph.kind(of: target) != .closure || graph.string(graph.edgeNames[edge]) != "constructor"
      case .element, .captured, .mapKey, .mapValue, .namedMapValue, .setMember, .symbolProperty,
        .privateMember:
        return true
      case .prototype, .internalSlot, .getter, .setter, .ephemeron, .weak, .numberedSlot, .shortcut: return false
      }
    }
  }
}
