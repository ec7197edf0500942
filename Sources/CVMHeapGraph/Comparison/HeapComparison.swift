/// What differs between two heaps: classes, objects by their ids, and slots.
public final class HeapComparison {
  /// What became of a class.
  public struct ClassChange: Sendable, Equatable {
    public var name: String
    public var added = 0
    public var gone = 0
    public var changed = 0
    /// How many more bytes its objects take.
    public var bytes: Int64 = 0
    /// What they keep alive in the second heap.
    public var retained: UInt64 = 0
    /// Whether it is the one that stands for all parts of the machine.
    public fileprivate(set) var isSystem = false

    public init(name: String) { self.name = name }
  }

  /// A slot that is not what it was; nil where it is not there.
  public struct SlotChange: Sendable, Equatable {
    public var slot: String
    public var old: String?
    public var new: String?
  }

  public let old: ComparedHeap
  public let new: ComparedHeap
  /// Classes with any difference.
  public private(set) var classes: [ClassChange] = []
  /// Nodes of the second heap that the first lacks; those that keep most first.
  public private(set) var added: [Int] = []
  /// Nodes of the first heap that the second lacks.
  public private(set) var gone: [Int] = []
  /// Nodes of both with different slots.
  public private(set) var changed: [(old: Int, new: Int)] = []
  /// How many objects and values came and went, parts of the machine left out: the sums of the classes.
  public private(set) var addedObjects = 0
  public private(set) var goneObjects = 0
  /// How many more bytes these take.
  public private(set) var bytes: Int64 = 0
  /// What became of the parts of the machine, where they are one class.
  public var system: ClassChange? { classes.first { $0.isSystem } }
  /// Whether the ids mean the same objects; otherwise only classes are compared.
  public private(set) var hasSameObjects = true

  private let sizes: RetainedSizes
  private static let slotLimit = 100_000

  /// Compares; parts of the machine are one class unless they are asked for.
  public init(
    _ old: ComparedHeap, _ new: ComparedHeap, foldsSystem: Bool = true, progress: Progress
  ) throws(AnalysisError) {
    self.old = old
    self.new = new
    sizes = try new.analyses.retainedSizes(progress: progress)
    var numbers = ClassNumbers()
    let oldClasses = try numbers.column(old, foldsSystem: foldsSystem, progress: progress)
    let newClasses = try numbers.column(new, foldsSystem: foldsSystem, progress: progress)
    let table = try NodeTable(old, progress: progress)
    hasSameObjects = try isSameProcess(table, oldClasses, newClasses, numbers.names, progress)
    classes = numbers.names.map { ClassChange(name: $0) }
    if foldsSystem { classes[0].isSystem = true }
    let isMatched = BitColumn(count: old.graph.nodeCount)
    var counts = [Int](repeating: 0, count: classes.count)
    for node in 0..<new.graph.nodeCount {
      try progress.tick("comparing", node, of: new.graph.nodeCount)
      let number = Int(newClasses[node])
      guard number >= 0 else { continue }
      classes[number].bytes += Int64(clamping: new.graph.shallowSizes[node])
      guard hasSameObjects, let key = new.key(of: node) else {
        counts[number] += 1
        continue
      }
      guard let before = table.node(key) else {
        classes[number].added += 1
        if !new.graph.isSystemPart(node) { added.append(node) }
        continue
      }
      _ = isMatched.insert(before)
      // What an object of a changed class took is no loss of the class that it had.
      if oldClasses[before] != Int32(number) {
        let size = Int64(clamping: old.graph.shallowSizes[before])
        classes[number].bytes -= size
        classes[Int(oldClasses[before])].bytes += size
      }
      if new.graph.kind(of: node).category == .object, old.digest(of: before) != new.digest(of: node) {
        if !new.graph.isSystemPart(node) { changed.append((before, node)) }
        classes[number].changed += 1
      }
    }
    for node in 0..<old.graph.nodeCount {
      try progress.tick("comparing", node, of: old.graph.nodeCount)
      let number = Int(oldClasses[node])
      guard number >= 0 else { continue }
      classes[number].bytes -= Int64(clamping: old.graph.shallowSizes[node])
      guard hasSameObjects, old.key(of: node) != nil else {
        counts[number] -= 1
        continue
      }
      guard !isMatched[node] else { continue }
      classes[number].gone += 1
      if !old.graph.isSystemPart(node) { gone.append(node) }
    }
    for (number, count) in counts.enumerated() {
      if count > 0 { classes[number].added += count } else { classes[number].gone -= count }
    }
    for row in classes where !row.isSystem {
      addedObjects += row.added
      goneObjects += row.gone
      bytes += row.bytes
    }
    try finish(progress)
  }

