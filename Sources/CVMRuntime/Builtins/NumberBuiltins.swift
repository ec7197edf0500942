import CVMDispatch

enum NumberBuiltins {
  static var constructor: BuiltinFunction {
    BuiltinFunction(
      "Number", length: 1, native: numberConstruct, selfHosted: "NumberConstructor", "Converts to a number.",
      isConstructor: true)
  }

  static var statics: [BuiltinFunction] {
    [
      BuiltinFunction("isFinite", length: 1, native: isFinite, "Whether it is a finite number."),
      BuiltinFunction("isInteger", length: 1, native: isInteger, "Whether it is a whole number."),
      BuiltinFunction("isNaN", length: 1, native: isNaN, "Whether it is NaN."),
      BuiltinFunction("isSafeInteger", length: 1, native: isSafeInteger, "Whether it is a whole number that is exact."),
    ]
  }

  static var methods: [BuiltinFunction] {
    [
      BuiltinFunction(
        "toExponential", length: 1, native: toExponential, selfHosted: "NumberMethod", "Text with an exponent."),
      BuiltinFunction(
        "toFixed", length: 1, native: toFixed, selfHosted: "NumberMethod", "Text with a fixed number of decimals."),
      BuiltinFunction(
        "toPrecision", length: 1, native: toPrecision, selfHosted: "NumberMethod", "Text with a number of digits."),
      BuiltinFunction("toString", length: 1, native: toString, selfHosted: "NumberToString", "Text in a radix."),
      BuiltinFunction("valueOf", length: 0, native: valueOf, "The number."),
      BuiltinFunction("toLocaleString", length: 0, selfHosted: "NumberToLocaleString", "Text with groups of digits."),
    ]
  }

  static let constants: [(name: StaticString, value: Double)] = [
    ("MAX_VALUE", .greatestFiniteMagnitude), ("MIN_VALUE", .leastNonzeroMagnitude), ("NaN", .nan),
    ("NEGATIVE_INFINITY", -.infinity), ("POSITIVE_INFINITY", .infinity), ("MAX_SAFE_INTEGER", 9_007_199_254_740_991),
    ("MIN_SAFE_INTEGER", -9_007_199_254_740_991), ("EPSILON", 0x1p-52),
  ]

  static var globalFunctions: [BuiltinFunction] {
    [
      BuiltinFunction(
        "isFinite", length: 1, native: globalIsFinite, selfHosted: "WithNumber",
        "Whether it converts to a finite number."),
      BuiltinFunction(
        "isNaN", length: 1, native: globalIsNaN, selfHosted: "WithNumber", "Whether it converts to NaN."),
    ]
  }

  static var parsers: [BuiltinFunction] {
    [
      BuiltinFunction(
        "parseFloat", length: 1, native: parseFloat, selfHosted: "ParseFloat",
        "Reads a number from the start of a text."),
      BuiltinFunction(
        "parseInt", length: 2, native: parseInt, selfHosted: "ParseInt", "Reads an integer from the start of a text."),
    ]
  }
}

extension Double {
  fileprivate var isWhole: Bool { isFinite && self == rounded(.towardZero) }
}

private func isSafeInteger(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  let value = argument(frame, count, 0)
  return Value(value.isNumber && value.asNumber.isWhole && value.asNumber.magnitude <= 9_007_199_254_740_991)
}

private func isFinite(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  let value = argument(frame, count, 0)
  return Value(value.isNumber && value.asNumber.isFinite)
}

private func isInteger(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  let value = argument(frame, count, 0)
  return Value(value.isInt || value.isDouble && value.asDouble.isWhole)
}

private func isNaN(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  let value = argument(frame, count, 0)
  return Value(value.isDouble && value.asDouble.isNaN)
}

private func numberConstruct(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  let value = argument(frame, count, 0)
  if newTarget(frame).isObject || value.isObject { return .callNeeded }
  if value.isSymbol { return vm.throwTypeError(ErrorMessage.symbolToNumber) }
  if value.isBigInt { return Value(number: vm.bigIntToNumber(value)) }
  return count == 0 ? Value(int: 0) : Value(number: vm.primitiveToNumber(value))
}

private func globalIsFinite(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  let value = argument(frame, count, 0)
  return vm.isPlainPrimitive(value) ? Value(vm.primitiveToNumber(value).isFinite) : .callNeeded
}

private func globalIsNaN(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  let value = argument(frame, count, 0)
  return vm.isPlainPrimitive(value) ? Value(vm.primitiveToNumber(value).isNaN) : .callNeeded
}

private func parseFloat(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  let value = argument(frame, count, 0)
  guard vm.isPlainPrimitive(value) else { return .callNeeded }
  if value.isInt { return value }
  let view = vm.view(vm.primitiveToString(value))
  if let bytes = view.latin1 {
    return Value(number: NumberParsing.parseFloat(UnsafeBufferPointer(start: bytes, count: view.count)))
  }
  return Value(number: NumberParsing.parseFloat(UnsafeBufferPointer(start: view.utf16, count: view.count)))
}

