import CVMBytecode
import CVMDispatch

/// The object of a literal without cached shape, or when a new run of cells is needed.
@inline(never) func slowObjectCreate(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32) {
  enterSlowPath(vm, r, pc, skipping: 2)
  let count = fieldC(w)
  if pc[1] == 0 {
    let inline = count == 0 ? 4 : (count + 1) & ~1
    var shape = vm.shapes.root(prototype: vm.machine.intrinsics.objectPrototype.handle, inlineCapacity: inline)
    let names = vm.machine.code.nameLists[Int(vm.pointee.constants[Int(pc[0])].asInt)]
    for name in names { shape = vm.shapes.adding(name, .all, to: shape).unsafelyUnwrapped }
    pc[1] = shape
  }
  let object = vm.makeObject(shape: pc[1])
  for i in 0..<count { object.setValue(Layout.slots + i * 8, r[fieldB(w) + i]) }
  r[fieldA(w)] = vm.objectValue(object)
}

@inline(never) func slowPropertyGet(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32) {
  enterSlowPath(vm, r, pc, skipping: 4)
  getNamed(vm, r[fieldB(w)], pc, fieldA(w), method: false)
}

@inline(never) func slowMethodGet(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32) {
  enterSlowPath(vm, r, pc, skipping: 4)
  let receiver = r[fieldB(w)]
  r[fieldA(w) + 1] = receiver
  getNamed(vm, receiver, pc, fieldA(w), method: true)
}

private func getNamed(_ vm: VM, _ receiver: Value, _ pc: ProgramCounter, _ dst: Int, method: Bool) {
  let key = vm.pointee.constants[Int(pc[0])].handle
  let lookup: NamedLookup
  if receiver.isObject {
    let cell = vm.cell(receiver)
    if let value = cachedElsewhere(vm, cell.shape, cell, pc + 1) {
      vm.pointee.frame[dst] = value
      return
    }
    lookup = lookUpNamed(vm, receiver, cell, key, pc + 1, shapeWord: 0, methodCache: method)
  } else if receiver.isString {
    let start = vm.cell(vm.pointee.stringPrototype)
    if let value = cachedElsewhere(vm, InlineCache.stringShape, start, pc + 1) {
      vm.pointee.frame[dst] = value
      return
    }
    if key == vm.machine.names.length.handle {
      vm.pointee.frame[dst] = Value(vm.stringLength(receiver))
      return
    }
    lookup = lookUpNamed(
      vm, receiver, start, key, pc + 1, shapeWord: InlineCache.stringShape, methodCache: method)
  } else if let start = vm.lookupStart(receiver) {
    switch vm.getProperty(start, PropertyKey(atom: key)) {
    case .value(let value): lookup = .value(value)
    case .getter(let getter): lookup = .getter(getter)
    case .absent: lookup = .absent
    }
  } else {
    let name = vm.describe(key: PropertyKey(atom: key))
    return vm.throwError(.typeError, ErrorMessage.cannotRead(vm.describe(receiver), name))
  }
  switch lookup {
  case .value(let value): vm.pointee.frame[dst] = value
  case .absent: vm.pointee.frame[dst] = .undefined
  case .getter(let getter): enterCall(vm, getter, this: receiver, .store, dst, [])
  }
}

@inline(never) func slowPropertySet(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32) {
  enterSlowPath(vm, r, pc, skipping: 5)
  let target = r[fieldA(w)]
  let value = r[fieldB(w)]
  let key = vm.pointee.constants[Int(pc[0])].handle
  guard target.isObject else { return setOnPrimitive(vm, target, PropertyKey(atom: key), value) }
  let object = vm.cell(target)
  if pc[1] == object.shape | InlineCache.other, setCached(vm, object, value, pc + 1) { return }
  let addition = vm.machine.additions.entry(object.shape, key)
  if addition.pointee.shape == object.shape, addition.pointee.key == key,
    addition.pointee.epoch == vm.pointee.prototypeEpoch
  {
    addition.pointee.copy(to: pc + 1)
    if setCached(vm, object, value, pc + 1) { return }
  }
  if setOwnAndCache(vm, object, key, value, pc + 1) { return }
  let before = object.shape
  let result = vm.setProperty(object, PropertyKey(atom: key), value)
  if case .done = result, cacheAddition(vm, object, before, pc + 1) {
    vm.machine.additions.entry(before, key).pointee = Addition(key: key, cache: pc + 1)
  }
  finishSet(vm, result, target, PropertyKey(atom: key), value)
}

