import CVMDispatch

/// A closed epoch: what leads from its end back to its start, or, once undone, from its start to its end.
final class Epoch {
  /// Swapped with the heap by each undo and redo. Empty while they are on disk.
  fileprivate(set) var changes: WordChanges
  private var spilled: (file: SpillFile, place: SpillFile.Place)?
  /// The moment that the exchange leads to.
  fileprivate(set) var moment: Moment
  fileprivate var globals: GlobalTable.Changes
  /// Handles that the changes and the moment may name: they must outlive collections.
  fileprivate var retained: [Handle] = []
  /// Arrays whose length the epoch changed.
  fileprivate var resized: [Handle] = []
  /// What the host keeps with the epoch.
  public let label: HistoryLabel

  fileprivate var byteCount: Int { (spilled?.place.changesByteCount ?? changes.byteCount) + retained.count * 4 }

  fileprivate init(changes: WordChanges, moment: Moment, globals: GlobalTable.Changes, label: HistoryLabel) {
    self.changes = changes
    self.moment = moment
    self.globals = globals
    self.label = label
  }

  deinit { if let spilled { spilled.file.forget(spilled.place) } }

  /// The same epoch of a machine that is a copy of this one's; nil when its changes are lost.
  fileprivate func copied() -> Epoch? {
    guard let changes = spilled.map({ $0.file.read($0.place) }) ?? changes else { return nil }
    let copy = Epoch(changes: changes, moment: moment, globals: globals, label: label)
    (copy.retained, copy.resized) = (retained, resized)
    return copy
  }

  /// Puts the changes on disk, if that can be done.
  fileprivate func spill(to file: SpillFile) {
    guard !changes.isEmpty, let place = file.append(changes) else { return }
    spilled = (file, place)
    changes = WordChanges()
  }

  /// Gets the changes back from the disk; false when they are lost.
  fileprivate func load() -> Bool {
    guard let (file, place) = spilled else { return true }
    guard let read = file.read(place) else { return false }
    file.forget(place)
    (changes, spilled) = (read, nil)
    return true
  }
}

/// What a host keeps with an epoch, such as the statement that made it.
public protocol HistoryLabel {
  /// Values that must still be there when the epoch is undone or done again.
  var values: [Value] { get }
}

/// Epochs that can be undone and done again. Exists only where there is a prompt.
///
/// Nothing that was reachable at the start of a kept epoch is freed: a cell that was reachable then is reached now, or over
/// words that were replaced since, and those are roots of the collector.
public final class UndoHistory {
  private unowned let machine: Machine
  private(set) var open: OpenEpoch
  private var done: [Epoch] = []
  private var undone: [Epoch] = []
  /// The statement that failed last: what it had done can be looked at until the next one.
  private var failed: Epoch?
  /// Whether the heap is as the failed statement left it.
  public private(set) var isShowingFailure = false
  /// Epochs kept; older ones are merged into their successors.
  public var limit = 20_000
  /// Bytes of replaced words kept.
  public var byteLimit = 1 << 30
  /// Bytes of replaced words kept in memory; those of older epochs go to the disk.
  public var memoryLimit = 64 << 20
  /// Where: in files without a name.
  public var folder = "/var/tmp"
  private var spillFile: SpillFile?
  /// How many of the oldest epochs were given up for lack of room.
  public private(set) var forgottenCount = 0

  init(_ machine: Machine) {
    self.machine = machine
    open = OpenEpoch(start: machine.moment())
  }

  /// Labels of the epochs that can be undone, oldest first.
  public var undoable: [any HistoryLabel] { done.map(\.label) }
  public var undoableCount: Int { done.count }
  public var newestUndoable: (any HistoryLabel)? { done.last?.label }
  /// How many of the newest epochs that can be undone have such a label.
  public func countNewest(where holds: (any HistoryLabel) -> Bool) -> Int {
    done.reversed().prefix { holds($0.label) }.count
  }
  /// Labels of the epochs that can be done again, next first.
  public var redoable: [any HistoryLabel] { undone.reversed().map(\.label) }
  public var redoableCount: Int { undone.count }
  /// Bytes that the epochs take which can be undone.
  public private(set) var byteCount = 0
  /// Bytes that the newest of them takes.
  public var newestByteCount: Int { done.last?.byteCount ?? 0 }
  /// Whether something was written since the last epoch was closed, apart from the values of some global variables.
  public func hasOpenChanges(ignoring names: Set<String> = []) -> Bool {
    let globals = machine.globals!
    guard globals.hasNoChanges(since: open.start.globals, ignoring: names) else { return true }
    let ignored = globals.slotOffsets(of: names)
    var found = false
    open.changes(machine.vm).forEach { offset, _ in if !ignored.contains(offset) { found = true } }
    return found
  }

