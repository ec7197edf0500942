import CVMDispatch

// The state of an iteration is three registers: iterator, next method, index. A plain array is walked by index: then the
// second register is the array-iteration marker. An undefined first register means that the iteration is over.

@inline(__always) func opIteratorOpen(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  let iterable = r[fieldB(w)]
  if _fastPath(vm.iteratesPlainly(iterable)) {
    let state = r + fieldA(w)
    state[0] = iterable
    state[1] = .arrayIteration
    state[2] = Value(int: 0)
    return
  }
  slowly(vm, &r, &pc, w) { vm, r, pc, w in
    enterSlowPath(vm, r, pc)
    let iterable = r[fieldB(w)]
    if iterable.isNullish { return vm.throwNotIterable(iterable) }
    if openDirectly(vm, iterable, r + fieldA(w)) { return }
    if !vm.hasIteratorMethod(iterable) { return vm.throwNotIterable(iterable) }
    enterTwin(vm, .openIterator, .iteratorOpen, 0, iterable)
  }
}

/// GetIterator for values whose `Symbol.iterator` is that of a built-in, with the state that IteratorOpen makes; false,
/// without effects, for others.
func openDirectly(_ vm: VM, _ iterable: Value, _ state: Registers) -> Bool {
  let machine = vm.machine
  guard
    case .value(let method) = vm.getProperty(of: iterable, PropertyKey(atom: machine.intrinsics.symbolIterator.handle)),
    machine.builtins.iteratorMethods.contains(where: { $0 == method })
  else { return false }
  let function = vm.cell(method)
  let caller = vm.pointee.frame
  let base = caller + Int(vm.code(of: caller).pointee.registerCount)
  guard base + 16 <= vm.pointee.stackLimit else { return false }
  base[0] = method
  base[1] = iterable
  base[FrameHeader.size + FrameHeader.meta] = Value(bits: 0)
  let iterator = vm.native(function.u32(Layout.Function.native))(vm, base + FrameHeader.size, 0)
  if iterator == .exceptionMarker {
    vm.throwValue(vm.pointee.exception)
    return true
  }
  guard iterator.isObject,
    case .value(let next) = vm.getProperty(vm.cell(iterator), PropertyKey(atom: machine.names.next.handle))
  else { return false }
  state[0] = iterator
  state[1] = next
  state[2] = .undefined
  return true
}

extension UnsafeMutablePointer where Pointee == CVMMachine {
  /// Whether the value has something under `Symbol.iterator` that may be called.
  func hasIteratorMethod(_ value: Value) -> Bool {
    switch getProperty(of: value, PropertyKey(atom: machine.intrinsics.symbolIterator.handle)) {
    case .value(let method): return isCallable(method)
    case .getter: return true
    case .absent: return false
    }
  }
}

@inline(__always) func opIteratorNext(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  let state = r + fieldA(w)
  if _fastPath(state[1] == .arrayIteration) {
    let array = UnsafeMutableRawPointer(h + Int(state[0].handle) &* 8)
    let position = UInt32(truncatingIfNeeded: state[2].bits)
    if _fastPath(position < array.u32(Layout.Array.denseLength)) {
      let elements = UnsafeMutableRawPointer(h + Int(array.u32(Layout.Array.elements)) &* 8)
      let value = elements.value(Layout.values &+ Int(position) &* 8)
      if _fastPath(value != .hole) {
        state[2] = Value(int: Int32(bitPattern: position &+ 1))
        r[fieldB(w)] = value
        pc += 1
        return
      }
    }
  }
  slowly(vm, &r, &pc, w, slowIteratorNext)
}

@inline(never) func slowIteratorNext(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32) {
  enterSlowPath(vm, r, pc, skipping: 1)
  let state = r + fieldA(w)
  if state[0].isUndefined {
    vm.pointee.pc += Int(Int32(bitPattern: pc.pointee))
    return
  }
  if state[1] == .arrayIteration { return nextOfArray(vm, r, pc, w) }
  stepIterator(vm, r, pc, w)
}

@inline(__always) func opIteratorStep(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  slowly(vm, &r, &pc, w) { vm, r, pc, w in
    enterSlowPath(vm, r, pc, skipping: 1)
    if fieldC(w) == 0 { stepIterator(vm, r, pc, w) } else { stepCursor(vm, r, pc, w) }
  }
}

