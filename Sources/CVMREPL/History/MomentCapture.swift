import CVMHeapGraph
import CVMRuntime

/// A moment that can be compared with others.
enum Moment {
  /// So many statements from now: negative for the past.
  case steps(Int)
  case checkpoint(KeptCheckpoint)
  case branch(ParkedBranch)
}

/// A heap at a moment, which can be looked at again and again.
struct MomentView {
  private let session: Session
  private let steps: Int
  /// The machine of a checkpoint or a branch, or nil for the session's.
  private let restored: (machine: Machine, hidden: Set<String>, lineage: Int?)?

  init(_ moment: Moment, _ session: Session) throws(CommandError) {
    self.session = session
    switch moment {
    case .steps(let steps): (self.steps, restored) = (steps, nil)
    case .branch(let branch):
      steps = 0
      restored = (branch.machine, branch.results.boundNames, branch.heapLineage)
    case .checkpoint(let kept):
      steps = 0
      let (machine, record) = try session.restored(kept)
      restored = (machine, Set(record.boundNames), kept.lineage)
    }
  }

  /// Calls a function while the heap is at this moment.
  func look<Result>(_ body: (MomentHeap) -> Result) -> Result {
    if let restored { return body(MomentHeap(machine: restored.machine, hidden: restored.hidden)) }
    session.move(by: steps)
    defer { session.move(by: -steps) }
    // The last error belongs to no moment.
    return session.results.withoutError(in: session.machine) {
      body(MomentHeap(machine: session.machine, hidden: session.results.boundNames))
    }
  }

  /// The parts of the heap in which the moments can differ; nil when that can't be told, since the objects stand elsewhere.
  static func cardsWritten(from first: MomentView, to second: MomentView) -> Set<UInt32>? {
    if first.restored == nil, second.restored == nil, let history = first.session.machine.history {
      let (early, late) = (min(first.steps, second.steps), max(first.steps, second.steps))
      first.session.move(by: late)
      defer { first.session.move(by: -late) }
      return history.cardsWritten(inNewest: late - early)
    }
    guard let origin = first.lineage, origin == second.lineage else { return nil }
    return first.look { one in second.look { other in one.machine.cardsDiffering(from: other.machine) } }
  }

  private var lineage: Int? { restored == nil ? session.heapLineage : restored?.lineage }
}

/// A heap while it can be looked at.
struct MomentHeap {
  let machine: Machine
  /// Variables that belong to the prompt.
  let hidden: Set<String>

  private static let slotLimit = 300_000
  private static let textLimit = 60

  struct Slots {
    let id: UInt64
    let title: String
    let slots: [(String, String)]

    /// The slots behind these were not looked at.
    var isCut: Bool { slots.count >= MomentHeap.slotLimit }
  }

  var variables: [(String, String)] {
    machine.globalBindings.filter { !hidden.contains($0.name) }.map {
      ($0.name, $0.value.map { text($0) } ?? "(no value yet)")
    }
  }

  func slots(of object: Value) -> [(String, String)] {
    var result: [(String, String)] = []
    if machine.isArray(object) { result.append((".length", "\(machine.arrayLength(object))")) }
    for slot in machine.slots(of: object, limit: Self.slotLimit) {
      switch slot.content {
      case .value(let value): result.append((slot.name, text(value)))
      case .accessor: result.append((slot.name, "(accessor)"))
      }
    }
    return result
  }

