import CVMDispatch

enum WeakBuiltins {
  static var map: BuiltinFunction {
    BuiltinFunction(
      "WeakMap", length: 0, native: constructMap, selfHosted: "WeakMapConstructor",
      "Makes a map that does not keep its keys alive.", isConstructor: true)
  }
  static var mapMethods: [BuiltinFunction] {
    [
      BuiltinFunction("delete", length: 1, native: { remove($0, $1, $2, .weakMap) }, "Removes a key."),
      BuiltinFunction("get", length: 1, native: weakGet, "The value of a key."),
      BuiltinFunction("set", length: 2, native: weakSet, "Sets the value of a key."),
      BuiltinFunction("has", length: 1, native: { has($0, $1, $2, .weakMap) }, "Whether a key is there."),
      BuiltinFunction(
        "getOrInsert", length: 2, native: weakGetOrInsert, "The value of a key, which is set if missing."),
      BuiltinFunction(
        "getOrInsertComputed", length: 2, selfHosted: "WeakMapGetOrInsertComputed",
        "The value of a key, which a function gives if missing."),
    ]
  }
  static var set: BuiltinFunction {
    BuiltinFunction(
      "WeakSet", length: 0, native: constructSet, selfHosted: "WeakSetConstructor",
      "Makes a set that does not keep its values alive.", isConstructor: true)
  }
  static var setMethods: [BuiltinFunction] {
    [
      BuiltinFunction("delete", length: 1, native: { remove($0, $1, $2, .weakSet) }, "Removes a value."),
      BuiltinFunction("has", length: 1, native: { has($0, $1, $2, .weakSet) }, "Whether a value is there."),
      BuiltinFunction("add", length: 1, native: weakAdd, "Adds a value."),
    ]
  }
  static var reference: BuiltinFunction {
    BuiltinFunction(
      "WeakRef", length: 1, native: constructReference, selfHosted: "WeakRefConstructor",
      "Refers to an object without keeping it alive.", isConstructor: true)
  }
  static var referenceMethods: [BuiltinFunction] {
    [BuiltinFunction("deref", length: 0, native: dereference, "The object, undefined once it is gone.")]
  }
}

extension UnsafeMutablePointer where Pointee == CVMMachine {
  /// CanBeHeldWeakly: objects, and symbols that nobody can make again.
  func canBeHeldWeakly(_ value: Value) -> Bool {
    value.isObject || (value.isSymbol && cell(value).flags & CellFlag.registered == 0)
  }

  func makeWeakTable(_ kind: CellKind, prototype: Handle?) -> Value {
    let intrinsics = machine.intrinsics
    let standard = kind == .weakMap ? intrinsics.weakMapPrototype : intrinsics.weakSetPrototype
    let object = makeObject(kind: kind, prototype: prototype ?? standard.handle, fieldBytes: 8)
    object.setValue(Layout.table, cellValue(HashTable.make(self, capacity: 4).cell))
    return objectValue(object)
  }

  func makeWeakReference(_ target: Value, prototype: Handle?) -> Value {
    let object = makeObject(
      kind: .weakRef, prototype: prototype ?? machine.intrinsics.weakRefPrototype.handle, fieldBytes: 8)
    object.setValue(Layout.target, target)
    return objectValue(object)
  }
}

extension Machine {
  func addWeakIntrinsics() {
    natives.addIntrinsic("WeakMapCreate") { vm, frame, _ in
      vm.makeWeakTable(.weakMap, prototype: frame[0].isObject ? frame[0].handle : nil)
    }
    natives.addIntrinsic("WeakSetCreate") { vm, frame, _ in
      vm.makeWeakTable(.weakSet, prototype: frame[0].isObject ? frame[0].handle : nil)
    }
    natives.addIntrinsic("WeakRefCreate") { vm, frame, _ in
      vm.makeWeakReference(frame[0], prototype: frame[1].isObject ? frame[1].handle : nil)
    }
    natives.addIntrinsic("WeakMapHas", .weakMap) { vm, frame, _ in
      Value(vm.table(vm.cell(frame[0])).find(HashTable.normalized(vm, frame[1])) != nil)
    }
    natives.addIntrinsic("WeakMapGet", .weakMap) { vm, frame, _ in
      let table = vm.table(vm.cell(frame[0]))
      return table.find(HashTable.normalized(vm, frame[1])).map { table.value($0) } ?? .undefined
    }
    natives.addIntrinsic("WeakMapSet", .weakMap) { vm, frame, _ in
      if vm.canBeHeldWeakly(frame[1]) { vm.tableSet(vm.cell(frame[0]), frame[1], frame[2]) }
      return .undefined
    }
    natives.addIntrinsic("CanBeHeldWeakly") { vm, frame, _ in Value(vm.canBeHeldWeakly(frame[0])) }
  }
}