/// Stores through a cache entry that is not the handler's fast path; false when it does not match.
private func setCached(_ vm: VM, _ object: Cell, _ value: Value, _ cache: ProgramCounter) -> Bool {
  let info = cache[1]
  switch info >> 24 {
  case InlineCache.Kind.ownExtension:
    let address = vm.cell(object.extensionHandle) + Layout.values + Int(info & 0xffff) * 8
    writeBarrier(vm, address)
    address.setValue(0, value)
    return true
  // What a prototype gains must be made known: that is not for here.
  case InlineCache.Kind.addInline
  where cache[3] == vm.pointee.prototypeEpoch && object.flags & CellFlag.isPrototype == 0:
    writeBarrier(vm, object)
    object.set32(0, cache[2])
    let address = object + Int(info & 0xffff)
    writeBarrier(vm, address)
    address.setValue(0, value)
    return true
  case InlineCache.Kind.addExtension
  where cache[3] == vm.pointee.prototypeEpoch && object.flags & CellFlag.isPrototype == 0:
    vm.appendSlot(object, Int(info & 0xffff), value)
    writeBarrier(vm, object)
    object.set32(0, cache[2])
    return true
  default: return false
  }
}

/// Replaces an own writable data property of a plain shape and remembers its place.
private func setOwnAndCache(_ vm: VM, _ object: Cell, _ key: Handle, _ value: Value, _ cache: ProgramCounter) -> Bool {
  if vm.isGlobalObject(object) { return false }
  let shape = vm.shapeInfo(object)
  guard shape.pointee.flags & (ShapeFlag.dictionary | ShapeFlag.lazyFunction) == 0,
    object.kind != .function || key != vm.machine.names.prototype.handle,
    let slot = ShapeTable.lookup(vm, key, in: object.shape),
    slot.attributes.contains(.writable), !slot.attributes.contains(.accessor)
  else { return false }
  vm.storeSlot(vm.slotAddress(object, slot.slot), value)
  if object.flags & CellFlag.isPrototype != 0, object.kind != .function {
    // Values of prototypes are read live, but what loops over arrays rely on is one of them.
    vm.machine.prototypeValueChanged(object)
    return true
  }
  let inline = Int(shape.pointee.inlineCapacity)
  if slot.slot < inline {
    cache[0] = object.shape
    cache[1] = UInt32(Layout.slots + slot.slot * 8)
  } else {
    cache[0] = object.shape | InlineCache.other
    cache[1] = InlineCache.Kind.ownExtension << 24 | UInt32(slot.slot - inline)
  }
  return true
}

/// Remembers that a store added a property: from one shape to the next.
private func cacheAddition(_ vm: VM, _ object: Cell, _ before: ShapeID, _ cache: ProgramCounter) -> Bool {
  if vm.isGlobalObject(object) { return false }
  let old = vm.shapes[before].pointee
  let new = vm.shapeInfo(object).pointee
  guard object.shape != before, new.parent == before, new.flags & ShapeFlag.dictionary == 0,
    object.flags & CellFlag.isPrototype == 0, old.flags & ShapeFlag.lazyFunction == 0
  else { return false }
  let slot = Int(old.count)
  cache[0] = before | InlineCache.other
  cache[1] =
    slot < Int(old.inlineCapacity)
    ? InlineCache.Kind.addInline << 24 | UInt32(Layout.slots + slot * 8)
    : InlineCache.Kind.addExtension << 24 | UInt32(slot)
  cache[2] = object.shape
  cache[3] = vm.pointee.prototypeEpoch
  return true
}

