/// How many objects of each class there are, what they take, and what they keep alive.
public struct ClassHistogram: Analysis {
  /// By which figure classes are ranked.
  public enum Order: String, Sendable, CaseIterable { case objects, shallow, retained, snapshot, name }

  public static let spec = AnalysisSpec(
    name: "histogram", summary: "objects by class: how many, their own bytes, the bytes they keep alive",
    arguments: [
      .init("by", .choice(Order.allCases.map(\.rawValue)), "the figure to rank by; retained unless told"),
      .init("top", .count, "how many classes to show; all unless told"),
      .init("all", .flag, "built-in objects too"),
      .init("no-repl", .flag, "without what only the prompt keeps alive"),
      .init("no-retained", .flag, "without retained sizes, which is faster"),
    ])

  public var order: Order
  public var top: Int
  public var includesBuiltIns: Bool
  public var roots: RootSelection
  public var wantsRetained: Bool

  public init(
    order: Order = .retained, top: Int = .max, includesBuiltIns: Bool = false, roots: RootSelection = RootSelection(),
    wantsRetained: Bool = true
  ) {
    self.order = order
    self.top = top
    self.includesBuiltIns = includesBuiltIns
    self.roots = roots
    self.wantsRetained = wantsRetained
  }

  public func run(on graph: HeapGraph, progress: Progress) throws(AnalysisError) -> AnalysisResult {
    let census = try HeapCensus(
      graph: graph, roots: roots, wantsRetained: wantsRetained, includesBuiltIns: includesBuiltIns, progress: progress)
    let classes = census.ranked(by: order)
    let rows = classes.prefix(top).map { $0.cells(of: census) }
    return AnalysisResult(
      name: Self.spec.name,
      facts: [
        .init("objects", .count(census.total.objects)), .init("bytes", .bytes(census.total.shallow)),
        .init("garbage", .count(census.garbage.objects)), .init("garbageBytes", .bytes(census.garbage.shallow)),
      ],
      body: .table(
        ResultTable(
          columns: census.columns, rows: Array(rows), totalRowCount: classes.count, isNumbered: true)),
      isPartial: wantsRetained && !census.hasRetained)
  }
}

/// The figures of a class, or of a whole heap.
public struct ClassFigures: Sendable, Equatable {
  public var name: String
  public var objects: UInt64 = 0
  public var shallow: UInt64 = 0
  /// What the dominator trees of the class's objects hold; objects that several of them hold only together do not count.
  public var retained: UInt64 = 0
  public var snapshot: UInt64 = 0

  public init(name: String, objects: UInt64 = 0, shallow: UInt64 = 0, retained: UInt64 = 0, snapshot: UInt64 = 0) {
    self.name = name
    self.objects = objects
    self.shallow = shallow
    self.retained = retained
    self.snapshot = snapshot
  }

  fileprivate mutating func add(shallow bytes: UInt64, snapshot encoded: UInt64) {
    objects += 1
    shallow = shallow.saturatingAdd(bytes)
    snapshot = snapshot.saturatingAdd(encoded)
  }

  fileprivate func cells(of census: HeapCensus) -> [ResultCell] {
    var cells: [ResultCell] = [
      .text(name), .count(objects),
      .share(census.total.objects == 0 ? 0 : Double(objects) / Double(census.total.objects)), .bytes(shallow),
    ]
    if census.hasRetained { cells.append(.bytes(retained)) }
    if census.hasSnapshot { cells.append(.bytes(snapshot)) }
    return cells
  }
}