private func receiver(_ vm: VM, _ frame: Registers, _ kind: CellKind) -> Cell? {
  let this = receiver(frame)
  return this.isObject && vm.cell(this).kind == kind ? vm.cell(this) : nil
}

private func wrongReceiver(_ vm: VM, _ frame: Registers) -> Value {
  vm.throwTypeError(
    "Method \(vm.calleePath(frame)) called on incompatible receiver \(vm.wordsFor(receiver(frame)))")
}

private func construct(_ vm: VM, _ frame: Registers, _ count: Int32, _ kind: CellKind) -> Value {
  let target = newTarget(frame)
  guard target == frame[FrameHeader.callee], argument(frame, count, 0).isNullish else { return .callNeeded }
  return vm.makeWeakTable(kind, prototype: nil)
}

private func constructMap(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  construct(vm, frame, count, .weakMap)
}
private func constructSet(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  construct(vm, frame, count, .weakSet)
}

private func constructReference(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  let target = argument(frame, count, 0)
  guard newTarget(frame) == frame[FrameHeader.callee], vm.canBeHeldWeakly(target) else { return .callNeeded }
  return vm.makeWeakReference(target, prototype: nil)
}

private func dereference(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  receiver(vm, frame, .weakRef)?.value(Layout.target) ?? wrongReceiver(vm, frame)
}

private func weakGet(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  guard let map = receiver(vm, frame, .weakMap) else { return wrongReceiver(vm, frame) }
  let table = vm.table(map)
  return table.find(HashTable.normalized(vm, argument(frame, count, 0))).map { table.value($0) } ?? .undefined
}

private func weakSet(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  guard let map = receiver(vm, frame, .weakMap) else { return wrongReceiver(vm, frame) }
  let key = argument(frame, count, 0)
  guard vm.canBeHeldWeakly(key) else { return vm.throwTypeError("Invalid value used as weak map key") }
  guard vm.tableFits(map) else { return .retry }
  vm.tableSet(map, key, argument(frame, count, 1))
  return receiver(frame)
}

private func weakGetOrInsert(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  guard let map = receiver(vm, frame, .weakMap) else { return wrongReceiver(vm, frame) }
  let table = vm.table(map)
  if let entry = table.find(HashTable.normalized(vm, argument(frame, count, 0))) { return table.value(entry) }
  let result = weakSet(vm, frame, count)
  return result == receiver(frame) ? argument(frame, count, 1) : result
}

private func weakAdd(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  guard let set = receiver(vm, frame, .weakSet) else { return wrongReceiver(vm, frame) }
  let value = argument(frame, count, 0)
  guard vm.canBeHeldWeakly(value) else { return vm.throwTypeError("Invalid value used in weak set") }
  guard vm.tableFits(set) else { return .retry }
  vm.tableSet(set, value, .undefined)
  return receiver(frame)
}

private func has(_ vm: VM, _ frame: Registers, _ count: Int32, _ kind: CellKind) -> Value {
  guard let table = receiver(vm, frame, kind) else { return wrongReceiver(vm, frame) }
  return Value(vm.table(table).find(HashTable.normalized(vm, argument(frame, count, 0))) != nil)
}

private func remove(_ vm: VM, _ frame: Registers, _ count: Int32, _ kind: CellKind) -> Value {
  guard let table = receiver(vm, frame, kind) else { return wrongReceiver(vm, frame) }
  return Value(vm.tableRemove(table, argument(frame, count, 0)))
}
