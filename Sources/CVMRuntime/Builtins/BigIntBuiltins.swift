import CVMDispatch

enum BigIntBuiltins {
  static var constructor: BuiltinFunction {
    BuiltinFunction(
      "BigInt", length: 1, native: construct, selfHosted: "BigIntConstructor", "Converts to a BigInt.",
      isConstructor: true)
  }
  static var statics: [BuiltinFunction] {
    [
      BuiltinFunction(
        "asUintN", length: 2, native: asUintN, selfHosted: "BigIntWithBits", "The value modulo 2^bits."),
      BuiltinFunction(
        "asIntN", length: 2, native: asIntN, selfHosted: "BigIntWithBits", "The value modulo 2^bits, with a sign."),
    ]
  }
  static var methods: [BuiltinFunction] {
    [
      BuiltinFunction(
        "toLocaleString", length: 0, native: toLocaleString, "The digits in groups of three."),
      BuiltinFunction(
        "toString", length: 0, native: toString, selfHosted: "BigIntToString", "The digits in a radix."),
      BuiltinFunction("valueOf", length: 0, native: valueOf, "The BigInt."),
    ]
  }
}

private func construct(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  if newTarget(frame).isObject { return vm.throwTypeError("BigInt is not a constructor") }
  let value = argument(frame, count, 0)
  if value.isObject { return .callNeeded }
  guard value.isNumber else { return vm.toBigInt(value) }
  if value.isInt { return vm.makeBigInt(Int(value.asInt)) }
  let number = value.asDouble
  guard number.isFinite, number == number.rounded(.towardZero) else {
    let text = vm.describe(value)
    return vm.throwRangeError(
      "The number \(text) cannot be converted to a BigInt because it is not an integer")
  }
  return vm.makeBigInt(integral: number)
}

extension UnsafeMutablePointer where Pointee == CVMMachine {
  /// ToBigInt of a primitive: the value, an exception, or `retry`.
  func toBigInt(_ value: Value) -> Value {
    if value.isBigInt { return value }
    if value.isBoolean { return makeBigInt(value == .true ? 1 : 0) }
    guard value.isString else { return throwTypeError("Cannot convert \(wordsFor(value)) to a BigInt") }
    switch parseBigInt(view(value)) {
    case .value(let negative, let magnitude): return makeBigIntChecked(magnitude, isNegative: negative)
    case .notABigInt: return raise(.syntaxError, "Cannot convert \(text(value)) to a BigInt")
    case .tooBig: return throwBigIntTooBig()
    case .interrupted: return .retry
    }
  }

  fileprivate func thisBigInt(_ frame: Registers) -> Value? { thisPrimitive(receiver(frame)) { $0.isBigInt } }
}

private func wrongReceiver(_ vm: VM, _ frame: Registers) -> Value {
  vm.throwTypeError("\(vm.calleePath(frame)) requires that 'this' be a BigInt")
}

private func valueOf(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  vm.thisBigInt(frame) ?? wrongReceiver(vm, frame)
}

private func toString(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  guard let value = vm.thisBigInt(frame) else { return wrongReceiver(vm, frame) }
  let radix = argument(frame, count, 0)
  if radix.isUndefined { return vm.bigIntToString(value) }
  guard vm.isPlainPrimitive(radix) else { return .callNeeded }
  let number = vm.integer(radix)
  guard number >= 2, number <= 36 else {
    return vm.throwRangeError("toString() radix argument must be between 2 and 36")
  }
  return vm.bigIntToString(value, radix: Int(number))
}

private func toLocaleString(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  guard let value = vm.thisBigInt(frame) else { return wrongReceiver(vm, frame) }
  let plain = vm.bigIntToString(value)
  guard plain.isString else { return plain }
  let digits = vm.view(plain)
  var builder = StringBuilder()
  let first = digits[0] == 0x2d ? 1 : 0
  for i in 0..<digits.count {
    if i > first && (digits.count - i) % 3 == 0 { builder.append(ascii: 0x2c) }
    builder.append(digits[i])
  }
  return builder.makeString(vm)
}

/// Arguments that are converted already: an index and a BigInt.
private func withBits(_ vm: VM, _ frame: Registers, _ count: Int32, _ body: (Int, Value) -> Value) -> Value {
  let bits = argument(frame, count, 0)
  let value = argument(frame, count, 1)
  guard bits.isNumber, value.isBigInt else { return .callNeeded }
  let number = vm.integer(bits)
  guard number >= 0, number <= 9_007_199_254_740_991 else {
    return vm.throwRangeError("Invalid value: not (convertible to) a safe integer")
  }
  return body(Int(number), value)
}

private func asUintN(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  withBits(vm, frame, count) { vm.bigIntAsUintN($0, $1) }
}

private func asIntN(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  withBits(vm, frame, count) { vm.bigIntAsIntN($0, $1) }
}
