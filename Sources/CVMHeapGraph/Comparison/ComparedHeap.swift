/// A heap on its way into a comparison: what of it is the same in another heap, as numbers.
public final class ComparedHeap {
  public let graph: HeapGraph
  public let analyses: GraphAnalyses
  let reachable: Reachability
  /// The content of strings that the graph itself does not have.
  private let text: (Int) -> String?
  private let stringHashes: WorkColumn<UInt64>
  /// So much of each text counts: V8 writes no more than 1,024 characters, unless the text is still in parts.
  private let comparedBytes: Int

  public init(
    _ analyses: GraphAnalyses, roots: RootSelection = RootSelection(), text: ((Int) -> String?)? = nil,
    progress: Progress
  ) throws(AnalysisError) {
    let graph = analyses.graph
    self.graph = graph
    comparedBytes = graph.rootNode == nil || graph.hasOwnIDs ? .max : 1000
    self.analyses = analyses
    self.text = text ?? { graph.text(of: $0) }
    reachable = try analyses.reachability(roots: roots, progress: progress)
    stringHashes = WorkColumn(count: graph.stringCount, filledWith: 0)
  }

  /// Whether a node takes part: it is alive, and not of the library.
  @inline(__always) func contains(_ node: Int) -> Bool {
    reachable.contains(node) && !graph.isBuiltIn(node) && graph.kind(of: node) != .rootGroup
  }

  // MARK: Ids

  /// The same for the same object of a process; strings and parts of the machine are only counted.
  func key(of node: Int) -> UInt64? {
    guard graph.kind(of: node).category == .object, let id = graph.id(of: node) else { return nil }
    return 2 * id.number + (id.isInternal ? 1 : 0)
  }

  // MARK: Contents

  private static func mix(_ a: UInt64, _ b: UInt64) -> UInt64 {
    var hash = (a ^ (b &* 0x9E37_79B9_7F4A_7C15)) &* 0xFF51_AFD7_ED55_8CCD
    hash ^= hash >> 29
    return hash
  }

  private static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    return hash | 1
  }

  private func hash(_ string: StringIndex) -> UInt64 {
    let known = stringHashes[Int(string)]
    if known != 0 { return known }
    let found = graph.strings.withBytes(of: string) { Self.hash($0.prefix(comparedBytes)) }
    stringHashes[Int(string)] = found
    return found
  }

  /// What a reference to a node says: which object it is, or which text.
  private func identity(_ node: Int) -> UInt64 {
    if graph.kind(of: node).category == .primitive {
      if graph.isConcatenated(node), graph.parts(of: node) != nil {
        return Self.hash(graph.joinedText(of: node, limit: comparedBytes).bytes.prefix(comparedBytes))
      }
      if let texts = graph.texts, node < texts.count, texts[node] != 0 { return hash(texts[node]) }
      if let text = text(node) { return Self.hash(text.utf8) }
      return UInt64(graph.kind(of: node).rawValue)
    }
    if graph.isBuiltIn(node) { return Self.hash((graph.builtInName(of: node) ?? "").utf8) }
    if let key = key(of: node) { return Self.mix(key, 0x5BD1_E995) }
    return hash(graph.classNames[node])
  }

  /// The edges that programs know of; those of the table of a foreign map stand for its entries.
  private func forEachSlot(of node: Int, _ body: (_ edge: Int, _ isEntry: Bool) -> Void) {
    for edge in graph.edges(of: node) where graph.isStrong(edge) {
      switch graph.edgeKind(edge) {
      case .property, .element, .captured, .prototype, .mapKey, .mapValue, .namedMapValue, .setMember, .getter, .setter,
        .symbolProperty, .privateMember:
        body(edge, false)
      case .internalSlot where graph.rootNode != nil && graph.string(graph.edgeNames[edge]) == "table":
        for entry in graph.edges(of: graph.target(ofEdge: edge))
        where graph.isStrong(entry) && graph.kind(of: graph.target(ofEdge: entry)).category != .internalPart {
          body(entry, true)
        }
      default: break
      }
    }
  }

  /// The same for objects with the same slots.
  func digest(of node: Int) -> UInt64 {
    var digest: UInt64 = 0
    forEachSlot(of: node) { edge, isEntry in
      let kind = graph.edgeKind(edge)
      let name =
        isEntry
        ? 1
        : kind.naming == .text
          ? hash(graph.edgeNames[edge]) : kind.naming == .index ? UInt64(graph.edgeNames[edge]) : 0
      digest &+= Self.mix(
        Self.mix(isEntry ? 0xFF : UInt64(kind.rawValue), name), identity(graph.target(ofEdge: edge)))
    }
    return digest
  }

  /// The slots of an object with what they refer to, as texts.
  func slots(of node: Int, limit: Int) -> [String: String] {
    var result: [String: String] = [:]
    var entries = 0
    forEachSlot(of: node) { edge, isEntry in
      guard result.count < limit else { return }
      let target = graph.target(ofEdge: edge)
      let description = description(target)
      if isEntry {
        result["[[\(description)]]"] = description
        entries += 1
      } else {
        result[graph.slotName(edge)] = description
      }
    }
    return result
  }

  /// `#12`, or the text of a string.
  private func description(_ node: Int) -> String {
    if graph.kind(of: node).category == .primitive {
      guard let text = text(node) else { return graph.label(of: node) }
      let cut = text.count > 60 ? String(text.prefix(60)) + "..." : text
      return graph.kind(of: node) == .string ? "\"\(cut)\"" : cut
    }
    return graph.id(of: node)?.description ?? graph.label(of: node)
  }
}

