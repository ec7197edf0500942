import CVMDispatch

enum ObjectBuiltins {
  static var constructor: BuiltinFunction {
    BuiltinFunction(
      "Object", length: 1, native: construct, selfHosted: "ObjectConstructor",
      "Makes an object, or wraps a primitive in one.", isConstructor: true)
  }

  static var statics: [BuiltinFunction] {
    [
      BuiltinFunction(
        "assign", length: 2, native: assign, selfHosted: "ObjectAssign", "Copies own enumerable properties."),
      BuiltinFunction(
        "create", length: 2, native: create, selfHosted: "ObjectCreate", "Makes an object with a prototype."),
      BuiltinFunction(
        "defineProperties", length: 2, selfHosted: "ObjectDefineProperties", "Defines properties from descriptors."),
      BuiltinFunction(
        "defineProperty", length: 3, native: defineProperty, selfHosted: "ObjectDefineProperty",
        "Defines one property from a descriptor."),
      BuiltinFunction("entries", length: 1, native: entries, selfHosted: "ObjectEntries", "The [key, value] pairs."),
      BuiltinFunction("freeze", length: 1, native: freeze, "Makes every own property read-only and permanent."),
      BuiltinFunction(
        "fromEntries", length: 1, selfHosted: "ObjectFromEntries", "Makes an object of [key, value] pairs."),
      BuiltinFunction(
        "getOwnPropertyDescriptor", length: 2, native: getOwnPropertyDescriptor,
        selfHosted: "ObjectGetOwnPropertyDescriptor", "The descriptor of an own property."),
      BuiltinFunction(
        "getOwnPropertyDescriptors", length: 1, native: getOwnPropertyDescriptors,
        "The descriptors of all own properties."),
      BuiltinFunction("getOwnPropertyNames", length: 1, native: getOwnPropertyNames, "All own string keys."),
      BuiltinFunction("getOwnPropertySymbols", length: 1, native: getOwnPropertySymbols, "All own symbol keys."),
      BuiltinFunction("getPrototypeOf", length: 1, native: getPrototypeOf, "The prototype, or null."),
      BuiltinFunction("groupBy", length: 2, selfHosted: "ObjectGroupBy", "Groups values by what a function returns."),
      BuiltinFunction(
        "hasOwn", length: 2, native: hasOwn, selfHosted: "ObjectHasOwn", "Whether there is an own property."),
      BuiltinFunction(
        "is", length: 2, native: isSame, "Whether two values are the same, NaN included, -0 apart from 0."),
      BuiltinFunction("isExtensible", length: 1, native: isExtensible, "Whether properties can be added."),
      BuiltinFunction("isFrozen", length: 1, native: isFrozen, "Whether nothing of it can be changed."),
      BuiltinFunction("isSealed", length: 1, native: isSealed, "Whether properties can be neither added nor deleted."),
      BuiltinFunction("keys", length: 1, native: keys, "The own enumerable string keys."),
      BuiltinFunction("preventExtensions", length: 1, native: preventExtensions, "Ends the adding of properties."),
      BuiltinFunction("seal", length: 1, native: seal, "Ends the adding and deleting of properties."),
      BuiltinFunction("setPrototypeOf", length: 2, native: setPrototypeOf, "Gives an object another prototype."),
      BuiltinFunction("values", length: 1, native: values, selfHosted: "ObjectValues", "The own enumerable values."),
    ]
  }

