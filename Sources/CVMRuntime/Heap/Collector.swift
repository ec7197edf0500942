import CVMBytecode
import CVMDispatch

/// The mark phase: precise, from the roots, with an explicit stack.
struct Marker {
  let vm: VM
  let heap: Heap
  var weak = WeakCells()
  private var stack: UnsafeMutablePointer<Cell>
  private var capacity = 1 << 14
  private var top = 0
  private var lastShape: ShapeID = 0

  init(_ vm: VM, _ heap: Heap) {
    self.vm = vm
    self.heap = heap
    stack = .allocate(capacity: capacity)
  }

  func finish() { stack.deallocate() }

  @inline(__always) mutating func mark(_ value: Value) {
    if value.isReference { mark(vm.cell(value)) }
  }

  @inline(__always) mutating func mark(handle: Handle) {
    if handle != 0 { mark(vm.cell(handle)) }
  }

  @inline(__always) mutating func mark(_ cell: Cell) {
    guard heap.mark(cell) else { return }
    if top == capacity { grow() }
    stack[top] = cell
    top &+= 1
  }

  /// Marks a cell that the history may need again. What a values cell refers to is on the history's list, too: its unused
  /// part must not be followed.
  mutating func mark(retained cell: Cell) {
    if cell.kind == .values { _ = heap.mark(cell) } else { mark(cell) }
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
    while top > 0 {
      top &-= 1
      let cell = stack[top]
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
        _ = heap.mark(vm.cell(cell.value(Layout.table)))
        weak.tables.append(cell)
      case .weakRef: if weak.keepsTargets { mark(cell.value(Layout.target)) } else { weak.references.append(cell) }
      case .values:
        markValues(cell + Layout.values, Int(cell.shape))
        mark(handle: cell.extensionHandle)
      case .accessor: markValues(cell + Layout.Accessor.getter, 2)
      case .dictionary: markDictionary(cell)
      case .hashTable: markHashTable(cell)
      default: break
      }
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
    // Only the used part: the rest is not initialised.
    _ = heap.mark(elements)
    markValues(elements + Layout.values, vm.denseLength(array))
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
    for number in 0..<dictionary.used {
      let key = dictionary.key(number)
      guard key.bits != 0 else { continue }
      if !key.isIndex { mark(handle: key.atom) }
      mark(dictionary.value(number))
    }
    mark(handle: cell.extensionHandle)
  }

  private mutating func markHashTable(_ cell: Cell) {
    let table = HashTable(vm, cell)
    for number in 0..<table.used {
      mark(table.key(number))
      mark(table.value(number))
    }
    mark(handle: cell.extensionHandle)
  }
}

extension Machine {
  /// A full collection. Only between instructions: `frame` and `pc` are stored.
  public func collect() {
    let retained = history?.retainedHandles() ?? []
    heap.clearMarks()
    var marker = Marker(vm, heap)
    marker.weak.keepsTargets = !isBetweenJobs
    markRoots(&marker)
    marker.drain()
    marker.markEphemerons()
    heap.noteReached(isComplete: retained.isEmpty)
    for handle in retained { marker.mark(retained: vm.cell(handle)) }
    marker.drain()
    marker.markEphemerons()
    isCollecting = true
    marker.clearWeakCells()
    isCollecting = false
    marker.finish()
    atoms.removeUnmarked { heap.isMarked($0) }
    shapes.removeRoots { !heap.isMarked(vm.cell($0)) }
    heap.startSweep()
    if verifies { verifyHeap() }
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
    // The code that declared a name may be gone, as after a restore.
    for handle in globals.nameHandles { marker.mark(handle: handle) }
    for value in names.all { marker.mark(value) }
    for value in typeNames.all { marker.mark(value) }
    for value in singleUnitStrings { marker.mark(value) }
    marker.mark(emptyString)
    for value in intrinsics.all { marker.mark(value) }
    for handle in builtInNames.keys { marker.mark(handle: handle) }
    baseline.forEachValue { marker.mark($0) }
    for root in hostRoots { marker.mark(root.value) }
    for root in registeredRoots { marker.mark(root) }
    marker.mark(vm.pointee.result)
    marker.mark(vm.pointee.exception)
    marker.mark(pausePrompt)
    for i in 0..<Int(code.constantCount) { marker.mark(vm.pointee.constants[i]) }
    for list in code.nameLists { for name in list { marker.mark(handle: name) } }
    shapes.forEachKey { marker.mark(handle: $0) }
    markStack(&marker)
  }

  /// Marks the registers up to the top of the innermost frame and clears what was used above it: stale values there must
  /// not outlive the cells they name.
  private func markStack(_ marker: inout Marker) {
    let frame = vm.pointee.frame
    var top = frame
    if frame > vm.pointee.stack {
      top = frame + max(Int(vm.code(of: frame).pointee.registerCount), uncollectedArguments(of: frame))
    }
    var register = vm.pointee.stack
    while register < top {
      marker.mark(register.pointee)
      register += 1
    }
    clearStack(above: top)
  }

  /// How many arguments the innermost frame has, when a rest parameter or `arguments` is still to be made of them: they
  /// may be more than it has registers.
  private func uncollectedArguments(of frame: Registers) -> Int {
    guard let code = vm.loadedCode(vm.cell(frame[FrameHeader.callee])), code.block.needsArgumentCount else { return 0 }
    let count = vm.argumentCount(of: frame)
    guard count > code.block.registerCount, code.collectsArguments(from: self.code.offset(of: vm.pointee.pc, in: code))
    else {
      return 0
    }
    return count
  }

  /// Zeroes what deeper frames left above: page by page up to a stretch that is longer than any call window and untouched.
  private func clearStack(above top: Registers) {
    let pageSlots = 512
    let longestWindow = 65536 / pageSlots + 1
    var start = top
    var untouched = 0
    while untouched < longestWindow {
      var used: UInt64 = 0
      for i in 0..<pageSlots { used |= start[i].bits }
      if used == 0 {
        untouched += 1
      } else {
        untouched = 0
        start.update(repeating: CVMValue(bits: 0), count: pageSlots)
      }
      start += pageSlots
    }
  }
}
