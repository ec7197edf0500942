import CVMHeapGraph
import CVMReport
import CVMRuntime

/// What differs between two moments of a session: variables, objects that are new, gone or changed, down to their slots.
struct HeapDifference {
  /// A slot or variable with what it was and is; nil where it is not there.
  struct Change {
    var name: String
    var old: String?
    var new: String?
  }
  /// An object; with its changed slots when it is there at both moments.
  struct Item {
    var id: UInt64
    var title: String
    var changes: [Change] = []
  }
  private(set) var variables: [Change] = []
  private(set) var added: [Item] = []
  private(set) var gone: [Item] = []
  private(set) var changed: [Item] = []
  private(set) var addedCount = 0
  private(set) var goneCount = 0
  /// Objects written to that were not compared, since there were too many.
  private(set) var skippedCount = 0
  private(set) var bytes: Int64 = 0

  var isEmpty: Bool { variables.isEmpty && addedCount == 0 && goneCount == 0 && changed.isEmpty }

  /// Objects of a kind that are named, or compared slot by slot.
  private static let objectLimit = 1000
  /// The size of heaps that are small enough to be compared after each step.
  private static let quickBytes = 4 << 20

  /// Compares two moments that lie a number of steps from now: negative for the past. The session is then where it was.
  static func between(_ first: Int, _ second: Int, in session: Session) -> HeapDifference? {
    guard let history = session.machine.history else { return nil }
    history.showFailure(false)
    // Going there and back must leave the names as they are, also those that belong to no moment.
    let names = session.results
    let roots = session.machine.hostRoots
    defer {
      session.results = names
      session.machine.hostRoots = roots
    }
    let (early, late) = (min(first, second), max(first, second))
    func move(_ steps: Int) {
      for _ in 0..<abs(steps) { if steps < 0 { session.stepBack() } else { session.stepForward() } }
    }
    move(late)
    let cards = history.cardsWritten(inNewest: late - early)
    let after = MomentCapture(session, cards)
    move(early - late)
    let before = MomentCapture(session, cards)
    var difference = HeapDifference()
    difference.compare(before, after)
    difference.gone = before.titles(of: before.identities(notIn: after, limit: objectLimit), session)
    difference.goneCount = before.count(notIn: after)
    move(late - early)
    difference.added = after.titles(of: after.identities(notIn: before, limit: objectLimit), session)
    difference.addedCount = after.count(notIn: before)
    move(-late)
    return first <= second ? difference : difference.reversed()
  }

  /// What going a number of steps changes, for heaps that are small enough.
  static func acrossTravel(_ session: Session, by steps: Int) -> HeapDifference? {
    guard session.machine.heapBytesInUse < quickBytes, let history = session.machine.history,
      steps < 0 ? -steps <= history.undoableCount : steps <= history.redoableCount
    else { return nil }
    return between(0, steps, in: session)
  }

  private func reversed() -> HeapDifference {
    var result = self
    func turned(_ change: Change) -> Change { Change(name: change.name, old: change.new, new: change.old) }
    result.variables = variables.map(turned)
    (result.added, result.gone) = (gone, added)
    (result.addedCount, result.goneCount) = (goneCount, addedCount)
    result.changed = changed.map { item in
      var item = item
      item.changes = item.changes.map(turned)
      return item
    }
    result.bytes = -bytes
    return result
  }

  private mutating func compare(_ before: MomentCapture, _ after: MomentCapture) {
    variables = Self.changes(before.variables, after.variables)
    bytes = Int64(after.bytes) - Int64(before.bytes)
    skippedCount = after.skippedCount
    for (id, slots) in after.slots.sorted(by: { $0.key < $1.key }) {
      guard let old = before.slots[id] else { continue }
      let changes = Self.changes(old.slots, slots.slots)
      if !changes.isEmpty { changed.append(Item(id: id, title: slots.title, changes: changes)) }
    }
  }

  private static func changes(_ old: [(String, String)], _ new: [(String, String)]) -> [Change] {
    let oldByName = Dictionary(old, uniquingKeysWith: { $1 })
    let newNames = Set(new.map(\.0))
    var result = new.compactMap { name, text in
      oldByName[name] == text ? nil : Change(name: name, old: oldByName[name], new: text)
    }
    result += old.filter { !newNames.contains($0.0) }.map { Change(name: $0.0, old: $0.1, new: nil) }
    return result
  }
}