  static var methods: [BuiltinFunction] {
    [
      BuiltinFunction(
        "__defineGetter__", length: 2, selfHosted: "ObjectDefineGetter", "Defines a getter."),
      BuiltinFunction(
        "__defineSetter__", length: 2, selfHosted: "ObjectDefineSetter", "Defines a setter."),
      BuiltinFunction(
        "hasOwnProperty", length: 1, native: hasOwnProperty, selfHosted: "ObjectHasOwnProperty",
        "Whether there is an own property."),
      BuiltinFunction("__lookupGetter__", length: 1, selfHosted: "ObjectLookupGetter", "Finds a getter."),
      BuiltinFunction("__lookupSetter__", length: 1, selfHosted: "ObjectLookupSetter", "Finds a setter."),
      BuiltinFunction("isPrototypeOf", length: 1, native: isPrototypeOf, "Whether it is in a prototype chain."),
      BuiltinFunction(
        "propertyIsEnumerable", length: 1, native: propertyIsEnumerable, selfHosted: "ObjectPropertyIsEnumerable",
        "Whether an own property is enumerable."),
      BuiltinFunction("toString", length: 0, native: toString, selfHosted: "ObjectToString", "[object Tag]"),
      BuiltinFunction("valueOf", length: 0, native: valueOf, "The object itself."),
      BuiltinFunction("toLocaleString", length: 0, selfHosted: "ObjectToLocaleString", "What toString gives."),
    ]
  }

  static var protoGetter: BuiltinFunction {
    BuiltinFunction("get __proto__", length: 0, native: getProto, "The prototype.")
  }
  static var protoSetter: BuiltinFunction {
    BuiltinFunction("set __proto__", length: 1, native: setProto, "Sets the prototype.")
  }
}

private func construct(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  let target = newTarget(frame)
  if target.isObject && target != frame[FrameHeader.callee] {
    guard let prototype = vm.plainPrototype(target, default: vm.machine.intrinsics.objectPrototype) else {
      return .callNeeded
    }
    return vm.objectValue(vm.makeObject(prototype: prototype))
  }
  return vm.toObject(argument(frame, count, 0))
    ?? vm.objectValue(vm.makeObject(prototype: vm.machine.intrinsics.objectPrototype.handle))
}

/// The enumerable own properties; nil when one of them is an accessor.
private func plainProperties(_ vm: VM, _ object: Cell) -> [(key: PropertyKey, value: Value)]? {
  var result: [(key: PropertyKey, value: Value)] = []
  for key in vm.ownKeys(object) {
    guard let property = vm.ownProperty(object, key), property.attributes.contains(.enumerable) else { continue }
    if property.isAccessor { return nil }
    result.append((key, property.value))
  }
  return result
}

private func isSymbol(_ vm: VM, _ key: PropertyKey) -> Bool { !key.isIndex && vm.cell(key.atom).kind == .symbol }

private func assign(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  let target = argument(frame, count, 0)
  guard let object = vm.toObject(target) else { return vm.throwCannotConvert() }
  if let result = assignByPlans(vm, object, frame, Int(count)) { return result }
  var changes: [(key: PropertyKey, value: Value)] = []
  for i in 1..<max(Int(count), 1) where frame[i].isObject {
    guard vm.canListKeys(frame[i]) else { return .retry }
    guard let properties = plainProperties(vm, vm.cell(frame[i])) else { return .callNeeded }
    changes.append(contentsOf: properties)
  }
  for i in 1..<max(Int(count), 1) where frame[i].isString { return .callNeeded }
  // Setters, read-only properties and the like are for the general form.
  let to = vm.cell(object)
  guard to.kind == .object, vm.isExtensible(to) else { return .callNeeded }
  for change in changes {
    if case .value = vm.getProperty(to, change.key), vm.ownProperty(to, change.key)?.attributes != .all {
      return .callNeeded
    }
    if case .getter = vm.getProperty(to, change.key) { return .callNeeded }
    if !change.key.isIndex, change.key.atom == vm.machine.names.proto.handle { return .callNeeded }
  }
  for change in changes { _ = vm.setProperty(to, change.key, change.value) }
  return object
}

