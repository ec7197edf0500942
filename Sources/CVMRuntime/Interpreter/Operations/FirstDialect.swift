import CVMDispatch

// Instructions and questions of code in the dialect `cvm1`.

extension UnsafeMutablePointer where Pointee == CVMMachine {
  /// Whether the code that called the running built-in, self-hosted functions aside, is in the dialect `cvm1`.
  var isCalledFromFirstDialect: Bool {
    for entry in FrameWalker(self, frame: pointee.frame, pc: pointee.pc) {
      guard let code = loadedCode(cell(entry.frame[FrameHeader.callee])), !code.block.isSelfHosted else { continue }
      return code.block.isFirstDialect
    }
    return false
  }

  /// Whether a value is an object as a literal makes it: its prototype is `Object.prototype` or null.
  func isPlainObject(_ value: Value) -> Bool {
    guard value.isObject, cell(value).kind == .object else { return false }
    guard let prototype = prototype(cell(value)) else { return true }
    return handle(prototype) == machine.intrinsics.objectPrototype.handle
  }
}

@inline(__always) func opTypeofKind(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) { r[fieldA(w)] = kindName(vm, r[fieldB(w)]) }

@inline(never) private func kindName(_ vm: VM, _ value: Value) -> Value {
  let names = vm.machine.typeNames
  if value.isNull { return names.null }
  if value.isObject, vm.cell(value).kind == .array { return names.array }
  return typeName(vm, value)
}

@inline(__always) func opDivChecked(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  let a = r[fieldB(w)]
  let b = r[fieldC(w)]
  if _fastPath(a.isDouble), _fastPath(b.isDouble), b.asDouble != 0 {
    r[fieldA(w)] = Value(rawDouble: a.asDouble / b.asDouble)
    return
  }
  slowly(vm, &r, &pc, w, slowDivChecked)
}

@inline(never) private func slowDivChecked(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32) {
  let a = r[fieldB(w)]
  let b = r[fieldC(w)]
  if a.isObject || b.isObject {
    enterSlowPath(vm, r, pc)
    return enterTwin(vm, .divChecked, .store, fieldA(w), a, b)
  }
  if vm.isPlainPrimitive(a), vm.isPlainPrimitive(b), vm.primitiveToNumber(b) == 0 {
    enterSlowPath(vm, r, pc)
    return vm.throwError(.error, ErrorMessage.divisionByZero)
  }
  slowDiv(vm, r, pc, w)
}

@inline(__always) func opFailurePrompt(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) {
  slowly(vm, &r, &pc, w) { vm, r, pc, w in
    enterSlowPath(vm, r, pc)
    enterTwin(vm, .failurePrompt, .store, fieldA(w), r[fieldB(w)])
  }
}

// MARK: for-of

// A walk over an array keeps the number of its rounds in the second register. Other iterations that know how many rounds
// are left keep that in the third.

@inline(__always) func opIteratorFix(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) { slowly(vm, &r, &pc, w, fixIterator) }

@inline(never) private func fixIterator(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32) {
  enterSlowPath(vm, r, pc)
  let state = r + fieldA(w)
  guard state[0].isObject else { return }
  if state[1] == .arrayIteration {
    state[1] = Value(vm.arrayLength(vm.cell(state[0])))
  } else if let rounds = vm.machine.remainingRounds(vm.cell(state[0]), next: state[1]) {
    state[2] = Value(rounds)
  }
}

extension Machine {
  /// How often a built-in iterator over an array, map or set would still give a value; nil for other iterators.
  fileprivate func remainingRounds(_ iterator: Cell, next: Value) -> Int? {
    guard [CellKind.arrayIterator, CellKind.mapIterator, CellKind.setIterator].contains(iterator.kind) else {
      return nil
    }
    let target = iterator.value(Layout.Iterator.target)
    guard target.isReference else { return nil }
    switch iterator.kind {
    case .arrayIterator where next == intrinsics.arrayIteratorNext:
      guard target.isObject, vm.cell(target).kind == .array else { return nil }
      return max(vm.arrayLength(vm.cell(target)) - Int(iterator.value(Layout.Iterator.position).asNumber), 0)
    case .mapIterator where next == intrinsics.mapIteratorNext, .setIterator where next == intrinsics.setIteratorNext:
      let position = Int(iterator.value(Layout.Iterator.position).asInt)
      let current = HashTable(vm, vm.cell(target)).following(position)
      if current.position == 0 { return current.table.count }
      return (current.position..<max(current.table.used, current.position)).reduce(0) {
        $0 + (current.table.key($1) == .hole ? 0 : 1)
      }
    default: return nil
    }
  }
}

@inline(__always) func opIteratorNextFixed(
  _ w: UInt32, _ r: inout Registers, _ pc: inout ProgramCounter, _ vm: VM, _ h: HeapBase
) { slowly(vm, &r, &pc, w, nextOfFixed) }

@inline(never) private func nextOfFixed(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32) {
  let state = r + fieldA(w)
  if state[1].isNumber { return nextOfFixedArray(vm, r, pc, w) }
  if state[2].isNumber {
    let rounds = state[2].asNumber
    guard rounds >= 1 else { return endFixed(vm, r, pc, w) }
    state[2] = Value(number: rounds - 1)
  }
  slowIteratorNext(vm, r, pc, w)
}

private func endFixed(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32) {
  enterSlowPath(vm, r, pc, skipping: 1)
  (r + fieldA(w))[0] = .undefined
  vm.pointee.pc += Int(Int32(bitPattern: pc.pointee))
}

/// Elements that the array has no longer are undefined.
private func nextOfFixedArray(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32) {
  let state = r + fieldA(w)
  let position = state[2].isNumber ? state[2].asNumber : .infinity
  guard position < state[1].asNumber, position >= 0, position < 4_294_967_295, state[0].isObject,
    vm.cell(state[0]).kind == .array
  else { return endFixed(vm, r, pc, w) }
  enterSlowPath(vm, r, pc, skipping: 1)
  state[2] = Value(number: position + 1)
  switch vm.getProperty(vm.cell(state[0]), PropertyKey(index: UInt32(position))) {
  case .value(let value): r[fieldB(w)] = value
  case .absent: r[fieldB(w)] = .undefined
  case .getter(let getter): enterCall(vm, getter, this: state[0], .store, fieldB(w), [])
  }
}
