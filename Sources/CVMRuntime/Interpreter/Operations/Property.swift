import CVMDispatch

@inline(__always) func opObjectCreate(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  let shape = pc[1]
  let count = fieldC(w)
  if _fastPath(shape != 0) {
    let pairs = count == 0 ? 2 : (count &+ 1) >> 1
    let bytes = Layout.headerSize &+ pairs &* 16
    let bumpOffset = MemoryLayout<CVMMachine>.offset(of: \CVMMachine.bump).unsafelyUnwrapped
    let bump = (UnsafeMutableRawPointer(vm) + bumpOffset).assumingMemoryBound(to: CVMBump.self) + (pairs &+ 1)
    let start = bump.pointee.current
    if _fastPath(start + bytes <= bump.pointee.end) {
      bump.pointee.current = start + bytes
      let cell = UnsafeMutableRawPointer(start)
      let id = vm.pointee.nextID
      vm.pointee.nextID = id &+ 1
      cell.set64(0, UInt64(shape))
      cell.set64(8, id | UInt64(CellKind.object) << 48)
      if count == 0 {
        for i in 0..<4 { cell.setValue(Layout.slots + i * 8, .undefined) }
      } else {
        let source = r + fieldB(w)
        var i = 0
        while i < count {
          cell.setValue(Layout.slots &+ i &* 8, source[i])
          i &+= 1
        }
        if count & 1 != 0 { cell.setValue(Layout.slots &+ count &* 8, .undefined) }
      }
      r[fieldA(w)] = Value(bits: Tag.object << 48 | UInt64(start - h) >> 3)
      pc += 2
      return
    }
  }
  slowly(vm, &r, &pc, w, slowObjectCreate)
}

@inline(__always) func opPropertyGet(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  let object = r[fieldB(w)]
  if _fastPath(object.isObject) {
    let cell = UnsafeMutableRawPointer(h + Int(object.handle) &* 8)
    if _fastPath(cell.shape == pc[1]) {
      r[fieldA(w)] = cell.value(Int(pc[2]))
      pc += 4
      return
    }
  }
  slowly(vm, &r, &pc, w, slowPropertyGet)
}

@inline(__always) func opMethodGet(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  let object = r[fieldB(w)]
  if _fastPath(object.isObject) {
    let cell = UnsafeMutableRawPointer(h + Int(object.handle) &* 8)
    let shape = cell.shape
    if _fastPath(shape == pc[1]), _fastPath(vm.pointee.prototypeEpoch == pc[3]) {
      let prototype = vm.pointee.shapes[Int(shape)].prototype
      r[fieldA(w)] = UnsafeMutableRawPointer(h + Int(prototype) &* 8).value(Int(pc[2]))
      r[fieldA(w) &+ 1] = object
      pc += 4
      return
    }
  } else if object.isString, pc[1] == InlineCache.stringShape, vm.pointee.prototypeEpoch == pc[3] {
    r[fieldA(w)] = UnsafeMutableRawPointer(h + Int(vm.pointee.stringPrototype) &* 8).value(Int(pc[2]))
    r[fieldA(w) &+ 1] = object
    pc += 4
    return
  }
  slowly(vm, &r, &pc, w, slowMethodGet)
}

@inline(__always) func opPropertySet(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  let object = r[fieldA(w)]
  if _fastPath(object.isObject) {
    let cell = UnsafeMutableRawPointer(h + Int(object.handle) &* 8)
    if _fastPath(cell.shape == pc[1]) {
      let address = cell + Int(pc[2])
      writeBarrier(vm, address)
      address.setValue(0, r[fieldB(w)])
      pc += 5
      return
    }
  }
  slowly(vm, &r, &pc, w, slowPropertySet)
}

@inline(__always) func opArrayLen(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  let object = r[fieldB(w)]
  if _fastPath(object.isObject) {
    let cell = UnsafeMutableRawPointer(h + Int(object.handle) &* 8)
    if _fastPath(cell.kind == .array) {
      let length = cell.u32(Layout.Array.length)
      if _fastPath(length < 0x8000_0000) {
        r[fieldA(w)] = Value(int: Int32(bitPattern: length))
        pc += 4
        return
      }
    }
  } else if object.isString {
    r[fieldA(w)] = Value(int: Int32(bitPattern: UnsafeMutableRawPointer(h + Int(object.handle) &* 8).u32(0)))
    pc += 4
    return
  }
  slowly(vm, &r, &pc, w, slowPropertyGet)
}

