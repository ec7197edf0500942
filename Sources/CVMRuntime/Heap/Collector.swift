import CVMBytecode
import CVMDispatch
import Glibc

/// The mark phase: precise, from the roots, with an explicit stack.
struct Marker {
  let vm: VM
  let heap: Heap
  var weak = WeakCells()
  private let bits: UnsafeMutablePointer<UInt64>
  private var stack: UnsafeMutablePointer<Cell>
  private var capacity = 1 << 12
  private var top = 0
  /// Cells taken from the stack whose memory was asked for and may be on its way, the oldest first: a ring.
  private let awaited: UnsafeMutablePointer<Cell>
  private var firstAwaited = 0
  private var awaitedCount = 0
  private static let mostAwaited = 8
  private var lastShape: ShapeID = 0
  /// Long cells of which a part was looked at: a list of a million values must neither fill the stack nor hold up the
  /// program.
  private var parts: [Part] = []
  private static let partCount = 1024

  /// What is left of a long cell: elements, or entries of a table.
  private struct Part {
    let cell: Cell
    var next: Int
    /// Of elements; tables know how many entries they have.
    let end: Int
  }

  init(_ vm: VM, _ heap: Heap) {
    self.vm = vm
    self.heap = heap
    heap.clearNextMarks()
    bits = heap.nextMarkBits
    stack = .allocate(capacity: capacity)
    awaited = .allocate(capacity: Marker.mostAwaited)
  }

  func finish() {
    stack.deallocate()
    awaited.deallocate()
  }

  /// Whether nothing waits to be looked at.
  var isDry: Bool { top == 0 && awaitedCount == 0 && parts.isEmpty }

  @inline(__always) func isMarked(_ cell: Cell) -> Bool { isMarked(offset: cell - heap.base) }

  @inline(__always) func isMarked(offset: Int) -> Bool { bits[offset >> 10] >> UInt64((offset >> 4) & 63) & 1 != 0 }

  /// Sets the mark of the cell; false when it was set before.
  @inline(__always) func setMark(_ cell: Cell) -> Bool {
    let offset = cell - heap.base
    let bit: UInt64 = 1 << UInt64((offset >> 4) & 63)
    let word = bits[offset >> 10]
    if word & bit != 0 { return false }
    bits[offset >> 10] = word | bit
    return true
  }

  @inline(__always) mutating func mark(_ value: Value) {
    if value.isReference { mark(vm.cell(value)) }
  }

  @inline(__always) mutating func mark(handle: Handle) {
    if handle != 0 { mark(vm.cell(handle)) }
  }

  @inline(__always) mutating func mark(_ cell: Cell) {
    if setMark(cell) { push(cell) }
  }

  @inline(__always) private mutating func push(_ cell: Cell) {
    if top == capacity { grow() }
    stack[top] = cell
    top &+= 1
  }

  /// Marks a cell that the history may need again. What a values cell refers to is on the history's list, too: its unused
  /// part must not be followed.
  mutating func mark(retained cell: Cell) {
    if cell.kind == .values { _ = setMark(cell) } else { mark(cell) }
  }

  @inline(never) private mutating func grow() {
    let larger = UnsafeMutablePointer<Cell>.allocate(capacity: capacity * 2)
    larger.update(from: stack, count: capacity)
    stack.deallocate()
    stack = larger
    capacity *= 2
  }

  @inline(__always) private mutating func markValues(_ start: Cell, _ count: Int) {
    let values = start.assumingMemoryBound(to: Value.self)
    for i in 0..<count { mark(values[i]) }
  }

  /// Marks everything that the cells on the stack reach.
  mutating func drain() {
    var budget = Int.max
    drain(&budget)
  }

  /// Marks what the cells on the stack reach until there are no more or the budget, about one for each cell, is spent.
  mutating func drain(_ budget: inout Int) {
    while true {
      while true {
        askForCells()
        if awaitedCount == 0 { break }
        guard budget > 0 else { return }
        budget &-= 1
        let cell = awaited[firstAwaited]
        firstAwaited = (firstAwaited &+ 1) & (Marker.mostAwaited - 1)
        awaitedCount &-= 1
        scan(cell)
      }
      guard budget > 0, !parts.isEmpty else { return }
      scanPart(&budget)
    }
  }

