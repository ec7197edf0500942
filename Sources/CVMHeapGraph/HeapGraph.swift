import Glibc

/// An immutable heap dump as columns: nodes, the edges of each node in one run, strings once, and roots.
///
/// Nodes and edges are numbered from 0; all columns may be read from any thread.
public final class HeapGraph: @unchecked Sendable {
  /// Kind (8 bits), flags (8 bits) and id or, for a built-in, name (48 bits) of each node.
  let identities: UnsafeBufferPointer<UInt64>
  /// The class name of each node.
  public let classNames: UnsafeBufferPointer<StringIndex>
  /// Where the edges of each node begin; one more entry than there are nodes.
  public let firstEdges: UnsafeBufferPointer<UInt32>
  /// The kind of each edge, as raw code; with the highest bit it keeps nothing alive.
  let edgeKinds: UnsafeBufferPointer<UInt8>
  /// The name or index of each edge.
  public let edgeNames: UnsafeBufferPointer<UInt32>
  /// The node that each edge leads to.
  public let edgeTargets: UnsafeBufferPointer<UInt32>
  /// What keeps nodes alive from outside of the heap.
  public let roots: [HeapRoot]
  /// The node that stands for all roots, where a foreign dump has one.
  public let rootNode: Int?
  /// How many references led to nothing that the dump contains, and were left out.
  public let danglingEdgeCount: Int
  /// Whether ids are those of the machine's own objects, which a file of another machine does not have.
  public let hasOwnIDs: Bool

  /// The bytes of each node alone.
  public let shallowSizes: SizeColumn
  /// The bytes of each node in the portable snapshot encoding, if they were counted.
  public let snapshotSizes: SizeColumn?

  /// The text of each node that is one, if the dump has them.
  let texts: UnsafeBufferPointer<StringIndex>?
  let strings: StringStore
  /// The class names of strings in parts, and of parts of strings; 0 where there are none.
  let concatenatedName: StringIndex
  let slicedName: StringIndex
  /// The tables behind maps and sets of a foreign dump.
  let mapTables: BitColumn?
  let setTables: BitColumn?

  init(_ columns: consuming Columns) {
    identities = columns.identities.take()
    classNames = columns.classNames.take()
    firstEdges = columns.firstEdges.take()
    edgeKinds = columns.edgeKinds.take()
    edgeNames = columns.edgeNames.take()
    edgeTargets = columns.edgeTargets.take()
    shallowSizes = SizeColumn(small: columns.shallowSizes.take(), large: columns.largeShallowSizes)
    snapshotSizes =
      columns.snapshotSizes.count == 0
      ? nil : SizeColumn(small: columns.snapshotSizes.take(), large: columns.largeSnapshotSizes)
    texts = columns.texts.count == 0 ? nil : columns.texts.take()
    strings = StringStore(packed: columns.strings, file: columns.fileStrings)
    roots = columns.roots
    rootNode = columns.rootNode
    danglingEdgeCount = columns.danglingEdgeCount
    hasOwnIDs = columns.hasOwnIDs
    concatenatedName = columns.concatenatedName
    slicedName = columns.slicedName
    mapTables = columns.mapTables
    setTables = columns.setTables
  }

  deinit {
    free(UnsafeMutableRawPointer(mutating: identities.baseAddress))
    free(UnsafeMutableRawPointer(mutating: classNames.baseAddress))
    free(UnsafeMutableRawPointer(mutating: firstEdges.baseAddress))
    free(UnsafeMutableRawPointer(mutating: edgeKinds.baseAddress))
    free(UnsafeMutableRawPointer(mutating: edgeNames.baseAddress))
    free(UnsafeMutableRawPointer(mutating: edgeTargets.baseAddress))
    free(UnsafeMutableRawPointer(mutating: shallowSizes.small.baseAddress))
    free(UnsafeMutableRawPointer(mutating: snapshotSizes?.small.baseAddress))
    free(UnsafeMutableRawPointer(mutating: texts?.baseAddress))
  }
}

/// What keeps a node alive from outside of the heap.
public struct HeapRoot: Sendable, Hashable {
  public var kind: RootKind
  /// The name of the variable, built-in or part of the machine.
  public var name: StringIndex
  /// For a local variable the function whose frame holds it.
  public var context: StringIndex
  /// For a local variable the frame's number, 0 being the oldest.
  public var frame: UInt32
  /// The node that is kept alive.
  public var target: UInt32
}

/// A byte count per node: 32 bits each, and the rare larger ones aside.
public struct SizeColumn: Sendable {
  nonisolated(unsafe) let small: UnsafeBufferPointer<UInt32>
  let large: [Int: UInt64]

  /// The bytes of a node.
  public subscript(node: Int) -> UInt64 {
    precondition(node >= 0 && node < small.count)
    return unchecked(node)
  }

  @inline(__always) func unchecked(_ node: Int) -> UInt64 {
    let size = small.baseAddress.unsafelyUnwrapped[node]
    return _fastPath(size != .max) ? UInt64(size) : large[node] ?? UInt64(UInt32.max)
  }
}

// MARK: - Nodes

extension HeapGraph {
  /// The number of nodes, built-ins and unreachable ones included.
  public var nodeCount: Int { identities.count }

  /// The number of edges.
  public var edgeCount: Int { edgeTargets.count }