/// Object.assign from plain objects to a plain object that inherits from Object.prototype alone: nil, without effects,
/// for others.
private func assignByPlans(_ vm: VM, _ target: Value, _ frame: Registers, _ count: Int) -> Value? {
  let to = vm.cell(target)
  let plans = vm.machine.plans
  let prototype = vm.machine.intrinsics.objectPrototype.handle
  guard count > 1, to.kind == .object, vm.shapeInfo(to).pointee.prototype == prototype, vm.isExtensible(to),
    vm.shapeInfo(to).pointee.flags & ShapeFlag.dictionary == 0, !vm.isGlobalObject(to)
  else { return nil }
  for i in 1..<count where !frame[i].isNullish {
    guard frame[i].isObject, frame[i] != target, let plan = plans.plan(vm, vm.cell(frame[i])), !plan.hasAccessor
    else { return nil }
    for j in 0..<plan.count {
      let key = plan.members[j].key
      if let own = ShapeTable.lookup(vm, key, in: to.shape) {
        guard own.attributes == .all else { return nil }
      } else if vm.ownProperty(vm.cell(prototype), PropertyKey(atom: key)) != nil {
        return nil
      }
    }
  }
  for i in 1..<count where !frame[i].isNullish {
    let source = vm.cell(frame[i])
    guard let plan = plans.plan(vm, source) else { continue }
    for j in 0..<plan.count {
      let value = vm.slotAddress(source, Int(plan.members[j].slot)).pointee
      if case .done = vm.setProperty(to, PropertyKey(atom: plan.members[j].key), value) { continue }
    }
  }
  return target
}

private func create(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  let prototype = argument(frame, count, 0)
  guard prototype.isObject || prototype.isNull else {
    return vm.throwTypeError("Object prototype may only be an Object or null: \(vm.wordsFor(prototype))")
  }
  if !argument(frame, count, 1).isUndefined { return .callNeeded }
  return vm.objectValue(vm.makeObject(prototype: prototype.isNull ? 0 : prototype.handle))
}

private func defineProperty(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  let target = argument(frame, count, 0)
  guard target.isObject else { return vm.throwTypeError("Object.defineProperty called on non-object") }
  guard let key = vm.propertyKey(argument(frame, count, 1)) else { return .callNeeded }
  let source = argument(frame, count, 2)
  switch vm.readDescriptor(source) {
  case .notAnObject: return vm.throwTypeError("Property description must be an object: \(vm.wordsFor(source))")
  case .needsCall: return .callNeeded
  case .record(let fields):
    if fields.value?.isObject == true && vm.cell(target).kind == .array { return .callNeeded }
    if let message = fields.error(vm) { return vm.throwTypeError(message) }
    if let error = vm.defineOwnProperty(vm.cell(target), key, fields) { return error.raise(vm) }
    return target
  }
}

private func properties(
  _ vm: VM, _ value: Value, _ body: (PropertyKey, Value) -> Value
) -> Value {
  guard let object = vm.toObject(value) else { return vm.throwCannotConvert() }
  if let plan = vm.machine.plans.plan(vm, vm.cell(object)) {
    if plan.hasAccessor { return .callNeeded }
    let result = vm.makeArray(capacity: plan.stringCount)
    for i in 0..<plan.stringCount {
      let member = plan.members[i]
      let value = vm.slotAddress(vm.cell(object), Int(member.slot)).pointee
      vm.arrayAppend(result, body(PropertyKey(atom: member.key), value))
    }
    return vm.objectValue(result)
  }
  guard let properties = plainProperties(vm, vm.cell(object)) else { return .callNeeded }
  let result = vm.makeArray(capacity: properties.count)
  for (key, value) in properties where !isSymbol(vm, key) { vm.arrayAppend(result, body(key, value)) }
  return vm.objectValue(result)
}

private func entries(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  properties(vm, argument(frame, count, 0)) {
    let pair = vm.makeArray(capacity: 2)
    vm.arrayAppend(pair, vm.keyValue($0))
    vm.arrayAppend(pair, $1)
    return vm.objectValue(pair)
  }
}

private func values(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  properties(vm, argument(frame, count, 0)) { $1 }
}

private func keys(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  if !vm.isPlainObject(argument(frame, count, 0)), vm.isCalledFromFirstDialect { return .null }
  guard let object = vm.toObject(argument(frame, count, 0)) else { return vm.throwCannotConvert() }
  let cell = vm.cell(object)
  guard vm.canListKeys(object) else { return .retry }
  if let plan = vm.machine.plans.plan(vm, cell) {
    let result = vm.makeArray(capacity: plan.stringCount)
    for i in 0..<plan.stringCount {
      vm.arrayAppend(result, Value(tag: Tag.string, handle: plan.members[i].key))
    }
    return vm.objectValue(result)
  }
  let result = vm.makeArray()
  for key in vm.ownKeys(cell) where !isSymbol(vm, key) {
    if vm.ownProperty(cell, key)?.attributes.contains(.enumerable) == true { vm.arrayAppend(result, vm.keyValue(key)) }
  }
  return vm.objectValue(result)
}

