import CVMBytecode
import CVMDispatch

// Moves, variables, jumps, function entry.

@inline(__always) func opMove(_ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase) {
  r[fieldA(w)] = r[fieldB(w)]
}

@inline(__always) func opLoadInt(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) { r[fieldA(w)] = Value(int: immediate16(w)) }

@inline(__always) func opLoadInt32(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  r[fieldA(w)] = Value(int: Int32(bitPattern: pc[0]))
  pc += 1
}

@inline(__always) func opLoadDouble(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  r[fieldA(w)] = Value(bits: UInt64(pc[0]) | UInt64(pc[1]) << 32)
  pc += 2
}

@inline(__always) func opLoadConstant(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  r[fieldA(w)] = vm.pointee.constants[Int(pc[0])]
  pc += 1
}

@inline(__always) func opLoadSpecial(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) { r[fieldA(w)] = Value(special: UInt64(w >> 16)) }

// MARK: Global variables

@inline(__always) func opLoad(_ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase) {
  if _fastPath(pc[1] == InlineCache.lexical) {
    let value = vm.pointee.globals[Int(pc[2])]
    if _fastPath(value != .uninitialized) {
      r[fieldA(w)] = value
      pc += 3
      return
    }
  } else {
    let global = UnsafeMutableRawPointer(h + Int(vm.pointee.globalObject) &* 8)
    if _fastPath(global.shape == pc[1]) {
      r[fieldA(w)] = global.value(Int(pc[2]))
      pc += 3
      return
    }
  }
  slowly(vm, &r, &pc, w) { slowLoad($0, $1, $2, $3, orUndefined: false) }
}

@inline(__always) func opLoadOrUndefined(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) { slowly(vm, &r, &pc, w) { slowLoad($0, $1, $2, $3, orUndefined: true) } }

@inline(__always) func opStore(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  if _fastPath(pc[1] == InlineCache.lexical) {
    let address = vm.pointee.globals + Int(pc[2])
    if _fastPath(address.pointee != .uninitialized) {
      writeBarrier(vm, UnsafeMutableRawPointer(address))
      address.pointee = r[fieldA(w)]
      pc += 3
      return
    }
  }
  slowly(vm, &r, &pc, w, slowStore)
}

@inline(__always) func opInitialize(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) { slowly(vm, &r, &pc, w, slowInitialize) }

@inline(never) func slowLoad(
  _ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32, orUndefined: Bool
) {
  enterSlowPath(vm, r, pc, skipping: 3)
  let name = vm.pointee.constants[Int(pc[0])].handle
  let machine = vm.machine
  if let binding = machine.globals.find(name) {
    let value = machine.globals.value(binding)
    if value == .uninitialized {
      return vm.throwError(.referenceError, ErrorMessage.uninitialized(vm.text(atom: name)))
    }
    pc[1] = InlineCache.lexical
    pc[2] = UInt32(binding.slot)
    r[fieldA(w)] = value
    return
  }
  let global = vm.cell(vm.pointee.globalObject)
  if vm.shapeInfo(global).pointee.flags & ShapeFlag.dictionary == 0,
    let slot = vm.shapes.lookup(name, in: global.shape), !slot.attributes.contains(.accessor),
    slot.slot < Int(vm.shapeInfo(global).pointee.inlineCapacity)
  {
    pc[1] = global.shape
    pc[2] = UInt32(Layout.slots + slot.slot * 8)
    r[fieldA(w)] = vm.slotAddress(global, slot.slot).pointee
    return
  }
  switch vm.getProperty(global, PropertyKey(atom: name)) {
  case .value(let value): r[fieldA(w)] = value
  case .getter(let getter):
    enterCall(vm, getter, this: machine.intrinsics.globalObject, .store, fieldA(w), [])
  case .absent:
    if orUndefined {
      r[fieldA(w)] = .undefined
    } else {
      vm.throwError(.referenceError, ErrorMessage.notDefined(vm.text(atom: name)))
    }
  }
}

