import CVMHeapGraph

/// The part of a heap that fits in a picture: the objects that keep most, below those that keep them, the rest folded.
public struct HeapPicture: Sendable {
  /// An object, or several that are folded into one box.
  public struct Box: Sendable, Equatable {
    public var title: String
    /// What it holds, in a few words.
    public var detail = ""
    public var className: String
    /// `#12`; empty for what has no number.
    public var id = ""
    public var shallow: UInt64 = 0
    public var retained: UInt64
    /// How many objects it keeps alive, itself included.
    public var objects: Int
    /// The box of what keeps this one alive alone.
    public var parent: Int?
    /// The slot of the parent's object; empty when it is held over others.
    public var link = ""
    /// The variables that hold it.
    public var names: [String] = []
    public var isFolded = false
  }

  /// A reference between two boxes beside the tree.
  public struct Arrow: Sendable, Equatable {
    public var from: Int
    public var to: Int
    public var label: String
  }

  public private(set) var boxes: [Box] = []
  public private(set) var arrows: [Arrow] = []
  /// What is alive in all.
  public private(set) var bytes: UInt64
  /// How many objects there are in all.
  public private(set) var heapObjects: Int
  /// Whether boxes stand below what refers to them, or below what keeps them alive alone.
  public let isOfReferences: Bool
  /// Whether what a foreign machine made for itself is left out.
  public let isOfProgram: Bool
  private static let foldLimit = 4
  private static let chainLimit = 6
  private static let arrowsPerBox = 6

  public var objectCount: Int { boxes.count { !$0.isFolded } }
  public var foldedCount: Int { boxes.count - objectCount }

  /// What a picture may show.
  public struct Scope {
    /// The object at its left edge; nil for the whole heap.
    public var root: Int?
    /// The number of boxes.
    public var limit: Int
    /// How many levels below the left edge; nil for any number.
    public var depth: Int?
    /// The objects that may have a box; nil for all.
    public var part: ((Int) -> Bool)?
    /// Whether texts of strings are replaced.
    public var isRedacted: Bool
    /// Of each class below one parent so many have a box of their own.
    public var breadth: Int
    /// What of a foreign dump is the program's: with the paths to it, nothing else is shown.
    public var own: OwnObjects?

    public init(
      root: Int?, limit: Int, depth: Int? = nil, part: ((Int) -> Bool)? = nil, isRedacted: Bool = false,
      breadth: Int = 3, own: OwnObjects? = nil
    ) {
      self.own = own
      (self.root, self.limit, self.depth, self.part) = (root, limit, depth, part)
      (self.isRedacted, self.breadth) = (isRedacted, breadth)
    }
  }

  public init(
    analyses: GraphAnalyses, texts: ObjectTexts, scope: Scope, progress: Progress
  ) throws(AnalysisError) {
    let sizes = try analyses.retainedSizes(progress: progress)
    let below = try analyses.dominatedNodes(progress: progress)
    isOfReferences = scope.root != nil
    isOfProgram = scope.own != nil
    bytes = sizes.total
    heapObjects = below.tree.reachableCount
    var builder = Builder(graph: analyses.graph, sizes: sizes, below: below, texts: texts, scope: scope)
    if scope.own != nil { builder.reachable = try analyses.reachability(progress: progress) }
    try builder.run(progress)
    boxes = builder.boxes
    arrows = builder.arrows
  }

  // MARK: Choosing

  private struct Builder {
    let graph: HeapGraph
    let sizes: RetainedSizes
    let below: DominatedNodes
    let texts: ObjectTexts
    let scope: Scope
    var boxes: [Box] = []
    var arrows: [Arrow] = []
    /// For the paths to what stands at the left edge.
    var reachable: Reachability?
    /// The node of each box; nil for a folded one.
    private var nodes: [Int?] = []
    private var places: [Int: Int] = [:]
    private var levels: [Int] = []
    private var chains: [Int] = []
    private var names: [Int: [String]] = [:]
    /// Boxes that may be opened, those that keep least first.
    private var waiting: [Int] = []

