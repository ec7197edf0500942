import Glibc

/// The nodes and edges of a `.heapsnapshot` on their way into the columns of a graph.
final class SnapshotTable {
  let file: MappedFile
  let progress: Progress
  let strings: FileStrings
  let nodeTypes: [V8NodeType]
  let edgeTypes: [V8EdgeType?]
  let edgeTypeNames: [String]
  private let base: UnsafePointer<UInt8>

  @exclusivity(unchecked) var identities = GrowingColumn<UInt64>()
  /// The raw type of each node.
  @exclusivity(unchecked) var types = GrowingColumn<UInt8>()
  /// The name of each node, as the file numbers strings.
  @exclusivity(unchecked) var names = GrowingColumn<UInt32>()
  @exclusivity(unchecked) var firstEdges = GrowingColumn<UInt32>()
  @exclusivity(unchecked) var sizes = GrowingColumn<UInt32>()
  @exclusivity(unchecked) var largeSizes: [Int: UInt64] = [:]
  @exclusivity(unchecked) var detached = GrowingColumn<UInt32>()
  @exclusivity(unchecked) var edgeKinds = GrowingColumn<UInt8>()
  @exclusivity(unchecked) var edgeNames = GrowingColumn<UInt32>()
  @exclusivity(unchecked) var edgeTargets = GrowingColumn<UInt32>()
  /// Strings that are not in the file.
  @exclusivity(unchecked) var texts = StringTableBuilder()
  @exclusivity(unchecked) private var missingNames = 0

  var nodeCount: Int { identities.count }

  init(
    file: MappedFile, strings: SnapshotStrings, nodeTypes: [String], edgeTypes: [String], progress: Progress
  ) {
    self.file = file
    self.progress = progress
    self.nodeTypes = nodeTypes.map(V8NodeType.init(name:))
    self.edgeTypes = edgeTypes.map(V8EdgeType.init(rawValue:))
    edgeTypeNames = edgeTypes
    base = JSONCursor(file.bytes).base
    var places = GrowingColumn<UInt64>()
    swap(&places, &strings.places)
    self.strings = FileStrings(file: file, places: places, end: strings.end)
  }

  /// The graph's number of a string of the file; 0 for one that is missing.
  @inline(__always) func string(_ number: UInt32) -> StringIndex { number < strings.count ? number &+ 1 : 0 }

  /// The graph's number of a text that is not in the file.
  func intern(_ text: String) -> StringIndex {
    let own = texts.intern(text)
    return own == 0 ? 0 : own + UInt32(strings.count)
  }

  // MARK: Nodes

  func readNodes(
    _ range: Range<Int>, _ layout: SnapshotMeta.NodeLayout, expected: Int?
  ) throws(HeapSnapshotError) {
    reserveNodes(min(expected ?? .max, range.count / (2 * layout.count) + 1))
    var scanner = NumberScanner(base, range, "nodes")
    var released = range.lowerBound
    let record = UnsafeMutablePointer<UInt64>.allocate(capacity: layout.count)
    defer { record.deallocate() }
    var edgeCount: UInt64 = 0
    while !scanner.isAtEnd {
      if identities.count & 0xFFFF == 0 {
        try tell("nodes", scanner.position - range.lowerBound, of: range.count)
        file.release(from: &released, to: scanner.position)
      }
      let start = scanner.position
      for field in 0..<layout.count { record[field] = try scanner.next() }
      let type = record[layout.type]
      guard type < UInt64(nodeTypes.count) else {
        throw .malformed(
          offset: start, reason: "node \(identities.count) has the type \(type), which `node_types` lacks")
      }
      guard identities.count < Int(UInt32.max) - 1 else {
        throw .malformed(offset: start, reason: "there are more than 4,294,967,294 nodes")
      }
      try addNode(record, layout, edgeCount, start)
      edgeCount &+= record[layout.edges]
      guard edgeCount < UInt64(UInt32.max) else {
        throw .malformed(offset: start, reason: "the nodes up to number \(identities.count - 1) have too many edges")
      }
    }
    guard identities.count > 0 else { throw .malformed(offset: range.lowerBound, reason: "`nodes` is empty") }
    firstEdges.append(UInt32(edgeCount))
  }

  private func reserveNodes(_ count: Int) {
    identities.reserve(count)
    types.reserve(count)
    names.reserve(count)
    firstEdges.reserve(count + 1)
    sizes.reserve(count)
  }

  @inline(__always) private func addNode(
    _ record: UnsafeMutablePointer<UInt64>, _ layout: SnapshotMeta.NodeLayout, _ firstEdge: UInt64, _ start: Int
  ) throws(HeapSnapshotError) {
    let id = record[layout.id]
    guard _fastPath(id <= Identity.payloadMask) else {
      throw .malformed(offset: start, reason: "node \(identities.count) has the id \(id), which is too large")
    }
    let size = record[layout.size]
    if _slowPath(size >= UInt64(UInt32.max)) { largeSizes[identities.count] = size }
    if let place = layout.detachedness, _slowPath(record[place] == 2) { detached.append(UInt32(identities.count)) }
    identities.append(id)
    types.append(UInt8(truncatingIfNeeded: record[layout.type]))
    names.append(nameNumber(record[layout.name]))
    firstEdges.append(UInt32(truncatingIfNeeded: firstEdge))
    sizes.append(UInt32(clamping: size))
  }