  /// Starts a new epoch without closing the current one: its changes can't be taken back on their own.
  func begin() {
    machine.globals.clearJournal()
    open = OpenEpoch(start: machine.moment())
    machine.heap.clearCards(CardBit.undo)
    machine.heap.forEachFreeRun { open.noteFresh($0) }
  }

  /// Takes over what can be undone on a machine that this one is a copy of, each cell at the same place.
  public func copyDone(from other: UndoHistory) {
    forgottenCount = other.forgottenCount
    for epoch in other.done {
      guard let copy = epoch.copied() else {
        // What is older can't be undone without it.
        forgottenCount += done.count + 1
        done = []
        byteCount = 0
        continue
      }
      append(copy)
    }
    spillOldest()
  }

  // MARK: Statements

  /// Makes the newest epochs one.
  public func mergeNewest(_ count: Int, _ label: some HistoryLabel) {
    let parts = Array(done.suffix(count))
    guard parts.count > 1, parts.allSatisfy({ $0.load() }) else { return }
    for _ in parts { _ = removeNewest() }
    append(merged(parts, label))
  }

  private func merged(_ epochs: [Epoch], _ label: any HistoryLabel) -> Epoch {
    let epoch = Epoch(
      changes: WordChanges(merging: epochs.map(\.changes)), moment: epochs[0].moment,
      globals: epochs.dropFirst().reduce(epochs[0].globals) { $0.followed(by: $1.globals) }, label: label)
    retain(epoch)
    return epoch
  }

  /// Ends the epoch: it becomes the newest that can be undone, and what had been undone is forgotten.
  public func commit(_ label: some HistoryLabel) {
    undone = []
    failed = nil
    append(close(label))
    begin()
    // Not one at a time: it costs as much as all that was merged before.
    if done.count > limit + limit / 16 { mergeOldest(done.count - limit + 1) }
    while done.count > 1, byteCount > byteLimit { forgetOldest() }
    spillOldest()
  }

  /// Bytes of replaced words in memory.
  var bytesInMemory: Int { done.reduce(0) { $0 + $1.changes.byteCount } }

  private func spillOldest() {
    guard byteCount > memoryLimit else { return }
    var rest = bytesInMemory
    // The newest stays: it is what is undone most.
    for epoch in done.dropLast() where rest > memoryLimit {
      guard let file = spillFile ?? SpillFile(folder: folder) else { return }
      spillFile = file
      rest -= epoch.changes.byteCount
      epoch.spill(to: file)
      rest += epoch.changes.byteCount
    }
  }

  private func append(_ epoch: Epoch) {
    done.append(epoch)
    byteCount += epoch.byteCount
  }

  private func removeNewest() -> Epoch {
    byteCount -= done[done.count - 1].byteCount
    return done.removeLast()
  }

  private func close(_ label: any HistoryLabel) -> Epoch {
    let epoch = Epoch(
      changes: open.changes(machine.vm), moment: open.start,
      globals: machine.globals.changes(since: open.start.globals), label: label)
    retain(epoch)
    return epoch
  }

  /// Takes the open epoch back. The failed state can be looked at until the next epoch ends.
  /// The newest epochs are taken back with it.
  public func rollBack(_ label: some HistoryLabel, withNewest count: Int = 0) {
    var epoch = close(label)
    let parts = Array(done.suffix(count))
    if !parts.isEmpty, parts.allSatisfy({ $0.load() }) {
      for _ in parts { _ = removeNewest() }
      epoch = merged(parts + [epoch], label)
    }
    exchange(epoch)
    failed = epoch
    begin()
  }

  /// Whether there is a failed state to look at.
  public var hasFailure: Bool { failed != nil }

  /// Shows the heap as the failed statement left it, or as it is.
  public func showFailure(_ shows: Bool) {
    guard let failed, shows != isShowingFailure else { return }
    discardOpenChanges()
    exchange(failed)
    isShowingFailure = shows
    begin()
  }

