import CVMDispatch

extension Machine {
  /// Checks every reachable cell: handles name cell starts, kinds and counts are sane, shapes exist. Stops the process
  /// with a description at the first violation, which is a defect of the machine.
  public func verifyHeap() {
    var verifier = HeapVerifier(self)
    verifier.run()
  }
}

private struct HeapVerifier {
  let machine: Machine
  let vm: VM
  /// One bit for each 16 bytes of heap.
  var seen: [UInt64]
  var pending: [Handle] = []
  var owner: Handle = 0

  init(_ machine: Machine) {
    self.machine = machine
    vm = machine.vm
    seen = Array(repeating: 0, count: machine.heap.topBlock * Heap.blockSize / 1024)
  }

  func fail(_ what: String) -> Never { fatalError("heap verification: \(what), held by cell \(owner)") }

  mutating func visit(_ handle: Handle) {
    guard handle != 0 else { return }
    let index = Int(handle) >> 7
    let bit: UInt64 = 1 << UInt64(handle >> 1 & 63)
    if index < seen.count, seen[index] & bit != 0 { return }
    guard machine.heap.isCellStart(handle) else { fail("handle \(handle) is not the start of a cell") }
    seen[index] |= bit
    pending.append(handle)
  }

  mutating func visit(_ value: Value) {
    guard value.isReference else { return }
    visit(value.handle)
    let kind = vm.cell(value).kind
    switch value.tag {
    case Tag.object: if kind > CellKind.lastObject || kind == 0 { fail("object value names kind \(kind)") }
    case Tag.string: if kind < CellKind.latin1 || kind > CellKind.rope { fail("string value names kind \(kind)") }
    case Tag.bigInt: if kind != .bigInt { fail("BigInt value names kind \(kind)") }
    case Tag.symbol: if kind != .symbol { fail("symbol value names kind \(kind)") }
    default: if kind < CellKind.variable { fail("internal value names kind \(kind)") }
    }
  }

  mutating func run() {
    for (handle, _) in machine.builtInNames { visit(handle) }
    for value in machine.intrinsics.all { visit(value) }
    visit(machine.globals.cellHandle)
    for root in machine.hostRoots { visit(root.value) }
    let frame = vm.pointee.frame
    if frame > vm.pointee.stack {
      let top = frame + Int(vm.code(of: frame).pointee.registerCount)
      var register = vm.pointee.stack
      while register < top {
        visit(register.pointee)
        register += 1
      }
    }
    while let handle = pending.popLast() {
      owner = handle
      check(vm.cell(handle))
    }
  }

  mutating func checkValues(_ start: Cell, _ count: Int) {
    let values = start.assumingMemoryBound(to: Value.self)
    for i in 0..<count { visit(values[i]) }
  }

  mutating func check(_ cell: Cell) {
    if cell.isObjectCell {
      guard cell.shape > 0, cell.shape < machine.shapes.count else { fail("shape \(cell.shape) does not exist") }
      visit(vm.shapeInfo(cell).pointee.prototype)
      visit(cell.extensionHandle)
      checkSlots(cell)
    }
    switch cell.kind {
    case .object: checkValues(cell + Layout.slots, Int(vm.shapeInfo(cell).pointee.inlineCapacity))
    case .array: checkArray(cell)
    case .function: checkFunction(cell)
    case .rope:
      if cell.u64(Layout.Rope.right) != 0 { checkValues(cell + Layout.Rope.left, 2) }
    case .values: break
    case .accessor: checkValues(cell + Layout.Accessor.getter, 2)
    case .dictionary, .hashTable, .latin1, .utf16, .bigInt, .error, .arguments: break
    case .boundFunction: checkValues(cell + Layout.BoundFunction.target, 3)
    case .map, .set, .wrapper, .date, .weakMap, .weakSet, .weakRef, .iteratorHelper, .arrayIterator, .mapIterator,
      .setIterator, .stringIterator, .regExp, .regExpStringIterator, .generator, .variable, .symbol,
      .enumeration:
      checkValues(cell + Layout.headerSize, Layout.fieldCount(ofKind: cell.kind))
    default: fail("unknown kind \(cell.kind)")
    }
  }

  /// The extension must hold every slot that the shape says is there.
  mutating func checkSlots(_ cell: Cell) {
    let shape = vm.shapeInfo(cell).pointee
    if shape.flags & ShapeFlag.dictionary != 0 {
      guard vm.cell(cell.extensionHandle).kind == .dictionary else { fail("dictionary object without dictionary") }
      return
    }
    let outside = Int(shape.count) - Int(shape.inlineCapacity)
    guard outside > 0 else { return }
    guard cell.extensionHandle != 0 else { fail("object without its \(outside) outside properties") }
    let values = vm.cell(cell.extensionHandle)
    guard values.kind == .values, Int(values.shape) >= outside else { fail("extension too small") }
    checkValues(values + Layout.values, outside)
  }

  mutating func checkArray(_ cell: Cell) {
    let elements = cell.u32(Layout.Array.elements)
    if cell.flags & CellFlag.sparse != 0 {
      guard vm.cell(elements).kind == .dictionary else { fail("sparse array without dictionary") }
      return
    }
    let dense = vm.denseLength(cell)
    guard dense <= vm.arrayLength(cell), dense <= Int(cell.u32(Layout.Array.capacity)) else {
      fail("array lengths disagree")
    }
    guard dense > 0 else { return }
    guard machine.heap.isCellStart(elements), vm.cell(elements).kind == .values else { fail("array without elements") }
    checkValues(vm.cell(elements) + Layout.values, dense)
  }

  mutating func checkFunction(_ cell: Cell) {
    let code = cell.u32(Layout.Function.code)
    guard code != Layout.Function.none else { return }
    guard Int(code) < machine.code.loaded.count else { fail("function of unknown code \(code)") }
    checkValues(cell + Layout.Function.captures, Int(vm.pointee.codes[Int(code)].captureCount))
  }
}
