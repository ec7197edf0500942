import CVMBytecode
import CVMDispatch

// `new`, classes.

@inline(__always) func opConstruct(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  slowly(vm, &r, &pc, w) { vm, r, pc, w in
    let base = r + fieldA(w)
    if enterConstructor(vm, base, fieldB(w), newTarget: base[0], returnPC: pc, caller: r) { return }
    construct(vm, base, fieldB(w), newTarget: base[0], returnPC: pc, caller: r)
  }
}

/// Constructs with a function of the program whose instances have a known shape; false, without effects, when it is
/// anything else.
@inline(__always) private func enterConstructor(
  _ vm: VM, _ base: Registers, _ count: Int, newTarget: Value, returnPC: ProgramCounter, caller: Registers
) -> Bool {
  guard base[0].isObject, newTarget.isObject else { return false }
  let function = vm.cell(base[0])
  guard function.kind == .function, function.flags & CellFlag.constructor != 0,
    function.u32(Layout.Function.native) == Layout.Function.none
  else { return false }
  let code = vm.pointee.codes + Int(function.u32(Layout.Function.code))
  let frame = base + FrameHeader.size
  guard frame + Swift.max(Int(code.pointee.registerCount), count) <= vm.pointee.stackLimit, frame - caller < 65536
  else { return false }
  if code.pointee.kind == CodeBlock.Kind.derivedConstructor.rawValue {
    base[1] = .uninitialized
  } else {
    let target = vm.cell(newTarget)
    guard target.kind == .function else { return false }
    let shape = target.u32(Layout.Function.instanceShape)
    guard shape != 0 else { return false }
    base[1] = vm.objectValue(vm.makeObject(shape: shape))
  }
  var missing = count
  while missing < Int(code.pointee.parameterCount) {
    frame[missing] = .undefined
    missing += 1
  }
  frame[FrameHeader.link] = vm.makeLink(returnPC, frame - caller, .construct)
  frame[FrameHeader.meta] = Value(bits: newTarget.bits | UInt64(count) << 32)
  vm.pointee.frame = frame
  vm.pointee.pc = vm.pointee.code + Int(code.pointee.entry)
  countSlowSafepoint(vm)
  return true
}

@inline(__always) func opConstructSpread(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  slowly(vm, &r, &pc, w) { vm, r, pc, w in
    enterSlowPath(vm, r, pc)
    let base = r + fieldA(w)
    guard let count = spreadArguments(vm, base) else { return }
    construct(vm, base, count, newTarget: base[0], returnPC: pc, caller: r)
  }
}

@inline(__always) func opSuperCall(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  slowly(vm, &r, &pc, w) { vm, r, pc, w in
    let base = r + fieldA(w)
    if enterConstructor(vm, base, fieldB(w), newTarget: base[1], returnPC: pc, caller: r) { return }
    guard vm.isConstructor(base[0]) else { return throwNoSuperConstructor(vm, r, pc, base[0]) }
    construct(vm, base, fieldB(w), newTarget: base[1], returnPC: pc, caller: r)
  }
}

@inline(__always) func opSuperCallSpread(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  slowly(vm, &r, &pc, w) { vm, r, pc, w in
    enterSlowPath(vm, r, pc)
    let base = r + fieldA(w)
    guard let count = spreadArguments(vm, base) else { return }
    guard vm.isConstructor(base[0]) else { return throwNoSuperConstructor(vm, r, pc, base[0]) }
    construct(vm, base, count, newTarget: base[1], returnPC: pc, caller: r)
  }
}

private func throwNoSuperConstructor(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ parent: Value) {
  enterSlowPath(vm, r, pc)
  let text = parent == vm.machine.intrinsics.functionPrototype ? "null" : vm.describe(parent)
  let name = vm.functionName(vm.cell(r[FrameHeader.callee])) ?? "anonymous class"
  vm.throwError(.typeError, "Super constructor \(text) of \(name) is not a constructor")
}

@inline(__always) func opSuperConstructor(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  slowly(vm, &r, &pc, w) { vm, r, pc, w in
    enterSlowPath(vm, r, pc)
    guard let function = vm.checkedObject(r[fieldB(w)]) else { return }
    let parent = vm.prototype(function).map { vm.objectValue($0) } ?? .null
    r[fieldA(w)] = parent
  }
}

/// Constructs with the function at `base[0]`: makes `this` for ordinary functions and base classes. The result goes to
/// `base[0]`: a caller that wants it elsewhere asks by a call of its own.
@inline(never) func construct(
  _ vm: VM, _ base: Registers, _ count: Int, newTarget: Value, returnPC: ProgramCounter, caller: Registers
) {
  vm.pointee.frame = caller
  vm.pointee.pc = returnPC
  let callee = base[0]
  guard vm.isConstructor(callee) else {
    return vm.throwError(.typeError, ErrorMessage.notAConstructor(vm.calleeText(callee)))
  }
  var target = newTarget
  var constructor = callee
  while vm.cell(constructor).kind == .boundFunction {
    let inner = vm.cell(constructor).value(Layout.BoundFunction.target)
    if target == constructor { target = inner }
    constructor = inner
  }
  let function = vm.cell(constructor)
  if function.u32(Layout.Function.native) != Layout.Function.none
    || vm.pointee.codes[Int(function.u32(Layout.Function.code))].kind == CodeBlock.Kind.derivedConstructor.rawValue
  {
    base[1] = .uninitialized
  } else {
    base[1] = constructedObject(vm, target)
  }
  invoke(
    vm, base, count, .construct, returnPC: returnPC, caller: caller, destination: 0, newTarget: target)
  countSlowSafepoint(vm)
}