/// Counts over all reachable nodes, by class and in all.
public struct HeapCensus: Sendable {
  /// Figures of each class, in the order in which classes first appear.
  public var classes: [ClassFigures]
  /// Figures of all counted nodes.
  public var total = ClassFigures(name: "")
  /// The objects among them that the program made, without strings and what only the machine sees.
  public var programObjects = ClassFigures(name: "")
  /// Figures of the library's nodes.
  public var builtIns = ClassFigures(name: "")
  /// The library's nodes of which programs see objects.
  public var builtInObjects: UInt64 = 0
  /// Figures of the nodes that nothing reaches.
  public var garbage = ClassFigures(name: "")
  /// The unreachable nodes by class.
  public var garbageClasses: [ClassFigures]
  /// The classes of parts that only the machine sees.
  public var systemClasses: Set<String> = []
  /// How many references the farthest reachable node is away.
  public var longestDistance = 0
  public var hasRetained = false
  public var hasSnapshot: Bool

  /// Counts, only some nodes if they are given; when it is stopped while retained sizes are computed, the counts remain.
  public init(
    graph: HeapGraph, roots: RootSelection = RootSelection(), wantsRetained: Bool = true,
    includesBuiltIns: Bool = false, only own: OwnObjects? = nil, analyses: GraphAnalyses? = nil, progress: Progress
  ) throws(AnalysisError) {
    hasSnapshot = graph.snapshotSizes != nil
    let analyses = analyses ?? GraphAnalyses(graph)
    let reachable = try analyses.reachability(roots: roots, progress: progress)
    longestDistance = reachable.longestDistance
    var alive = ClassTally(graph: graph)
    var dead = ClassTally(graph: graph)
    for node in 0..<graph.nodeCount {
      try progress.tick("classes", node, of: graph.nodeCount)
      let identity = Identity(bits: graph.identities[node])
      let shallow = graph.shallowSizes.unchecked(node)
      let snapshot = graph.snapshotSizes?.unchecked(node) ?? 0
      if identity.flags.contains(.builtIn) {
        builtIns.add(shallow: shallow, snapshot: snapshot)
        if identity.kind.category == .object { builtInObjects += 1 }
        if !includesBuiltIns { continue }
      }
      if let own, !own.contains(node) { continue }
      guard reachable.contains(node) else {
        garbage.add(shallow: shallow, snapshot: snapshot)
        dead.add(node, identity.kind, shallow: shallow, snapshot: snapshot)
        continue
      }
      total.add(shallow: shallow, snapshot: snapshot)
      alive.add(node, identity.kind, shallow: shallow, snapshot: snapshot)
      if identity.isProgramObject {
        programObjects.add(shallow: shallow, snapshot: snapshot)
      }
    }
    garbageClasses = dead.finish()
    if wantsRetained {
      do {
        let tree = try analyses.dominators(roots: roots, progress: progress)
        let retained = try analyses.retainedSizes(roots: roots, progress: progress)
        try alive.addRetained(tree, retained, includesBuiltIns: includesBuiltIns, only: own, progress: progress)
        hasRetained = true
      } catch .cancelled {} catch { throw error }
    }
    classes = alive.finish()
    systemClasses = alive.systemNames
  }

  /// The classes, largest figure first and then by name.
  public func ranked(by order: ClassHistogram.Order) -> [ClassFigures] {
    let figure: (ClassFigures) -> UInt64 =
      switch order {
      case .objects: { $0.objects }
      case .retained where hasRetained: { $0.retained }
      case .shallow, .retained: { $0.shallow }
      case .snapshot: { $0.snapshot }
      case .name: { _ in 0 }
      }
    return classes.sorted { (figure($0), $1.name) > (figure($1), $0.name) }
  }

  fileprivate var columns: [ResultTable.Column] {
    var columns: [ResultTable.Column] = [
      .init("class", .left, isFlexible: true), .init("n", title: "objects"), .init("share", title: "%"),
      .init("shallow"),
    ]
    if hasRetained { columns.append(.init("retained")) }
    if hasSnapshot { columns.append(.init("snapshot")) }
    return columns
  }
}

/// Sums by class over dense class numbers.
struct ClassTally {
  let graph: HeapGraph
  private var figures: [ClassFigures]
  private var positions: [Int32]
  private(set) var systemNames: Set<String> = []