private func ownNames(_ vm: VM, _ value: Value, symbols: Bool) -> Value {
  guard let object = vm.toObject(value) else { return vm.throwCannotConvert() }
  guard vm.canListKeys(object) else { return .retry }
  return vm.objectValue(
    vm.makeArray(vm.ownKeys(vm.cell(object)).filter { isSymbol(vm, $0) == symbols }.map { vm.keyValue($0) }))
}

private func getOwnPropertyNames(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  ownNames(vm, argument(frame, count, 0), symbols: false)
}

private func getOwnPropertySymbols(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  ownNames(vm, argument(frame, count, 0), symbols: true)
}

private func getOwnPropertyDescriptor(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  guard let object = vm.toObject(argument(frame, count, 0)) else { return vm.throwCannotConvert() }
  guard let key = vm.propertyKey(argument(frame, count, 1)) else { return .callNeeded }
  return vm.ownProperty(vm.cell(object), key).map { vm.makeDescriptor($0) } ?? .undefined
}

private func getOwnPropertyDescriptors(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  guard let object = vm.toObject(argument(frame, count, 0)) else { return vm.throwCannotConvert() }
  guard vm.canListKeys(object) else { return .retry }
  let result = vm.makeObject(prototype: vm.machine.intrinsics.objectPrototype.handle)
  for key in vm.ownKeys(vm.cell(object)) {
    if let property = vm.ownProperty(vm.cell(object), key) {
      vm.defineOwn(result, key, vm.makeDescriptor(property), .all)
    }
  }
  return vm.objectValue(result)
}

private func getPrototypeOf(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  let value = argument(frame, count, 0)
  guard let start = vm.lookupStart(value) else { return vm.throwCannotConvert() }
  if !value.isObject { return vm.objectValue(start) }
  return vm.prototype(start).map { vm.objectValue($0) } ?? .null
}

/// [[SetPrototypeOf]]: what went wrong, or nil.
func changePrototype(_ vm: VM, _ target: Value, _ prototype: Value) -> String? {
  let object = vm.cell(target)
  let handle = prototype.isNull ? 0 : prototype.handle
  if vm.shapeInfo(object).pointee.prototype == handle { return nil }
  if target == vm.machine.intrinsics.objectPrototype {
    return "Immutable prototype object 'Object.prototype' cannot have their prototype set"
  }
  guard vm.isExtensible(object) else { return "\(vm.describe(target)) is not extensible" }
  var current = handle
  while current != 0 {
    if current == target.handle { return "Cyclic __proto__ value" }
    current = vm.shapeInfo(vm.cell(current)).pointee.prototype
  }
  vm.setPrototype(object, handle)
  return nil
}

private func setPrototypeOf(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  let target = argument(frame, count, 0)
  let prototype = argument(frame, count, 1)
  if target.isNullish { return vm.throwTypeError("Object.setPrototypeOf called on null or undefined") }
  guard prototype.isObject || prototype.isNull else {
    return vm.throwTypeError("Object prototype may only be an Object or null: \(vm.wordsFor(prototype))")
  }
  guard target.isObject else { return target }
  if let error = changePrototype(vm, target, prototype) { return vm.throwTypeError(error) }
  return target
}

private func getProto(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  let this = receiver(frame)
  guard let start = vm.lookupStart(this) else { return vm.throwCannotConvert() }
  if !this.isObject { return vm.objectValue(start) }
  return vm.prototype(start).map { vm.objectValue($0) } ?? .null
}

private func setProto(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  let this = receiver(frame)
  let prototype = argument(frame, count, 0)
  if this.isNullish { return vm.throwTypeError("Object.prototype.__proto__ called on null or undefined") }
  guard this.isObject, prototype.isObject || prototype.isNull else { return .undefined }
  if let error = changePrototype(vm, this, prototype) { return vm.throwTypeError(error) }
  return .undefined
}

