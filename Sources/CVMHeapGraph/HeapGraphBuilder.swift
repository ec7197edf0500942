/// Why a heap graph could not be built.
public enum HeapGraphError: Error, Equatable, CustomStringConvertible {
  case tooManyNodes
  case tooManyEdges
  case invalidTarget(edge: Int)
  case invalidRoot(index: Int)
  case duplicateKey(UInt32)
  /// Whoever waits for the graph does so no longer.
  case interrupted

  public var description: String {
    switch self {
    case .tooManyNodes: "the heap has more than 4,294,967,294 nodes"
    case .tooManyEdges: "the heap has more than 4,294,967,294 references"
    case .invalidTarget(let edge): "reference \(edge) leads to a node that does not exist"
    case .invalidRoot(let index): "root \(index) leads to a node that does not exist"
    case .duplicateKey(let key): "two nodes have the key \(key)"
    case .interrupted: "interrupted"
    }
  }
}

struct Columns: ~Copyable {
  var identities: GrowingColumn<UInt64>
  var classNames: GrowingColumn<StringIndex>
  var firstEdges: GrowingColumn<UInt32>
  var edgeKinds: GrowingColumn<UInt8>
  var edgeNames: GrowingColumn<UInt32>
  var edgeTargets: GrowingColumn<UInt32>
  var shallowSizes: GrowingColumn<UInt32>
  var largeShallowSizes: [Int: UInt64]
  var snapshotSizes: GrowingColumn<UInt32>
  var largeSnapshotSizes: [Int: UInt64]
  var texts: GrowingColumn<StringIndex>
  var strings: StringTableBuilder
  var fileStrings: FileStrings?
  var roots: [HeapRoot]
  var rootNode: Int?
  var danglingEdgeCount: Int
  var hasOwnIDs = true
  /// The class names of strings in parts, and of parts of strings.
  var concatenatedName: StringIndex = 0
  var slicedName: StringIndex = 0
  /// The tables behind maps and sets.
  var mapTables: BitColumn?
  var setTables: BitColumn?
}

extension HeapGraph {
  /// What the target of an edge or root is while a graph is built.
  public enum TargetNaming: Sendable {
    /// The number that `addNode` returned, or will return.
    case nodeNumbers
    /// The key given to `addNode`, such as a heap handle; references to keys without a node are left out.
    case keys
  }

  /// Collects nodes, each followed by its edges, in one pass and without a call per column.
  @frozen public struct Builder: ~Copyable {
    @usableFromInline var identities = GrowingColumn<UInt64>()
    @usableFromInline var classNames = GrowingColumn<StringIndex>()
    @usableFromInline var firstEdges = GrowingColumn<UInt32>()
    @usableFromInline var keys = GrowingColumn<UInt32>()
    @usableFromInline var edgeKinds = GrowingColumn<UInt8>()
    @usableFromInline var edgeNames = GrowingColumn<UInt32>()
    @usableFromInline var edgeTargets = GrowingColumn<UInt32>()
    @usableFromInline var shallowSizes = GrowingColumn<UInt32>()
    @usableFromInline var snapshotSizes = GrowingColumn<UInt32>()
    @usableFromInline var texts = GrowingColumn<StringIndex>()
    @usableFromInline var largeSizes = LargeSizes()
    @usableFromInline var names = BuilderNames()
    @usableFromInline let targets: TargetNaming

    /// Starts an empty graph.
    @inlinable public init(targets: TargetNaming = .nodeNumbers) { self.targets = targets }

    /// Makes room for an expected number of nodes and edges.
    public mutating func reserve(nodes: Int, edges: Int) {
      identities.reserve(nodes)
      classNames.reserve(nodes)
      firstEdges.reserve(nodes + 1)
      shallowSizes.reserve(nodes)
      if targets == .keys { keys.reserve(nodes) }
      edgeKinds.reserve(edges)
      edgeNames.reserve(edges)
      edgeTargets.reserve(edges)
    }

    /// The number of nodes so far.
    @inlinable public var nodeCount: Int { identities.count }

    /// The number of edges so far.
    @inlinable public var edgeCount: Int { edgeTargets.count }

    // MARK: Nodes

    /// Adds a node, whose edges must follow before the next one, and returns its number; id 0 means none.
    @inlinable @discardableResult
    public mutating func addNode(
      _ kind: NodeKind, className: StringIndex = 0, id: UInt64 = 0, flags: NodeFlags = [], shallowSize: Int,
      key: UInt32 = 0
    ) -> Int {
      let number = identities.count
      let head = UInt64(kind.rawValue) << 56 | UInt64(flags.rawValue) << 48
      identities.append(head | (id & 0xFFFF_FFFF_FFFF))
      classNames.append(className)
      firstEdges.append(UInt32(truncatingIfNeeded: edgeTargets.count))
      if _slowPath(shallowSize >= Int(UInt32.max)) { largeSizes.noteShallow(shallowSize, node: number) }
      shallowSizes.append(UInt32(clamping: shallowSize))
      if targets == .keys { keys.append(key) }
      return number
    }