/// What a comparison needs to know of a moment.
private struct MomentCapture {
  struct Slots {
    let title: String
    let slots: [(String, String)]
  }
  /// The reachable objects of the program, by id.
  private let identities: [(id: UInt64, node: UInt32)]
  private let dump: HeapDump?
  private(set) var slots: [UInt64: Slots] = [:]
  let variables: [(String, String)]
  private(set) var bytes: UInt64 = 0
  private(set) var skippedCount = 0

  private static let objectLimit = 2000
  private static let slotLimit = 2000
  private static let textLimit = 60

  init(_ session: Session, _ cards: Set<UInt32>) {
    let machine = session.machine
    // The last error belongs to no moment.
    dump = session.results.withoutError(in: machine) {
      try? machine.makeHeapDump(promptNames: session.results.boundNames, includesGarbage: false)
    }
    let hidden = session.results.boundNames
    variables = machine.globalBindings.filter { !hidden.contains($0.name) }.map {
      ($0.name, $0.value.map { Self.text($0, machine) } ?? "(no value yet)")
    }
    var found: [(id: UInt64, node: UInt32)] = []
    if let dump {
      for node in 0..<dump.graph.nodeCount where dump.graph.isProgramObject(node) {
        guard let id = dump.graph.id(of: node) else { continue }
        found.append((id.number, UInt32(node)))
        bytes += dump.graph.shallowSizes[node]
        let object = dump.value(of: node)
        guard machine.lies(object, on: cards) else { continue }
        guard slots.count < Self.objectLimit else {
          skippedCount += 1
          continue
        }
        slots[id.number] = Slots(title: machine.identity(of: object) ?? "", slots: Self.slots(of: object, machine))
      }
    }
    identities = found.sorted { $0.id < $1.id }
  }

  private static func slots(of object: Value, _ machine: Machine) -> [(String, String)] {
    var result: [(String, String)] = []
    if machine.isArray(object) { result.append((".length", "\(machine.arrayLength(object))")) }
    for slot in machine.slots(of: object, limit: slotLimit) {
      switch slot.content {
      case .value(let value): result.append((slot.name, text(value, machine)))
      case .accessor: result.append((slot.name, "(accessor)"))
      }
    }
    return result
  }

  private static func text(_ value: Value, _ machine: Machine) -> String {
    guard value.isObject else { return machine.literal(value, limit: textLimit) }
    return machine.objectID(of: value).map { "\($0.isInternal ? "#i" : "#")\($0.number)" }
      ?? machine.identity(of: value) ?? "object"
  }

  /// The first objects of this moment that the other one does not have.
  func identities(notIn other: MomentCapture, limit: Int) -> [(id: UInt64, node: UInt32)] {
    var result: [(id: UInt64, node: UInt32)] = []
    forEachIdentity(notIn: other) { if result.count < limit { result.append($0) } }
    return result
  }

  func count(notIn other: MomentCapture) -> Int {
    var count = 0
    forEachIdentity(notIn: other) { _ in count += 1 }
    return count
  }

  private func forEachIdentity(notIn other: MomentCapture, _ body: ((id: UInt64, node: UInt32)) -> Void) {
    var theirs = 0
    for identity in identities {
      while theirs < other.identities.count, other.identities[theirs].id < identity.id { theirs += 1 }
      if theirs == other.identities.count || other.identities[theirs].id != identity.id { body(identity) }
    }
  }

  /// Titles of objects, made while the heap is at this moment.
  func titles(of objects: [(id: UInt64, node: UInt32)], _ session: Session) -> [HeapDifference.Item] {
    guard let dump else { return [] }
    return objects.map { identity in
      let object = dump.value(of: Int(identity.node))
      let title = session.machine.identity(of: object) ?? "#\(identity.id)"
      return HeapDifference.Item(id: identity.id, title: "\(title) \(session.machine.preview(object, limit: 44))")
    }
  }
}