/// Puts the next key of a map or set into B and its value behind the cursor, which no program sees.
private func stepCursor(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32) {
  let state = r + fieldA(w)
  guard state[0].isObject, let key = vm.stepCursor(vm.cell(state[0]), value: state + 1) else {
    return vm.throwError(.typeError, "The state of a built-in function is damaged")
  }
  deliverStep(vm, key, state, r + fieldB(w), pc)
}

/// Gets the next value of the iterator at A, without a result object where nobody would see it.
@inline(__always) private func stepIterator(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32) {
  let state = r + fieldA(w)
  if _fastPath(vm.hasBuiltInNext(state[0], state[1])) {
    let isStepped =
      switch vm.cell(state[0]).kind {
      case .generator: resumeDirectly(vm, state[0], .undefined, .iteratorStep)
      case .iteratorHelper: stepHelper(vm, state, r + fieldB(w), pc)
      case .regExpStringIterator: stepMatches(vm, state, r + fieldB(w), pc)
      default: stepNatively(vm, state, r + fieldB(w), pc)
      }
    if isStepped { return }
  }
  enterTwin(vm, .iteratorStep, .iteratorStep, 0, state[0], state[1])
}

@inline(__always) private func stepNatively(
  _ vm: VM, _ state: Registers, _ target: Registers, _ pc: ProgramCounter
) -> Bool {
  guard let value = vm.stepBuiltInIterator(state[0], state[1]) else { return false }
  deliverStep(vm, value, state, target, pc)
  return true
}

/// Puts what a step gave into the target, or ends the iteration.
@inline(__always) private func deliverStep(
  _ vm: VM, _ value: Value, _ state: Registers, _ target: Registers, _ pc: ProgramCounter
) {
  if value == .done {
    state[0] = .undefined
    vm.pointee.pc += Int(Int32(bitPattern: pc.pointee))
  } else {
    target[0] = value
  }
}

/// Calls the step of an iterator helper whose `next` is the built-in one, which makes no result object; false, without
/// effects, for other iterators and for helpers that are running.
private func stepHelper(_ vm: VM, _ state: Registers, _ target: Registers, _ pc: ProgramCounter) -> Bool {
  guard let helper = HelperState(vm, state[0]) else { return false }
  guard helper.isReady else {
    guard helper.status == .completed else { return false }
    deliverStep(vm, .done, state, target, pc)
    return true
  }
  guard let twin = helper.twin else { return false }
  if twin == .helperTakeStep || twin == .helperDropStep, let value = helper.stepCounted(vm) {
    deliverStep(vm, value, state, target, pc)
    return true
  }
  enterHelperStep(vm, twin, helper)
  return true
}

/// Gets the next match of `matchAll` where nobody changed what regular expressions do; false, without effects, elsewhere.
private func stepMatches(_ vm: VM, _ state: Registers, _ target: Registers, _ pc: ProgramCounter) -> Bool {
  guard let match = vm.stepRegExpStringIterator(vm.cell(state[0])) else { return false }
  switch match.bits {
  case Value.done.bits:
    state[0] = .undefined
    vm.pointee.pc += Int(Int32(bitPattern: pc.pointee))
  case Value.exceptionMarker.bits:
    state[0] = .undefined
    vm.throwValue(vm.pointee.exception)
  case Value.retry.bits: retry(vm, vm.pointee.pc)
  default: target[0] = match
  }
  return true
}

/// The odd cases of walking an array: its end, holes, an array that became sparse meanwhile.
private func nextOfArray(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32) {
  let state = r + fieldA(w)
  let array = vm.cell(state[0])
  let position = UInt32(truncatingIfNeeded: state[2].bits)
  guard Int(position) < vm.arrayLength(array) else {
    state[0] = .undefined
    vm.pointee.pc += Int(Int32(bitPattern: pc.pointee))
    return
  }
  state[2] = Value(int: Int32(bitPattern: position &+ 1))
  switch vm.getProperty(array, PropertyKey(index: position)) {
  case .value(let value): r[fieldB(w)] = value
  case .absent: r[fieldB(w)] = .undefined
  case .getter(let getter): enterCall(vm, getter, this: state[0], .store, fieldB(w), [])
  }
}

@inline(__always) func opIteratorClose(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  let state = r + fieldA(w)
  if _fastPath(state[1] == .arrayIteration) { return }
  slowly(vm, &r, &pc, w) { vm, r, pc, w in
    enterSlowPath(vm, r, pc)
    let state = r + fieldA(w)
    let iterator = state[0]
    // A number: a walk over an array with a fixed number of rounds.
    guard iterator.isObject, !state[1].isNumber else { return }
    state[0] = .undefined
    enterTwin(vm, fieldB(w) == 0 ? .iteratorClose : .iteratorCloseSilently, .discard, 0, iterator)
  }
}

