import CVMDispatch

enum MapBuiltins {
  static var constructor: BuiltinFunction {
    BuiltinFunction(
      "Map", length: 0, native: mapConstruct, selfHosted: "MapConstructor", "Makes a map of [key, value] pairs.",
      isConstructor: true)
  }
  static var statics: [BuiltinFunction] {
    [BuiltinFunction("groupBy", length: 2, selfHosted: "MapGroupBy", "Groups values by what a function returns.")]
  }
  static var methods: [BuiltinFunction] {
    [
      BuiltinFunction("get", length: 1, native: mapGet, "The value of a key."),
      BuiltinFunction("set", length: 2, native: mapSet, "Sets the value of a key."),
      BuiltinFunction("has", length: 1, native: mapHas, "Whether a key is there."),
      BuiltinFunction("getOrInsert", length: 2, native: mapGetOrInsert, "The value of a key, which is set if missing."),
      BuiltinFunction(
        "getOrInsertComputed", length: 2, selfHosted: "MapGetOrInsertComputed",
        "The value of a key, which a function gives if missing."),
      BuiltinFunction("delete", length: 1, native: mapDelete, "Removes a key."),
      BuiltinFunction("clear", length: 0, native: mapClear, "Removes everything."),
      BuiltinFunction("forEach", length: 1, selfHosted: "MapForEach", "Calls a function for each entry."),
      BuiltinFunction("keys", length: 0, native: mapKeys, "An iterator over keys."),
      BuiltinFunction("values", length: 0, native: mapValues, "An iterator over values."),
    ]
  }
  static var entries: BuiltinFunction {
    BuiltinFunction("entries", length: 0, native: mapEntries, "An iterator over [key, value] pairs.")
  }
  static var size: BuiltinFunction { BuiltinFunction("get size", length: 0, native: mapSize, "The number of entries.") }
}

enum SetBuiltins {
  static var constructor: BuiltinFunction {
    BuiltinFunction(
      "Set", length: 0, native: setConstruct, selfHosted: "SetConstructor", "Makes a set of values.",
      isConstructor: true)
  }
  static var methods: [BuiltinFunction] {
    [
      BuiltinFunction("has", length: 1, native: setHas, "Whether a value is there."),
      BuiltinFunction("add", length: 1, native: setAdd, "Adds a value."),
      BuiltinFunction("delete", length: 1, native: setDelete, "Removes a value."),
      BuiltinFunction("clear", length: 0, native: setClear, "Removes everything."),
      BuiltinFunction("entries", length: 0, native: setEntries, "An iterator over [value, value] pairs."),
      BuiltinFunction("forEach", length: 1, selfHosted: "SetForEach", "Calls a function for each value."),
      BuiltinFunction("union", length: 1, selfHosted: "SetUnion", "The values of both sets."),
      BuiltinFunction("intersection", length: 1, selfHosted: "SetIntersection", "The values that are in both sets."),
      BuiltinFunction("difference", length: 1, selfHosted: "SetDifference", "The values that the other set lacks."),
      BuiltinFunction(
        "symmetricDifference", length: 1, selfHosted: "SetSymmetricDifference", "The values that are in one set only."),
      BuiltinFunction("isSubsetOf", length: 1, selfHosted: "SetIsSubsetOf", "Whether the other set has all values."),
      BuiltinFunction(
        "isSupersetOf", length: 1, selfHosted: "SetIsSupersetOf", "Whether it has all values of the other set."),
      BuiltinFunction(
        "isDisjointFrom", length: 1, selfHosted: "SetIsDisjointFrom", "Whether the sets have no value in common."),
    ]
  }
  static var values: BuiltinFunction {
    BuiltinFunction("values", length: 0, native: setValues, "An iterator over values.")
  }
  static var size: BuiltinFunction { BuiltinFunction("get size", length: 0, native: setSize, "The number of values.") }
}

extension UnsafeMutablePointer where Pointee == CVMMachine {
  func makeTableObject(_ kind: CellKind, prototype: Handle?) -> Cell {
    let intrinsics = machine.intrinsics
    let standard = kind == .map ? intrinsics.mapPrototype.handle : intrinsics.setPrototype.handle
    let object = makeObject(kind: kind, prototype: prototype ?? standard, fieldBytes: 8)
    object.setValue(Layout.table, cellValue(HashTable.make(self, capacity: 4).cell))
    return object
  }