  init(graph: HeapGraph) {
    self.graph = graph
    figures = []
    positions = Array(repeating: -1, count: graph.stringCount + 256)
  }

  /// A number for the class of a node: its name, or its kind if it has none.
  @inline(__always) private func key(_ node: Int, _ kind: NodeKind) -> Int {
    let name = Int(graph.classNames[node])
    return name != 0 ? name : graph.stringCount + Int(kind.rawValue)
  }

  @inline(__always)
  mutating func add(_ node: Int, _ kind: NodeKind, shallow: UInt64, snapshot: UInt64) {
    let key = key(node, kind)
    if positions[key] < 0 {
      positions[key] = Int32(figures.count)
      let name = graph.className(of: node)
      figures.append(ClassFigures(name: name))
      if graph.isSystemPart(node) { systemNames.insert(name) }
    }
    figures[Int(positions[key])].add(shallow: shallow, snapshot: snapshot)
  }

  /// Adds what each class retains: the retained sizes of its nodes that no other node of the class dominates.
  mutating func addRetained(
    _ tree: DominatorTree, _ retained: RetainedSizes, includesBuiltIns: Bool, only own: OwnObjects? = nil,
    progress: Progress
  ) throws(AnalysisError) {
    let count = tree.reachableCount
    let keys = WorkColumn<Int32>(count: count + 1, filledWith: -1)
    for number in 1..<count + 1 {
      let node = Int(tree.nodes[number])
      let identity = Identity(bits: graph.identities[node])
      if identity.flags.contains(.builtIn) && !includesBuiltIns { continue }
      if let own, !own.contains(node) { continue }
      keys[number] = positions[key(node, identity.kind)]
    }
    var open = [Int32](repeating: 0, count: figures.count)
    try tree.walk(progress: progress) { number in
      let key = Int(keys[number])
      guard key >= 0 else { return }
      if open[key] == 0 { figures[key].retained = figures[key].retained.saturatingAdd(retained.byNumber[number]) }
      open[key] += 1
    } leave: { number in
      let key = Int(keys[number])
      if key >= 0 { open[key] -= 1 }
    }
  }

  /// The figures; kinds that share a title are one class.
  func finish() -> [ClassFigures] {
    var merged: [ClassFigures] = []
    var places: [String: Int] = [:]
    for figure in figures {
      if let place = places[figure.name] {
        merged[place].objects += figure.objects
        merged[place].shallow = merged[place].shallow.saturatingAdd(figure.shallow)
        merged[place].retained = merged[place].retained.saturatingAdd(figure.retained)
        merged[place].snapshot = merged[place].snapshot.saturatingAdd(figure.snapshot)
      } else {
        places[figure.name] = merged.count
        merged.append(figure)
      }
    }
    return merged
  }
}

extension DominatorTree {
  /// Visits the tree in depth, from each node to what it dominates.
  func walk(progress: Progress, enter: (Int) -> Void, leave: (Int) -> Void) throws(AnalysisError) {
    let firstChild = WorkColumn<UInt32>(count: reachableCount + 1, filledWith: 0)
    let sibling = WorkColumn<UInt32>(count: reachableCount + 1, filledWith: 0)
    var number = reachableCount
    while number > 0 {
      let parent = Int(dominators[number])
      sibling[number] = firstChild[parent]
      firstChild[parent] = UInt32(number)
      number -= 1
    }
    var current = Int(firstChild[0])
    var visited = 0
    while current != 0 {
      visited += 1
      try progress.tick("classes", visited, of: reachableCount)
      enter(current)
      if firstChild[current] != 0 {
        current = Int(firstChild[current])
        continue
      }
      leave(current)
      while current != 0, sibling[current] == 0 {
        current = Int(dominators[current])
        if current != 0 { leave(current) }
      }
      if current != 0 { current = Int(sibling[current]) }
    }
  }
}
