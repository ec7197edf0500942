import CVMDispatch
import Glibc

enum MathBuiltins {
  static var functions: [BuiltinFunction] { rounding + powers + trigonometry + others }

  private static func row(
    _ name: StaticString, _ native: @escaping NativeFunction, _ summary: StaticString, length: Int = 1,
    twin: StaticString? = nil
  ) -> BuiltinFunction {
    let twin = twin ?? (length == 1 ? "WithNumber" : "WithTwoNumbers")
    return BuiltinFunction(name, length: length, native: native, selfHosted: twin, summary)
  }

  private static var rounding: [BuiltinFunction] {
    [
      row("abs", mathAbs, "The magnitude."),
      row("ceil", mathCeil, "The next whole number upwards."),
      row("floor", mathFloor, "The next whole number downwards."),
      row("fround", { unary($0, $1, $2) { Double(Float($0)) } }, "The nearest 32-bit float."),
      row("f16round", { unary($0, $1, $2, nearestHalf) }, "The nearest 16-bit float."),
      row("round", { unary($0, $1, $2, roundHalfUp) }, "The nearest whole number, halves upwards."),
      row("sign", { unary($0, $1, $2) { $0 > 0 ? 1 : $0 < 0 ? -1 : $0 } }, "1, -1, 0, -0 or NaN."),
      row("trunc", { unary($0, $1, $2) { $0.rounded(.towardZero) } }, "The whole part."),
    ]
  }

  private static var powers: [BuiltinFunction] {
    [
      row("cbrt", { unary($0, $1, $2, cubeRoot) }, "The cube root."),
      row("exp", { unary($0, $1, $2) { exp($0) } }, "e to the power of x."),
      row("expm1", { unary($0, $1, $2) { expm1($0) } }, "exp(x) - 1."),
      row("hypot", mathHypot, "The root of the sum of squares.", length: 2, twin: "WithNumbers"),
      row("log", { unary($0, $1, $2) { log($0) } }, "The natural logarithm."),
      row("log10", { unary($0, $1, $2) { log10($0) } }, "The logarithm to base 10."),
      row("log1p", { unary($0, $1, $2) { log1p($0) } }, "log(1 + x)."),
      row("log2", { unary($0, $1, $2) { log2($0) } }, "The logarithm to base 2."),
      row("pow", { binary($0, $1, $2, exponentiate) }, "x to the power of y.", length: 2),
      row("sqrt", { unary($0, $1, $2) { $0.squareRoot() } }, "The square root."),
    ]
  }

  private static var trigonometry: [BuiltinFunction] {
    [
      row("acos", { unary($0, $1, $2) { acos($0) } }, "The arc cosine."),
      row("acosh", { unary($0, $1, $2) { acosh($0) } }, "The inverse hyperbolic cosine."),
      row("asin", { unary($0, $1, $2) { asin($0) } }, "The arc sine."),
      row("asinh", { unary($0, $1, $2) { asinh($0) } }, "The inverse hyperbolic sine."),
      row("atan", { unary($0, $1, $2) { atan($0) } }, "The arc tangent."),
      row("atan2", { binary($0, $1, $2) { atan2($0, $1) } }, "The angle of a point.", length: 2),
      row("atanh", { unary($0, $1, $2) { atanh($0) } }, "The inverse hyperbolic tangent."),
      row("cos", { unary($0, $1, $2) { cos($0) } }, "The cosine."),
      row("cosh", { unary($0, $1, $2) { cosh($0) } }, "The hyperbolic cosine."),
      row("sin", { unary($0, $1, $2) { sin($0) } }, "The sine."),
      row("sinh", { unary($0, $1, $2) { sinh($0) } }, "The hyperbolic sine."),
      row("tan", { unary($0, $1, $2) { tan($0) } }, "The tangent."),
      row("tanh", { unary($0, $1, $2) { tanh($0) } }, "The hyperbolic tangent."),
    ]
  }

  private static var others: [BuiltinFunction] {
    [
      row(
        "clz32", { integers($0, $1, min($2, 1)) { a, _ in Int32(UInt32(bitPattern: a).leadingZeroBitCount) } },
        "Leading zero bits."),
      row("imul", { integers($0, $1, $2) { $0 &* $1 } }, "The product as 32-bit integers.", length: 2),
      row("max", mathMax, "The largest argument.", length: 2, twin: "WithNumbers"),
      row("min", mathMin, "The smallest argument.", length: 2, twin: "WithNumbers"),
      BuiltinFunction("sumPrecise", length: 1, selfHosted: "MathSumPrecise", "The sum, rounded once."),
      BuiltinFunction("random", length: 0, native: mathRandom, "A number from 0 up to but without 1."),
    ]
  }

  static let constants: [(name: StaticString, value: Double)] = [
    ("E", M_E), ("LN10", M_LN10), ("LN2", M_LN2), ("LOG10E", M_LOG10E), ("LOG2E", M_LOG2E), ("PI", Double.pi),
    ("SQRT1_2", 0.5.squareRoot()), ("SQRT2", 2.0.squareRoot()),
  ]
}

@inline(__always) private func unary(
  _ vm: VM, _ frame: Registers, _ count: Int32, _ body: (Double) -> Double
) -> Value {
  let value = argument(frame, count, 0)
  if _fastPath(value.isNumber) { return Value(number: body(value.asNumber)) }
  guard vm.isPlainPrimitive(value) else { return .callNeeded }
  return Value(number: body(vm.primitiveToNumber(value)))
}