  @inline(__always) private mutating func askForCells() {
    while top > 0, awaitedCount < Marker.mostAwaited {
      top &-= 1
      CVMPrefetch(stack[top])
      awaited[(firstAwaited &+ awaitedCount) & (Marker.mostAwaited - 1)] = stack[top]
      awaitedCount &+= 1
    }
  }

  /// Marks what the cell refers to.
  @inline(__always) private mutating func scan(_ cell: Cell) {
    let kind = cell.kind
    if kind <= CellKind.lastObject { markObjectHeader(cell) }
    switch kind {
    case .object: markValues(cell + Layout.slots, Int(vm.shapeInfo(cell).pointee.inlineCapacity))
    case .array:
      let elements = cell.u32(Layout.Array.elements)
      if elements != 0 { markElements(cell, vm.cell(elements)) }
    case .function: markFunction(cell)
    case .error, .arguments: break
    case .boundFunction: markValues(cell + Layout.BoundFunction.target, 3)
    case .map, .set, .wrapper, .date, .iteratorHelper, .arrayIterator, .mapIterator, .setIterator, .stringIterator,
      .regExp, .regExpStringIterator,
      .generator,
      .variable, .symbol,
      .enumeration:
      // Fields are values (numbers where they are not references) up to the end of the cell.
      markValues(cell + Layout.headerSize, Layout.fieldCount(ofKind: kind))
    case .rope: markRope(cell)
    case .weakMap, .weakSet:
      // The table stays, its entries are looked at when all else is marked.
      let table = vm.cell(cell.value(Layout.table))
      _ = setMark(table)
      weak.add(table, of: cell)
    case .weakRef: if weak.keepsTargets { mark(cell.value(Layout.target)) } else { weak.references.append(cell) }
    case .values:
      markList(cell, Int(cell.shape))
      mark(handle: cell.extensionHandle)
    case .accessor: markValues(cell + Layout.Accessor.getter, 2)
    case .dictionary: markDictionary(cell)
    case .hashTable: markHashTable(cell)
    default: break
    }
  }

  @inline(__always) private mutating func markObjectHeader(_ cell: Cell) {
    if cell.shape != lastShape {
      lastShape = cell.shape
      mark(handle: vm.shapeInfo(cell).pointee.prototype)
    }
    mark(handle: cell.extensionHandle)
  }

  private mutating func markElements(_ array: Cell, _ elements: Cell) {
    if elements.kind == .dictionary {
      mark(elements)
      return
    }
    // Only the used part: the rest is not initialised. Elements that were marked before were also looked at, and what
    // was stored since is on cards of theirs.
    if setMark(elements) { markList(elements, vm.denseLength(array)) }
  }

  @inline(__always) private mutating func markList(_ cell: Cell, _ count: Int) {
    if !isLeftForParts(cell, count) { markValues(cell + Layout.values, count) }
  }

  /// Whether a cell has so many values or entries that it is looked at in parts, of which it takes note.
  @inline(__always) private mutating func isLeftForParts(_ cell: Cell, _ count: Int) -> Bool {
    guard count > Marker.partCount else { return false }
    parts.append(Part(cell: cell, next: 0, end: count))
    return true
  }

  /// Goes on with the long cell that was begun last, for one part of it.
  private mutating func scanPart(_ budget: inout Int) {
    let last = parts.count - 1
    let part = parts[last]
    let end: Int
    switch part.cell.kind {
    case .values: end = part.end
    case .hashTable: end = HashTable(vm, part.cell).used
    default: end = PropertyDictionary(vm, part.cell).used
    }
    let next = min(part.next + Marker.partCount, end)
    if next < end { parts[last].next = next } else { parts.removeLast() }
    budget -= (next - part.next) / 8
    switch part.cell.kind {
    case .values: markValues(part.cell + Layout.values + part.next * 8, next - part.next)
    case .hashTable: markEntries(of: HashTable(vm, part.cell), part.next..<next)
    default: markEntries(of: PropertyDictionary(vm, part.cell), part.next..<next)
    }
  }

  private mutating func markFunction(_ cell: Cell) {
    mark(handle: cell.u32(Layout.Function.home))
    let code = cell.u32(Layout.Function.code)
    if code != Layout.Function.none {
      markValues(cell + Layout.Function.captures, Int(vm.pointee.codes[Int(code)].captureCount))
    }
    let instance = cell.u32(Layout.Function.instanceShape)
    if instance != 0 { mark(handle: vm.pointee.shapes[Int(instance)].prototype) }
  }