  /// Takes back what was written since the last epoch ended.
  public func discardOpenChanges() {
    let epoch = close(NoLabel())
    if !epoch.changes.isEmpty || !epoch.globals.isEmpty || epoch.moment.run != nil { exchange(epoch) }
    begin()
  }

  private struct NoLabel: HistoryLabel {
    var values: [Value] { [] }
  }

  /// Goes back over the newest epoch; its label, or nil when there is none.
  @discardableResult
  public func undo() -> (any HistoryLabel)? {
    guard let newest = done.last else { return nil }
    guard newest.load() else {
      while !done.isEmpty { forgetOldest() }
      return nil
    }
    showFailure(false)
    discardOpenChanges()
    let epoch = removeNewest()
    exchange(epoch)
    undone.append(epoch)
    begin()
    return epoch.label
  }

  /// Goes forward over the epoch undone last; its label, or nil when there is none.
  @discardableResult
  public func redo() -> (any HistoryLabel)? {
    guard !undone.isEmpty else { return nil }
    showFailure(false)
    discardOpenChanges()
    let epoch = undone.removeLast()
    exchange(epoch)
    append(epoch)
    begin()
    return epoch.label
  }

  /// Forgets what was undone.
  public func forgetUndone() { undone = [] }

  /// Forgets everything that could be undone, so that a collection can free it. The open epoch stays.
  func forgetAll() {
    forgottenCount += done.count
    done = []
    byteCount = 0
    undone = []
    if !isShowingFailure { failed = nil }
  }

  /// The cards that the newest epochs wrote to, and those written since.
  public func cardsWritten(inNewest count: Int) -> Set<UInt32> {
    var cards = Set(open.changes(machine.vm).cards)
    for epoch in done.suffix(count) where epoch.load() { cards.formUnion(epoch.changes.cards) }
    return cards
  }

  private func exchange(_ epoch: Epoch) {
    let now = machine.moment()
    machine.abandonMarking()
    epoch.changes.exchange(machine.vm)
    let bindingsChanged = machine.globals.exchange(&epoch.globals)
    machine.restore(epoch.moment, bindingsChanged: bindingsChanged)
    epoch.moment = now
    retain(epoch)
  }

  private func mergeOldest(_ count: Int) {
    let oldest = Array(done[..<count])
    // What cannot be read back can't be undone any more, nor can what is older.
    if let lost = oldest.lastIndex(where: { !$0.load() }) {
      for _ in 0...lost { forgetOldest() }
      return
    }
    let merged = merged(oldest, oldest[count - 1].label)
    byteCount += merged.byteCount - oldest.reduce(0) { $0 + $1.byteCount }
    done.replaceSubrange(..<count, with: [merged])
    forgottenCount += count - 1
  }

  private func forgetOldest() {
    byteCount -= done[0].byteCount
    done.removeFirst()
    forgottenCount += 1
  }

  // MARK: What must not be freed

  /// Notes the handles that the epoch's words may name. Words are not typed: whatever could be a handle counts, and so do
  /// the prototypes of whatever could be a shape.
  private func retain(_ epoch: Epoch) {
    var handles = HandleSet(machine)
    var resized: [Handle] = []
    epoch.changes.forEach { offset, word in
      handles.insert(word: word)
      if let array = array(resizedAt: offset) { resized.append(array) }
    }
    epoch.resized = resized
    for word in epoch.moment.run?.stack ?? [] { handles.insert(word: word) }
    handles.insert(epoch.moment.globals.cell)
    for handle in epoch.globals.handles { handles.insert(handle) }
    for value in epoch.label.values where value.isReference { handles.insert(value.handle) }
    if let run = epoch.moment.run, run.prompt.isReference { handles.insert(run.prompt.handle) }
    epoch.retained = handles.sorted
  }

  /// The handles that may be needed again, each the start of a cell. To be called before a collection clears its marks.
  func retainedHandles() -> [Handle] {
    var handles = HandleSet(machine)
    open.forEachPreImageWord { handles.insert(word: $0) }
    for word in open.start.run?.stack ?? [] { handles.insert(word: word) }
    handles.insert(open.start.globals.cell)
    var resized: Set<Handle> = []
    open.changes(machine.vm).forEach { offset, _ in
      if let array = array(resizedAt: offset) { resized.insert(array) }
    }
    var all = handles.sorted
    for epoch in done + undone + (failed.map { [$0] } ?? []) {
      all += epoch.retained
      resized.formUnion(epoch.resized)
    }
    for array in resized { all += unusedElements(of: array) }
    return all + contents(ofValuesIn: all)
  }

