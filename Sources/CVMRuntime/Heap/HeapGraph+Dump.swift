import CVMDispatch
import CVMHeapGraph
import Glibc

/// A heap graph with the cells that its nodes were made from, valid until the machine runs again.
public final class HeapDump {
  public let graph: HeapGraph
  /// The bytes that each node takes as text in the inline encoding, without what it refers to.
  public let inlineCosts: [UInt32]?
  /// The machine whose heap it is.
  public let machine: Machine
  private let cells: GrowingColumn<UInt32>

  init(graph: HeapGraph, inlineCosts: [UInt32]?, machine: Machine, cells: consuming GrowingColumn<UInt32>) {
    self.graph = graph
    self.inlineCosts = inlineCosts
    self.machine = machine
    self.cells = cells
  }

  /// The cell that a node was made from.
  func cell(of node: Int) -> Cell { machine.vm.cell(cells[node]) }

  /// The value that a node stands for.
  public func value(of node: Int) -> Value {
    let handle = cells[node]
    let kind = machine.vm.cell(handle).kind
    let tag =
      kind <= CellKind.lastObject
      ? Tag.object : kind == .symbol ? Tag.symbol : kind == .bigInt ? Tag.bigInt : Tag.string
    return Value(tag: tag, handle: handle)
  }

  /// The content of a string; nil for one that still consists of parts, and for all else.
  public func text(of node: Int) -> String? {
    let cell = machine.vm.cell(cells[node])
    guard cell.kind == .latin1 || cell.kind == .utf16 else { return nil }
    return machine.vm.text(value(of: node))
  }

  /// The node of an object or string.
  public func node(of value: Value) -> Int? {
    guard value.isReference, value.tag != Tag.cell else { return nil }
    if let id = machine.objectID(of: value) {
      return graph.node(withID: NodeID(id.number, isInternal: id.isInternal))
    }
    return (0..<cells.count).first { cells[$0] == value.handle }
  }
}

extension Machine {
  /// The whole heap as an immutable graph, in one pass from the roots; cells that nothing reaches are added at the end.
  ///
  /// `promptNames` are global bindings that the host made for its own use. A sink is told about each reachable object and
  /// says what it takes as text; a state of this moment says what it takes in a checkpoint. An interrupt ends it.
  public func makeHeapDump(
    promptNames: Set<String> = [], includesGarbage: Bool = true, sink: (any HeapRecordSink)? = nil,
    state: PortableState? = nil
  ) throws(HeapGraphError) -> HeapDump {
    let dumper = HeapDumper(self, sink, state)
    // What the program's own roots reach is the program's, even where built-ins mention it, too.
    dumper.addProgramRoots(promptNames: promptNames)
    try dumper.drain()
    dumper.addMachineRoots()
    try dumper.drain()
    if includesGarbage { try dumper.addGarbage() }
    return try dumper.finish()
  }

  /// The part of the heap that the shortest way to an object leads through, without what the prompt holds: the pass ends
  /// where the object is found. Objects that were not looked at have neither class nor id nor references. Nil if nothing
  /// else holds it.
  public func makeHeapDump(
    upTo target: Value, promptNames: Set<String> = []
  ) throws(HeapGraphError) -> HeapDump? {
    guard target.isReference, target.tag != Tag.cell else { return nil }
    let dumper = HeapDumper(self, nil, nil)
    // What is found over a weak reference would be looked at before its turn.
    dumper.followsWeakly = false
    dumper.addProgramRoots(promptNames: promptNames, includesHost: false)
    dumper.addMachineRoots()
    guard try dumper.drain(upTo: target.handle) else { return nil }
    return try dumper.finish()
  }
}

/// Turns cells into nodes, numbered in the order in which they are found; parts of objects are folded into their owner.
final class HeapDumper {
  /// What the objects of a shape have in common.
  struct ShapeLayout {
    struct Entry {
      var slot: Int
      var name: StringIndex
      var characters: Int
      var kind: EdgeKind
      var isAccessor: Bool
    }
    var className: StringIndex
    /// The dumper gives them back. No array: looking at one counts its holders.
    var entries: UnsafeMutableBufferPointer<Entry>
    var hasAccessors: Bool
    var isDictionary: Bool
    /// 0 where it is a built-in object: those hold nothing of the program's.
    var prototype: Handle
  }