/// Setting a property of a primitive: a setter of its prototype may take it, else it fails.
func setOnPrimitive(_ vm: VM, _ target: Value, _ key: PropertyKey, _ value: Value) {
  let name = vm.describe(key: key)
  guard let start = vm.lookupStart(target) else {
    return vm.throwError(.typeError, ErrorMessage.cannotSet(vm.describe(target), name))
  }
  var current: Cell? = start
  while let holder = current {
    if let property = vm.ownProperty(holder, key) {
      guard property.isAccessor else { break }
      let setter = vm.cell(property.value).value(Layout.Accessor.setter)
      if setter.isUndefined { return vm.throwError(.typeError, ErrorMessage.noSetter(name, vm.describeObject(holder))) }
      return enterCall(vm, setter, this: target, .discard, 0, argument: value)
    }
    current = vm.prototype(holder)
  }
  let type = target.isString ? "string" : target.isNumber ? "number" : target.isBoolean ? "boolean" : "symbol"
  let text = target.isString ? vm.text(target) : vm.describe(target)
  if target.isString && !key.isIndex && key.atom == vm.machine.names.length.handle
    || target.isString && key.isIndex && Int(key.index) < vm.stringLength(target)
  {
    return vm.throwError(.typeError, "Cannot assign to read only property '\(name)' of string '\(vm.text(target))'")
  }
  vm.throwError(.typeError, ErrorMessage.cannotCreateOn(name, type, text))
}

/// Turns the outcome of a store into its effect: nothing, a setter's call, or an error.
func finishSet(_ vm: VM, _ result: SetResult, _ target: Value, _ key: PropertyKey, _ value: Value) {
  switch result {
  case .done: break
  case .setter(let setter): enterCall(vm, setter, this: target, .discard, 0, argument: value)
  case .readOnly:
    let object = vm.cell(target)
    let name = vm.describe(key: key)
    if object.kind == .function {
      let text = vm.functionText(object)
      return vm.throwError(.typeError, "Cannot assign to read only property '\(name)' of function '\(text)'")
    }
    let text = object.kind == .array ? "[object Array]" : vm.describeObject(object)
    vm.throwError(.typeError, ErrorMessage.readOnly(name, text))
  case .noSetter:
    vm.throwError(.typeError, ErrorMessage.noSetter(vm.describe(key: key), vm.describeObject(vm.cell(target))))
  case .notExtensible: vm.throwError(.typeError, ErrorMessage.notExtensible(vm.describe(key: key)))
  case .invalidLength where value.isObject || value.isSymbol || value.isBigInt:
    enterTwin(vm, .setArrayLength, .discard, 0, target, value)
  case .invalidLength: vm.throwError(.rangeError, ErrorMessage.invalidArrayLength)
  }
}

// MARK: Definitions

@inline(never) func slowDefineField(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32) {
  enterSlowPath(vm, r, pc, skipping: 5)
  let key = PropertyKey(atom: vm.pointee.constants[Int(pc[0])].handle)
  guard let object = vm.checkedObject(r[fieldA(w)]) else { return }
  define(vm, object, key, r[fieldB(w)], .all)
}

/// CreateDataPropertyOrThrow and its kin: raises when an existing property can't be redefined.
func define(_ vm: VM, _ object: Cell, _ key: PropertyKey, _ value: Value, _ attributes: Attributes) {
  if let old = vm.ownProperty(object, key) {
    guard old.attributes.contains(.configurable) else {
      return vm.throwError(.typeError, ErrorMessage.cannotRedefine(vm.describe(key: key)))
    }
  } else if !vm.isExtensible(object) {
    return vm.throwError(.typeError, "Cannot define property \(vm.describe(key: key)), object is not extensible")
  }
  vm.defineOwn(object, key, value, attributes)
}

@inline(never) func slowDefineElement(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32) {
  enterSlowPath(vm, r, pc)
  // The compiler has converted the key.
  guard let key = vm.propertyKey(r[fieldB(w)]) else { return }
  guard let object = vm.checkedObject(r[fieldA(w)]) else { return }
  define(vm, object, key, r[fieldC(w)], .all)
}

@inline(never) func slowDefineMethod(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32) {
  enterSlowPath(vm, r, pc)
  guard let key = vm.propertyKey(r[fieldB(w)]) else { return }
  guard let object = vm.checkedObject(r[fieldA(w)]) else { return }
  define(vm, object, key, r[fieldC(w)], .hidden)
}