private func parseInt(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  let value = argument(frame, count, 0)
  let base = argument(frame, count, 1)
  guard vm.isPlainPrimitive(value), vm.isPlainPrimitive(base) else { return .callNeeded }
  let radix = NumberParsing.toInt32(vm.primitiveToNumber(base))
  if value.isInt && (radix == 0 || radix == 10) { return value }
  let view = vm.view(vm.primitiveToString(value))
  if let bytes = view.latin1 {
    return Value(number: NumberParsing.parseInt(UnsafeBufferPointer(start: bytes, count: view.count), radix: radix))
  }
  return Value(number: NumberParsing.parseInt(UnsafeBufferPointer(start: view.utf16, count: view.count), radix: radix))
}

// MARK: Methods

private func thisNumber(_ vm: VM, _ frame: Registers) -> Double? {
  vm.thisPrimitive(receiver(frame)) { $0.isNumber }?.asNumber
}

private func wrongReceiver(_ vm: VM, _ frame: Registers) -> Value {
  vm.throwTypeError("\(vm.calleePath(frame)) requires that 'this' be a Number")
}

private func valueOf(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  thisNumber(vm, frame).map { Value(number: $0) } ?? wrongReceiver(vm, frame)
}

private func written(_ vm: VM, _ write: (UnsafeMutablePointer<UInt8>) -> Int) -> Value {
  withUnsafeTemporaryAllocation(of: UInt8.self, capacity: NumberFormatting.maximumLength) { buffer in
    let length = write(buffer.baseAddress.unsafelyUnwrapped)
    return vm.makeString(latin1: UnsafeBufferPointer(start: buffer.baseAddress, count: length))
  }
}

private func toString(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  guard let number = thisNumber(vm, frame) else { return wrongReceiver(vm, frame) }
  let base = argument(frame, count, 0)
  if base.isUndefined { return vm.numberToString(Value(number: number)) }
  guard vm.isPlainPrimitive(base) else { return .callNeeded }
  let radix = vm.integer(base)
  guard radix >= 2, radix <= 36 else { return vm.throwRangeError("toString() radix argument must be between 2 and 36") }
  if radix == 10 { return vm.numberToString(Value(number: number)) }
  if let integer = Int32(exactly: number), number != 0 || number.sign == .plus {
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: NumberFormatting.maximumIntegerLength) { buffer in
      vm.makeString(latin1: NumberFormatting.write(integer, radix: UInt32(radix), into: buffer))
    }
  }
  return written(vm) { NumberFormatting.write(number, radix: Int(radix), to: $0) }
}

/// Runs `body` with the number and the digits asked for, which must be in a range.
private func digits(
  _ vm: VM, _ frame: Registers, _ count: Int32, _ range: ClosedRange<Double>, _ method: String, checkFirst: Bool,
  _ body: (Double, Int) -> Value
) -> Value {
  guard let number = thisNumber(vm, frame) else { return wrongReceiver(vm, frame) }
  let wanted = argument(frame, count, 0)
  guard vm.isPlainPrimitive(wanted) else { return .callNeeded }
  let digits = vm.integer(wanted)
  if !number.isFinite && !checkFirst { return vm.numberToString(Value(number: number)) }
  guard range.contains(digits) else {
    return vm.throwRangeError("\(method) must be between \(Int(range.lowerBound)) and \(Int(range.upperBound))")
  }
  return body(number, Int(digits))
}

private func toFixed(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  digits(vm, frame, count, 0...100, "toFixed() digits argument", checkFirst: true) { number, digits in
    written(vm) { NumberFormatting.writeFixed(number, fractionDigits: digits, to: $0) }
  }
}

private func toExponential(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  let shortest = argument(frame, count, 0).isUndefined
  return digits(vm, frame, count, 0...100, "toExponential() argument", checkFirst: false) { number, digits in
    written(vm) { NumberFormatting.writeExponential(number, fractionDigits: shortest ? nil : digits, to: $0) }
  }
}

private func toPrecision(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  if argument(frame, count, 0).isUndefined, let number = thisNumber(vm, frame) {
    return vm.numberToString(Value(number: number))
  }
  return digits(vm, frame, count, 1...100, "toPrecision() argument", checkFirst: false) { number, digits in
    written(vm) { NumberFormatting.writePrecision(number, digits: digits, to: $0) }
  }
}

/// A number as English prints it: digits in groups of three, at most three decimals.
func groupedNumber(_ number: Double) -> String {
  if number.isNaN { return "NaN" }
  if number.isInfinite { return number < 0 ? "-∞" : "∞" }
  let fixed = NumberFormatting.text { NumberFormatting.writeFixed(number.magnitude, fractionDigits: 3, to: $0) }
  if fixed.contains("e") { return fixed }
  let parts = fixed.split(separator: ".")
  var fraction = parts.count > 1 ? String(parts[1]) : ""
  while fraction.hasSuffix("0") { fraction.removeLast() }
  var groups = ""
  for (i, digit) in parts[0].enumerated() {
    if i > 0 && (parts[0].count - i) % 3 == 0 { groups += "," }
    groups.append(digit)
  }
  let isNegative = number.sign == .minus
  return (isNegative ? "-" : "") + groups + (fraction.isEmpty ? "" : "." + fraction)
}