  let machine: Machine
  let vm: VM
  let heap: Heap
  let recordSink: (any HeapRecordSink)?
  /// Something is looked at that the sink hears of since a checkpoint has to write it: built-ins are known by name.
  @exclusivity(unchecked) var isRecorded: Bool
  /// A built-in object is looked at: strings that it mentions are part of the library.
  @exclusivity(unchecked) var isInBuiltIn = false
  @exclusivity(unchecked) var builtInPrimitives: Set<Handle> = []
  @exclusivity(unchecked) var builder = HeapGraph.Builder()
  /// The cell of each node: those not looked at yet are the queue.
  @exclusivity(unchecked) var cells = GrowingColumn<UInt32>()
  @exclusivity(unchecked) var next = 0
  /// The number of the node of a cell + 1, by handle / 2; `folded` for parts of others.
  let numbers: UnsafeMutablePointer<UInt32>
  let numberCount: Int
  static let folded = UInt32.max
  @exclusivity(unchecked) var layouts: [ShapeID: Int] = [:]
  @exclusivity(unchecked) var layoutList: [ShapeLayout] = []
  @exclusivity(unchecked) var lastShape: ShapeID = 0
  @exclusivity(unchecked) var lastLayout = 0
  @exclusivity(unchecked) var closureNames: [UInt32: (name: StringIndex, captures: [(StringIndex, Int)])] = [:]
  @exclusivity(unchecked) var texts: [Handle: StringIndex] = [:]
  /// What only the machine itself holds.
  private(set) lazy var internals: Set<Handle> = {
    var found: Set<Handle> = []
    forEachInternal { found.insert($0) }
    return found
  }()
  @exclusivity(unchecked) var inlineCosts: [UInt32] = []
  /// Whether weak references become edges.
  @exclusivity(unchecked) var followsWeakly = true
  /// What each cell takes in a checkpoint.
  let state: PortableState?
  /// Of the parts that were folded into the current node.
  @exclusivity(unchecked) var foldedBytes = 0

  init(_ machine: Machine, _ sink: (any HeapRecordSink)?, _ state: PortableState?) {
    self.state = state
    self.machine = machine
    vm = machine.vm
    heap = machine.heap
    recordSink = sink
    isRecorded = sink != nil
    numberCount = Int(heap.topHandle / 2) + 1
    guard let memory = calloc(numberCount, 4) else { fatalError("out of memory") }
    adviseHugePages(memory, byteCount: numberCount * 4)
    numbers = memory.assumingMemoryBound(to: UInt32.self)
    // In large heaps columns that grow are copied again and again. Room that is not used takes address space alone.
    if heap.liveBytes > Self.largeHeap {
      builder.reserve(nodes: heap.liveBytes / 64, edges: heap.liveBytes / 32)
      cells.reserve(heap.liveBytes / 64)
    }
  }

  private static let largeHeap = 32 << 20

  deinit {
    free(numbers)
    for layout in layoutList { layout.entries.deallocate() }
  }

  /// The sink, if it hears of what is looked at.
  @inline(__always) var sink: (any HeapRecordSink)? { isRecorded ? recordSink : nil }

  // MARK: Numbering

  /// The node of a cell, and whether it is mentioned for the first time.
  @inline(__always) func node(_ handle: Handle) -> (node: UInt32, isNew: Bool) {
    let known = numbers[Int(handle >> 1)]
    if known != 0 && known != Self.folded { return (known &- 1, false) }
    return newNode(handle)
  }

  private func newNode(_ handle: Handle) -> (node: UInt32, isNew: Bool) {
    let cell = vm.cell(handle)
    if cell.kind == .rope, cell.u64(Layout.Rope.right) == 0 {
      // A rope that was flattened stands for its text.
      numbers[Int(handle >> 1)] = Self.folded
      state?.moveCost(from: handle, to: cell.value(Layout.Rope.left).handle)
      return node(cell.value(Layout.Rope.left).handle)
    }
    let number = UInt32(cells.count)
    if _slowPath(isInBuiltIn), cell.kind > CellKind.lastObject { builtInPrimitives.insert(handle) }
    cells.append(handle)
    numbers[Int(handle >> 1)] = number &+ 1
    return (number, true)
  }

  /// Marks a cell that is part of another; its size the first time, then 0.
  func fold(_ handle: Handle) -> Int {
    guard handle != 0, numbers[Int(handle >> 1)] == 0 else { return 0 }
    numbers[Int(handle >> 1)] = Self.folded
    if let state { foldedBytes += state.takeCost(handle) }
    return heap.size(of: vm.cell(handle))
  }

  /// The graph's text of an atom or of a symbol's description.
  func text(_ key: Handle) -> StringIndex {
    if let known = texts[key] { return known }
    let cell = vm.cell(key)
    let index: StringIndex
    if cell.kind == .symbol {
      index = builder.string(vm.describeSymbol(Value(tag: Tag.symbol, handle: key)))
    } else {
      index = string(vm.view(flat: cell))
    }
    texts[key] = index
    return index
  }

  func string(_ view: StringView) -> StringIndex {
    if let bytes = view.latin1 {
      return builder.string(latin1: UnsafeBufferPointer(start: bytes, count: view.count))
    }
    return builder.string(utf16: UnsafeBufferPointer(start: view.utf16, count: view.count))
  }

  // MARK: The pass

  func drain() throws(HeapGraphError) {
    while next < cells.count {
      if next & 0x3fff == 0 && machine.isInterrupted { throw .interrupted }
      lookAhead()
      emit(cells[next])
      next += 1
    }
  }