@inline(never) func slowDefineAccessor(
  _ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32, isGetter: Bool
) {
  enterSlowPath(vm, r, pc, skipping: 1)
  guard let key = vm.propertyKey(r[fieldB(w)]) else { return }
  guard let object = vm.checkedObject(r[fieldA(w)]) else { return }
  let function = r[fieldC(w)]
  let enumerable = pc.pointee & 1 != 0
  let attributes: Attributes = enumerable ? [.enumerable, .configurable, .accessor] : [.configurable, .accessor]
  if let old = vm.ownProperty(object, key) {
    guard old.attributes.contains(.configurable) else {
      return vm.throwError(.typeError, ErrorMessage.cannotRedefine(vm.describe(key: key)))
    }
    if old.isAccessor {
      let previous = vm.cell(old.value)
      let accessor = vm.makeAccessor(
        getter: isGetter ? function : previous.value(Layout.Accessor.getter),
        setter: isGetter ? previous.value(Layout.Accessor.setter) : function)
      return vm.defineOwn(object, key, vm.cellValue(accessor), attributes)
    }
  }
  let accessor = vm.makeAccessor(
    getter: isGetter ? function : .undefined, setter: isGetter ? .undefined : function)
  vm.defineOwn(object, key, vm.cellValue(accessor), attributes)
}

extension UnsafeMutablePointer where Pointee == CVMMachine {
  /// An internal cell as a value in a slot or register.
  @inline(__always) func cellValue(_ cell: Cell) -> Value { Value(tag: Tag.cell, handle: handle(cell)) }
}

@inline(never) func slowSetFunctionName(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32) {
  enterSlowPath(vm, r, pc, skipping: 1)
  let function = r[fieldA(w)]
  guard function.isObject, vm.cell(function).kind == .function else { return }
  let key = r[fieldB(w)]
  var name: Value
  if key.isSymbol {
    let description = vm.cell(key).value(Layout.primitive)
    name = description.isString ? vm.makeString("[\(vm.text(description))]") : vm.emptyString
  } else {
    name = vm.primitiveToString(key)
  }
  let prefix = pc.pointee == 1 ? "get " : pc.pointee == 2 ? "set " : ""
  if !prefix.isEmpty { name = vm.concatenate(vm.makeString(prefix), name) ?? name }
  vm.setFunctionName(vm.cell(function), name)
}

@inline(never) func slowSetPrototype(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32) {
  enterSlowPath(vm, r, pc)
  let prototype = r[fieldB(w)]
  guard prototype.isObject || prototype.isNull, let object = vm.checkedObject(r[fieldA(w)]) else { return }
  vm.setPrototype(object, prototype.isNull ? 0 : prototype.handle)
}

// MARK: Copying

/// Whether every own enumerable property can be read without running user code; nil when the run is to stop.
private func isPlainSource(_ vm: VM, _ object: Cell) -> Bool? {
  if let plan = vm.machine.plans.plan(vm, object) { return !plan.hasAccessor }
  for (number, key) in vm.ownKeys(object).enumerated() {
    if vm.mustStop(afterKey: number) { return nil }
    if vm.ownProperty(object, key)?.isAccessor == true { return false }
  }
  return true
}

/// False when the run is to stop: what was copied will be copied again.
private func copyPlain(_ vm: VM, from source: Cell, to target: Cell, excluding excluded: [PropertyKey]) -> Bool {
  if let plan = vm.machine.plans.plan(vm, source) {
    for i in 0..<plan.count {
      let member = plan.members[i]
      if !excluded.isEmpty, excluded.contains(PropertyKey(atom: member.key)) { continue }
      vm.defineFresh(target, member.key, vm.slotAddress(source, Int(member.slot)).pointee)
    }
    return true
  }
  for (number, key) in vm.ownKeys(source).enumerated() where !excluded.contains(key) {
    if vm.mustStop(afterKey: number) { return false }
    guard let property = vm.ownProperty(source, key), property.attributes.contains(.enumerable) else { continue }
    vm.defineOwn(target, key, property.value, .all)
  }
  return true
}