@inline(never) func slowStore(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32) {
  enterSlowPath(vm, r, pc, skipping: 3)
  let name = vm.pointee.constants[Int(pc[0])].handle
  let machine = vm.machine
  guard let binding = machine.globals.find(name) else {
    let global = vm.cell(vm.pointee.globalObject)
    let key = PropertyKey(atom: name)
    guard vm.hasProperty(global, key) else {
      return vm.throwError(.referenceError, ErrorMessage.notDefined(vm.text(atom: name)))
    }
    return finishSet(
      vm, vm.setProperty(global, key, r[fieldA(w)]), machine.intrinsics.globalObject, key, r[fieldA(w)])
  }
  if machine.globals.value(binding) == .uninitialized {
    return vm.throwError(.referenceError, ErrorMessage.uninitialized(vm.text(atom: name)))
  }
  if binding.kind == .const { return vm.throwError(.typeError, ErrorMessage.constAssignment) }
  pc[1] = InlineCache.lexical
  pc[2] = UInt32(binding.slot)
  machine.globals.set(binding.slot, r[fieldA(w)])
}

@inline(never) func slowInitialize(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32) {
  enterSlowPath(vm, r, pc, skipping: 1)
  let name = vm.pointee.constants[Int(pc[0])].handle
  let machine = vm.machine
  if machine.globals.find(name) == nil { machine.globals.declare(name, .let) }
  if let binding = machine.globals.find(name) { machine.globals.set(binding.slot, r[fieldA(w)]) }
}

extension UnsafeMutablePointer where Pointee == CVMMachine {
  /// The text of an interned string.
  func text(atom: Handle) -> String { text(Value(tag: Tag.string, handle: atom)) }
}

// MARK: Captured variables

@inline(__always) func opCellNew(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  slowly(vm, &r, &pc, w) { vm, r, pc, w in
    enterSlowPath(vm, r, pc)
    r[fieldA(w)] = vm.cellValue(vm.makeVariable(.uninitialized))
  }
}

@inline(__always) private func variable(_ h: HeapBase, _ value: Value) -> Cell {
  UnsafeMutableRawPointer(h + Int(value.handle) &* 8)
}

@inline(__always) func opCellInit(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) { storeVariable(vm, variable(h, r[fieldA(w)]), r[fieldB(w)]) }

@inline(__always) private func storeVariable(_ vm: VM, _ cell: Cell, _ value: Value) {
  writeBarrier(vm, cell + Layout.primitive)
  cell.setValue(Layout.primitive, value)
}

@inline(__always) func opCellGet(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  let value = variable(h, r[fieldB(w)]).value(Layout.primitive)
  if _fastPath(value != .uninitialized) {
    r[fieldA(w)] = value
  } else {
    slowly(vm, &r, &pc, w, slowUninitialized)
  }
}

@inline(__always) func opCellSet(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  let cell = variable(h, r[fieldA(w)])
  if _fastPath(cell.value(Layout.primitive) != .uninitialized) {
    storeVariable(vm, cell, r[fieldB(w)])
  } else {
    slowly(vm, &r, &pc, w, slowUninitialized)
  }
}

@inline(__always) private func captured(_ h: HeapBase, _ r: Registers, _ index: Int) -> Cell {
  let function = UnsafeMutableRawPointer(h + Int(r[FrameHeader.callee].handle) &* 8)
  return variable(h, function.value(Layout.Function.captures &+ index &* 8))
}

@inline(__always) func opLoadCaptured(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  let value = captured(h, r, fieldB(w)).value(Layout.primitive)
  if _fastPath(value != .uninitialized) {
    r[fieldA(w)] = value
  } else {
    slowly(vm, &r, &pc, w, slowUninitialized)
  }
}

@inline(__always) func opStoreCaptured(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  let cell = captured(h, r, fieldA(w))
  if _fastPath(cell.value(Layout.primitive) != .uninitialized) {
    storeVariable(vm, cell, r[fieldB(w)])
  } else {
    slowly(vm, &r, &pc, w, slowUninitialized)
  }
}

@inline(__always) func opCellGetRaw(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) { r[fieldA(w)] = variable(h, r[fieldB(w)]).value(Layout.primitive) }

@inline(__always) func opBindThis(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) { bindThis(&r, &pc, vm, variable(h, r[fieldA(w)]), w) }

@inline(__always) func opBindThisCaptured(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) { bindThis(&r, &pc, vm, captured(h, r, fieldA(w)), w) }

@inline(__always) private func bindThis(
  _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ cell: Cell, _ w: UInt32
) {
  if _fastPath(cell.value(Layout.primitive) == .uninitialized) {
    storeVariable(vm, cell, r[fieldB(w)])
  } else {
    slowly(vm, &r, &pc, w) { vm, r, pc, w in
      enterSlowPath(vm, r, pc)
      vm.throwError(.referenceError, ErrorMessage.superCalledTwice)
    }
  }
}