  @inline(__always) private func identity(_ node: Int) -> UInt64 {
    precondition(node >= 0 && node < identities.count)
    return identities.baseAddress.unsafelyUnwrapped[node]
  }

  /// What a node is.
  public func kind(of node: Int) -> NodeKind { Identity(bits: identity(node)).kind }

  /// The flags of a node.
  public func flags(of node: Int) -> NodeFlags { Identity(bits: identity(node)).flags }

  /// Whether a node is part of the language's library.
  public func isBuiltIn(_ node: Int) -> Bool { flags(of: node).contains(.builtIn) }

  /// Whether a node is an object that the program made, and so has a number that people use.
  public func isProgramObject(_ node: Int) -> Bool { Identity(bits: identity(node)).isProgramObject }

  /// Whether a node is a string, symbol or BigInt of the program's own, none that only the library holds.
  public func isProgramPrimitive(_ node: Int) -> Bool {
    kind(of: node).category == .primitive && !isBuiltIn(node)
  }

  /// The id of a node, if it has one.
  public func id(of node: Int) -> NodeID? { Identity(bits: identity(node)).id }

  /// The name of a built-in, such as `Array.prototype`.
  public func builtInName(of node: Int) -> String? {
    let identity = Identity(bits: identity(node))
    return identity.flags.contains(.builtIn) ? string(StringIndex(truncatingIfNeeded: identity.payload)) : nil
  }

  /// The class of a node: a constructor's name, `{x, y}` for a plain object, `(string)`, `closure render`.
  public func className(of node: Int) -> String {
    let name = string(classNames[node])
    return name.isEmpty ? kind(of: node).title : name
  }

  /// The class of a node as a person says it: plain objects are `Object`, whatever their properties.
  public func shortClassName(of node: Int) -> String {
    let name = className(of: node)
    return name.hasPrefix("{") ? "Object" : name
  }

  /// A node's short name: `Array#13`, `Array.prototype`, `(string)`.
  public func label(of node: Int) -> String {
    if let name = builtInName(of: node) { return name }
    let className = shortClassName(of: node)
    return id(of: node).map { className + $0.description } ?? className
  }

  /// The node with an id.
  public func node(withID id: NodeID) -> Int? {
    let wanted = id.number
    let flag: UInt8 = id.isInternal ? NodeFlags.internalID.rawValue : 0
    let mask = Identity.payloadMask | UInt64(NodeFlags([.internalID, .builtIn]).rawValue) << 48
    let pattern = wanted | UInt64(flag) << 48
    guard wanted > 0, wanted <= Identity.payloadMask else { return nil }
    return identities.firstIndex { $0 & mask == pattern }
  }
}

// MARK: - Edges

extension HeapGraph {
  /// The numbers of a node's edges.
  public func edges(of node: Int) -> Range<Int> { Int(firstEdges[node])..<Int(firstEdges[node + 1]) }

  /// How an edge holds its target.
  public func edgeKind(_ edge: Int) -> EdgeKind {
    EdgeKind(rawValue: edgeKinds[edge] & ~EdgeKind.disregarded) ?? .internalSlot
  }

  /// Whether an edge keeps its target alive.
  public func isStrong(_ edge: Int) -> Bool { EdgeKind.keeps(edgeKinds[edge]) }

  /// The node that an edge leads to.
  public func target(ofEdge edge: Int) -> Int { Int(edgeTargets[edge]) }

  /// The node that an edge starts from.
  public func source(ofEdge edge: Int) -> Int {
    precondition(edge >= 0 && edge < edgeCount)
    var low = 0
    var high = nodeCount
    while high - low > 1 {
      let middle = (low + high) / 2
      if Int(firstEdges[middle]) <= edge { low = middle } else { high = middle }
    }
    return low
  }
}

// MARK: - Strings

extension HeapGraph {
  /// The number of strings.
  public var stringCount: Int { strings.count }

  /// A string by its number; lone surrogates are replaced.
  public func string(_ index: StringIndex) -> String {
    strings.withBytes(of: index) { String(decoding: $0, as: UTF8.self) }
  }

  /// A string by its number, exactly.
  public func utf16(_ index: StringIndex) -> [UInt16] { strings.withBytes(of: index, decodeUTF16) }

  /// The text that a node is, such as a string's content, if the dump has it.
  public func text(of node: Int) -> String? {
    guard let texts, node < texts.count, texts[node] != 0 || kind(of: node) == .string else { return nil }
    return textFromParts(of: node) ?? string(texts[node])
  }
}

/// Kind, flags and id of a node in one word.
struct Identity {
  static let payloadMask: UInt64 = (1 << 48) - 1
  var bits: UInt64

  var kind: NodeKind { NodeKind(rawValue: UInt8(truncatingIfNeeded: bits >> 56)) ?? .internalObject }
  var flags: NodeFlags { NodeFlags(rawValue: UInt8(truncatingIfNeeded: bits >> 48)) }
  var payload: UInt64 { bits & Self.payloadMask }
  var isProgramObject: Bool {
    kind.category == .object && flags.isDisjoint(with: [.builtIn, .internalID]) && payload != 0
  }
  var id: NodeID? {
    flags.contains(.builtIn) || payload == 0 ? nil : NodeID(payload, isInternal: flags.contains(.internalID))
  }
}