/// As `copyPlain`.
private func copyCharacters(_ vm: VM, of string: Value, to target: Cell) -> Bool {
  for i in 0..<vm.stringLength(string) {
    if vm.mustStop(afterKey: i) { return false }
    vm.defineOwn(target, PropertyKey(index: UInt32(i)), vm.unitString(string, i), .all)
  }
  return true
}

@inline(never) func slowCopyProperties(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32) {
  enterSlowPath(vm, r, pc)
  let source = r[fieldB(w)]
  guard let target = vm.checkedObject(r[fieldA(w)]) else { return }
  guard vm.canListKeys(source) else { return retry(vm, vm.pointee.pc) }
  if source.isString {
    if !copyCharacters(vm, of: source, to: target) { retry(vm, vm.pointee.pc) }
    return
  }
  guard source.isObject else { return }
  let object = vm.cell(source)
  guard let isPlain = isPlainSource(vm, object) else { return retry(vm, vm.pointee.pc) }
  if !isPlain { return enterTwin(vm, .copyProperties, .discard, 0, r[fieldA(w)], source) }
  if !copyPlain(vm, from: object, to: target, excluding: []) { retry(vm, vm.pointee.pc) }
}

@inline(never) func slowObjectRest(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32) {
  enterSlowPath(vm, r, pc, skipping: 1)
  let source = r[fieldB(w)]
  let first = fieldC(w)
  let count = Int(pc.pointee)
  guard vm.canListKeys(source) else { return retry(vm, vm.pointee.pc) }
  guard let isPlain = source.isObject ? isPlainSource(vm, vm.cell(source)) : true else {
    return retry(vm, vm.pointee.pc)
  }
  if !isPlain {
    let keys = vm.makeArray(r + first, count: count)
    vm.makeInternal(keys)
    return enterTwin(vm, .objectRest, .store, fieldA(w), source, vm.objectValue(keys))
  }
  let excluded = (0..<count).compactMap { vm.propertyKey(r[first + $0]) }
  let target = vm.makeObject(prototype: vm.machine.intrinsics.objectPrototype.handle)
  if source.isObject {
    guard copyPlain(vm, from: vm.cell(source), to: target, excluding: excluded) else {
      return retry(vm, vm.pointee.pc)
    }
  } else if source.isString {
    guard copyCharacters(vm, of: source, to: target) else { return retry(vm, vm.pointee.pc) }
    for key in excluded { _ = vm.deleteProperty(target, key) }
  }
  // Not before: the source may stand there.
  r[fieldA(w)] = vm.objectValue(target)
}

// MARK: delete, in, instanceof, super

@inline(never) func slowPropertyDelete(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32) {
  enterSlowPath(vm, r, pc)
  let target = r[fieldB(w)]
  if target.isNullish {
    return vm.throwError(.typeError, "Cannot convert undefined or null to object")
  }
  guard let key = vm.propertyKey(r[fieldC(w)]) else {
    return enterTwin(vm, .deleteElement, .store, fieldA(w), target, r[fieldC(w)])
  }
  guard target.isObject else {
    let isOwn =
      target.isString
      && (key.isIndex ? Int(key.index) < vm.stringLength(target) : key.atom == vm.machine.names.length.handle)
    if isOwn {
      return vm.throwError(.typeError, ErrorMessage.cannotDelete(vm.describe(key: key), "[object String]"))
    }
    r[fieldA(w)] = .true
    return
  }
  let object = vm.cell(target)
  guard vm.deleteProperty(object, key) else {
    let text = object.kind == .array ? "[object Array]" : vm.describeObject(object)
    return vm.throwError(.typeError, ErrorMessage.cannotDelete(vm.describe(key: key), text))
  }
  r[fieldA(w)] = .true
}

