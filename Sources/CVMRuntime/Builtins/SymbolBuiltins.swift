import CVMDispatch

enum SymbolBuiltins {
  static var constructor: BuiltinFunction {
    BuiltinFunction(
      "Symbol", length: 0, native: symbolConstruct, selfHosted: "SymbolConstructor", "Makes a symbol.",
      isConstructor: true)
  }
  static var statics: [BuiltinFunction] {
    [
      BuiltinFunction("for", length: 1, native: symbolFor, selfHosted: "OfText", "The shared symbol of a key."),
      BuiltinFunction("keyFor", length: 1, native: symbolKeyFor, "The key of a shared symbol."),
    ]
  }
  static var methods: [BuiltinFunction] {
    [
      BuiltinFunction("toString", length: 0, native: symbolToString, "Symbol(description)"),
      BuiltinFunction("valueOf", length: 0, native: symbolValueOf, "The symbol."),
    ]
  }
  static var description: BuiltinFunction {
    BuiltinFunction("get description", length: 0, native: symbolDescription, "The description.")
  }
  static var toPrimitive: BuiltinFunction {
    BuiltinFunction("[Symbol.toPrimitive]", length: 1, native: symbolValueOf, "The symbol.")
  }
}

enum BooleanBuiltins {
  static var constructor: BuiltinFunction {
    BuiltinFunction(
      "Boolean", length: 1, native: booleanConstruct, selfHosted: "BooleanConstructor", "Converts to a boolean.",
      isConstructor: true)
  }
  static var methods: [BuiltinFunction] {
    [
      BuiltinFunction("toString", length: 0, native: booleanToString, "true or false, as a string."),
      BuiltinFunction("valueOf", length: 0, native: booleanValueOf, "The boolean."),
    ]
  }
}

extension UnsafeMutablePointer where Pointee == CVMMachine {
  /// `Symbol(description)` as a string.
  func symbolText(_ symbol: Value) -> Value {
    let description = cell(symbol).value(Layout.primitive)
    var builder = StringBuilder()
    builder.append("Symbol(")
    if description.isString { builder.append(view(description)) }
    builder.append(")")
    return builder.makeString(self)
  }
}

private func symbolConstruct(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  if newTarget(frame).isObject { return vm.throwTypeError("Symbol is not a constructor") }
  let description = argument(frame, count, 0)
  guard vm.isPlainPrimitive(description) else { return .callNeeded }
  return vm.makeSymbol(description: description.isUndefined ? .undefined : vm.primitiveToString(description))
}

private func symbolFor(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  let value = argument(frame, count, 0)
  guard vm.isPlainPrimitive(value) else { return .callNeeded }
  let key = vm.primitiveToString(value)
  let registry = vm.cell(vm.machine.builtins.symbolRegistry)
  let normalized = HashTable.normalized(vm, key)
  if let entry = vm.table(registry).find(normalized) { return vm.table(registry).value(entry) }
  let symbol = vm.makeSymbol(description: key)
  let cell = vm.cell(symbol)
  cell.set8(15, cell.flags | CellFlag.registered)
  vm.tableSet(registry, key, symbol)
  return symbol
}

private func symbolKeyFor(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  let symbol = argument(frame, count, 0)
  guard symbol.isSymbol else { return vm.throwTypeError("\(vm.wordsFor(symbol)) is not a symbol") }
  let cell = vm.cell(symbol)
  return cell.flags & CellFlag.registered == 0 ? .undefined : cell.value(Layout.primitive)
}

private func thisSymbol(_ vm: VM, _ frame: Registers) -> Value? { vm.thisPrimitive(receiver(frame)) { $0.isSymbol } }

private func wrongReceiver(_ vm: VM, _ frame: Registers, _ kind: String) -> Value {
  vm.throwTypeError("\(vm.calleePath(frame)) requires that 'this' be a \(kind)")
}

private func symbolToString(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  thisSymbol(vm, frame).map { vm.symbolText($0) } ?? wrongReceiver(vm, frame, "Symbol")
}

private func symbolValueOf(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  thisSymbol(vm, frame) ?? wrongReceiver(vm, frame, "Symbol")
}

private func symbolDescription(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  thisSymbol(vm, frame).map { vm.cell($0).value(Layout.primitive) } ?? wrongReceiver(vm, frame, "Symbol")
}

private func booleanConstruct(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  let value = Value(vm.toBoolean(argument(frame, count, 0)))
  let target = newTarget(frame)
  guard target.isObject else { return value }
  guard let prototype = vm.plainPrototype(target, default: vm.machine.intrinsics.booleanPrototype) else {
    return .callNeeded
  }
  return vm.objectValue(vm.makeWrapper(value, prototype: prototype))
}

private func booleanValueOf(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  vm.thisPrimitive(receiver(frame)) { $0.isBoolean } ?? wrongReceiver(vm, frame, "Boolean")
}

private func booleanToString(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  vm.thisPrimitive(receiver(frame)) { $0.isBoolean }.map { vm.primitiveToString($0) }
    ?? wrongReceiver(vm, frame, "Boolean")
}
