import CVMDispatch

@inline(__always) func opArrayGet(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  let object = r[fieldB(w)]
  let index = r[fieldC(w)]
  if _fastPath(object.isObject), _fastPath(index.isInt) {
    let array = UnsafeMutableRawPointer(h + Int(object.handle) &* 8)
    let position = UInt32(truncatingIfNeeded: index.bits)
    if _fastPath(array.kind == .array), _fastPath(position < array.u32(Layout.Array.denseLength)) {
      let elements = UnsafeMutableRawPointer(h + Int(array.u32(Layout.Array.elements)) &* 8)
      let value = elements.value(Layout.values &+ Int(position) &* 8)
      if _fastPath(value != .hole) {
        r[fieldA(w)] = value
        return
      }
    }
  }
  slowly(vm, &r, &pc, w, slowArrayGet)
}

@inline(__always) func opArraySet(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  let object = r[fieldA(w)]
  let index = r[fieldB(w)]
  if _fastPath(object.isObject), _fastPath(index.isInt) {
    let array = UnsafeMutableRawPointer(h + Int(object.handle) &* 8)
    let position = UInt32(truncatingIfNeeded: index.bits)
    // What may not be written, such as frozen elements, is never dense.
    if _fastPath(array.kind == .array), _fastPath(position < array.u32(Layout.Array.denseLength)) {
      let elements = UnsafeMutableRawPointer(h + Int(array.u32(Layout.Array.elements)) &* 8)
      let address = elements + (Layout.values &+ Int(position) &* 8)
      if _fastPath(address.value(0) != .hole) {
        writeBarrier(vm, address)
        address.setValue(0, r[fieldC(w)])
        return
      }
    }
  }
  slowly(vm, &r, &pc, w, slowArraySet)
}

@inline(__always) func opArrayPush(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  let base = r + fieldA(w)
  let object = base[1]
  if _fastPath(object.isObject) {
    let array = UnsafeMutableRawPointer(h + Int(object.handle) &* 8)
    let count = array.u32(Layout.Array.denseLength)
    if _fastPath(array.kindAndFlags == UInt16(CellKind.array)),
      _fastPath(array.shape == vm.pointee.arrayPushShape), _fastPath(count < array.u32(Layout.Array.capacity)),
      _fastPath(count == array.u32(Layout.Array.length))
    {
      let elements = UnsafeMutableRawPointer(h + Int(array.u32(Layout.Array.elements)) &* 8)
      let address = elements + (Layout.values &+ Int(count) &* 8)
      writeBarrier(vm, address)
      address.setValue(0, base[FrameHeader.size])
      writeBarrier(vm, array + 16)
      array.set64(Layout.Array.length, UInt64(count &+ 1) | UInt64(count &+ 1) << 32)
      base[0] = Value(int: Int32(bitPattern: count &+ 1))
      pc += 1
      return
    }
  }
  slowly(vm, &r, &pc, w, slowArrayPush)
}

@inline(__always) func opArrayNew(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  slowly(vm, &r, &pc, w) { vm, r, pc, w in
    enterSlowPath(vm, r, pc)
    r[fieldA(w)] = vm.objectValue(vm.makeArray(r + fieldB(w), count: fieldC(w)))
  }
}

@inline(__always) func opArrayAppend(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  slowly(vm, &r, &pc, w) { vm, r, pc, w in
    enterSlowPath(vm, r, pc)
    guard let array = vm.checkedArray(r[fieldA(w)]) else { return }
    vm.arrayAppend(array, r[fieldB(w)])
  }
}

@inline(__always) func opArrayAppendSpread(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) { slowly(vm, &r, &pc, w, slowArrayAppendSpread) }

// MARK: Slow paths

@inline(never) func slowArrayGet(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32) {
  enterSlowPath(vm, r, pc)
  let target = r[fieldB(w)]
  let keyValue = r[fieldC(w)]
  if target.isString, keyValue.isInt {
    let index = Int(keyValue.asInt)
    if index >= 0, index < vm.stringLength(target) {
      let cell = vm.flat(target)
      r[fieldA(w)] =
        cell.kind == .latin1
        ? vm.singleUnitString(vm.latin1Bytes(cell)[index]) : vm.substring(target, index, index + 1)
      return
    }
  }
  if target.isObject, keyValue.isInt, keyValue.asInt >= 0 {
    let object = vm.cell(target)
    if object.kind == .object, vm.indexStore(object) == nil, vm.inheritsNoElements(object) {
      r[fieldA(w)] = .undefined
      return
    }
  }
  if target.isNullish {
    if keyValue == vm.machine.intrinsics.symbolIterator {
      let what = "\(vm.describe(target)) is not iterable (cannot read property Symbol(Symbol.iterator))"
      return vm.throwError(.typeError, what)
    }
    let name = keyValue.isObject ? vm.describe(keyValue) : vm.describe(key: vm.propertyKey(keyValue)!)
    return vm.throwError(.typeError, ErrorMessage.cannotRead(vm.describe(target), name))
  }
  guard let key = vm.elementKey(keyValue) else {
    return enterTwin(vm, .getElement, .store, fieldA(w), target, keyValue)
  }
  switch vm.getProperty(of: target, key) {
  case .value(let value): r[fieldA(w)] = value
  case .absent: r[fieldA(w)] = .undefined
  case .getter(let getter): enterCall(vm, getter, this: target, .store, fieldA(w), [])
  }
}