@inline(__always) func opCheckInitialized(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  if _slowPath(r[fieldA(w)] == .uninitialized) { slowly(vm, &r, &pc, w, slowUninitialized) }
}

@inline(__always) func opCheckSuperOnce(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  if _slowPath(r[fieldA(w)] != .uninitialized) {
    slowly(vm, &r, &pc, w) { vm, r, pc, w in
      enterSlowPath(vm, r, pc)
      vm.throwError(.referenceError, ErrorMessage.superCalledTwice)
    }
  }
}

@inline(never) func slowUninitialized(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32) {
  enterSlowPath(vm, r, pc)
  let name = vm.sourceText() ?? "variable"
  if name == "this" || name.hasPrefix("super") {
    vm.throwError(.referenceError, ErrorMessage.superNotCalled)
  } else {
    vm.throwError(.referenceError, ErrorMessage.uninitialized(name))
  }
}

@inline(__always) func opThrowConstAssignment(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  slowly(vm, &r, &pc, w) { vm, r, pc, w in
    enterSlowPath(vm, r, pc, skipping: 1)
    vm.throwError(.typeError, ErrorMessage.constAssignment)
  }
}

// MARK: Function entry

@inline(__always) func opLoadThis(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) { r[fieldA(w)] = r[FrameHeader.this] }

@inline(__always) func opLoadCallee(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) { r[fieldA(w)] = r[FrameHeader.callee] }

@inline(__always) func opLoadNewTarget(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) { r[fieldA(w)] = newTarget(of: r) }

/// `new.target` of a frame, undefined when it was called.
@inline(__always) func newTarget(of frame: Registers) -> Value {
  guard frame[FrameHeader.link].returnKind == UInt64(ReturnKind.construct.rawValue) else { return .undefined }
  return Value(tag: Tag.object, handle: frame[FrameHeader.meta].handle)
}

@inline(__always) func opRest(_ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase) {
  slowly(vm, &r, &pc, w) { vm, r, pc, w in
    enterSlowPath(vm, r, pc)
    let first = fieldB(w)
    let count = vm.argumentCount(of: r)
    let array = first < count ? vm.makeArray(r + first, count: count - first) : vm.makeArray()
    r[fieldA(w)] = vm.objectValue(array)
  }
}

@inline(__always) func opCreateArguments(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) { slowly(vm, &r, &pc, w, slowCreateArguments) }

@inline(never) func slowCreateArguments(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32) {
  enterSlowPath(vm, r, pc)
  let count = vm.argumentCount(of: r)
  let machine = vm.machine
  if machine.builtins.argumentsShape != 0 {
    r[fieldA(w)] = vm.objectValue(makeArguments(vm, r, count, shape: machine.builtins.argumentsShape))
    return
  }
  let object = vm.makeObject(kind: .arguments, prototype: machine.intrinsics.objectPrototype.handle, fieldBytes: 0)
  vm.makeInternal(object)
  let store = vm.ensureIndexStore(object)
  for i in 0..<count { vm.arrayAppend(store, r[i]) }
  vm.addNamed(object, machine.names.length.handle, Value(count), .hidden)
  vm.addNamed(object, machine.intrinsics.symbolIterator.handle, machine.intrinsics.arrayValues, .hidden)
  vm.addNamed(object, machine.names.callee.handle, machine.intrinsics.throwingAccessor, .accessor)
  machine.builtins.argumentsShape = object.shape
  r[fieldA(w)] = vm.objectValue(object)
}

/// An arguments object of the shape that all have at first.
private func makeArguments(_ vm: VM, _ r: Registers, _ count: Int, shape: ShapeID) -> Cell {
  let machine = vm.machine
  let saved = vm.pointee.nextID
  let store = vm.makeArray(r, count: count)
  store.setHeader(shape: machine.storeShape, extension: 0, kind: .array, flags: 0, id: 0)
  vm.pointee.nextID = saved
  let properties = vm.makeValues(3)
  properties.set32(4, vm.handle(store))
  properties.setValue(Layout.values, Value(count))
  properties.setValue(Layout.values + 8, machine.intrinsics.arrayValues)
  properties.setValue(Layout.values + 16, machine.intrinsics.throwingAccessor)
  let object = vm.heap.allocate(Layout.headerSize)
  machine.nextInternalID += 1
  object.setHeader(
    shape: shape, extension: vm.handle(properties), kind: .arguments, flags: CellFlag.internalID,
    id: machine.nextInternalID)
  return object
}