  @inline(__always) func table(_ object: Cell) -> HashTable { HashTable(self, cell(object.value(Layout.table))) }

  /// Sets the value of a key in the table of a map or set.
  @inline(__always) func tableSet(_ object: Cell, _ key: Value, _ value: Value) {
    let table = table(object)
    let key = HashTable.normalized(self, key)
    if let entry = table.find(key) {
      table.setValue(entry, value)
      return
    }
    let grown = table.adding(key, value)
    if grown.cell != table.cell {
      writeBarrier(self, object + Layout.table)
      object.setValue(Layout.table, cellValue(grown.cell))
    }
  }

  func tableRemove(_ object: Cell, _ key: Value) -> Bool {
    let table = table(object)
    guard let entry = table.find(HashTable.normalized(self, key)) else { return false }
    table.remove(entry)
    return true
  }

  func tableClear(_ object: Cell) {
    let old = table(object).cell
    let new = HashTable.make(self, capacity: 4).cell
    writeBarrier(self, old)
    writeBarrier(self, object + Layout.table)
    old.set8(15, old.flags | HashTable.clearedFlag)
    old.set32(4, handle(new))
    object.setValue(Layout.table, cellValue(new))
  }

  /// Whether the table of a map or set may grow within the heap limit.
  @inline(__always) func tableFits(_ object: Cell) -> Bool {
    let table = table(object)
    return table.used < table.capacity || canAllocate(HashTable.byteCount(capacity: table.capacity * 2))
  }

  /// An internal iterator over the entries of a map or set, for `forEach`.
  func makeCursor(_ object: Value, _ kind: CellKind, _ method: String) -> Value {
    guard object.isObject, cell(object).kind == kind else {
      return throwTypeError("Method \(method) called on incompatible receiver \(wordsFor(object))")
    }
    return makeIterator(
      kind == .map ? .mapIterator : .setIterator, machine.intrinsics.mapIteratorPrototype,
      cell(object).value(Layout.table), 0)
  }
}

extension Machine {
  func addCollectionIntrinsics() {
    natives.addIntrinsic("RequireMap") { vm, frame, _ in requireKind(vm, frame, .map) }
    natives.addIntrinsic("RequireSet") { vm, frame, _ in requireKind(vm, frame, .set) }
    natives.addIntrinsic("RequireWeakMap") { vm, frame, _ in requireKind(vm, frame, .weakMap) }
    natives.addIntrinsic("TableSize", .table) { vm, frame, _ in Value(vm.table(vm.cell(frame[0])).count) }
    natives.addIntrinsic("CanonicalKey") { _, frame, _ in
      frame[0].isDouble && frame[0].asDouble == 0 ? Value(0) : frame[0]
    }
  }
}

/// Raises in the name of the running built-in unless the operand is of a kind.
private func requireKind(_ vm: VM, _ frame: Registers, _ kind: CellKind) -> Value {
  if frame[0].isObject, vm.cell(frame[0]).kind == kind { return .undefined }
  return vm.throwTypeError(
    "Method \(vm.calleePath(vm.pointee.frame)) called on incompatible receiver \(vm.wordsFor(frame[0]))")
}

@inline(__always) private func collection(_ vm: VM, _ frame: Registers, _ kind: CellKind) -> Cell? {
  let this = receiver(frame)
  guard _fastPath(this.isObject), _fastPath(vm.cell(this).kind == kind) else { return nil }
  return vm.cell(this)
}

@inline(never) private func wrongReceiver(_ vm: VM, _ frame: Registers) -> Value {
  vm.throwTypeError(
    "Method \(vm.calleePath(frame)) called on incompatible receiver \(vm.wordsFor(receiver(frame)))")
}

/// The pairs of a plain array of plain arrays.
private func mapConstruct(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  let target = newTarget(frame)
  guard target.isObject, argument(frame, count, 0).isNullish,
    let prototype = vm.plainPrototype(target, default: vm.machine.intrinsics.mapPrototype)
  else { return .callNeeded }
  return vm.objectValue(vm.makeTableObject(.map, prototype: prototype))
}