extension UnsafeMutablePointer where Pointee == CVMMachine {
  /// As `propertyKey`, with a shortcut for doubles that are indices.
  func elementKey(_ value: Value) -> PropertyKey? {
    if value.isDouble {
      let number = value.asDouble
      if number >= 0, number < 4_294_967_295, number == number.rounded(.towardZero) {
        return PropertyKey(index: UInt32(number))
      }
    }
    return propertyKey(value)
  }
}

@inline(never) func slowArraySet(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32) {
  enterSlowPath(vm, r, pc)
  let target = r[fieldA(w)]
  let keyValue = r[fieldB(w)]
  let value = r[fieldC(w)]
  guard let key = vm.elementKey(keyValue) else {
    return enterTwin(vm, .setElement, .discard, 0, target, keyValue, value)
  }
  guard target.isObject else { return setOnPrimitive(vm, target, key, value) }
  let object = vm.cell(target)
  if key.isIndex, object.kindAndFlags & 0xbfff == UInt16(CellKind.array), Int(key.index) == vm.denseLength(object),
    Int(key.index) == vm.arrayLength(object), vm.pointee.arrayIterationModified == 0
  {
    if Int(key.index) < 1 << 16 || vm.roomToGrow(object) { return vm.arrayAppend(object, value) }
    return vm.retryInstruction(pc - 1)
  }
  if object.kind == .array, !key.isIndex, key.atom == vm.machine.names.length.handle, value.isObject {
    return enterTwin(vm, .setElement, .discard, 0, target, keyValue, value)
  }
  finishSet(vm, vm.setProperty(object, key, value), target, key, value)
}

extension UnsafeMutablePointer where Pointee == CVMMachine {
  /// Whether the elements may grow once more within the heap limit.
  func roomToGrow(_ array: Cell) -> Bool {
    let capacity = Int(array.u32(Layout.Array.capacity))
    return denseLength(array) < capacity || canAllocate(capacity * 12)
  }

  /// Collects and runs the instruction at `start` again; stops the machine when the memory is not to be had.
  func retryInstruction(_ start: ProgramCounter) {
    pointee.pc = start
    machine.collect()
    if !heap.fits(machine.requestedBytes) { machine.halt(.stopped(.heapLimit)) }
  }
}

@inline(never) func slowArrayPush(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32) {
  enterSlowPath(vm, r, pc, skipping: 1)
  let base = r + fieldA(w)
  let object = base[1]
  if object.isObject {
    let array = vm.cell(object)
    if array.kindAndFlags == UInt16(CellKind.array), array.shape == vm.pointee.arrayPushShape,
      vm.denseLength(array) == vm.arrayLength(array)
    {
      guard vm.denseLength(array) < 1 << 16 || vm.roomToGrow(array) else { return vm.retryInstruction(pc - 1) }
      vm.arrayAppend(array, base[FrameHeader.size])
      base[0] = Value(vm.arrayLength(array))
      return
    }
  }
  let key = PropertyKey(atom: vm.pointee.constants[Int(pc[0])].handle)
  if object.isNullish {
    return vm.throwError(.typeError, ErrorMessage.cannotRead(vm.describe(object), vm.describe(key: key)))
  }
  switch vm.getProperty(of: object, key) {
  case .value(let function): base[0] = function
  case .absent: base[0] = .undefined
  case .getter: return enterTwin(vm, .invokeMethod, .store, fieldA(w), object, vm.keyValue(key), base[FrameHeader.size])
  }
  invoke(vm, base, fieldB(w), .call, returnPC: pc + 1, caller: r, destination: 0)
  countSlowSafepoint(vm)
}

@inline(never) func slowArrayAppendSpread(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32) {
  enterSlowPath(vm, r, pc)
  let source = r[fieldB(w)]
  guard let target = vm.checkedArray(r[fieldA(w)]) else { return }
  guard vm.iteratesPlainly(source) else {
    if source.isNullish || !vm.hasIteratorMethod(source) { return vm.throwNotIterable(source) }
    return enterTwin(vm, .appendSpread, .discard, 0, r[fieldA(w)], source)
  }
  let array = vm.cell(source)
  let count = vm.arrayLength(array)
  guard vm.canAllocate(count * 8) else { return vm.retryInstruction(pc - 1) }
  vm.growElements(target, vm.denseLength(target) + count)
  for i in 0..<count {
    let value = i < vm.denseLength(array) ? vm.arrayElements(array)[i] : .undefined
    vm.arrayAppend(target, value == .hole ? .undefined : value)
  }
}

extension UnsafeMutablePointer where Pointee == CVMMachine {
  /// Whether iterating the value is walking a dense array, with nothing of the program in between.
  @inline(__always) func iteratesPlainly(_ value: Value) -> Bool {
    guard value.isObject, pointee.arrayIterationModified == 0 else { return false }
    let array = cell(value)
    return array.kind == .array && array.shape == pointee.arrayShape && array.flags & CellFlag.sparse == 0
  }

  func throwNotIterable(_ value: Value) {
    let what = sourceText() ?? describe(value)
    throwError(.typeError, ErrorMessage.notIterable(value.isNullish && what != describe(value) ? "\(what)" : what))
  }
}