    /// Adds an object of the language's library, which is known by its name and has no id.
    @inlinable @discardableResult
    public mutating func addBuiltIn(
      _ kind: NodeKind, name: StringIndex, className: StringIndex = 0, shallowSize: Int, key: UInt32 = 0
    ) -> Int {
      addNode(kind, className: className, id: UInt64(name), flags: .builtIn, shallowSize: shallowSize, key: key)
    }

    /// Sets what the newest node takes, where that is known only behind its edges.
    public mutating func setShallowSize(_ bytes: Int) {
      let number = identities.count - 1
      if bytes >= Int(UInt32.max) { largeSizes.noteShallow(bytes, node: number) }
      shallowSizes[number] = UInt32(clamping: bytes)
    }

    /// Sets what the newest node takes in the portable snapshot encoding.
    @inlinable public mutating func setSnapshotBytes(_ bytes: Int) {
      while snapshotSizes.count < identities.count { snapshotSizes.append(0) }
      if _slowPath(bytes >= Int(UInt32.max)) { largeSizes.noteSnapshot(bytes, node: identities.count &- 1) }
      snapshotSizes[identities.count &- 1] = UInt32(clamping: bytes)
    }

    /// Sets the text that the newest node is, such as a string's content.
    public mutating func setText(_ text: StringIndex) {
      while texts.count < identities.count { texts.append(0) }
      texts[identities.count &- 1] = text
    }

    // MARK: Edges

    /// Adds an edge from the newest node, with a name.
    @inlinable public mutating func addEdge(_ kind: EdgeKind, named name: StringIndex, to target: UInt32) {
      assert(kind.naming == .text)
      appendEdge(kind, name, target)
    }

    /// Adds an edge from the newest node, with an index.
    @inlinable public mutating func addEdge(_ kind: EdgeKind, index: UInt32, to target: UInt32) {
      assert(kind.naming == .index)
      appendEdge(kind, index, target)
    }

    /// Adds an edge from the newest node that needs neither name nor index.
    @inlinable public mutating func addEdge(_ kind: EdgeKind, to target: UInt32) {
      assert(kind.naming == .none)
      appendEdge(kind, 0, target)
    }

    @inlinable @inline(__always) mutating func appendEdge(_ kind: EdgeKind, _ name: UInt32, _ target: UInt32) {
      edgeKinds.append(kind.rawValue)
      edgeNames.append(name)
      edgeTargets.append(target)
    }

    // MARK: Roots and strings

    /// Adds a root; roots may come at any time.
    public mutating func addRoot(
      _ kind: RootKind, name: StringIndex, context: StringIndex = 0, frame: UInt32 = 0, to target: UInt32
    ) {
      names.roots.append(HeapRoot(kind: kind, name: name, context: context, frame: frame, target: target))
    }

    /// The text of a number.
    public func text(_ index: StringIndex) -> String { index == 0 ? "" : names.strings.text(Int(index)) }

    /// The number of a string, the same for equal strings.
    public mutating func string(_ text: String) -> StringIndex { names.strings.intern(text) }

    /// The number of a string given in UTF-16, which may contain lone surrogates.
    public mutating func string(utf16 units: UnsafeBufferPointer<UInt16>) -> StringIndex {
      names.strings.intern(utf16: units)
    }

    /// The number of a string given in Latin-1.
    public mutating func string(latin1 units: UnsafeBufferPointer<UInt8>) -> StringIndex {
      names.strings.intern(latin1: units)
    }
  }
}

/// The sizes that do not fit in 32 bits.
@usableFromInline struct LargeSizes {
  var shallow: [Int: UInt64] = [:]
  var snapshot: [Int: UInt64] = [:]

  @usableFromInline init() {}
  @usableFromInline mutating func noteShallow(_ bytes: Int, node: Int) { shallow[node] = UInt64(bytes) }
  @usableFromInline mutating func noteSnapshot(_ bytes: Int, node: Int) { snapshot[node] = UInt64(bytes) }
}

/// The parts of a builder that are not touched for every node.
@usableFromInline struct BuilderNames: ~Copyable {
  var strings = StringTableBuilder()
  var roots: [HeapRoot] = []

  @usableFromInline init() {}
}

// MARK: - Finishing