  private mutating func markRope(_ cell: Cell) {
    mark(cell.value(Layout.Rope.left))
    let right = cell.value(Layout.Rope.right)
    if right.bits != 0 { mark(right) }
  }

  private mutating func markDictionary(_ cell: Cell) {
    let dictionary = PropertyDictionary(vm, cell)
    if !isLeftForParts(cell, dictionary.used) { markEntries(of: dictionary, 0..<dictionary.used) }
    mark(handle: cell.extensionHandle)
  }

  private mutating func markEntries(of dictionary: PropertyDictionary, _ numbers: Range<Int>) {
    for number in numbers {
      let key = dictionary.key(number)
      guard key.bits != 0 else { continue }
      if !key.isIndex { mark(handle: key.atom) }
      mark(dictionary.value(number))
    }
  }

  private mutating func markHashTable(_ cell: Cell) {
    let table = HashTable(vm, cell)
    if !isLeftForParts(cell, table.used) { markEntries(of: table, 0..<table.used) }
    mark(handle: cell.extensionHandle)
  }

  private mutating func markEntries(of table: HashTable, _ numbers: Range<Int>) {
    for number in numbers {
      mark(table.key(number))
      mark(table.value(number))
    }
  }

  // MARK: Again

  /// Marks what a marked cell refers to on one card, which was written to since the cell was looked at.
  mutating func rescan(_ cell: Cell, onCard card: Int) {
    switch cell.kind {
    case .values: markWords(of: cell, onCard: card)
    case .hashTable:
      // The entries of a weak table hold nothing.
      if weak.isWeak(cell) { return }
      let table = HashTable(vm, cell)
      let written = numbers(onCard: card, of: cell, HashTable.entriesOffset, HashTable.entrySize)
      markEntries(of: table, written.clamped(to: 0..<table.used))
      mark(handle: cell.extensionHandle)
    case .dictionary:
      let dictionary = PropertyDictionary(vm, cell)
      let written = numbers(onCard: card, of: cell, PropertyDictionary.entriesOffset, PropertyDictionary.entrySize)
      markEntries(of: dictionary, written.clamped(to: 0..<dictionary.used))
      mark(handle: cell.extensionHandle)
    default: push(cell)
    }
  }

  /// The numbers of the entries that lie on a card, at least in part.
  private func numbers(onCard card: Int, of cell: Cell, _ first: Int, _ size: Int) -> Range<Int> {
    let start = card << Card.shift - (cell - heap.base) - first
    return max(start / size, 0)..<max((start + Card.size + size - 1) / size, 0)
  }

  /// Which values of a list are in use, only its owner knows: what the rest names is marked where there is such a cell,
  /// and lives one collection longer.
  private mutating func markWords(of cell: Cell, onCard card: Int) {
    let offset = cell - heap.base
    let start = max(card << Card.shift, offset + Layout.values)
    let end = min((card + 1) << Card.shift, offset + heap.size(of: cell))
    for position in stride(from: start, to: end, by: 8) {
      let value = heap.base.value(position)
      if value.isReference, heap.isAllocatedCell(value.handle) { mark(value) }
    }
    mark(handle: cell.extensionHandle)
  }
}

extension Machine {
  /// A full collection. Only between instructions: `frame` and `pc` are stored.
  public func collect() {
    abandonMarking()
    var marker = Marker(vm, heap)
    marker.weak.keepsTargets = !isBetweenJobs
    markRoots(&marker)
    marker.drain()
    endCollection(&marker)
  }

  /// What follows when the roots and all that they reach are marked, but for what weak tables hold.
  func endCollection(_ marker: inout Marker) {
    let retained = history?.retainedHandles() ?? []
    marker.markEphemerons()
    heap.noteReached(isComplete: retained.isEmpty)
    for handle in retained { marker.mark(retained: vm.cell(handle)) }
    marker.drain()
    marker.markEphemerons()
    isCollecting = true
    marker.clearWeakCells()
    isCollecting = false
    marker.finish()
    freeUnmarked()
    if verifies { verifyHeap() }
  }

  /// Ends a collection: cells without one of the next marks are gone.
  func freeUnmarked() {
    heap.takeNextMarks()
    atoms.removeUnmarked { heap.isMarked($0) }
    shapes.removeRoots { !heap.isMarked(vm.cell($0)) }
    heap.startSweep()
  }

