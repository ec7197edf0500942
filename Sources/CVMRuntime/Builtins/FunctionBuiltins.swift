import CVMDispatch

enum FunctionBuiltins {
  static var constructor: BuiltinFunction {
    BuiltinFunction(
      "Function", length: 1,
      native: { vm, _, _ in vm.raise(.evalError, "Code generation from strings is not supported") },
      "Refused: programs are not made of strings.", isConstructor: true)
  }

  static var methods: [BuiltinFunction] {
    [
      BuiltinFunction(
        "apply", length: 2, native: apply, selfHosted: "FunctionApply", "Calls with this and an array of arguments."),
      BuiltinFunction(
        "bind", length: 1, native: bind, selfHosted: "FunctionBind", "A function with this and arguments fixed."),
      BuiltinFunction("call", length: 1, native: call, "Calls with this and arguments."),
      BuiltinFunction("toString", length: 0, native: toString, "The source text."),
    ]
  }

  static var thrower: BuiltinFunction {
    BuiltinFunction(
      "", length: 0,
      native: { vm, _, _ in
        vm.throwTypeError(
          "'caller', 'callee', and 'arguments' properties may not be accessed on strict mode functions or the "
            + "arguments objects for calls to them")
      }, "Raises a TypeError.")
  }

  static var hasInstance: BuiltinFunction {
    BuiltinFunction(
      "[Symbol.hasInstance]", length: 1, selfHosted: "FunctionHasInstance",
      "Whether a value was made by the constructor.")
  }
}

private func call(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  let function = receiver(frame)
  guard vm.isCallable(function) else {
    return vm.throwTypeError("Function.prototype.call was called on \(vm.describe(function)), which is not a function")
  }
  frame[FrameHeader.this] = argument(frame, count, 0)
  frame[FrameHeader.callee] = function
  for i in 1..<max(Int(count), 1) { frame[i - 1] = frame[i] }
  vm.machine.reinvokeCount = max(Int(count) - 1, 0)
  return .reinvoke
}

private func apply(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  let function = receiver(frame)
  guard vm.isCallable(function) else { return .callNeeded }
  let list = argument(frame, count, 1)
  let this = argument(frame, count, 0)
  var length = 0
  if !list.isNullish {
    guard let array = vm.denseArray(list), vm.holesAreUndefined(array) else { return .callNeeded }
    length = vm.denseLength(array)
    guard length < 65000, frame + length + 300 < vm.pointee.stackLimit else {
      return vm.throwRangeError(ErrorMessage.stackOverflow)
    }
    for i in 0..<length {
      let value = vm.arrayElements(array)[i]
      frame[i] = value == .hole ? .undefined : value
    }
  }
  frame[FrameHeader.this] = this
  frame[FrameHeader.callee] = function
  vm.machine.reinvokeCount = length
  return .reinvoke
}

private func bind(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  let function = receiver(frame)
  guard vm.isCallable(function) else { return vm.throwTypeError("Bind must be called on a function") }
  let cell = vm.cell(function)
  guard case .value(let name) = vm.getProperty(cell, PropertyKey(atom: vm.machine.names.name.handle)),
    let length = vm.ownProperty(cell, PropertyKey(atom: vm.machine.names.length.handle)), !length.isAccessor
  else { return .callNeeded }
  let bound = count > 1 ? Array(UnsafeBufferPointer(start: frame + 1, count: Int(count) - 1)) : []
  var rest = Value(0)
  if length.value.isNumber {
    rest = Value(number: max(vm.integer(length.value) - Double(bound.count), 0))
  }
  return vm.makeBoundFunction(
    function, this: argument(frame, count, 0), bound, length: rest, name: name.isString ? name : vm.emptyString)
}

private func toString(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  let function = receiver(frame)
  guard vm.isCallable(function) else {
    return vm.throwTypeError("Function.prototype.toString requires that 'this' be a Function")
  }
  return vm.makeString(vm.functionText(vm.cell(function)))
}

extension UnsafeMutablePointer where Pointee == CVMMachine {
  func makeBoundFunction(_ target: Value, this: Value, _ arguments: [Value], length: Value, name: Value) -> Value {
    let prototype = self.prototype(cell(target)).map { handle($0) } ?? 0
    let bound = makeObject(
      kind: .boundFunction, prototype: prototype, fieldBytes: Layout.BoundFunction.size - Layout.headerSize)
    let values = makeValues(arguments.count)
    for (i, value) in arguments.enumerated() { values.setValue(Layout.values + i * 8, value) }
    bound.setValue(Layout.BoundFunction.target, target)
    bound.setValue(Layout.BoundFunction.this, this)
    bound.setValue(Layout.BoundFunction.arguments, cellValue(values))
    if isConstructor(target) { bound.set8(15, bound.flags | CellFlag.constructor) }
    addNamed(bound, machine.names.length.handle, length, .configurable)
    let boundName = concatenate(machine.atoms.intern("bound "), name) ?? name
    addNamed(bound, machine.names.name.handle, boundName, .configurable)
    return objectValue(bound)
  }
}