extension HeapGraph.Builder {
  /// Checks every target, resolves keys, and turns the columns into a graph without copying them.
  public consuming func finish() throws(HeapGraphError) -> HeapGraph {
    let nodeCount = identities.count
    guard nodeCount < Int(UInt32.max) else { throw .tooManyNodes }
    guard edgeTargets.count < Int(UInt32.max) else { throw .tooManyEdges }
    firstEdges.append(UInt32(edgeTargets.count))
    if texts.count > 0 { while texts.count < nodeCount { texts.append(0) } }
    if snapshotSizes.count > 0 { while snapshotSizes.count < nodeCount { snapshotSizes.append(0) } }
    var roots = names.roots
    var dangling = 0
    switch targets {
    case .nodeNumbers:
      if let edge = edgeTargets.buffer.firstIndex(where: { $0 >= nodeCount }) { throw .invalidTarget(edge: edge) }
      if let root = roots.firstIndex(where: { $0.target >= nodeCount }) { throw .invalidRoot(index: root) }
    case .keys:
      let resolver = try KeyResolver(keys: UnsafeBufferPointer(keys.buffer))
      dangling = resolveEdges(with: resolver)
      roots = roots.compactMap { root in
        resolver.node(for: root.target).map { node in
          var resolved = root
          resolved.target = node
          return resolved
        }
      }
      dangling += names.roots.count - roots.count
    }
    return HeapGraph(
      Columns(
        identities: identities, classNames: classNames, firstEdges: firstEdges, edgeKinds: edgeKinds,
        edgeNames: edgeNames, edgeTargets: edgeTargets, shallowSizes: shallowSizes,
        largeShallowSizes: largeSizes.shallow, snapshotSizes: snapshotSizes, largeSnapshotSizes: largeSizes.snapshot,
        texts: texts, strings: names.strings, fileStrings: nil, roots: roots, rootNode: nil, danglingEdgeCount: dangling
      ))
  }

  private mutating func resolveEdges(with resolver: borrowing KeyResolver) -> Int {
    let starts = firstEdges.buffer
    let kinds = edgeKinds.buffer
    let labels = edgeNames.buffer
    let ends = edgeTargets.buffer
    var written = 0
    var read = 0
    for node in 0..<identities.count {
      let end = Int(starts[node + 1])
      starts[node] = UInt32(written)
      while read < end {
        if let target = resolver.node(for: ends[read]) {
          kinds[written] = kinds[read]
          labels[written] = labels[read]
          ends[written] = target
          written += 1
        }
        read += 1
      }
    }
    let total = ends.count
    starts[identities.count] = UInt32(written)
    edgeKinds.truncate(to: written)
    edgeNames.truncate(to: written)
    edgeTargets.truncate(to: written)
    return total - written
  }
}

/// Finds nodes by their keys through a two-level table, so that sparse keys cost little.
///
/// Keys are usually addresses and share trailing zero bits, which are dropped.
struct KeyResolver: ~Copyable {
  private static let pageBits: UInt32 = 12
  private let shift: UInt32
  private let pageCount: Int
  private let pages: UnsafeMutablePointer<UnsafeMutablePointer<UInt32>?>

  init(keys: UnsafeBufferPointer<UInt32>) throws(HeapGraphError) {
    var union: UInt32 = 0
    var largest: UInt32 = 0
    for key in keys {
      union |= key
      largest = max(largest, key)
    }
    shift = union == 0 ? 0 : UInt32(union.trailingZeroBitCount)
    pageCount = Int((largest >> shift) >> Self.pageBits) + 1
    pages = .allocate(capacity: pageCount)
    pages.initialize(repeating: nil, count: pageCount)
    for (node, key) in keys.enumerated() {
      let index = Int(key >> shift)
      let cell = page(index >> Int(Self.pageBits)) + (index & (1 << Int(Self.pageBits) - 1))
      guard cell.pointee == .max else { throw .duplicateKey(key) }
      cell.pointee = UInt32(node)
    }
  }

  deinit {
    for index in 0..<pageCount { pages[index]?.deallocate() }
    pages.deallocate()
  }

  private func page(_ number: Int) -> UnsafeMutablePointer<UInt32> {
    if let page = pages[number] { return page }
    let page = UnsafeMutablePointer<UInt32>.allocate(capacity: 1 << Int(Self.pageBits))
    page.initialize(repeating: .max, count: 1 << Int(Self.pageBits))
    pages[number] = page
    return page
  }

  @inline(__always) func node(for key: UInt32) -> UInt32? {
    let index = Int(key >> shift)
    guard key & (1 << shift - 1) == 0, index >> Int(Self.pageBits) < pageCount,
      let page = pages[index >> Int(Self.pageBits)]
    else { return nil }
    let node = page[index & (1 << Int(Self.pageBits) - 1)]
    return node == .max ? nil : node
  }
}