/// Finds nodes by what identifies them across heaps.
struct NodeTable {
  private var direct: WorkColumn<UInt32>?
  private var hashed: [UInt64: UInt32] = [:]
  private(set) var count = 0

  init(_ heap: ComparedHeap, progress: Progress) throws(AnalysisError) {
    let nodeCount = heap.graph.nodeCount
    var largest: UInt64 = 0
    for node in 0..<nodeCount {
      try progress.tick("ids", node, of: nodeCount)
      if heap.contains(node), let key = heap.key(of: node) { largest = max(largest, key) }
    }
    let isDense = largest < UInt64(nodeCount) * 16 + 1_000_000
    let column = isDense ? WorkColumn<UInt32>(count: Int(largest) + 1, filledWith: .max) : nil
    for node in 0..<nodeCount where heap.contains(node) {
      guard let key = heap.key(of: node) else { continue }
      if let column { column[Int(key)] = UInt32(node) } else { hashed[key] = UInt32(node) }
      count += 1
    }
    direct = column
  }

  func node(_ key: UInt64) -> Int? {
    guard let direct else { return hashed[key].map(Int.init) }
    guard key < UInt64(direct.count), direct[Int(key)] != .max else { return nil }
    return Int(direct[Int(key)])
  }
}

/// Numbers for the classes of several heaps.
struct ClassNumbers {
  private(set) var names: [String] = []
  private var numbers: [String: Int] = [:]

  mutating func number(_ name: String) -> Int {
    if let known = numbers[name] { return known }
    numbers[name] = names.count
    names.append(name)
    return names.count - 1
  }

  /// The class that stands for all parts of the machine.
  static let system = "(system)"

  /// The number of the class of each node that takes part; -1 for others.
  mutating func column(
    _ heap: ComparedHeap, foldsSystem: Bool = false, progress: Progress
  ) throws(AnalysisError) -> WorkColumn<Int32> {
    let graph = heap.graph
    let column = WorkColumn<Int32>(count: graph.nodeCount, filledWith: -1)
    var known = [Int32](repeating: -1, count: graph.stringCount)
    let system = foldsSystem ? Int32(number(Self.system)) : -1
    for node in 0..<graph.nodeCount {
      try progress.tick("classes", node, of: graph.nodeCount)
      guard heap.contains(node) else { continue }
      if foldsSystem, graph.isSystemPart(node) {
        column[node] = system
        continue
      }
      let name = Int(graph.classNames[node])
      if name != 0, known[name] >= 0 {
        column[node] = known[name]
        continue
      }
      column[node] = Int32(number(graph.className(of: node)))
      if name != 0 { known[name] = column[node] }
    }
    return column
  }
}

extension HeapGraph {
  /// Whether a node is nothing that programs see.
  public func isPartOfMachine(_ node: Int) -> Bool { kind(of: node).category == .internalPart }

  /// Whether a node is a part that only the machine sees.
  func isSystemPart(_ node: Int) -> Bool {
    kind(of: node).category == .internalPart || flags(of: node).contains(.internalID)
  }
}
