import CVMDispatch

/// The `next` methods of the built-in iterators, and what all iterators inherit.
enum IteratorBuiltins {
  static var arrayNext: BuiltinFunction {
    BuiltinFunction("next", length: 0, native: nextOfArray, selfHosted: "ArrayIteratorNext", "The next element.")
  }
  static var mapNext: BuiltinFunction { BuiltinFunction("next", length: 0, native: nextOfMap, "The next entry.") }
  static var setNext: BuiltinFunction { BuiltinFunction("next", length: 0, native: nextOfSet, "The next value.") }
  static var stringNext: BuiltinFunction {
    BuiltinFunction("next", length: 0, native: nextOfString, "The next code point.")
  }
  static var iterator: BuiltinFunction {
    BuiltinFunction("[Symbol.iterator]", length: 0, native: { _, frame, _ in receiver(frame) }, "The iterator itself.")
  }
  static var species: BuiltinFunction {
    BuiltinFunction("get [Symbol.species]", length: 0, native: { _, frame, _ in receiver(frame) }, "The constructor.")
  }
}

private func iteratorCell(_ vm: VM, _ frame: Registers, _ kind: CellKind) -> Cell? {
  let this = receiver(frame)
  guard this.isObject, vm.cell(this).kind == kind else { return nil }
  return vm.cell(this)
}

private func wrongReceiver(_ vm: VM, _ frame: Registers) -> Value {
  vm.throwTypeError("next method called on incompatible receiver \(vm.wordsFor(receiver(frame)))")
}

private func result(_ vm: VM, _ value: Value) -> Value {
  value == .done ? vm.makeIteratorResult(.undefined, done: true) : vm.makeIteratorResult(value, done: false)
}

private func nextOfArray(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  guard let cell = iteratorCell(vm, frame, .arrayIterator) else { return wrongReceiver(vm, frame) }
  guard let value = vm.stepArrayIterator(cell) else { return .callNeeded }
  return result(vm, value)
}

private func nextOfMap(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  guard let cell = iteratorCell(vm, frame, .mapIterator) else { return wrongReceiver(vm, frame) }
  return result(vm, vm.stepTableIterator(cell, isMap: true))
}

private func nextOfSet(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  guard let cell = iteratorCell(vm, frame, .setIterator) else { return wrongReceiver(vm, frame) }
  return result(vm, vm.stepTableIterator(cell, isMap: false))
}

private func nextOfString(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  guard let cell = iteratorCell(vm, frame, .stringIterator) else { return wrongReceiver(vm, frame) }
  return result(vm, vm.stepStringIterator(cell))
}