  private func text(_ value: Value) -> String {
    guard value.isObject else { return machine.literal(value, limit: Self.textLimit) }
    return machine.objectID(of: value).map { "\($0.isInternal ? "#i" : "#")\($0.number)" }
      ?? machine.identity(of: value) ?? "object"
  }

  /// The slots of objects, by id.
  func slots(of ids: [UInt64], _ capture: MomentCapture) -> [Slots] {
    ids.map { id in
      guard let object = capture.value(withID: id) else { return Slots(id: id, title: "#\(id)", slots: []) }
      return Slots(id: id, title: machine.identity(of: object) ?? "", slots: slots(of: object))
    }
  }

  /// Titles of objects.
  func titles(of ids: [UInt64], _ capture: MomentCapture) -> [HeapDifference.Item] {
    ids.compactMap { id in
      guard let object = capture.value(withID: id) else { return nil }
      let title = machine.identity(of: object) ?? "#\(id)"
      return HeapDifference.Item(id: id, title: "\(title) \(machine.preview(object, limit: 44))")
    }
  }
}

/// What a comparison needs to know of a moment: the reachable objects of the program, and which may have changed.
struct MomentCapture {
  private struct Identity {
    let id: UInt64
    let node: UInt32
    /// Of an object that may have changed: the same for the same slots.
    let digest: Int?
  }
  /// By id.
  private var identities: [Identity] = []
  private let dump: HeapDump?
  let variables: [(String, String)]
  private(set) var bytes: UInt64 = 0

  /// Only objects on the cards may have changed; without cards, all of them. What another moment does not have is new,
  /// whatever its slots.
  init(_ heap: MomentHeap, _ cards: Set<UInt32>?, comparedWith other: MomentCapture? = nil) {
    let machine = heap.machine
    variables = heap.variables
    dump = try? machine.makeHeapDump(promptNames: heap.hidden, includesGarbage: false)
    guard let dump else { return }
    for node in 0..<dump.graph.nodeCount where dump.graph.isProgramObject(node) {
      guard let id = dump.graph.id(of: node) else { continue }
      bytes += dump.graph.shallowSizes[node]
      let object = dump.value(of: node)
      let mayDiffer = cards.map { machine.lies(object, on: $0) } ?? true
      let isCompared = mayDiffer && (other.map { $0.index(of: id.number) != nil } ?? true)
      let digest = isCompared ? Self.digest(heap.slots(of: object)) : nil
      identities.append(Identity(id: id.number, node: UInt32(node), digest: digest))
    }
    identities.sort { $0.id < $1.id }
  }

  private static func digest(_ slots: [(String, String)]) -> Int {
    var hasher = Hasher()
    for (name, text) in slots {
      hasher.combine(name)
      hasher.combine(text)
    }
    return hasher.finalize()
  }

  func value(withID id: UInt64) -> Value? {
    index(of: id).flatMap { dump?.value(of: Int(identities[$0].node)) }
  }

  private func index(of id: UInt64) -> Int? {
    var (low, high) = (0, identities.count)
    while low < high {
      let middle = (low + high) / 2
      if identities[middle].id < id { low = middle + 1 } else { high = middle }
    }
    return low < identities.count && identities[low].id == id ? low : nil
  }

  /// The objects of both moments whose slots differ.
  func changed(in other: MomentCapture) -> [UInt64] {
    var result: [UInt64] = []
    var theirs = 0
    for identity in identities where identity.digest != nil {
      while theirs < other.identities.count, other.identities[theirs].id < identity.id { theirs += 1 }
      guard theirs < other.identities.count else { break }
      let counterpart = other.identities[theirs]
      if counterpart.id == identity.id, counterpart.digest != identity.digest { result.append(identity.id) }
    }
    return result
  }

  /// The first objects of this moment that the other one does not have.
  func identities(notIn other: MomentCapture, limit: Int) -> [UInt64] {
    var result: [UInt64] = []
    forEachIdentity(notIn: other) { if result.count < limit { result.append($0) } }
    return result
  }

  func count(notIn other: MomentCapture) -> Int {
    var count = 0
    forEachIdentity(notIn: other) { _ in count += 1 }
    return count
  }

  private func forEachIdentity(notIn other: MomentCapture, _ body: (UInt64) -> Void) {
    var theirs = 0
    for identity in identities {
      while theirs < other.identities.count, other.identities[theirs].id < identity.id { theirs += 1 }
      if theirs == other.identities.count || other.identities[theirs].id != identity.id { body(identity.id) }
    }
  }
}
