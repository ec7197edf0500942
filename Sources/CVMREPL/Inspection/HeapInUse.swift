import CVMHeapGraph
import CVMReport
import CVMRuntime

/// The heap that commands look at: the live one, or one from a file.
final class HeapInUse {
  let graph: HeapGraph
  /// What it is called; `live` for the live one.
  let name: String
  /// The values of objects as texts.
  let texts: ObjectTexts
  /// The values behind the nodes; nil for a heap from a file.
  let live: HeapDump?
  /// What was found out about the graph already.
  let analyses: GraphAnalyses

  /// The cells behind the nodes, where there are any: of the live heap or a checkpoint.
  let dump: HeapDump?

  /// A heap from a file.
  init(_ opened: OpenedHeap) {
    graph = opened.graph
    name = opened.name
    live = nil
    dump = opened.dump
    texts = opened.dump.map { $0.texts(of: $0.machine) } ?? ObjectTexts(of: opened.graph)
    analyses = GraphAnalyses(opened.graph)
  }

  /// The live heap.
  init(_ dump: HeapDump, of machine: Machine) {
    graph = dump.graph
    name = OpenedHeaps.live
    live = dump
    self.dump = dump
    texts = dump.texts(of: machine)
    analyses = GraphAnalyses(dump.graph)
  }
}

extension HeapInUse {
  /// The content of a string, if it is known.
  func text(of node: Int) -> String? { graph.text(of: node) ?? dump?.text(of: node) }

  /// What is known of all strings.
  var stringContents: StringContents { dump?.stringContents ?? graph.stringContents }

  /// Variables that closures hold although nothing reads them; the code is there in the live heap only.
  func unreadCaptures(progress: Progress) throws(AnalysisError) -> [UnreadCapture] {
    guard let live else { return [] }
    return try live.unreadCaptures(reachable: analyses.reachability(progress: progress), progress: progress)
  }
}

extension Session {
  /// The heap that commands look at.
  func heapInUse() throws(CommandError) -> HeapInUse {
    if let inUse = openedHeaps.inUse { return inUse }
    let dump = try heapDump()
    if let known = cachedLiveHeap, known.live === dump { return known }
    let heap = HeapInUse(dump, of: machine)
    cachedLiveHeap = heap
    return heap
  }

  /// Finds the node that `12`, `#12`, `pts[0].x`, `row 3` or, in the live heap, an expression means.
  func node(_ text: String) throws(CommandError) -> (node: Int, heap: HeapInUse) {
    guard let heap = openedHeaps.inUse else {
      let found = try resolveNode(text)
      return (found.node, try heapInUse())
    }
    return (try node(text, in: heap), heap)
  }

  private func node(_ text: String, in heap: HeapInUse) throws(CommandError) -> Int {
    let graph = heap.graph
    if let id = NodeID(parsing: text) { return try node(id, in: heap) }
    if let row = RowArgument(text) {
      switch try subject(of: row) {
      case .object(let id): return try node(id, in: heap)
      case .name(let name): return try node(name, in: heap)
      case .className(let name):
        throw .usage(
          "Row \(row.number) is a class, not one object. :find row \(row.number) lists the objects of \(name).")
      }
    }
    if text.first == "(" {
      throw .usage("Expressions run on the live heap (:use live). In \(heap.name) give an id, a name or a path.")
    }
    guard let path = ObjectPath(text) else {
      throw .usage("\(text.prefix(60)) is no object: give an id (12), or a name or path (pts[0].x)")
    }
    guard let node = path.find(in: graph) else {
      throw .notFound("There is nothing at \(path.text.prefix(60)) in \(heap.name)")
    }
    return node
  }

  private func node(_ id: NodeID, in heap: HeapInUse) throws(CommandError) -> Int {
    if let node = heap.graph.node(withID: id) { return node }
    throw .notFound("There is no object \(id) in \(heap.name)")
  }

  /// For what only the live heap can answer.
  func requireLiveHeap(_ what: String) throws(CommandError) {
    guard let heap = openedHeaps.inUse else { return }
    throw .usage("\(what) needs the live heap, and \(heap.name) is in use: :use live")
  }
}

extension ObjectPath {
  /// The node that a path leads to: from a root, or from a property of a variable's object.
  func find(in graph: HeapGraph) -> Int? {
    var candidates = graph.roots.indices.filter { graph.rootName($0) == root }.map { Int(graph.roots[$0].target) }
    if candidates.isEmpty {
      let globals = graph.roots.filter { $0.kind == .globalVariable }.map { Int($0.target) }
      candidates = globals.compactMap { Self.follow(.member(root), from: $0, in: graph) }
    }
    for candidate in candidates {
      var node: Int? = candidate
      for step in steps {
        guard let current = node else { break }
        node = Self.follow(step, from: current, in: graph)
      }
      if let node { return node }
    }
    return nil
  }

  /// The property of the global object that a bare name means, where it is no variable.
  func globalProperty(in graph: HeapGraph) -> Int? {
    guard steps.isEmpty, !graph.roots.indices.contains(where: { graph.rootName($0) == root }) else { return nil }
    let globals = graph.roots.filter { $0.kind == .globalVariable }
    return globals.lazy.compactMap { Self.edge(.member(root), from: Int($0.target), in: graph) }.first
  }

  private static func follow(_ step: Step, from node: Int, in graph: HeapGraph) -> Int? {
    edge(step, from: node, in: graph).map(graph.target(ofEdge:))
  }

  /// The reference that a step goes along.
  static func edge(_ step: Step, from node: Int, in graph: HeapGraph) -> Int? {
    if case .entry(let key) = step, let edge = graph.entry(key, of: node) { return edge }
    return graph.edges(of: node).first { edge in
      switch (step, graph.edgeKind(edge)) {
      case (.member(let name), .property): graph.string(graph.edgeNames[edge]) == name
      case (.element(let index), .element): graph.edgeNames[edge] == index
      case (.entry(let key), .namedMapValue): ["\"\(key)\"", "'\(key)'"].contains(graph.string(graph.edgeNames[edge]))
      default: false
      }
    }
  }
}

/// `:restore` for whole files.
enum CheckpointFileKind: FileKind {
  static let title = "a checkpoint"

  static func recognizes(_ beginning: FileBeginning) -> Bool {
    beginning.starts(with: [0x89, 0x43, 0x56, 0x4D, 0x53, 0x0D, 0x0A, 0x1A])
  }

  static func open(_ path: String, in session: Session) throws(CommandError) -> OpenedFile {
    let kept = try session.checkpoint(for: path.contains("/") ? path : "./" + path)
    let (sentence, members) = try RestoreCommand.restore(kept, title: path, in: session)
    return .session(sentence, members)
  }
}
