/// The numbers that nodes, names and ids get in a `.heapsnapshot`.
final class SnapshotPlan {
  /// Roots as edges of two nodes of their own: one for what people know, below it one for the machine's.
  struct Roots {
    var program: [(name: Int, target: Int)] = []
    var machine: [(name: Int, target: Int)] = []
  }

  private let graph: HeapGraph
  /// For each node its number in the file, when some are left out.
  private var numbers: WorkColumn<UInt32>?
  /// Nil where a node of the graph stands for all roots.
  private(set) var extraRoots: Roots?
  private(set) var nodeCount = 0
  private(set) var edgeCount = 0
  /// Names that are not among the graph's strings.
  private(set) var extraStrings: [String] = []
  private var extraNumbers: [String: Int] = [:]
  private var classNumbers: [StringIndex: Int] = [:]
  private var edgeNumbers: [UInt64: Int] = [:]
  private var kindNumbers: [UInt8: Int] = [:]
  private let used: BitColumn?
  private var nextFreeID: UInt64 = 4
  /// From this id on even ones belong to no object of the program.
  var firstFreeID: UInt64 { nextFreeID + 2 }
  private var proto = 0
  private var keyName = 0
  private var weakValue = 0
  let nameOfRoot = 0
  private(set) var nameOfMachine = 0
  /// Whether contents of strings stand behind all names, a string for each node.
  let writesContents: Bool
  /// The number of the first content.
  private(set) var firstContent = 0

  private static let missing = UInt32.max

  init(_ graph: HeapGraph, included: ((Int) -> Bool)?, isRedacted: Bool) {
    self.graph = graph
    used = isRedacted ? BitColumn(count: graph.stringCount) : nil
    writesContents = isRedacted || graph.texts == nil
    let shift = graph.rootNode == nil ? 2 : 0
    nodeCount = graph.nodeCount + shift
    if let included { number(included, from: shift) }
    proto = extra("__proto__")
    keyName = extra("key")
    weakValue = extra("value of a weak map")
    nameOfMachine = extra("(machine)")
    prepareNames()
    prepareRoots(shift)
    countEdges()
    firstContent = graph.stringCount + extraStrings.count
  }

  private func number(_ included: (Int) -> Bool, from first: Int) {
    let column = WorkColumn<UInt32>(count: graph.nodeCount, filledWith: Self.missing)
    var next = first
    for node in 0..<graph.nodeCount where node == graph.rootNode || included(node) {
      column[node] = UInt32(next)
      next += 1
    }
    numbers = column
    nodeCount = next
  }

  // MARK: Nodes

  @inline(__always) func isIncluded(_ node: Int) -> Bool { numbers.map { $0[node] != Self.missing } ?? true }

  /// The number of a node in the file; nil when it is left out.
  @inline(__always) func number(of node: Int) -> Int? {
    guard let numbers else { return graph.rootNode == nil ? node + 2 : node }
    return numbers[node] == Self.missing ? nil : Int(numbers[node])
  }

  /// Odd for what the program made; the same in each file of a session.
  func id(of node: Int) -> UInt64 {
    let identity = Identity(bits: graph.identities[node])
    if !graph.hasOwnIDs, identity.payload != 0 { return identity.payload }
    if identity.payload != 0, !identity.flags.contains(.builtIn) {
      return identity.flags.contains(.internalID) ? 2 * identity.payload + 2 : 2 * identity.payload + 1
    }
    nextFreeID += 2
    return nextFreeID
  }

  func edgeCount(of node: Int) -> Int {
    let edges = graph.edges(of: node)
    guard let numbers else { return edges.count }
    return edges.reduce(0) { $0 + (numbers[graph.target(ofEdge: $1)] == Self.missing ? 0 : 1) }
  }

  private func countEdges() {
    if numbers == nil {
      edgeCount = graph.edgeCount
    } else {
      for node in 0..<graph.nodeCount where isIncluded(node) { edgeCount += edgeCount(of: node) }
    }
    if let extraRoots { edgeCount += extraRoots.program.count + extraRoots.machine.count + 1 }
  }

  private func prepareRoots(_ shift: Int) {
    guard shift > 0 else { return }
    var roots = Roots()
    for root in graph.roots {
      guard let target = number(of: Int(root.target)) else { continue }
      use(root.name)
      switch root.kind {
      case .globalVariable, .frameLocal, .repl: roots.program.append((Int(root.name), target))
      case .builtIn, .internalRoot: roots.machine.append((Int(root.name), target))
      }
    }
    extraRoots = roots
  }

