import CVMDispatch

/// What generators inherit, ECMA-262 27.5, and what generator functions do, 27.3.
enum GeneratorBuiltins {
  static var constructor: BuiltinFunction {
    BuiltinFunction(
      "GeneratorFunction", length: 1,
      native: { vm, _, _ in vm.raise(.evalError, "Code generation from strings is not supported") },
      "Refused: programs are not made of strings.", isConstructor: true)
  }
  static var next: BuiltinFunction {
    BuiltinFunction(
      "next", length: 1, native: { vm, frame, _ in resume(vm, frame, .next) }, "Runs to the next yield.")
  }
  static var `return`: BuiltinFunction {
    BuiltinFunction(
      "return", length: 1, native: { vm, frame, _ in resume(vm, frame, .return) },
      "Ends the generator as a return statement would.")
  }
  static var `throw`: BuiltinFunction {
    BuiltinFunction(
      "throw", length: 1, native: { vm, frame, _ in resume(vm, frame, .throw) },
      "Raises an exception where the generator stands.")
  }
}

private func resume(_ vm: VM, _ frame: Registers, _ how: Resumption) -> Value {
  let this = receiver(frame)
  guard this.isObject, vm.cell(this).kind == .generator else {
    return vm.throwTypeError("\(how.methodName) method called on incompatible receiver \(vm.wordsFor(this))")
  }
  let generator = vm.cell(this)
  switch vm.generatorState(generator) {
  case .running: return vm.throwTypeError(ErrorMessage.generatorRunning)
  case .suspendedStart where how != .next: vm.endGenerator(generator)
  case .suspendedStart, .suspendedYield:
    vm.machine.resumption = how
    return .resume
  case .completed: break
  }
  let count = vm.argumentCount(of: frame)
  let value = argument(frame, Int32(count), 0)
  switch how {
  case .next: return vm.makeIteratorResult(.undefined, done: true)
  case .return: return vm.makeIteratorResult(value, done: true)
  case .throw: return vm.raise(value)
  }
}

extension Machine {
  func installGenerators(_ installer: BuiltinInstaller) {
    let prototype = intrinsics.generatorPrototype
    func add(_ builtin: BuiltinFunction) -> Value {
      installer.add(
        builtin, to: prototype, key: atoms.intern(builtin.name), "Generator.prototype.\(builtin.name)")
    }
    intrinsics.generatorNext = add(GeneratorBuiltins.next)
    _ = add(GeneratorBuiltins.return)
    _ = add(GeneratorBuiltins.throw)
    installer.tag(prototype, "Generator")
    let functions = intrinsics.generatorFunctionPrototype
    let constructor = makeBuiltin(GeneratorBuiltins.constructor, path: "GeneratorFunction")
    // In the order of V8.
    installer.define(functions, names.prototype, prototype, .configurable)
    installer.define(functions, names.constructor, constructor, .configurable)
    installer.define(prototype, names.constructor, functions, .configurable)
    installer.tag(functions, "GeneratorFunction")
    installer.define(constructor, names.prototype, functions, [])
    if let function = vm.ownProperty(vm.cell(intrinsics.functionPrototype), PropertyKey(atom: names.constructor.handle))
    {
      vm.setPrototype(vm.cell(constructor), function.value.handle)
    }
  }
}