private func setConstruct(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  let target = newTarget(frame)
  guard target.isObject, argument(frame, count, 0).isNullish,
    let prototype = vm.plainPrototype(target, default: vm.machine.intrinsics.setPrototype)
  else { return .callNeeded }
  return vm.objectValue(vm.makeTableObject(.set, prototype: prototype))
}

private func mapGet(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  guard let map = collection(vm, frame, .map) else { return wrongReceiver(vm, frame) }
  let table = vm.table(map)
  guard let entry = table.find(HashTable.normalized(vm, argument(frame, count, 0))) else { return .undefined }
  return table.value(entry)
}

private func mapSet(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  guard let map = collection(vm, frame, .map) else { return wrongReceiver(vm, frame) }
  guard vm.tableFits(map) else { return .retry }
  vm.tableSet(map, argument(frame, count, 0), argument(frame, count, 1))
  return receiver(frame)
}

private func mapGetOrInsert(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  guard let map = collection(vm, frame, .map) else { return wrongReceiver(vm, frame) }
  let key = argument(frame, count, 0)
  let table = vm.table(map)
  if let entry = table.find(HashTable.normalized(vm, key)) { return table.value(entry) }
  guard vm.tableFits(map) else { return .retry }
  let value = argument(frame, count, 1)
  vm.tableSet(map, key, value)
  return value
}

private func has(_ vm: VM, _ frame: Registers, _ count: Int32, _ kind: CellKind) -> Value {
  guard let object = collection(vm, frame, kind) else { return wrongReceiver(vm, frame) }
  return Value(vm.table(object).find(HashTable.normalized(vm, argument(frame, count, 0))) != nil)
}

private func mapHas(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value { has(vm, frame, count, .map) }
private func setHas(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value { has(vm, frame, count, .set) }

private func delete(_ vm: VM, _ frame: Registers, _ count: Int32, _ kind: CellKind) -> Value {
  guard let object = collection(vm, frame, kind) else { return wrongReceiver(vm, frame) }
  return Value(vm.tableRemove(object, argument(frame, count, 0)))
}

private func mapDelete(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value { delete(vm, frame, count, .map) }
private func setDelete(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value { delete(vm, frame, count, .set) }

private func clear(_ vm: VM, _ frame: Registers, _ kind: CellKind) -> Value {
  guard let object = collection(vm, frame, kind) else { return wrongReceiver(vm, frame) }
  vm.tableClear(object)
  return .undefined
}

private func mapClear(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value { clear(vm, frame, .map) }
private func setClear(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value { clear(vm, frame, .set) }

private func size(_ vm: VM, _ frame: Registers, _ kind: CellKind) -> Value {
  guard let object = collection(vm, frame, kind) else { return wrongReceiver(vm, frame) }
  return Value(vm.table(object).count)
}

private func mapSize(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value { size(vm, frame, .map) }
private func setSize(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value { size(vm, frame, .set) }

private func setAdd(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  guard let set = collection(vm, frame, .set) else { return wrongReceiver(vm, frame) }
  guard vm.tableFits(set) else { return .retry }
  vm.tableSet(set, argument(frame, count, 0), .undefined)
  return receiver(frame)
}

private func iterate(_ vm: VM, _ frame: Registers, _ kind: CellKind, _ delivered: Int32) -> Value {
  guard let object = collection(vm, frame, kind) else { return wrongReceiver(vm, frame) }
  let intrinsics = vm.machine.intrinsics
  let prototype = kind == .map ? intrinsics.mapIteratorPrototype : intrinsics.setIteratorPrototype
  return vm.makeIterator(
    kind == .map ? .mapIterator : .setIterator, prototype, object.value(Layout.table), delivered)
}

private func mapKeys(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value { iterate(vm, frame, .map, 0) }
private func mapValues(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value { iterate(vm, frame, .map, 1) }
private func mapEntries(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value { iterate(vm, frame, .map, 2) }
private func setValues(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value { iterate(vm, frame, .set, 1) }
private func setEntries(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value { iterate(vm, frame, .set, 2) }