@inline(__always) func opDefineField(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) { slowly(vm, &r, &pc, w, slowDefineField) }

@inline(__always) func opDefineElement(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) { slowly(vm, &r, &pc, w, slowDefineElement) }

@inline(__always) func opDefineMethod(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) { slowly(vm, &r, &pc, w, slowDefineMethod) }

@inline(__always) func opDefineGetter(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) { slowly(vm, &r, &pc, w) { slowDefineAccessor($0, $1, $2, $3, isGetter: true) } }

@inline(__always) func opDefineSetter(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) { slowly(vm, &r, &pc, w) { slowDefineAccessor($0, $1, $2, $3, isGetter: false) } }

@inline(__always) func opSetFunctionName(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) { slowly(vm, &r, &pc, w, slowSetFunctionName) }

@inline(__always) func opSetHomeObject(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  slowly(vm, &r, &pc, w) { vm, r, pc, w in
    enterSlowPath(vm, r, pc)
    guard let function = vm.checkedFunction(r[fieldA(w)]), vm.checkedObject(r[fieldB(w)]) != nil else { return }
    writeBarrier(vm, function + 24)
    function.set32(Layout.Function.home, r[fieldB(w)].handle)
  }
}

@inline(__always) func opSetPrototype(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) { slowly(vm, &r, &pc, w, slowSetPrototype) }

@inline(__always) func opCopyProperties(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) { slowly(vm, &r, &pc, w, slowCopyProperties) }

@inline(__always) func opObjectRest(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) { slowly(vm, &r, &pc, w, slowObjectRest) }

@inline(__always) func opPropertyDelete(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) { slowly(vm, &r, &pc, w, slowPropertyDelete) }

@inline(__always) func opIn(_ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase) {
  let object = r[fieldC(w)]
  let index = r[fieldB(w)]
  if _fastPath(object.isObject), _fastPath(index.isInt) {
    let array = UnsafeMutableRawPointer(h + Int(object.handle) &* 8)
    let position = UInt32(truncatingIfNeeded: index.bits)
    if _fastPath(array.kind == .array), _fastPath(position < array.u32(Layout.Array.denseLength)) {
      let elements = UnsafeMutableRawPointer(h + Int(array.u32(Layout.Array.elements)) &* 8)
      if _fastPath(elements.value(Layout.values &+ Int(position) &* 8) != .hole) {
        r[fieldA(w)] = .true
        return
      }
    }
  }
  slowly(vm, &r, &pc, w, slowIn)
}

@inline(__always) func opInstanceof(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) { slowly(vm, &r, &pc, w, slowInstanceOf) }

@inline(__always) func opRequireObjectCoercible(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  if _slowPath(r[fieldA(w)].isNullish) { slowly(vm, &r, &pc, w, slowRequireObjectCoercible) }
}

@inline(__always) func opSuperGet(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) { slowly(vm, &r, &pc, w, slowSuperGet) }

@inline(__always) func opSuperSet(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) { slowly(vm, &r, &pc, w, slowSuperSet) }

@inline(__always) func opSuperBase(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  slowly(vm, &r, &pc, w) { vm, r, pc, w in
    enterSlowPath(vm, r, pc)
    let home = vm.cell(r[FrameHeader.callee]).u32(Layout.Function.home)
    let base = home == 0 ? nil : vm.prototype(vm.cell(home))
    r[fieldA(w)] = base.map { vm.objectValue($0) } ?? .null
  }
}

@inline(__always) func opToElementKey(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  let key = r[fieldC(w)]
  if _fastPath(!key.isObject) {
    r[fieldA(w)] = key
  } else {
    slowly(vm, &r, &pc, w) { vm, r, pc, w in
      enterSlowPath(vm, r, pc)
      let object = r[fieldB(w)]
      guard !object.isNullish else {
        return vm.throwError(
          .typeError, ErrorMessage.cannotRead(object.isNull ? "null" : "undefined", vm.describe(r[fieldC(w)])))
      }
      enterTwin(vm, .toPropertyKey, .store, fieldA(w), r[fieldC(w)])
    }
  }
}