  /// No program runs or is suspended.
  private var isBetweenJobs: Bool {
    switch state {
    case .completed, .threw: true
    case .running, .paused, .stopped: false
    }
  }

  func markRoots(_ marker: inout Marker) {
    marker.mark(handle: globals.cellHandle)
    forEachRoot {
      marker.mark(handle: $0)
    } values: {
      marker.mark($0)
    }
    let top = stackTop
    forEachRegister(below: top) { marker.mark($0) }
    // Stale values above must not outlive the cells they name.
    clearStack(above: top)
  }

  /// Calls a body with everything that the machine holds but the registers and the cell of the global variables.
  func forEachRoot<Failure>(
    _ handles: (Handle) throws(Failure) -> Void, values: (Value) throws(Failure) -> Void
  ) throws(Failure) {
    try forEachNameOrConstant(handles, values: values)
    for value in intrinsics.all { try values(value) }
    for handle in builtInNames.keys { try handles(handle) }
    try baseline.forEachValue(values)
    for root in hostRoots { try values(root.value) }
    for root in registeredRoots { try values(root) }
    try values(vm.pointee.result)
    try values(vm.pointee.exception)
    try values(pausePrompt)
  }

  /// Calls a body with what code and shapes mention: names, constants and property keys.
  func forEachNameOrConstant<Failure>(
    _ handles: (Handle) throws(Failure) -> Void, values: (Value) throws(Failure) -> Void
  ) throws(Failure) {
    // The code that declared a name may be gone, as after a restore.
    for handle in globals.nameHandles { try handles(handle) }
    for value in names.all { try values(value) }
    for value in typeNames.all { try values(value) }
    for value in singleUnitStrings { try values(value) }
    try values(emptyString)
    for i in 0..<Int(code.constantCount) { try values(vm.pointee.constants[i]) }
    for list in code.nameLists { for name in list { try handles(name) } }
    try shapes.forEachKey(handles)
  }

  /// Calls a body with the registers of all frames.
  func forEachRegister<Failure>(
    below top: Registers, _ body: (Value) throws(Failure) -> Void
  ) throws(Failure) {
    var register = vm.pointee.stack
    while register < top {
      try body(register.pointee)
      register += 1
    }
  }

  /// Where the registers of the innermost frame end.
  var stackTop: Registers {
    let frame = vm.pointee.frame
    return frame > vm.pointee.stack ? top(of: frame, at: vm.pointee.pc) : frame
  }

  /// Where the registers of a frame end, and arguments that it has not collected yet.
  func top(of frame: Registers, at pc: ProgramCounter) -> Registers {
    frame + max(Int(vm.code(of: frame).pointee.registerCount), uncollectedArguments(of: frame, at: pc))
  }

  /// How many arguments the innermost frame has, when a rest parameter or `arguments` is still to be made of them: they
  /// may be more than it has registers.
  private func uncollectedArguments(of frame: Registers, at pc: ProgramCounter) -> Int {
    guard let code = vm.loadedCode(vm.cell(frame[FrameHeader.callee])), code.block.needsArgumentCount else { return 0 }
    let count = vm.argumentCount(of: frame)
    guard count > code.block.registerCount, code.collectsArguments(from: self.code.offset(of: pc, in: code))
    else {
      return 0
    }
    return count
  }

  /// Zeroes what deeper frames left above, up to a stretch that is longer than any call window and untouched. Much of it
  /// goes back to the system.
  private func clearStack(above top: Registers) {
    let pageSlots = 512
    let longestWindow = 65536 / pageSlots + 1
    var start = top
    var end = top
    while start < end + (longestWindow + 1) * pageSlots {
      var used: UInt64 = 0
      for i in 0..<pageSlots { used |= start[i].bits }
      start += pageSlots
      if used != 0 { end = start }
    }
    let firstPage = UnsafeMutableRawPointer(top).alignedUp(toMultipleOf: 4096)
    let bytes = (UnsafeMutableRawPointer(end) - firstPage) & ~4095
    guard bytes > 1 << 20, madvise(firstPage, bytes, MADV_DONTNEED) == 0 else {
      top.update(repeating: CVMValue(bits: 0), count: end - top)
      return
    }
    top.update(repeating: CVMValue(bits: 0), count: (firstPage - UnsafeMutableRawPointer(top)) / 8)
    let last = (firstPage + bytes).assumingMemoryBound(to: Value.self)
    last.update(repeating: CVMValue(bits: 0), count: end - last)
  }
}
