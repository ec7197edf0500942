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

  /// Objects that are named, of each kind.
  private static let objectLimit = 1000
  /// Objects that are compared slot by slot.
  private static let slotObjectLimit = 2000
  /// The size of heaps that are small enough to be compared after each step.
  private static let quickBytes = 4 << 20

  /// Compares two moments. The session is then where it was.
  static func between(_ first: Moment, _ second: Moment, in session: Session) throws(CommandError) -> HeapDifference {
    try session.lookingBack { () throws(CommandError) in try compared(first, second, in: session) }
  }

  private static func compared(
    _ first: Moment, _ second: Moment, in session: Session
  ) throws(CommandError) -> HeapDifference {
    let before = try MomentView(first, session)
    let after = try MomentView(second, session)
    let cards = MomentView.cardsWritten(from: before, to: after)
    let old = before.look { MomentCapture($0, cards) }
    let new = after.look { MomentCapture($0, cards, comparedWith: old) }
    let written = old.changed(in: new)
    let gone = old.identities(notIn: new, limit: objectLimit)
    let added = new.identities(notIn: old, limit: objectLimit)
    let compared = Array(written.prefix(slotObjectLimit))
    let oldSlots = before.look { ($0.slots(of: compared, old), $0.titles(of: gone, old)) }
    let newSlots = after.look { ($0.slots(of: compared, new), $0.titles(of: added, new)) }
    var difference = HeapDifference()
    difference.variables = changes(old.variables, new.variables)
    difference.bytes = Int64(new.bytes) - Int64(old.bytes)
    difference.skippedCount = written.count - compared.count
    for (before, after) in zip(oldSlots.0, newSlots.0) {
      // What moved across the limit is neither new nor gone.
      let isCut = before.isCut || after.isCut
      let changes = changes(before.slots, after.slots).filter { !isCut || ($0.old != nil && $0.new != nil) }
      if !changes.isEmpty {
        difference.changed.append(Item(id: after.id, title: after.title, changes: changes))
      }
    }
    (difference.gone, difference.goneCount) = (oldSlots.1, old.count(notIn: new))
    (difference.added, difference.addedCount) = (newSlots.1, new.count(notIn: old))
    return difference
  }

  /// What going a number of steps changes, for heaps that are small enough.
  static func acrossTravel(_ session: Session, by steps: Int) -> HeapDifference? {
    guard session.machine.heapBytesInUse < quickBytes, let history = session.machine.history,
      steps < 0 ? -steps <= history.undoableCount : steps <= history.redoableCount
    else { return nil }
    return try? between(.steps(0), .steps(steps), in: session)
  }

  /// The same difference, looked at from the other moment.
  var reversed: HeapDifference {
    func reversed(_ change: Change) -> Change { Change(name: change.name, old: change.new, new: change.old) }
    var other = self
    other.variables = variables.map(reversed)
    for index in other.changed.indices { other.changed[index].changes = changed[index].changes.map(reversed) }
    (other.added, other.gone) = (gone, added)
    (other.addedCount, other.goneCount) = (goneCount, addedCount)
    other.bytes = -bytes
    return other
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