  /// The array whose length stands at an offset of the heap.
  private func array(resizedAt offset: Int) -> Handle? {
    guard let start = machine.heap.smallCellStart(containing: offset), offset - start == Layout.Array.length else {
      return nil
    }
    let handle = Handle(start / 8)
    return machine.heap.isAllocatedCell(handle) && machine.vm.cell(handle).kind == .array ? handle : nil
  }

  /// What the elements behind an array's length refer to: it had them at another moment, without any word of theirs being
  /// replaced since.
  private func unusedElements(of array: Handle) -> [Handle] {
    let vm = machine.vm
    guard machine.heap.isAllocatedCell(array), vm.cell(array).kind == .array else { return [] }
    let elements = vm.cell(array).u32(Layout.Array.elements)
    guard elements != 0, vm.cell(elements).kind == .values else { return [] }
    var words = HandleSet(machine)
    let room = (machine.heap.size(of: vm.cell(elements)) - Layout.values) / 8
    for i in min(vm.denseLength(vm.cell(array)), room)..<room {
      let word = vm.cell(elements).value(Layout.values + i * 8)
      if word.isReference { words.insert(word.handle) }
    }
    return words.sorted
  }

  /// What the values cells among the handles refer to. Only the array that such a cell belongs to knows how much of it is
  /// in use, and the array may be gone: each word that could be a reference counts, behind the used part as well.
  private func contents(ofValuesIn handles: [Handle]) -> [Handle] {
    let vm = machine.vm
    var found: [Handle] = []
    var seen: Set<Handle> = []
    var pending = handles
    while let handle = pending.popLast() {
      let cell = vm.cell(handle)
      guard cell.kind == .values, seen.insert(handle).inserted else { continue }
      var words = HandleSet(machine)
      words.insert(cell.extensionHandle)
      for i in 0..<Int(cell.shape) {
        let word = cell.value(Layout.values + i * 8)
        if word.isReference { words.insert(word.handle) }
      }
      for target in words.sorted {
        found.append(target)
        if vm.cell(target).kind == .values { pending.append(target) }
      }
    }
    return found
  }
}

/// Handles that are starts of allocated cells.
private struct HandleSet {
  private let heap: Heap
  private let shapes: ShapeTable
  private var handles: [Handle] = []

  init(_ machine: Machine) {
    heap = machine.heap
    shapes = machine.shapes
  }

  mutating func insert(_ handle: Handle) {
    if heap.isAllocatedCell(handle) { handles.append(handle) }
  }

  mutating func insert(word: UInt64) {
    let value = Value(bits: word)
    if value.isInt { return }
    if value.isReference { return insert(value.handle) }
    insert(half: UInt32(truncatingIfNeeded: word))
    insert(half: UInt32(truncatingIfNeeded: word >> 32))
  }

  private mutating func insert(half: UInt32) {
    guard half != 0 else { return }
    insert(half)
    if half < shapes.count { insert(shapes[half].pointee.prototype) }
  }

  /// Each handle once.
  var sorted: [Handle] {
    // So many that a bit for each cell that there could be costs less than sorting.
    if handles.count > Int(heap.topHandle) >> 8 { return sortedByMarks }
    var result: [Handle] = []
    for handle in handles.sorted() where handle != result.last { result.append(handle) }
    return result
  }

  private var sortedByMarks: [Handle] {
    var marks = [UInt64](repeating: 0, count: Int(heap.topHandle) >> 7 + 1)
    for handle in handles { marks[Int(handle >> 7)] |= 1 << UInt64(handle >> 1 & 63) }
    var result: [Handle] = []
    for (index, word) in marks.enumerated() {
      var rest = word
      while rest != 0 {
        result.append(Handle(index << 7 | rest.trailingZeroBitCount << 1))
        rest &= rest - 1
      }
    }
    return result
  }
}

extension Machine {
  /// Keeps a history from now on: statements can be taken back. Only where there is a prompt, since it costs a copy of each
  /// card that a statement writes to.
  public func startHistory() {
    history = nil
    let new = UndoHistory(self)
    history = new
    heap.noteFresh = { [unowned new] in new.open.noteFresh($0) }
    new.begin()
  }
}
