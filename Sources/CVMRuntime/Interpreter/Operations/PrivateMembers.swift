import CVMDispatch

// Private names. The cache of an access is shape, byte offset of the slot, handle of the name.

@inline(__always) func opPrivateNew(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  slowly(vm, &r, &pc, w) { vm, r, pc, w in
    enterSlowPath(vm, r, pc, skipping: 1)
    r[fieldA(w)] = vm.makePrivateName(vm.pointee.constants[Int(pc[0])])
  }
}

@inline(__always) func opPrivateGet(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  let object = r[fieldB(w)]
  if _fastPath(object.isObject) {
    let cell = UnsafeMutableRawPointer(h + Int(object.handle) &* 8)
    if _fastPath(cell.shape == pc[0]), _fastPath(r[fieldC(w)].handle == pc[2]) {
      r[fieldA(w)] = cell.value(Int(pc[1]))
      pc += 3
      return
    }
  }
  slowly(vm, &r, &pc, w, slowPrivateGet)
}

@inline(never) func slowPrivateGet(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32) {
  enterSlowPath(vm, r, pc, skipping: 3)
  let object = r[fieldB(w)]
  let key = r[fieldC(w)]
  guard let property = vm.privateProperty(object, key) else { return vm.throwNoPrivate(object, key, isWrite: false) }
  rememberPrivate(vm, vm.cell(object), key, pc)
  r[fieldA(w)] = property.value
}

/// Fills the cache where the property has an inline slot.
private func rememberPrivate(_ vm: VM, _ object: Cell, _ key: Value, _ pc: ProgramCounter) {
  let shape = vm.shapeInfo(object).pointee
  guard shape.flags & (ShapeFlag.dictionary | ShapeFlag.lazyFunction) == 0,
    let slot = ShapeTable.lookup(vm, key.handle, in: object.shape), slot.slot < Int(shape.inlineCapacity)
  else { return }
  pc[0] = object.shape
  pc[1] = UInt32(Layout.slots + slot.slot * 8)
  pc[2] = key.handle
}

@inline(__always) func opPrivateSet(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  let object = r[fieldA(w)]
  if _fastPath(object.isObject) {
    let cell = UnsafeMutableRawPointer(h + Int(object.handle) &* 8)
    if _fastPath(cell.shape == pc[0]), _fastPath(r[fieldC(w)].handle == pc[2]) {
      let address = cell + Int(pc[1])
      writeBarrier(vm, address)
      address.setValue(0, r[fieldB(w)])
      pc += 3
      return
    }
  }
  slowly(vm, &r, &pc, w, slowPrivateSet)
}

@inline(never) func slowPrivateSet(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32) {
  enterSlowPath(vm, r, pc, skipping: 3)
  let object = r[fieldA(w)]
  let key = r[fieldC(w)]
  guard vm.privateProperty(object, key) != nil else { return vm.throwNoPrivate(object, key, isWrite: true) }
  rememberPrivate(vm, vm.cell(object), key, pc)
  vm.defineOwn(vm.cell(object), PropertyKey(atom: key.handle), r[fieldB(w)], .writable)
}

@inline(__always) func opPrivateDefine(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  slowly(vm, &r, &pc, w) { vm, r, pc, w in
    enterSlowPath(vm, r, pc)
    vm.definePrivate(r[fieldA(w)], r[fieldC(w)], r[fieldB(w)])
  }
}

@inline(__always) func opPrivateHas(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  slowly(vm, &r, &pc, w) { vm, r, pc, w in
    enterSlowPath(vm, r, pc)
    let object = r[fieldC(w)]
    guard object.isObject else { return vm.throwInOnPrimitive(r[fieldB(w)], object) }
    r[fieldA(w)] = Value(vm.privateProperty(object, r[fieldB(w)]) != nil)
  }
}

@inline(__always) func opPrivateCheck(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  slowly(vm, &r, &pc, w) { vm, r, pc, w in
    enterSlowPath(vm, r, pc)
    if vm.privateProperty(r[fieldA(w)], r[fieldB(w)]) == nil { vm.throwWrongReceiver(r[fieldB(w)]) }
  }
}

@inline(__always) func opThrowError(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  slowly(vm, &r, &pc, w) { vm, r, pc, w in
    enterSlowPath(vm, r, pc, skipping: 1)
    vm.throwError(fieldB(w) == 0 ? .typeError : .referenceError, vm.text(vm.pointee.constants[Int(pc[0])]))
  }
}