// MARK: for-in

@inline(__always) func opForInOpen(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) { slowly(vm, &r, &pc, w, slowForInOpen) }

/// Collects the enumerable string keys along the prototype chain: A = array of keys, A+1 = object, A+2 = position.
@inline(never) func slowForInOpen(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32) {
  enterSlowPath(vm, r, pc)
  let state = r + fieldA(w)
  let target = r[fieldB(w)]
  guard vm.canListKeys(target) else { return retry(vm, vm.pointee.pc) }
  if let keys = plainKeys(vm, target) {
    vm.makeInternal(keys)
    state[0] = vm.objectValue(keys)
    state[1] = target
    state[2] = Value(int: 0)
    return
  }
  let keys = vm.makeArray()
  vm.makeInternal(keys)
  // Of the prototypes alone: the object itself may have very many keys.
  var visited: Set<UInt64> = []
  if target.isString {
    for i in 0..<vm.stringLength(target) {
      if vm.mustStop(afterKey: i) { return retry(vm, vm.pointee.pc) }
      vm.arrayAppend(keys, vm.primitiveToString(Value(i)))
    }
  }
  let first = vm.lookupStart(target)
  var current = first
  while let object = current {
    for (number, key) in vm.ownKeys(object).enumerated() {
      if vm.mustStop(afterKey: number) { return retry(vm, vm.pointee.pc) }
      if !key.isIndex, vm.cell(key.atom).kind == .symbol { continue }
      guard let property = vm.ownProperty(object, key) else { continue }
      if object != first {
        guard let first, vm.ownProperty(first, key) == nil, visited.insert(key.bits).inserted else { continue }
      }
      if property.attributes.contains(.enumerable) { vm.arrayAppend(keys, vm.keyValue(key)) }
    }
    current = vm.prototype(object)
  }
  state[0] = vm.objectValue(keys)
  state[1] = target
  state[2] = Value(int: 0)
}

/// The keys that `for-in` visits of an object whose prototypes have none; nil for other values.
private func plainKeys(_ vm: VM, _ target: Value) -> Cell? {
  guard target.isObject else { return nil }
  let object = vm.cell(target)
  let plans = vm.machine.plans
  var current = vm.prototype(object)
  while let prototype = current {
    if prototype.kind == .array {
      guard prototype == vm.cell(vm.machine.intrinsics.arrayPrototype), vm.arrayLength(prototype) == 0,
        plans.hasNoEnumerable(vm, prototype.shape)
      else { return nil }
    } else {
      guard let plan = plans.plan(vm, prototype), plan.stringCount == 0 else { return nil }
    }
    current = vm.prototype(prototype)
  }
  if object.kind == .array {
    guard let array = vm.denseArray(target), array.shape == vm.pointee.arrayShape, vm.denseLength(array) < 1 << 16
    else {
      return nil
    }
    let keys = vm.makeArray(capacity: vm.denseLength(array))
    for i in 0..<vm.denseLength(array) where vm.arrayElements(array)[i] != .hole {
      vm.arrayAppend(keys, vm.primitiveToString(Value(i)))
    }
    return keys
  }
  guard let plan = plans.plan(vm, object) else { return nil }
  let keys = vm.makeArray(capacity: plan.stringCount)
  for i in 0..<plan.stringCount { vm.arrayAppend(keys, Value(tag: Tag.string, handle: plan.members[i].key)) }
  return keys
}

@inline(__always) func opForInNext(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) { slowly(vm, &r, &pc, w, slowForInNext) }

@inline(never) func slowForInNext(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32) {
  enterSlowPath(vm, r, pc, skipping: 1)
  let state = r + fieldA(w)
  let keys = vm.cell(state[0])
  var position = Int(state[2].asInt)
  while position < vm.arrayLength(keys) {
    let key = vm.arrayElements(keys)[position]
    position += 1
    // Keys deleted meanwhile are not visited.
    if !state[1].isObject || vm.hasProperty(vm.cell(state[1]), vm.propertyKey(string: key)) {
      state[2] = Value(position)
      r[fieldB(w)] = key
      return
    }
  }
  state[2] = Value(position)
  vm.pointee.pc += Int(Int32(bitPattern: pc.pointee))
}