    init(graph: HeapGraph, sizes: RetainedSizes, below: DominatedNodes, texts: ObjectTexts, scope: Scope) {
      (self.graph, self.sizes, self.below, self.texts, self.scope) = (graph, sizes, below, texts, scope)
      for (index, root) in graph.roots.enumerated() where root.kind != .builtIn && root.kind != .internalRoot {
        let isPrompts = root.kind == .repl
        // What the prompt calls it is worth saying where nothing else does.
        if isPrompts, names[Int(root.target)] != nil { continue }
        names[Int(root.target), default: []].append(graph.rootName(index))
      }
    }

    mutating func run(_ progress: Progress) throws(AnalysisError) {
      if let root = scope.root { add(root, parent: nil, level: 0, chain: 0) } else { open(nil) }
      var steps = 0
      while let box = waiting.popLast(), boxes.count < scope.limit {
        steps += 1
        if progress.isCancelled { throw .cancelled }
        open(box)
      }
      addArrows()
    }

    private mutating func add(_ node: Int, parent: Int?, level: Int, chain: Int) {
      let place = boxes.count
      var box = Box(
        title: graph.label(of: node), className: graph.className(of: node), retained: sizes[node],
        objects: below.count(of: node))
      if !scope.isRedacted { box.detail = texts.preview(node) }
      box.id = graph.id(of: node)?.description ?? ""
      box.shallow = graph.shallowSizes[node]
      box.parent = parent
      box.names = Array((names[node] ?? []).prefix(6))
      if parent == nil, box.names.isEmpty, !scope.isRedacted, let path = reachable?.path(to: node) {
        box.names = [graph.text(of: path)]
      }
      if let parent, let holder = nodes[parent] { box.link = link(from: holder, to: node) }
      boxes.append(box)
      nodes.append(node)
      levels.append(level)
      chains.append(chain)
      places[node] = place
      let mayHold = scope.root == nil ? box.objects > 1 : !graph.edges(of: node).isEmpty
      if level < scope.depth ?? .max, mayHold { wait(place) }
    }

    private mutating func wait(_ place: Int) {
      var (low, high) = (0, waiting.count)
      while low < high {
        let middle = (low + high) / 2
        if (boxes[waiting[middle]].retained, waiting[middle]) < (boxes[place].retained, place) {
          low = middle + 1
        } else {
          high = middle
        }
      }
      waiting.insert(place, at: low)
    }

    private mutating func fold(_ count: Int, _ name: String, _ retained: UInt64, parent: Int?, isRow: Bool = false) {
      var box = Box(
        title: "+ \(Numbers.grouped(UInt64(count))) more \(name)" + (isRow ? " in a row" : ""), className: name,
        retained: retained, objects: count)
      box.parent = parent
      box.isFolded = true
      boxes.append(box)
      nodes.append(nil)
      levels.append(0)
      chains.append(0)
    }

    /// What an object keeps alive directly; what only the machine sees stands for what it keeps.
    private func children(of node: Int?) -> [Int] {
      var result: [Int] = []
      var pending = targets(of: node)
      var seen = Set(pending)
      while let child = pending.popLast() {
        let isShown = !graph.isBuiltIn(child) && graph.kind(of: child).category != .internalPart
        if isShown, isIncluded(child) {
          if places[child] == nil { result.append(child) }
        } else if scope.root != nil, isForeign, !Self.passable.contains(graph.kind(of: child)) {
          continue
        } else if !graph.isBuiltIn(child) || scope.root == nil {
          // The code and the tables of a machine say nothing, unless objects hang on them.
          for target in targets(of: child) where seen.insert(target).inserted { pending.append(target) }
        }
      }
      return result.map { ($0, sizes[$0]) }.sorted { ($0.1, $1.0) > ($1.1, $0.0) }.map(\.0)
    }

    private func isIncluded(_ node: Int) -> Bool {
      (scope.part?(node) ?? true) && (scope.own?.contains(node) ?? true)
    }

    private var isForeign: Bool { graph.rootNode != nil && !graph.hasOwnIDs }