  /// Looks at cells until one is found, and adds those that were mentioned until then as they are; false if it is not
  /// found.
  func drain(upTo target: Handle) throws(HeapGraphError) -> Bool {
    let number = numbers + Int(target >> 1)
    while number.pointee == 0 {
      guard next < cells.count else { return false }
      if next & 0x3fff == 0 && machine.isInterrupted { throw .interrupted }
      lookAhead()
      emit(cells[next])
      next += 1
    }
    guard number.pointee != Self.folded else { return false }
    let node = Int(number.pointee) - 1
    while next < cells.count {
      if next == node { emit(target) } else { builder.addNode(.object, shallowSize: 0) }
      next += 1
    }
    return true
  }

  /// Cells are looked at in the order in which they were found, all over the heap: what the next ones are and refer to is
  /// asked for early, so that the waiting overlaps.
  @inline(__always) private func lookAhead() {
    if next + 32 < cells.count {
      let cell = vm.cell(cells[next + 32])
      CVMPrefetch(cell)
      CVMPrefetch(cell + Layout.slots + 24)
    }
    guard next + 12 < cells.count else { return }
    let slots = vm.cell(cells[next + 12]) + Layout.slots
    for slot in 0..<4 { askFor(slots.load(fromByteOffset: slot * 8, as: Value.self)) }
  }

  /// Asks for the number of the cell that a value refers to, and for the cell's start.
  @inline(__always) func askFor(_ value: Value) {
    guard value.isReference else { return }
    CVMPrefetch(numbers + Int(value.handle >> 1))
    CVMPrefetch(vm.cell(value.handle))
  }

  private func emit(_ handle: Handle) {
    let cell = vm.cell(handle)
    let isBuiltIn = isBuiltIn(cell, handle)
    isRecorded = !isBuiltIn && recordSink != nil
    if cell.kind <= CellKind.lastObject {
      isInBuiltIn = isBuiltIn && handle != machine.intrinsics.globalObject.handle
      emitObject(cell, handle, isBuiltIn: isBuiltIn)
    } else {
      isInBuiltIn = isBuiltIn
      emitPrimitive(cell, isBuiltIn: isBuiltIn)
    }
    isInBuiltIn = false
    if let state {
      builder.setSnapshotBytes(isBuiltIn ? 0 : state.takeCost(handle) + foldedBytes)
      foldedBytes = 0
    }
    if recordSink != nil { inlineCosts.append(UInt32(clamping: sink?.end() ?? 4)) }
  }

  private func isBuiltIn(_ cell: Cell, _ handle: Handle) -> Bool {
    if cell.kind > CellKind.lastObject { return !builtInPrimitives.isEmpty && builtInPrimitives.contains(handle) }
    if cell.id == 0 { return true }
    guard cell.kind == .function else { return false }
    return machine.builtInNames[handle] != nil || vm.loadedCode(cell)?.block.isSelfHosted == true
  }

  /// Adds the cells that nothing reaches, as far as no collection took them.
  func addGarbage() throws(HeapGraphError) {
    foldInternals()
    var dead: [Handle] = []
    heap.forEachAllocatedCell { cell in
      let kind = cell.kind
      guard (kind != 0 && kind <= CellKind.lastObject) || (kind >= .latin1 && kind <= .symbol) else { return }
      // What questions of the person at the prompt left behind is not the program's.
      if kind <= CellKind.lastObject, cell.id >= Machine.questionIDs { return }
      let handle = vm.handle(cell)
      if numbers[Int(handle >> 1)] == 0, !isPart(cell), !heap.isKeptForHistory(handle) { dead.append(handle) }
    }
    for handle in dead where numbers[Int(handle >> 1)] == 0 { _ = node(handle) }
    try drain()
  }

  /// Cells that look like objects but belong to others: the arrays behind indexed properties, and the functions that
  /// hosts make to run a program's top level.
  private func isPart(_ cell: Cell) -> Bool {
    if cell.kind == .array { return cell.shape == machine.storeShape }
    return cell.kind == .function && vm.loadedCode(cell)?.block.kind == .program
  }

  /// What only the machine itself holds is no garbage.
  private func foldInternals() { forEachInternal { _ = fold($0) } }

  /// Names, constants, keys of shapes, and the symbols that built-ins know.
  private func forEachInternal(_ body: (Handle) -> Void) {
    func visit(_ value: Value) { if value.isReference { body(value.handle) } }
    machine.forEachNameOrConstant(body, values: visit)
    for handle in machine.builtInNames.keys where vm.cell(handle).kind == .symbol {
      body(handle)
      visit(vm.cell(handle).value(Layout.primitive))
    }
  }

  func finish() throws(HeapGraphError) -> HeapDump {
    let costs = recordSink == nil ? nil : inlineCosts
    var finished = HeapGraph.Builder()
    swap(&finished, &builder)
    var taken = GrowingColumn<UInt32>()
    swap(&taken, &cells)
    let graph = try finished.finish()
    return HeapDump(graph: graph, inlineCosts: costs, machine: machine, cells: taken)
  }
}