/// A new object whose prototype is what `new.target.prototype` says (OrdinaryCreateFromConstructor).
private func constructedObject(_ vm: VM, _ newTarget: Value) -> Value {
  let function = vm.cell(newTarget)
  if function.kind == .function {
    let known = function.u32(Layout.Function.instanceShape)
    if known != 0 { return vm.objectValue(vm.makeObject(shape: known)) }
  }
  let prototype = vm.prototypeForNew(newTarget, default: vm.machine.intrinsics.objectPrototype)
  let code = function.kind == .function ? function.u32(Layout.Function.code) : Layout.Function.none
  let hint = code == Layout.Function.none ? 0 : Int(vm.pointee.codes[Int(code)].instanceSlots)
  let shape = vm.shapes.root(prototype: prototype, inlineCapacity: hint == 0 ? 4 : (hint + 1) & ~1)
  if function.kind == .function {
    writeBarrier(vm, function + 24)
    function.set32(Layout.Function.instanceShape, shape)
  }
  return vm.objectValue(vm.makeObject(shape: shape))
}

extension UnsafeMutablePointer where Pointee == CVMMachine {
  /// As `prototypeForNew`; nil when it is behind an accessor.
  func plainPrototype(_ newTarget: Value, default fallback: Value) -> Handle? {
    guard newTarget.isObject else { return fallback.handle }
    switch getProperty(cell(newTarget), PropertyKey(atom: machine.names.prototype.handle)) {
    case .value(let prototype): return prototype.isObject ? prototype.handle : fallback.handle
    case .absent: return fallback.handle
    case .getter: return nil
    }
  }

  /// The prototype that objects made with `new.target` get; the default when its `prototype` is no object.
  func prototypeForNew(_ newTarget: Value, default fallback: Value) -> Handle {
    if newTarget.isObject,
      case .value(let prototype) = getProperty(cell(newTarget), PropertyKey(atom: machine.names.prototype.handle)),
      prototype.isObject
    {
      return prototype.handle
    }
    return fallback.handle
  }
}

@inline(__always) func opClassCreate(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) { slowly(vm, &r, &pc, w, slowClassCreate) }

@inline(never) func slowClassCreate(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32) {
  enterSlowPath(vm, r, pc)
  let parent = r[fieldB(w)]
  if parent == .hole || parent.isNull {
    return finishClass(vm, parent == .hole ? vm.machine.intrinsics.objectPrototype : .null, caller: r, returnPC: pc)
  }
  guard vm.isConstructor(parent) else {
    let isFunction = parent.isObject && vm.cell(parent).kind == .function
    let text =
      isFunction ? vm.functionText(vm.cell(parent)) : parent.isString ? vm.text(parent) : vm.describe(parent)
    return vm.throwError(.typeError, "Class extends value \(text) is not a constructor or null")
  }
  switch vm.getProperty(vm.cell(parent), PropertyKey(atom: vm.machine.names.prototype.handle)) {
  case .value(let prototype): finishClass(vm, prototype, caller: r, returnPC: pc)
  case .absent: finishClass(vm, .undefined, caller: r, returnPC: pc)
  case .getter(let getter): enterCall(vm, getter, this: parent, .classPrototype, 0, [])
  }
}

/// Completes CLASS_CREATE, the instruction before `returnPC`, with the prototype's prototype.
func finishClass(_ vm: VM, _ parentPrototype: Value, caller: Registers, returnPC: ProgramCounter) {
  let w = returnPC[-1]
  let parent = caller[fieldB(w)]
  guard parentPrototype.isObject || parentPrototype.isNull else {
    let text = vm.describe(parentPrototype)
    return vm.throwError(.typeError, "Class extends value does not have valid prototype property \(text)")
  }
  let machine = vm.machine
  guard let constructor = vm.checkedFunction(caller[fieldA(w)]) else { return }
  let prototype = vm.makeObject(prototype: parentPrototype.isNull ? 0 : parentPrototype.handle, inlineCapacity: 8)
  vm.makeInternal(prototype)
  vm.materializeFunctionIfNeeded(constructor)
  if parent.isObject { vm.setPrototype(constructor, parent.handle) }
  vm.addNamed(constructor, machine.names.prototype.handle, vm.objectValue(prototype), [])
  vm.addNamed(prototype, machine.names.constructor.handle, caller[fieldA(w)], .hidden)
  writeBarrier(vm, constructor + 24)
  constructor.set32(Layout.Function.home, vm.handle(prototype))
  caller[fieldA(w) + 1] = vm.objectValue(prototype)
}

extension UnsafeMutablePointer where Pointee == CVMMachine {
  func materializeFunctionIfNeeded(_ function: Cell) {
    if shapeInfo(function).pointee.flags & ShapeFlag.lazyFunction != 0 { materializeFunction(function) }
  }
}