    /// What of a foreign machine stands between objects of the program; the rest leads to prototypes and code.
    private static let passable: Set<NodeKind> = [.elements, .scope, .variableCell, .frame, .rootGroup]

    private func targets(of node: Int?) -> [Int] {
      guard scope.root != nil, let node else { return below.children(of: node) }
      return graph.edges(of: node).lazy.filter { graph.isStrong($0) && graph.edgeKind($0) != .prototype }
        .map(graph.target(ofEdge:))
    }

    private mutating func open(_ parent: Int?) {
      let children = children(of: parent.flatMap { nodes[$0] })
      let level = parent.map { levels[$0] + 1 } ?? 0
      var alike: [String: Int] = [:]
      var others: [String: (count: Int, retained: UInt64)] = [:]
      var shown = 0
      // Those with a name of their own are what people know.
      let breadth = parent == nil && scope.own != nil ? min(scope.breadth, 4) : scope.breadth
      let known = parent == nil ? children.filter { names[$0] != nil } : []
      let isKnown = Set(known)
      for child in known + children.filter({ !isKnown.contains($0) }) {
        let name = graph.className(of: child)
        let isNamed = names[child] != nil
        // Texts and numbers are many, and say little.
        let isValue = graph.kind(of: child).category == .primitive && sizes[child] < sizes.total / 50
        let limit = isNamed ? 4 * breadth : isValue ? max(breadth / 3, 1) : breadth
        if alike[name, default: 0] < limit, shown < 4 * breadth * (isNamed ? 3 : 1),
          boxes.count < scope.limit
        {
          let chain = parent.map { boxes[$0].className == name && children.count < 3 ? chains[$0] + 1 : 0 } ?? 0
          if chain > HeapPicture.chainLimit {
            fold(below.count(of: child), name, sizes[child], parent: parent, isRow: true)
            continue
          }
          alike[name, default: 0] += 1
          shown += 1
          add(child, parent: parent, level: level, chain: chain)
        } else {
          others[name, default: (0, 0)].count += 1
          others[name, default: (0, 0)].retained += sizes[child]
        }
      }
      let folded = others.sorted { ($0.value.retained, $1.key) > ($1.value.retained, $0.key) }
      for (name, rest) in folded.prefix(HeapPicture.foldLimit) {
        fold(rest.count, name, rest.retained, parent: parent)
      }
      if folded.count > HeapPicture.foldLimit {
        let rest = folded[HeapPicture.foldLimit...]
        fold(
          rest.reduce(0) { $0 + $1.value.count }, "of \(rest.count) classes",
          rest.reduce(0) { $0 + $1.value.retained }, parent: parent)
      }
    }

    // MARK: References

    private func link(from holder: Int, to node: Int) -> String {
      for edge in graph.edges(of: holder) where graph.target(ofEdge: edge) == node && graph.isStrong(edge) {
        return slot(edge)
      }
      // An entry of a map stands in the table behind it.
      for table in graph.edges(of: holder) where graph.leadsToEntryTable(table) {
        let entries = graph.edges(of: graph.target(ofEdge: table))
        guard let edge = entries.first(where: { graph.target(ofEdge: $0) == node }) else { continue }
        return scope.isRedacted ? graph.fieldName(edge) : graph.slotName(edge)
      }
      return ""
    }

    private func slot(_ edge: Int) -> String {
      // The keys of maps are texts of the program.
      if scope.isRedacted, graph.edgeKind(edge) == .namedMapValue { return graph.fieldName(edge) }
      return graph.slotName(edge)
    }

    private mutating func addArrows() {
      for (place, node) in nodes.enumerated() {
        guard let node else { continue }
        var count = 0
        for edge in graph.edges(of: node) where graph.isStrong(edge) && graph.edgeKind(edge) != .prototype {
          guard let target = places[graph.target(ofEdge: edge)], boxes[target].parent != place else { continue }
          arrows.append(Arrow(from: place, to: target, label: slot(edge)))
          count += 1
          if count == HeapPicture.arrowsPerBox { break }
        }
      }
    }
  }
}
