/// What is known of the contents of a heap's strings.
public struct StringContents {
  /// A number that is the same for equal strings; nil where the content is not known.
  public var hash: (Int) -> UInt64?
  /// Whether two strings whose numbers are the same are equal.
  public var isEqual: (Int, Int) -> Bool
  /// The characters.
  public var text: (Int) -> String?

  public init(
    hash: @escaping (Int) -> UInt64?, isEqual: @escaping (Int, Int) -> Bool, text: @escaping (Int) -> String?
  ) {
    self.hash = hash
    self.isEqual = isEqual
    self.text = text
  }
}

extension HeapGraph {
  /// What the graph itself says of its strings. Long ones may be cut: two strings are equal when text and size are.
  public var stringContents: StringContents {
    let hashes = concatenatedName == 0 ? nil : TextHashes(self)
    return StringContents(
      hash: { [self] node in
        if let hashes { return hashes.hash(of: node) }
        guard let texts, !isSlice(node), node < texts.count else { return nil }
        return strings.withBytes(of: texts[node]) { bytes in
          var hash = UInt64(bytes.count) ^ 0xCBF2_9CE4_8422_2325
          for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
          return hash
        }
      },
      isEqual: { [self] in
        if isConcatenated($0) || isConcatenated($1) {
          return joinedText(of: $0, limit: Self.comparedBytes).bytes
            == joinedText(of: $1, limit: Self.comparedBytes).bytes
        }
        guard let texts, shallowSizes[$0] == shallowSizes[$1] else { return false }
        if texts[$0] == texts[$1] { return true }
        let other = texts[$1]
        return strings.withBytes(of: texts[$0]) { one in
          strings.withBytes(of: other) { one.elementsEqual($0) }
        }
      }, text: { [self] in text(of: $0) })
  }

  /// Strings in parts with the same hash and the same beginning are the same.
  private static let comparedBytes = 4096
}

/// The strings of a heap by content: which are there more than once, and what that costs.
public final class RepeatedStrings {
  /// Strings with one content.
  public struct Group: Sendable, Equatable {
    /// One of them.
    public var node: Int
    public var copies: Int
    public var bytes: UInt64
    /// What one of them takes, the largest.
    public var largest: UInt64
    /// What would be saved if there were only one.
    public var wasted: UInt64 { bytes - largest }
    fileprivate var number: UInt32
  }

  /// References to the strings of a group that come from one kind of place.
  public struct Holder: Sendable, Equatable {
    /// The class of the objects, or what kind of variable it is.
    public var title: String
    /// The slot, or the variable.
    public var slot: String
    public var references: Int
    /// One of the holders, where it is an object.
    public var example: Int?
  }

  /// Those that are there more than once, most wasted bytes first.
  public private(set) var repeated: [Group] = []
  /// Strings of any number of copies that were asked for.
  public private(set) var matching: [Group] = []
  /// All strings that are alive.
  public private(set) var strings = 0
  public private(set) var bytes: UInt64 = 0
  /// Strings whose content is not known, such as those that are still made of parts.
  public private(set) var unknown = 0
  /// What would be saved if each content were there once.
  public private(set) var wasted: UInt64 = 0
  /// How many strings of all are copies of another.
  public private(set) var copies = 0

  private let graph: HeapGraph
  private let reachable: Reachability
  /// The number of its group for each node.
  private let groupOf: WorkColumn<UInt32>
  private static let none = UInt32.max

  /// Sorts the living strings into groups. `isWanted` chooses those to tell about although they may be there once only.
  public init(
    graph: HeapGraph, contents: StringContents, reachable: Reachability, isWanted: ((String) -> Bool)? = nil,
    progress: Progress
  ) throws(AnalysisError) {
    self.graph = graph
    self.reachable = reachable
    groupOf = WorkColumn(count: graph.nodeCount, filledWith: Self.none)
    var hashes = GrowingColumn<UInt64>()
    var groups = GrowingColumn<Tally>()
    var slots = WorkColumn<UInt32>(count: 1024, filledWith: Self.none)
    for node in 0..<graph.nodeCount {
      try progress.tick("strings", node, of: graph.nodeCount)
      guard graph.kind(of: node) == .string, !graph.isBuiltIn(node), reachable.contains(node) else { continue }
      let size = graph.shallowSizes.unchecked(node)
      strings += 1
      bytes = bytes.saturatingAdd(size)
      guard let hash = contents.hash(node) else {
        unknown += 1
        continue
      }
      if hashes.count * 2 >= slots.count { slots = Self.grown(slots, hashes) }
      var place = Self.place(hash, slots.count)
      while slots[place] != Self.none {
        let number = Int(slots[place])
        if hashes[number] == hash, contents.isEqual(Int(groups[number].node), node) { break }
        place = (place &+ 1) & (slots.count - 1)
      }
      if slots[place] == Self.none {
        slots[place] = UInt32(hashes.count)
        hashes.append(hash)
        groups.append(Tally(node: UInt32(node), copies: 0, bytes: 0, largest: 0))
      }
      groupOf[node] = slots[place]
      let number = Int(slots[place])
      groups[number].copies += 1
      groups[number].bytes += size
      groups[number].largest = max(groups[number].largest, size)
    }
    for number in 0..<groups.count {
      let group = groups[number]
      if group.copies > 1 {
        copies += Int(group.copies) - 1
        wasted += group.bytes - group.largest
      }
      let isMatch = isWanted.map { $0(contents.text(Int(group.node)) ?? "") } ?? false
      guard group.copies > 1 || isMatch else { continue }
      let found = Group(
        node: Int(group.node), copies: Int(group.copies), bytes: group.bytes, largest: group.largest,
        number: UInt32(number))
      if group.copies > 1 { repeated.append(found) }
      if isMatch { matching.append(found) }
    }
    let order = { (a: Group, b: Group) in (a.wasted, a.bytes, b.node) > (b.wasted, b.bytes, a.node) }
    repeated.sort(by: order)
    matching.sort(by: order)
  }

