/// How full an array, a map or a set is.
public struct CollectionFill: Sendable, Equatable {
  /// What is to be said of it.
  public enum State: String, Sendable, CaseIterable {
    /// It holds nothing.
    case empty
    /// Most of what it could hold is not there, in a table instead of a row.
    case sparse
    /// Half or more of its elements do not exist.
    case holes
    /// It has room for twice what it holds, or more.
    case roomy = "half empty"
    case filled
    /// It refers to nothing; whether it holds numbers, a dump does not say.
    case withoutReferences = "no references"
  }

  public var state: State
  /// What it holds.
  public var entries: UInt64
  /// How many it has memory for.
  public var room: UInt64
  /// The bytes of what is not there; all of it, when it is empty.
  public var wasted: UInt64

  public init(state: State, entries: UInt64, room: UInt64, wasted: UInt64) {
    self.state = state
    self.entries = entries
    self.room = room
    self.wasted = wasted
  }
}

extension HeapGraph {
  /// What a dump says of a collection: the references that it holds, not its numbers and not its room.
  public func fill(of node: Int) -> CollectionFill? {
    guard [.array, .map, .set].contains(kind(of: node)) else { return nil }
    var references: UInt64 = 0
    for edge in edges(of: node) {
      switch edgeKind(edge) {
      case .element, .mapKey, .setMember: references += 1
      case .internalSlot where kind(of: node) != .array && string(edgeNames[edge]) == "table":
        references += entries(ofTable: target(ofEdge: edge), isMap: kind(of: node) == .map)
      default: break
      }
    }
    let size = shallowSizes[node]
    let isEmpty = references == 0 && size <= Self.emptyCollectionBytes
    return CollectionFill(
      state: isEmpty ? .empty : references == 0 ? .withoutReferences : .filled, entries: references, room: references,
      wasted: isEmpty ? size : 0)
  }

  /// An array without elements has no more, in whichever machine.
  private static let emptyCollectionBytes: UInt64 = 32

  /// The entries of a table of V8: keys, each with its value for a map, as far as they are no small numbers.
  private func entries(ofTable table: Int, isMap: Bool) -> UInt64 {
    let held = edges(of: table).count { edge in
      isStrong(edge) && [.object, .primitive].contains(kind(of: target(ofEdge: edge)).category)
    }
    return UInt64(isMap ? (held + 1) / 2 : held)
  }
}

/// The collections of a heap by class, state, and by who holds them.
public struct CollectionCensus: Sendable {
  /// Collections that are alike.
  public struct Row: Sendable, Equatable {
    public var className: String
    public var state: CollectionFill.State
    /// The class and field that holds them.
    public var holder: String
    public var collections: UInt64 = 0
    public var entries: UInt64 = 0
    public var room: UInt64 = 0
    public var bytes: UInt64 = 0
    public var wasted: UInt64 = 0
    /// The one that wastes most.
    public var example: Int
    fileprivate var mostWasted: UInt64 = 0

    /// Which part of the room is used.
    public var share: Double? { room == 0 ? nil : Double(entries) / Double(room) }
  }

  /// Most wasted bytes first.
  public var rows: [Row] = []
  public var collections: UInt64 = 0
  public var bytes: UInt64 = 0
  public var wasted: UInt64 = 0
  public var empty: UInt64 = 0

  private struct Key: Hashable {
    var className: StringIndex
    var kind: UInt8
    var state: CollectionFill.State
    var holderClass: StringIndex
    var holderKind: UInt8
    var slot: UInt8
    var name: UInt32
  }

  private static let root = UInt32.max - 1

  public init(
    graph: HeapGraph, fill: (Int) -> CollectionFill?, reachable: Reachability, progress: Progress
  ) throws(AnalysisError) {
    let holders = try Self.holders(graph, reachable, progress)
    var places: [Key: Int] = [:]
    for node in 0..<graph.nodeCount {
      try progress.tick("collections", node, of: graph.nodeCount)
      guard !graph.isBuiltIn(node), graph.kind(of: node).category == .object, reachable.contains(node),
        let fill = fill(node)
      else { continue }
      var key = Key(
        className: graph.classNames[node], kind: graph.kind(of: node).rawValue, state: fill.state, holderClass: 0,
        holderKind: .max, slot: 0, name: 0)
      let edge = holders[node]
      if edge < Self.root {
        let holder = graph.source(ofEdge: Int(edge))
        let kind = graph.edgeKind(Int(edge))
        key.holderClass = graph.classNames[holder]
        key.holderKind = graph.kind(of: holder).rawValue
        key.slot = kind.rawValue
        if kind.naming == .text, kind != .namedMapValue { key.name = graph.edgeNames[Int(edge)] }
      }
      let place: Int
      if let known = places[key] {
        place = known
      } else {
        place = rows.count
        places[key] = place
        let holder =
          edge < Self.root
          ? "\(graph.className(of: graph.source(ofEdge: Int(edge)))) \(graph.fieldName(Int(edge)))"
          : edge == Self.root ? "(variable)" : ""
        rows.append(
          Row(className: graph.className(of: node), state: fill.state, holder: holder, example: node))
      }
      add(fill, graph.shallowSizes[node], node, to: place)
    }
    rows.sort {
      ($0.wasted, $0.collections, $1.className, $1.holder) > ($1.wasted, $1.collections, $0.className, $0.holder)
    }
  }

  private mutating func add(_ fill: CollectionFill, _ size: UInt64, _ node: Int, to place: Int) {
    collections += 1
    bytes = bytes.saturatingAdd(size)
    wasted = wasted.saturatingAdd(fill.wasted)
    if fill.state == .empty { empty += 1 }
    rows[place].collections += 1
    rows[place].entries = rows[place].entries.saturatingAdd(fill.entries)
    rows[place].room = rows[place].room.saturatingAdd(fill.room)
    rows[place].bytes = rows[place].bytes.saturatingAdd(size)
    rows[place].wasted = rows[place].wasted.saturatingAdd(fill.wasted)
    if fill.wasted > rows[place].mostWasted {
      rows[place].mostWasted = fill.wasted
      rows[place].example = node
    }
  }

  /// The first reference to each collection, from an object where there is one.
  private static func holders(
    _ graph: HeapGraph, _ reachable: Reachability, _ progress: Progress
  ) throws(AnalysisError) -> WorkColumn<UInt32> {
    let found = WorkColumn<UInt32>(count: graph.nodeCount, filledWith: .max)
    for root in graph.roots where [.globalVariable, .frameLocal].contains(root.kind) {
      found[Int(root.target)] = Self.root
    }
    for wantsObjects in [true, false] {
      for node in 0..<graph.nodeCount {
        try progress.tick("holders", node, of: graph.nodeCount)
        guard (graph.kind(of: node).category != .internalPart) == wantsObjects, reachable.contains(node),
          !graph.isBuiltIn(node)
        else { continue }
        for edge in graph.edges(of: node) where graph.isStrong(edge) {
          let target = graph.target(ofEdge: edge)
          if found[target] == .max, [.array, .map, .set].contains(graph.kind(of: target)) {
            found[target] = UInt32(edge)
          }
        }
      }
    }
    return found
  }
}