@inline(__always) private func binary(
  _ vm: VM, _ frame: Registers, _ count: Int32, _ body: (Double, Double) -> Double
) -> Value {
  let a = argument(frame, count, 0)
  let b = argument(frame, count, 1)
  guard vm.isPlainPrimitive(a), vm.isPlainPrimitive(b) else { return .callNeeded }
  return Value(number: body(vm.primitiveToNumber(a), vm.primitiveToNumber(b)))
}

@inline(__always) private func integers(
  _ vm: VM, _ frame: Registers, _ count: Int32, _ body: (Int32, Int32) -> Int32
) -> Value {
  let a = argument(frame, count, 0)
  let b = argument(frame, count, 1)
  guard vm.isPlainPrimitive(a), vm.isPlainPrimitive(b) else { return .callNeeded }
  return Value(
    int: body(NumberParsing.toInt32(vm.primitiveToNumber(a)), NumberParsing.toInt32(vm.primitiveToNumber(b))))
}

private func mathFloor(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  let value = argument(frame, count, 0)
  if value.isInt { return value }
  return unary(vm, frame, count) { $0.rounded(.down) }
}

private func mathCeil(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  let value = argument(frame, count, 0)
  if value.isInt { return value }
  return unary(vm, frame, count) { $0.rounded(.up) }
}

private func mathAbs(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  let value = argument(frame, count, 0)
  if value.isInt, value.asInt > Int32.min { return Value(int: abs(value.asInt)) }
  return unary(vm, frame, count) { $0.magnitude }
}

private func roundHalfUp(_ number: Double) -> Double {
  let down = number.rounded(.down)
  let result = number - down >= 0.5 ? down + 1 : down
  return result == 0 && (number < 0 || number.sign == .minus) ? -0.0 : result
}

/// Folds all arguments; `nil` when one needs user code.
@inline(__always) private func fold(
  _ vm: VM, _ frame: Registers, _ count: Int32, _ start: Double, _ body: (Double, Double) -> Double
) -> Value {
  var result = start
  for i in 0..<Int(count) where !vm.isPlainPrimitive(frame[i]) { return .callNeeded }
  for i in 0..<Int(count) { result = body(result, vm.primitiveToNumber(frame[i])) }
  return Value(number: result)
}

private func mathMax(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  if count == 2, bothInt(frame[0], frame[1]) { return frame[0].asInt > frame[1].asInt ? frame[0] : frame[1] }
  return fold(vm, frame, count, -.infinity) { a, b in
    if a.isNaN || b.isNaN { return .nan }
    if a == b { return a.sign == .minus ? b : a }
    return a > b ? a : b
  }
}

private func mathMin(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  if count == 2, bothInt(frame[0], frame[1]) { return frame[0].asInt < frame[1].asInt ? frame[0] : frame[1] }
  return fold(vm, frame, count, .infinity) { a, b in
    if a.isNaN || b.isNaN { return .nan }
    if a == b { return a.sign == .minus ? a : b }
    return a < b ? a : b
  }
}

private func mathHypot(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  var largest = 0.0
  var hasNaN = false
  for i in 0..<Int(count) where !vm.isPlainPrimitive(frame[i]) { return .callNeeded }
  for i in 0..<Int(count) {
    let magnitude = vm.primitiveToNumber(frame[i]).magnitude
    if magnitude.isInfinite { return Value(double: .infinity) }
    if magnitude.isNaN { hasNaN = true } else { largest = max(largest, magnitude) }
  }
  if hasNaN { return Value(double: .nan) }
  if largest == 0 { return Value(int: 0) }
  var sum = 0.0
  var compensation = 0.0
  for i in 0..<Int(count) {
    let scaled = vm.primitiveToNumber(frame[i]) / largest
    let term = scaled * scaled - compensation
    let next = sum + term
    compensation = (next - sum) - term
    sum = next
  }
  return Value(number: sum.squareRoot() * largest)
}

/// The cube root, exact for cubes: the C library's result corrected by one step of Newton's method.
private func cubeRoot(_ number: Double) -> Double {
  let root = cbrt(number)
  guard root.isFinite, root != 0 else { return root }
  let nearest = root.rounded()
  return nearest * nearest * nearest == number ? nearest : root
}

/// xorshift128+; its state is in the heap, so that it is part of checkpoints.
private func mathRandom(_ vm: VM, _ frame: Registers, _ count: Int32) -> Value {
  let state = vm.cell(vm.machine.builtins.randomState)
  var first = state.u64(Layout.characters)
  let second = state.u64(Layout.characters + 8)
  writeBarrier(vm, state + Layout.characters)
  state.set64(Layout.characters, second)
  first ^= first << 23
  first ^= first >> 17
  first ^= second ^ (second >> 26)
  state.set64(Layout.characters + 8, first)
  return Value(rawDouble: Double((first &+ second) >> 11) * 0x1p-53)
}

extension Machine {
  /// A fresh state for `Math.random`, in a cell that the collector takes for a string.
  func seedRandom() {
    let cell = vm.makeLatin1(count: 16)
    var generator = SystemRandomNumberGenerator()
    cell.set64(Layout.characters, generator.next() | 1)
    cell.set64(Layout.characters + 8, generator.next())
    builtins.randomState = vm.handle(cell)
    registeredRoots.append(vm.stringValue(cell))
  }
}