  private struct Tally {
    var node: UInt32
    var copies: UInt32
    var bytes: UInt64
    var largest: UInt64
  }

  private static func place(_ hash: UInt64, _ count: Int) -> Int {
    Int(truncatingIfNeeded: (hash &* 0x9E37_79B9_7F4A_7C15) >> 20) & (count - 1)
  }

  private static func grown(
    _ slots: WorkColumn<UInt32>, _ hashes: borrowing GrowingColumn<UInt64>
  ) -> WorkColumn<UInt32> {
    let larger = WorkColumn<UInt32>(count: slots.count * 2, filledWith: none)
    for number in 0..<hashes.count {
      var place = place(hashes[number], larger.count)
      while larger[place] != none { place = (place &+ 1) & (larger.count - 1) }
      larger[place] = UInt32(number)
    }
    return larger
  }

  // MARK: Holders

  /// Who holds the strings of some groups, for each group the most references first.
  public func holders(of chosen: [Group], progress: Progress) throws(AnalysisError) -> [[Holder]] {
    var ranks: [UInt32: Int] = [:]
    for (rank, group) in chosen.enumerated() { ranks[group.number] = rank }
    guard !ranks.isEmpty else { return [] }
    var found = FieldTally(graph)
    for node in 0..<graph.nodeCount {
      try progress.tick("holders", node, of: graph.nodeCount)
      guard !graph.isBuiltIn(node), reachable.contains(node) else { continue }
      for edge in graph.edges(of: node) where graph.isStrong(edge) {
        let group = groupOf[graph.target(ofEdge: edge)]
        guard group != Self.none, let rank = ranks[group] else { continue }
        found.add(edge, from: node, about: rank)
      }
    }
    for root in graph.roots.indices {
      let group = groupOf[Int(graph.roots[root].target)]
      guard group != Self.none, let rank = ranks[group] else { continue }
      found.add(root: root, about: rank)
    }
    return found.holders(count: chosen.count)
  }
}

/// Counts references by the class of the holder and the field.
struct FieldTally {
  private struct Key: Hashable {
    var subject: Int
    var className: StringIndex
    /// The kind of holder for one without a class name; 255 for a root.
    var kind: UInt8
    var slot: UInt8
    var name: UInt32
  }

  private let graph: HeapGraph
  private var places: [Key: (references: Int, reference: HeapReference)] = [:]

  init(_ graph: HeapGraph) { self.graph = graph }

  mutating func add(_ edge: Int, from node: Int, about subject: Int) {
    let kind = graph.edgeKind(edge)
    // Elements and entries count as one field.
    let isNamed = kind.naming == .text && kind != .namedMapValue
    let key = Key(
      subject: subject, className: graph.classNames[node], kind: graph.kind(of: node).rawValue, slot: kind.rawValue,
      name: isNamed ? graph.edgeNames[edge] : 0)
    places[key, default: (0, .edge(edge))].references += 1
  }

  mutating func add(root: Int, about subject: Int) {
    let key = Key(
      subject: subject, className: graph.roots[root].name, kind: .max, slot: graph.roots[root].kind.rawValue, name: 0)
    places[key, default: (0, .root(root))].references += 1
  }

  func holders(count: Int) -> [[RepeatedStrings.Holder]] {
    var result = [[RepeatedStrings.Holder]](repeating: [], count: count)
    for (key, place) in places {
      switch place.reference {
      case .root(let root):
        result[key.subject].append(
          .init(
            title: graph.rootDescription(root), slot: graph.rootName(root), references: place.references,
            example: nil))
      case .edge(let edge):
        let source = graph.source(ofEdge: edge)
        result[key.subject].append(
          .init(
            title: graph.className(of: source), slot: graph.fieldName(edge), references: place.references,
            example: source))
      }
    }
    // Objects before parts of the machine, which only stand for them.
    func rank(_ holder: RepeatedStrings.Holder) -> Int {
      guard let node = holder.example else { return 1 }
      return graph.kind(of: node).category == .internalPart ? 0 : 1
    }
    return result.map { holders in
      holders.sorted {
        (rank($0), $0.references, $1.title, $1.slot) > (rank($1), $1.references, $0.title, $0.slot)
      }
    }
  }
}