  /// Objects of one process have their ids for ever; in another process they mean other objects.
  private func isSameProcess(
    _ table: NodeTable, _ oldClasses: WorkColumn<Int32>, _ newClasses: WorkColumn<Int32>, _ names: [String],
    _ progress: Progress
  ) throws(AnalysisError) -> Bool {
    var (matched, alike) = (0, 0)
    let isPlain = names.map { $0.hasPrefix("{") }
    for node in 0..<new.graph.nodeCount where newClasses[node] >= 0 {
      guard let key = new.key(of: node), let before = table.node(key) else { continue }
      matched += 1
      let (one, other) = (Int(oldClasses[before]), Int(newClasses[node]))
      if one == other || (isPlain[one] && isPlain[other]) { alike += 1 }
    }
    return alike * 10 >= matched * 8
  }

  private func finish(_ progress: Progress) throws(AnalysisError) {
    let census = try HeapCensus(graph: new.graph, analyses: new.analyses, progress: progress)
    var retained = Dictionary(census.classes.map { ($0.name, $0.retained) }, uniquingKeysWith: { $0 &+ $1 })
    // What the parts of the machine keep is no figure of their own: they hold nearly everything.
    if classes.first?.isSystem == true { retained[ClassNumbers.system] = 0 }
    classes = classes.filter { $0.added > 0 || $0.gone > 0 || $0.changed > 0 || $0.bytes != 0 }.map { row in
      var row = row
      row.retained = retained[row.name] ?? 0
      return row
    }
    func order(_ nodes: [Int], _ figure: (Int) -> UInt64) -> [Int] {
      nodes.map { ($0, figure($0)) }.sorted { ($0.1, $1.0) > ($1.1, $0.0) }.map(\.0)
    }
    added = order(added) { sizes[$0] }
    gone = order(gone) { old.graph.shallowSizes[$0] }
    changed.sort { (sizes[$0.new], $1.new) > (sizes[$1.new], $0.new) }
  }

  /// What an object of the second heap keeps alive.
  public func retained(_ node: Int) -> UInt64 { sizes[node] }

  /// The slots of an object that are not what they were.
  public func slots(old before: Int, new after: Int) -> [SlotChange] {
    let (old, new) = (
      old.slots(of: before, limit: Self.slotLimit), new.slots(of: after, limit: Self.slotLimit)
    )
    var changes: [SlotChange] = []
    for (slot, text) in new where old[slot] != text {
      changes.append(SlotChange(slot: slot, old: old[slot], new: text))
    }
    for (slot, text) in old where new[slot] == nil { changes.append(SlotChange(slot: slot, old: text, new: nil)) }
    return changes.sorted { ($0.slot.utf8.count, $0.slot) < ($1.slot.utf8.count, $1.slot) }
  }
}

/// What was born between two moments and is still alive at a third.
public struct HeapSurvivors: Sendable {
  public struct Row: Sendable, Equatable {
    public var name: String
    /// Objects that the second heap has and the first has not.
    public var born = 0
    /// Those of them that the third heap has.
    public var alive = 0
    /// What these take.
    public var bytes: UInt64 = 0
    /// What the one that keeps most keeps.
    public var retained: UInt64 = 0
    /// That one.
    public var example: Int?
  }

  /// Most bytes that are alive first.
  public var rows: [Row] = []
  public var born = 0
  public var alive = 0
  public var bytes: UInt64 = 0

  public init(
    _ first: ComparedHeap, _ second: ComparedHeap, _ third: ComparedHeap, progress: Progress
  ) throws(AnalysisError) {
    let before = try NodeTable(first, progress: progress)
    let after = try NodeTable(third, progress: progress)
    let sizes = try third.analyses.retainedSizes(progress: progress)
    var numbers = ClassNumbers()
    let classes = try numbers.column(second, progress: progress)
    rows = numbers.names.map { Row(name: $0) }
    for node in 0..<second.graph.nodeCount {
      try progress.tick("comparing", node, of: second.graph.nodeCount)
      let number = Int(classes[node])
      guard number >= 0, let key = second.key(of: node), before.node(key) == nil else { continue }
      rows[number].born += 1
      born += 1
      guard let survivor = after.node(key) else { continue }
      let size = third.graph.shallowSizes[survivor]
      alive += 1
      bytes = bytes.saturatingAdd(size)
      rows[number].alive += 1
      rows[number].bytes = rows[number].bytes.saturatingAdd(size)
      if rows[number].example == nil || sizes[survivor] > rows[number].retained {
        rows[number].retained = sizes[survivor]
        rows[number].example = survivor
      }
    }
    rows.removeAll { $0.born == 0 }
    rows.sort { ($0.bytes, $0.born, $1.name) > ($1.bytes, $1.born, $0.name) }
  }
}