@inline(__always) func opClosure(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) { slowly(vm, &r, &pc, w, slowClosure) }

@inline(never) func slowClosure(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32) {
  enterSlowPath(vm, r, pc, skipping: 1)
  let number = Int(pc[0])
  let code = vm.pointee.codes + number
  let parts = vm.machine.code.parts + number
  let count = Int(code.pointee.captureCount)
  let function = vm.makeFunction(
    code: number, native: Layout.Function.none, captures: count, internal: parts.pointee.isSelfHosted)
  let parent = vm.cell(r[FrameHeader.callee])
  for i in 0..<count {
    let index = Int(parts.pointee.captures[i].index)
    let isRegister = parts.pointee.captures[i].isRegister
    let cell = isRegister ? r[index] : parent.value(Layout.Function.captures + index * 8)
    function.setValue(Layout.Function.captures + i * 8, cell)
  }
  let kind = code.pointee.kind
  if kind == CodeBlock.Kind.arrow.rawValue || kind == CodeBlock.Kind.fieldInitializer.rawValue {
    function.set32(Layout.Function.home, parent.u32(Layout.Function.home))
  }
  r[fieldA(w)] = vm.objectValue(function)
}

// MARK: Jumps

@inline(__always) func opJump(_ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase) {
  pc += Int(Int32(bitPattern: w) >> 8)
}

@inline(__always) func opLoop(_ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase) {
  pc += Int(Int32(bitPattern: w) >> 8)
  countSafepoint(vm, &r, &pc)
}

@inline(__always) private func truthy(_ vm: VM, _ value: Value) -> Bool {
  if _fastPath(value.isBoolean) { return value == .true }
  return truthySlowly(vm, value)
}

@inline(never) private func truthySlowly(_ vm: VM, _ value: Value) -> Bool { vm.toBoolean(value) }

@inline(__always) func opJumpTrue(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) { jump(&pc, if: truthy(vm, r[fieldA(w)])) }

@inline(__always) func opJumpFalse(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) { jump(&pc, if: !truthy(vm, r[fieldA(w)])) }

@inline(__always) func opLoopTrue(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  jump(&pc, if: truthy(vm, r[fieldA(w)]))
  countSafepoint(vm, &r, &pc)
}

@inline(__always) func opLoopFalse(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  jump(&pc, if: !truthy(vm, r[fieldA(w)]))
  countSafepoint(vm, &r, &pc)
}

@inline(__always) func opJumpNullish(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) { jump(&pc, if: r[fieldA(w)].isNullish) }

@inline(__always) func opJumpNotNullish(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) { jump(&pc, if: !r[fieldA(w)].isNullish) }

@inline(__always) func opJumpUndefined(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) { jump(&pc, if: r[fieldA(w)].isUndefined) }

@inline(__always) func opJumpNotUndefined(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) { jump(&pc, if: !r[fieldA(w)].isUndefined) }

@inline(__always) func opJumpNull(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) { jump(&pc, if: r[fieldA(w)].isNull) }

@inline(__always) func opJumpNotNull(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) { jump(&pc, if: !r[fieldA(w)].isNull) }

// MARK: Simple values

@inline(__always) func opNot(_ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase) {
  r[fieldA(w)] = Value(!truthy(vm, r[fieldB(w)]))
}

@inline(__always) func opTypeof(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) { r[fieldA(w)] = typeName(vm, r[fieldB(w)]) }

@inline(never) func typeName(_ vm: VM, _ value: Value) -> Value {
  let machine = vm.machine
  if value.isNumber { return machine.typeNames.number }
  if value.isString { return machine.typeNames.string }
  if value.isBoolean { return machine.typeNames.boolean }
  if value.isUndefined { return machine.names.undefined }
  if value.isSymbol { return machine.typeNames.symbol }
  if value.isBigInt { return machine.typeNames.bigint }
  if value.isObject, vm.isCallable(value) { return machine.typeNames.function }
  return machine.typeNames.object
}

/// What `typeof` answers.
struct TypeNames {
  let number, string, boolean, symbol, bigint, function, object, array, null: Value

  init(_ intern: (StaticString) -> Value) {
    number = intern("number")
    string = intern("string")
    boolean = intern("boolean")
    symbol = intern("symbol")
    bigint = intern("bigint")
    function = intern("function")
    object = intern("object")
    array = intern("array")
    null = intern("null")
  }

  var all: [Value] { [number, string, boolean, symbol, bigint, function, object, array, null] }
}