  // MARK: Names

  private func extra(_ text: String) -> Int {
    if let known = extraNumbers[text] { return known }
    let number = graph.stringCount + extraStrings.count
    extraNumbers[text] = number
    extraStrings.append(text)
    return number
  }

  private func use(_ string: StringIndex) { if let used { _ = used.insert(Int(string)) } }

  /// Whether one of the graph's strings is a name in the file.
  func isWritten(_ string: Int) -> Bool { used.map { $0[string] } ?? true }

  /// Finds all names, so that the contents of strings can have the numbers behind them.
  private func prepareNames() {
    for node in 0..<graph.nodeCount {
      let identity = Identity(bits: graph.identities[node])
      if identity.flags.contains(.builtIn) {
        use(StringIndex(truncatingIfNeeded: identity.payload))
        nextFreeID = max(nextFreeID, 4)
        continue
      }
      if identity.flags.contains(.internalID) || graph.rootNode != nil {
        nextFreeID = max(nextFreeID, 2 * identity.payload + 4)
      }
      prepareClass(graph.classNames[node], identity.kind)
    }
    for edge in 0..<graph.edgeCount {
      let kind = graph.edgeKind(edge)
      let name = graph.edgeNames[edge]
      switch kind {
      case .getter: edgeNumbers[key(kind, name)] = edgeNumbers[key(kind, name)] ?? extra("get \(graph.string(name))")
      case .setter: edgeNumbers[key(kind, name)] = edgeNumbers[key(kind, name)] ?? extra("set \(graph.string(name))")
      case .privateMember:
        edgeNumbers[key(kind, name)] = edgeNumbers[key(kind, name)] ?? extra("#\(graph.string(name))")
      case .namedMapValue where used != nil:
        // The keys of maps are texts of the program.
        let key = key(kind, name)
        if edgeNumbers[key] == nil {
          edgeNumbers[key] = extra("\"\(HeapSnapshotWriter.redacted(graph.string(name)))\"")
        }
      default: if kind.naming == .text { use(name) }
      }
    }
  }

  private func key(_ kind: EdgeKind, _ name: UInt32) -> UInt64 { UInt64(kind.rawValue) << 32 | UInt64(name) }

  private func prepareClass(_ name: StringIndex, _ kind: NodeKind) {
    if name == 0 {
      if kindNumbers[kind.rawValue] == nil { kindNumbers[kind.rawValue] = extra(kind.title) }
      return
    }
    guard classNumbers[name] == nil else { return }
    let text = graph.string(name)
    if text.hasPrefix("{") {
      // DevTools finds the names of the properties itself.
      classNumbers[name] = extra("Object")
    } else if let prefix = ["closure ", "class "].first(where: text.hasPrefix) {
      classNumbers[name] = extra(String(text.dropFirst(prefix.count)))
    } else if text == "closure" {
      classNumbers[name] = 0
    } else {
      use(name)
      classNumbers[name] = Int(name)
    }
  }

  /// The name of a node that is no string.
  func name(of node: Int, _ kind: NodeKind) -> Int {
    let identity = Identity(bits: graph.identities[node])
    if identity.flags.contains(.builtIn) { return Int(identity.payload) }
    let name = graph.classNames[node]
    return (name == 0 ? kindNumbers[kind.rawValue] : classNumbers[name]) ?? 0
  }

  /// The number of the text of a string node that is among the graph's strings.
  func ownText(of node: Int) -> Int { graph.texts.map { Int($0[node]) } ?? 0 }

  // MARK: Edges

  /// The type and name of an edge.
  @inline(__always) func form(ofEdge edge: Int) -> (type: UInt8, name: Int) {
    let name = graph.edgeNames[edge]
    let kind = graph.edgeKind(edge)
    switch kind {
    case .captured: return (0, Int(name))
    case .element, .mapValue, .setMember: return (1, Int(name))
    case .property, .symbolProperty: return (2, Int(name))
    case .prototype: return (2, proto)
    case .getter, .setter, .privateMember: return (2, edgeNumbers[key(kind, name)] ?? 0)
    case .namedMapValue: return (3, edgeNumbers[key(kind, name)] ?? Int(name))
    case .internalSlot: return (3, Int(name))
    case .mapKey: return (3, keyName)
    case .ephemeron: return (3, weakValue)
    case .numberedSlot: return (4, Int(name))
    case .shortcut: return (5, Int(name))
    case .weak: return (6, Int(name))
    }
  }
}