  @inline(__always) private func nameNumber(_ number: UInt64) -> UInt32 {
    if _fastPath(number < UInt64(strings.count)) { return UInt32(truncatingIfNeeded: number) }
    missingNames += 1
    return UInt32.max - 1
  }

  // MARK: Edges

  func readEdges(
    _ range: Range<Int>, _ layout: SnapshotMeta.EdgeLayout, nodeFieldCount: Int, expected: Int?
  ) throws(HeapSnapshotError) {
    let total = Int(firstEdges[nodeCount])
    let most = min(total, range.count / (2 * layout.count) + 1)
    edgeKinds.reserve(most)
    edgeNames.reserve(most)
    edgeTargets.reserve(most)
    var scanner = NumberScanner(base, range, "edges")
    var released = range.lowerBound
    let record = UnsafeMutablePointer<UInt64>.allocate(capacity: layout.count)
    defer { record.deallocate() }
    let fields = UInt64(nodeFieldCount)
    // Instead of dividing by the number of fields: exact for 32 bits (Lemire, Kaser, Kurz 2019).
    let reciprocal = UInt64.max / fields &+ 1
    let codes = edgeTypes.map { $0?.code ?? EdgeKind.internalSlot.rawValue }
    let isNumbered = edgeTypes.map { $0?.isNumbered ?? false }
    while !scanner.isAtEnd {
      if edgeTargets.count & 0xFFFF == 0 {
        try tell("edges", scanner.position - range.lowerBound, of: range.count)
        file.release(from: &released, to: scanner.position)
      }
      let start = scanner.position
      guard _fastPath(edgeTargets.count < total) else {
        throw .malformed(
          offset: start, reason: "the nodes have \(total) edges by their `edge_count`, and here stands one more")
      }
      for field in 0..<layout.count { record[field] = try scanner.next() }
      let type = record[layout.type]
      let target = record[layout.target]
      guard _fastPath(type < UInt64(codes.count)) else {
        throw .malformed(
          offset: start, reason: "edge \(edgeTargets.count) has the type \(type), which `edge_types` lacks")
      }
      let node = fields == 1 ? target : target.multipliedFullWidth(by: reciprocal).high
      guard _fastPath(target <= UInt64(UInt32.max)), node &* fields == target, node < UInt64(nodeCount) else {
        throw .malformed(
          offset: start, reason: "edge \(edgeTargets.count) leads to \(target), where no node of `nodes` begins")
      }
      edgeKinds.append(codes[Int(type)])
      if isNumbered[Int(type)] {
        edgeNames.append(UInt32(clamping: record[layout.name]))
      } else {
        edgeNames.append(string(nameNumber(record[layout.name])))
      }
      edgeTargets.append(UInt32(truncatingIfNeeded: node))
    }
    guard edgeTargets.count == total else {
      throw .malformed(
        offset: range.upperBound,
        reason: "the nodes have \(total) edges by their `edge_count`, and `edges` holds \(edgeTargets.count)")
    }
  }

  func tell(_ phase: String, _ done: Int, of total: Int) throws(HeapSnapshotError) {
    do throws(AnalysisError) { try progress.report(phase, done, of: max(total, 1)) } catch { throw .cancelled }
  }

  /// What the head of the file says wrongly.
  func countRemarks(nodes: Int?, edges: Int?) -> [String] {
    var remarks: [String] = []
    if let nodes, nodes != nodeCount {
      remarks.append("`node_count` says \(nodes) nodes, and there are \(nodeCount).")
    }
    if let edges, edges != edgeTargets.count {
      remarks.append("`edge_count` says \(edges) edges, and there are \(edgeTargets.count).")
    }
    if missingNames > 0 {
      remarks.append(
        "\(missingNames) names are missing: `strings` has only \(strings.count). They are shown as nothing.")
    }
    return remarks
  }
}

/// The types of nodes that V8 writes; the names of the file decide, not their numbers.
enum V8NodeType: Equatable {
  case hidden, array, string, object, code, closure, regexp, number, native, synthetic
  case concatenatedString, slicedString, symbol, bigInt, objectShape
  case other(String)

  init(name: String) {
    switch name {
    case "hidden": self = .hidden
    case "array": self = .array
    case "string": self = .string
    case "object": self = .object
    case "code": self = .code
    case "closure": self = .closure
    case "regexp": self = .regexp
    case "number": self = .number
    case "native": self = .native
    case "synthetic": self = .synthetic
    case "concatenated string": self = .concatenatedString
    case "sliced string": self = .slicedString
    case "symbol": self = .symbol
    case "bigint": self = .bigInt
    case "object shape": self = .objectShape
    default: self = .other(name)
    }
  }
}

/// The types of edges that V8 writes.
enum V8EdgeType: String {
  case context, element, property, `internal`, hidden, shortcut, weak

  var isNumbered: Bool { self == .element || self == .hidden }

  /// How the graph holds such an edge.
  var code: UInt8 {
    switch self {
    case .context: EdgeKind.captured.rawValue
    case .element: EdgeKind.element.rawValue
    case .property: EdgeKind.property.rawValue
    case .internal: EdgeKind.internalSlot.rawValue
    case .hidden: EdgeKind.numberedSlot.rawValue
    case .shortcut: EdgeKind.shortcut.rawValue | EdgeKind.disregarded
    case .weak: EdgeKind.weak.rawValue
    }
  }
}
