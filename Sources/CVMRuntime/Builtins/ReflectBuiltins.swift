import CVMDispatch

/// The reflective operations as functions.
enum ReflectBuiltins {
  static var functions: [BuiltinFunction] {
    [
      BuiltinFunction("apply", length: 3, selfHosted: "ReflectApply", "Calls a function."),
      BuiltinFunction(
        "construct", length: 2, native: construct, selfHosted: "ReflectConstruct", "Constructs with a function."),
      BuiltinFunction("defineProperty", length: 3, selfHosted: "ReflectDefineProperty", "Defines a property."),
      BuiltinFunction("deleteProperty", length: 2, selfHosted: "ReflectDeleteProperty", "Deletes a property."),
      BuiltinFunction("get", length: 2, native: get, selfHosted: "ReflectGet", "Reads a property."),
      BuiltinFunction(
        "getOwnPropertyDescriptor", length: 2, selfHosted: "ReflectGetOwnPropertyDescriptor",
        "The descriptor of an own property."),
      BuiltinFunction("getPrototypeOf", length: 1, native: getPrototypeOf, "The prototype, or null."),
      BuiltinFunction("has", length: 2, native: has, selfHosted: "ReflectHas", "Whether there is a property."),
      BuiltinFunction("isExtensible", length: 1, native: isExtensible, "Whether properties can be added."),
      BuiltinFunction("ownKeys", length: 1, native: ownKeys, "All own keys."),
      BuiltinFunction("preventExtensions", length: 1, native: preventExtensions, "Ends the adding of properties."),
      BuiltinFunction("set", length: 3, selfHosted: "ReflectSet", "Writes a property."),
      BuiltinFunction("setPrototypeOf", length: 2, native: setPrototypeOf, "Gives an object another prototype."),
    ]
  }
}

private func target(_ vm: VM, _ frame: Registers, _ count: Int32, _ body: (Cell) -> Value) -> Value {
  let value = argument(frame, count, 0)
  guard value.isObject else { return vm.throwTypeError("\(vm.calleePath(frame)) called on non-object") }
  return body(vm.cell(value))
}

/// With a list of arguments that needs no user code; the machine constructs after the answer `reinvoke`.
private func construct(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  let target = argument(frame, count, 0)
  let newTarget = count > 2 ? frame[2] : target
  guard vm.isConstructor(target), vm.isConstructor(newTarget) else { return .callNeeded }
  guard let array = vm.denseArray(argument(frame, count, 1)) else { return .callNeeded }
  let length = vm.denseLength(array)
  // The general form comes back with a list without holes.
  guard vm.holesAreUndefined(array) || !(0..<length).contains(where: { vm.arrayElements(array)[$0] == .hole }) else {
    return .callNeeded
  }
  guard length < 65000, frame + length + 300 < vm.pointee.stackLimit else {
    return vm.throwRangeError(ErrorMessage.stackOverflow)
  }
  for i in 0..<length {
    let value = vm.arrayElements(array)[i]
    frame[i] = value == .hole ? .undefined : value
  }
  frame[FrameHeader.callee] = target
  vm.machine.reinvokeCount = length
  vm.machine.reinvokeNewTarget = newTarget
  return .reinvoke
}

/// Without another receiver, and where no getter is met.
private func get(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  let target = argument(frame, count, 0)
  guard count < 3, target.isObject, let key = vm.propertyKey(argument(frame, count, 1)) else { return .callNeeded }
  return switch vm.getProperty(vm.cell(target), key) {
  case .value(let value): value
  case .absent: .undefined
  case .getter: .callNeeded
  }
}

private func has(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  let target = argument(frame, count, 0)
  guard target.isObject, let key = vm.propertyKey(argument(frame, count, 1)) else { return .callNeeded }
  return Value(vm.hasProperty(vm.cell(target), key))
}

private func getPrototypeOf(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  target(vm, frame, count) { vm.prototype($0).map { vm.objectValue($0) } ?? .null }
}

private func isExtensible(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  target(vm, frame, count) { Value(vm.isExtensible($0)) }
}

private func ownKeys(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  target(vm, frame, count) {
    guard vm.canListKeys(vm.objectValue($0)) else { return .retry }
    return vm.objectValue(vm.makeArray(vm.ownKeys($0).map { vm.keyValue($0) }))
  }
}

private func preventExtensions(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  target(vm, frame, count) {
    vm.preventExtensions($0)
    return .true
  }
}

private func setPrototypeOf(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  let prototype = argument(frame, count, 1)
  guard prototype.isObject || prototype.isNull else {
    return vm.throwTypeError("Object prototype may only be an Object or null: \(vm.wordsFor(prototype))")
  }
  return target(vm, frame, count) { _ in Value(changePrototype(vm, frame[0], prototype) == nil) }
}