private func hasOwn(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  guard let object = vm.toObject(argument(frame, count, 0)) else { return vm.throwCannotConvert() }
  guard let key = vm.propertyKey(argument(frame, count, 1)) else { return .callNeeded }
  return Value(vm.ownProperty(vm.cell(object), key) != nil)
}

private func hasOwnProperty(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  guard let key = vm.propertyKey(argument(frame, count, 0)) else { return .callNeeded }
  guard let object = vm.toObject(receiver(frame)) else { return vm.throwCannotConvert() }
  return Value(vm.ownProperty(vm.cell(object), key) != nil)
}

private func propertyIsEnumerable(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  guard let key = vm.propertyKey(argument(frame, count, 0)) else { return .callNeeded }
  guard let object = vm.toObject(receiver(frame)) else { return vm.throwCannotConvert() }
  return Value(vm.ownProperty(vm.cell(object), key)?.attributes.contains(.enumerable) == true)
}

private func isPrototypeOf(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  let value = argument(frame, count, 0)
  guard value.isObject else { return .false }
  guard let this = vm.toObject(receiver(frame)) else { return vm.throwCannotConvert() }
  var current = vm.prototype(vm.cell(value))
  while let object = current {
    if vm.handle(object) == this.handle { return .true }
    current = vm.prototype(object)
  }
  return .false
}

private func isSame(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  Value(vm.sameValue(argument(frame, count, 0), argument(frame, count, 1)))
}

private func isExtensible(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  let value = argument(frame, count, 0)
  return Value(value.isObject && vm.isExtensible(vm.cell(value)))
}

private func isRestricted(_ vm: VM, _ value: Value, frozen: Bool) -> Bool {
  guard value.isObject else { return true }
  let object = vm.cell(value)
  if vm.isExtensible(object) { return false }
  let shape = object.shape
  // Of most objects the shape says it all.
  if object.kind == .object, vm.indexStore(object) == nil,
    vm.shapeInfo(object).pointee.flags & (ShapeFlag.dictionary | ShapeFlag.lazyFunction) == 0,
    vm.shapes.restricted(shape, frozen: frozen) == shape
  {
    return true
  }
  return vm.ownKeys(object).allSatisfy { key in
    guard let property = vm.ownProperty(object, key) else { return true }
    if property.attributes.contains(.configurable) { return false }
    return !frozen || property.isAccessor || !property.attributes.contains(.writable)
  }
}

private func isFrozen(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  Value(isRestricted(vm, argument(frame, count, 0), frozen: true))
}

private func isSealed(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  Value(isRestricted(vm, argument(frame, count, 0), frozen: false))
}

private func freeze(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  let value = argument(frame, count, 0)
  if value.isObject { vm.seal(vm.cell(value), frozen: true) }
  return value
}

private func seal(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  let value = argument(frame, count, 0)
  if value.isObject { vm.seal(vm.cell(value), frozen: false) }
  return value
}

private func preventExtensions(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  let value = argument(frame, count, 0)
  if value.isObject { vm.preventExtensions(vm.cell(value)) }
  return value
}

private func toString(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  let this = receiver(frame)
  if this.isUndefined { return vm.makeString("[object Undefined]") }
  if this.isNull { return vm.makeString("[object Null]") }
  guard let object = vm.toObject(this) else { return vm.throwCannotConvert() }
  let cell = vm.cell(object)
  switch vm.getProperty(cell, PropertyKey(atom: vm.machine.intrinsics.symbolToStringTag.handle)) {
  case .getter: return .callNeeded
  case .value(let tag) where tag.isString:
    guard vm.canAllocate(vm.stringLength(tag) * 8) else { return .retry }
    return vm.makeString("[object \(vm.text(tag))]")
  default: return vm.makeString("[object \(vm.builtinTag(cell))]")
  }
}

private func valueOf(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  vm.toObject(receiver(frame)) ?? vm.throwCannotConvert()
}