@inline(never) func slowIn(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32) {
  enterSlowPath(vm, r, pc)
  let target = r[fieldC(w)]
  let keyValue = r[fieldB(w)]
  guard target.isObject else {
    let text = target.isString ? vm.text(target) : vm.describe(target)
    let key = keyValue.isObject ? vm.describe(keyValue) : vm.describe(key: vm.propertyKey(keyValue)!)
    return vm.throwError(.typeError, ErrorMessage.inOnPrimitive(key, text))
  }
  guard let key = vm.propertyKey(keyValue) else {
    return enterTwin(vm, .hasElement, .store, fieldA(w), keyValue, target)
  }
  r[fieldA(w)] = Value(vm.hasProperty(vm.cell(target), key))
}

@inline(never) func slowInstanceOf(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32) {
  enterSlowPath(vm, r, pc)
  let value = r[fieldB(w)]
  let target = r[fieldC(w)]
  guard target.isObject else {
    return vm.throwError(.typeError, "Right-hand side of 'instanceof' is not an object")
  }
  if let result = ordinaryInstanceOf(vm, value, vm.cell(target)) {
    r[fieldA(w)] = Value(result)
  } else {
    enterTwin(vm, .instanceOf, .store, fieldA(w), value, target)
  }
}

/// `instanceof` for functions whose @@hasInstance is the built-in one; nil for everything else.
private func ordinaryInstanceOf(_ vm: VM, _ value: Value, _ target: Cell) -> Bool? {
  guard target.kind == .function else { return nil }
  let machine = vm.machine
  let key = PropertyKey(atom: machine.intrinsics.symbolHasInstance.handle)
  var holder: Cell? = target
  while let current = holder, current != vm.cell(machine.intrinsics.functionPrototype) {
    if vm.ownProperty(current, key) != nil { return nil }
    holder = vm.prototype(current)
  }
  guard holder != nil else { return nil }
  guard value.isObject else { return false }
  guard let property = vm.ownProperty(target, PropertyKey(atom: machine.names.prototype.handle)),
    !property.isAccessor, property.value.isObject
  else { return nil }
  var current = vm.prototype(vm.cell(value))
  while let object = current {
    if vm.handle(object) == property.value.handle { return true }
    current = vm.prototype(object)
  }
  return false
}

@inline(never) func slowRequireObjectCoercible(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32) {
  enterSlowPath(vm, r, pc)
  let value = vm.describe(r[fieldA(w)])
  let source = vm.sourceText().flatMap { $0.isEmpty ? nil : $0 } ?? value
  // The property that would be read first follows in the code.
  let next = Instruction(word: pc.pointee)
  if next.opcode == .propertyGet, next.b == fieldA(w) {
    let name = vm.text(atom: vm.pointee.constants[Int(pc[1])].handle)
    return vm.throwError(.typeError, "Cannot destructure property '\(name)' of '\(source)' as it is \(value).")
  }
  vm.throwError(.typeError, ErrorMessage.cannotDestructure(source, value))
}

@inline(never) func slowSuperGet(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32) {
  enterSlowPath(vm, r, pc)
  let base = r[fieldB(w) + 1]
  guard let key = vm.propertyKey(r[fieldC(w)]) else { return }
  guard base.isObject else {
    return vm.throwError(.typeError, ErrorMessage.cannotRead("null", vm.describe(key: key)))
  }
  switch vm.getProperty(vm.cell(base), key) {
  case .value(let value): r[fieldA(w)] = value
  case .absent: r[fieldA(w)] = .undefined
  case .getter(let getter): enterCall(vm, getter, this: r[fieldB(w)], .store, fieldA(w), [])
  }
}

@inline(never) func slowSuperSet(_ vm: VM, _ r: Registers, _ pc: ProgramCounter, _ w: UInt32) {
  enterSlowPath(vm, r, pc)
  let receiver = r[fieldA(w)]
  let base = r[fieldA(w) + 1]
  guard let key = vm.propertyKey(r[fieldB(w)]) else { return }
  guard base.isObject else {
    return vm.throwError(.typeError, ErrorMessage.cannotSet("null", vm.describe(key: key)))
  }
  guard receiver.isObject else {
    return vm.throwError(.typeError, "Cannot assign to property '\(vm.describe(key: key))' of a primitive value")
  }
  let result = vm.setProperty(startingAt: vm.cell(base), receiver: vm.cell(receiver), key, r[fieldC(w)])
  finishSet(vm, result, receiver, key, r[fieldC(w)])
}
