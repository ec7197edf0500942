/// The references of a foreign dump that repeat a slot of an object.
///
/// V8 writes a property or an element twice: as a reference of the object, and as one of the store behind it (its
/// `properties` or `elements`); between the store of the global object and a variable stands a `PropertyCell`. What a
/// person calls one reference is all of these.
public final class RepeatedSlots: @unchecked Sendable {
  private let graph: HeapGraph
  private let repeating: BitColumn?
  private let cellName: StringIndex?

  /// Finds them by one pass over all edges; a heap that was written from here has none.
  public init(_ graph: HeapGraph, progress: Progress) throws(AnalysisError) {
    self.graph = graph
    guard graph.rootNode != nil, !graph.hasOwnIDs else {
      (repeating, cellName) = (nil, nil)
      return
    }
    let storeNames = Set(
      (0..<graph.stringCount).lazy.map(StringIndex.init).filter { name in
        graph.strings.withBytes(of: name) { bytes in
          Self.storeNames.contains { $0.utf8.elementsEqual(bytes) }
        }
      })
    let found = BitColumn(count: graph.edgeCount)
    let isStoreName = BitColumn(count: graph.stringCount)
    for name in storeNames { _ = isStoreName.insert(Int(name)) }
    var cells: StringIndex?
    for name in 0..<graph.stringCount where cells == nil {
      let isCell = graph.strings.withBytes(of: StringIndex(name)) { Self.cellTitle.utf8.elementsEqual($0) }
      if isCell { cells = StringIndex(name) }
    }
    cellName = cells
    repeating = found
    guard !storeNames.isEmpty else { return }
    /// The last object that was seen to hold a node directly.
    let holders = WorkColumn<UInt32>(count: graph.nodeCount, filledWith: .max)
    for node in 0..<graph.nodeCount {
      try progress.tick("repeated references", node, of: graph.nodeCount)
      let edges = graph.edges(of: node)
      var hasStore = false
      for edge in edges
      where graph.edgeKinds[edge] == EdgeKind.internalSlot.rawValue && isStoreName[Int(graph.edgeNames[edge])] {
        hasStore = true
      }
      guard hasStore else { continue }
      for edge in edges where Self.isDirect(graph.edgeKinds[edge]) {
        holders[Int(graph.edgeTargets[edge])] = UInt32(node)
      }
      for edge in edges
      where graph.edgeKinds[edge] == EdgeKind.internalSlot.rawValue && isStoreName[Int(graph.edgeNames[edge])] {
        forEachReference(ofStore: graph.target(ofEdge: edge)) { reference in
          if holders[graph.target(ofEdge: reference)] == UInt32(node) { _ = found.insert(reference) }
        }
      }
    }
  }

  private static let storeNames = ["properties", "elements"]
  private static let cellTitle = "system / PropertyCell"

  @inline(__always) private static func isDirect(_ kind: UInt8) -> Bool {
    kind == EdgeKind.property.rawValue || kind == EdgeKind.element.rawValue
      || kind == EdgeKind.symbolProperty.rawValue || kind == EdgeKind.privateMember.rawValue
  }

  /// The references of a store to values; where it holds the cell of a variable, that of the cell.
  private func forEachReference(ofStore store: Int, _ body: (Int) -> Void) {
    for edge in graph.edges(of: store) where graph.isStrong(edge) {
      let target = graph.target(ofEdge: edge)
      if let cellName, graph.classNames[target] == cellName {
        for value in graph.edges(of: target) where graph.isStrong(value) { body(value) }
      } else {
        body(edge)
      }
    }
  }

  /// Whether a reference repeats a slot of an object.
  public func contains(_ edge: Int) -> Bool { repeating.map { $0[edge] } ?? false }

  func contains(_ reference: HeapReference) -> Bool {
    if case .edge(let edge) = reference { contains(edge) } else { false }
  }

  /// References with what repeats them; of a store only what no other slot of its object refers to.
  public func adding(to references: Set<HeapReference>) -> Set<HeapReference> {
    guard let repeating else { return references }
    var all = references
    for reference in references {
      if case .edge(let edge) = reference, let key = graph.keyEdge(ofEntry: edge) { all.insert(.edge(key)) }
      guard case .edge(let edge) = reference, Self.isDirect(graph.edgeKinds[edge]) else { continue }
      let source = graph.source(ofEdge: edge)
      let target = graph.target(ofEdge: edge)
      let slots = graph.edges(of: source)
      let isHeldOtherwise = slots.contains { other in
        graph.target(ofEdge: other) == target && Self.isDirect(graph.edgeKinds[other])
          && !references.contains(.edge(other))
      }
      if isHeldOtherwise { continue }
      for slot in slots where graph.edgeKind(slot) == .internalSlot {
        guard Self.storeNames.contains(graph.string(graph.edgeNames[slot])) else { continue }
        forEachReference(ofStore: graph.target(ofEdge: slot)) { repeated in
          if repeating[repeated], graph.target(ofEdge: repeated) == target { all.insert(.edge(repeated)) }
        }
      }
    }
    return all
  }
}
