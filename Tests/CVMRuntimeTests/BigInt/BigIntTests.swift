import CVMTestSupport
import Testing

@testable import CVMRuntime

/// A machine whose BigInts are written and read as text.
private struct Calculator {
  let machine = Machine()
  var vm: VM { machine.vm }

  func number(_ text: String) throws -> Value {
    let negative = text.hasPrefix("-")
    let value = try #require(vm.makeBigInt(literal: negative ? String(text.dropFirst()) : text))
    return negative ? vm.bigIntNegate(value) : value
  }

  func text(_ value: Value, radix: Int = 10) -> String {
    guard value.isBigInt else { return value.isNativeMarker ? "failed" : "no BigInt" }
    return vm.text(vm.bigIntToString(value, radix: radix))
  }

  func callAsFunction(_ a: String, _ operation: BigIntOperator, _ b: String) throws -> String {
    text(vm.bigIntOperation(operation, try number(a), try number(b)))
  }
}

private func digits(_ generator: inout SeededGenerator, upTo count: Int) -> String {
  let length = Int.random(in: 1...count, using: &generator)
  var text = ""
  let style = Int.random(in: 0..<4, using: &generator)
  for _ in 0..<length {
    // Runs of zeros and nines find lost carries.
    let digit = style == 0 ? 9 : style == 1 ? 0 : Int.random(in: 0...9, using: &generator)
    text += String(digit)
  }
  return "1" + text
}

@Suite struct BigIntTests {
  @Test(arguments: [(1, 30, 300), (2, 200, 60), (3, 900, 12)])
  func `sums, differences and products are those of school arithmetic`(seed: UInt64, length: Int, rounds: Int) throws {
    let calculate = Calculator()
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<rounds {
      let (a, b) = (digits(&generator, upTo: length), digits(&generator, upTo: length))
      let (x, y) = (DecimalOracle(a), DecimalOracle(b))
      #expect(try calculate(a, .add, b) == (x + y).text)
      #expect(try calculate(a, .multiply, b) == (x * y).text)
      let difference = x < y ? "-" + (y - x).text : (x - y).text
      #expect(try calculate(a, .subtract, b) == difference)
      #expect(try calculate(a, .add, "-" + b) == difference)
    }
  }

  @Test(arguments: [(4, 30, 300), (5, 200, 60), (6, 900, 12)])
  func `quotients and remainders are those of school arithmetic`(seed: UInt64, length: Int, rounds: Int) throws {
    let calculate = Calculator()
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<rounds {
      let (a, b) = (digits(&generator, upTo: length), digits(&generator, upTo: length / 2))
      let (quotient, rest) = DecimalOracle(a).divided(by: DecimalOracle(b))
      #expect(try calculate(a, .divide, b) == quotient.text)
      #expect(try calculate(a, .remainder, b) == rest.text)
      #expect(try calculate("-" + a, .remainder, b) == (rest.digits.isEmpty ? "0" : "-" + rest.text))
      #expect(try calculate(a, .divide, "-" + b) == (quotient.digits.isEmpty ? "0" : "-" + quotient.text))
    }
  }

  /// Limbs of all kinds: random, all ones, zero.
  private func limbs(_ count: Int, _ generator: inout SeededGenerator) -> [Limb] {
    let kind = Int.random(in: 0..<4, using: &generator)
    var result = (0..<count).map { i in
      switch kind {
      case 0: Limb.max
      case 1: i % 5 == 0 ? Limb.random(in: 0...(.max), using: &generator) : 0
      default: Limb.random(in: 0...(.max), using: &generator)
      }
    }
    result[count - 1] |= kind == 2 ? 1 << 63 : 1
    return result
  }

  @Test(arguments: [1, 2, 33, 34, 35, 67, 68, 100, 137, 255, 256, 300])
  func `fast multiplication is the same as the one of school at every size around its limits`(count: Int) {
    let calculate = Calculator()
    var generator = SeededGenerator(seed: UInt64(count))
    for other in [1, 2, 34, 35, 70, count, count + 1, 2 * count + 3] {
      let (a, b) = (limbs(count, &generator), limbs(other, &generator))
      let product = Magnitude.product(a, b, calculate.vm.bigIntWork)
      var expected = [Limb](repeating: 0, count: count + other)
      for (j, factor) in b.enumerated() {
        expected.withUnsafeMutableBufferPointer { buffer in
          guard let start = buffer.baseAddress else { return }
          start[j + count] = Magnitude.multiplyAdd(start + j, a, count, factor)
        }
      }
      while expected.last == 0 { expected.removeLast() }
      #expect(product == expected)
    }
  }

  @Test(arguments: [59, 60, 61, 64, 100, 119, 120, 121, 240, 333])
  func `quotient times divisor plus remainder is the dividend at every size around the limits`(count: Int) throws {
    let calculate = Calculator()
    let work = calculate.vm.bigIntWork
    var generator = SeededGenerator(seed: UInt64(count))
    for length in [count, count + 1, count + 59, count + 60, count + 61, 2 * count, 2 * count + 1, 5 * count + 7] {
      let (a, b) = (limbs(length, &generator), limbs(count, &generator))
      let (quotient, rest) = try #require(Magnitude.divided(a, by: b, work))
      #expect(Magnitude.compare(rest, rest.count, b, b.count) < 0)
      var back = try #require(Magnitude.product(quotient, b, work))
      back.append(contentsOf: repeatElement(0, count: max(length + 1 - back.count, 0)))
      back.withUnsafeMutableBufferPointer { buffer in
        guard let start = buffer.baseAddress else { return }
        Magnitude.add(start, start, buffer.count, rest, rest.count)
      }
      while back.last == 0 { back.removeLast() }
      #expect(back == a)
    }
  }

  @Test(arguments: 2...36) func `text in every radix reads back as the same number`(radix: Int) throws {
    let calculate = Calculator()
    var generator = SeededGenerator(seed: UInt64(radix))
    for count in [1, 2, 29, 30, 31, 61, 150] {
      let limbs = limbs(count, &generator)
      let text = try #require(Magnitude.text(limbs, radix: radix, calculate.vm.bigIntWork))
      let values = text.map { $0 < 0x3a ? $0 - 0x30 : $0 - 0x57 }
      #expect(Magnitude.parse(values[...], radix: radix, calculate.vm.bigIntWork) == limbs)
    }
  }

  @Test func `operators on small values are those of machine integers`() throws {
    let calculate = Calculator()
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<500 {
      let a = Int.random(in: -1000...1000, using: &generator) << Int.random(in: 0...40, using: &generator)
      let b = Int.random(in: -1000...1000, using: &generator) << Int.random(in: 0...40, using: &generator)
      let (x, y) = (Int128(a), Int128(b))
      #expect(try calculate("\(a)", .and, "\(b)") == "\(x & y)")
      #expect(try calculate("\(a)", .or, "\(b)") == "\(x | y)")
      #expect(try calculate("\(a)", .xor, "\(b)") == "\(x ^ y)")
      #expect(try calculate("\(a)", .multiply, "\(b)") == "\(x * y)")
      if b != 0 { #expect(try calculate("\(a)", .divide, "\(b)") == "\(x / y)") }
      let distance = Int.random(in: 0...70, using: &generator)
      #expect(try calculate("\(a)", .shiftLeft, "\(distance)") == "\(x << Int128(distance))")
      #expect(try calculate("\(a)", .shiftRight, "\(distance)") == "\(x >> Int128(distance))")
      #expect(try calculate("\(a)", .shiftRight, "-\(distance)") == "\(x << Int128(distance))")
      #expect(calculate.text(calculate.vm.bigIntNot(try calculate.number("\(a)"))) == "\(~x)")
      let bits = Int.random(in: 1...100, using: &generator)
      let value = try calculate.number("\(a)")
      let unsigned = bits == 127 ? x : x & (Int128(1) << Int128(bits) - 1)
      let signed = unsigned >> Int128(bits - 1) & 1 != 0 ? unsigned - Int128(1) << Int128(bits) : unsigned
      #expect(calculate.text(calculate.vm.bigIntAsUintN(bits, value)) == "\(unsigned)")
      #expect(calculate.text(calculate.vm.bigIntAsIntN(bits, value)) == "\(signed)")
    }
  }

  @Test(arguments: [
    ("9007199254740993", 9007199254740992.0, 1), ("9007199254740992", 9007199254740992.0, 0),
    ("-9007199254740993", -9007199254740992.0, -1), ("0", -0.0, 0), ("0", 0.5, -1), ("1", 0.5, 1), ("-1", -0.5, -1),
    ("1", 1.5, -1), ("2", 1.5, 1), ("5", .infinity, -1), ("-5", -.infinity, 1), ("5", -.infinity, 1),
    ("18446744073709551616", 18446744073709551616.0, 0), ("18446744073709551617", 18446744073709551616.0, 1),
    ("18446744073709551615", 18446744073709551616.0, -1), ("3", .leastNonzeroMagnitude, 1),
  ])
  func `a BigInt compares with a number by value, not by rounding`(text: String, number: Double, order: Int) throws {
    let calculate = Calculator()
    let result = try #require(calculate.vm.bigIntCompare(calculate.number(text), number: number))
    #expect(result.signum() == order)
    #expect(calculate.vm.bigIntCompare(try calculate.number(text), number: .nan) == nil)
  }

  @Test(arguments: [
    ("9007199254740993", 9007199254740992.0), ("9007199254740995", 9007199254740996.0), ("0", 0.0), ("-1", -1.0),
    ("18446744073709551615", 18446744073709551616.0), ("18014398509481985", 18014398509481984.0),
    ("18014398509481986", 18014398509481984.0), ("18014398509481987", 18014398509481988.0),
    ("332306998946228968225951765070086145", 332306998946228968225951765070086144.0),
    ("332306998946228968225951765070086144", 332306998946228968225951765070086144.0),
  ])
  func `a BigInt becomes the nearest number, ties to even`(text: String, number: Double) throws {
    let calculate = Calculator()
    #expect(calculate.vm.bigIntToNumber(try calculate.number(text)) == number)
  }

  @Test func `numbers that are integers become BigInts exactly`() {
    let calculate = Calculator()
    for number in [1e20, -1e300, 1.7976931348623157e308, 9223372036854775808.0, 4294967296.0] {
      let value = calculate.vm.makeBigInt(integral: number)
      #expect(calculate.vm.bigIntToNumber(value) == number)
      #expect(calculate.vm.bigIntCompare(value, number: number) == 0)
    }
  }

  @Test func `what would be bigger than the limit is refused before it is computed`() throws {
    let calculate = Calculator()
    #expect(try calculate("2", .exponentiate, "1073741824") == "failed")
    #expect(try calculate("3", .exponentiate, "100000000000000000000") == "failed")
    #expect(try calculate("1", .shiftLeft, "1073741824") == "failed")
    #expect(try calculate("1", .divide, "0") == "failed")
    #expect(try calculate("2", .exponentiate, "-1") == "failed")
    #expect(try calculate("-1", .exponentiate, "100000000000000000001") == "-1")
    #expect(try calculate("-1", .shiftRight, "100000000000000000000") == "-1")
    #expect(try calculate("7", .shiftRight, "100000000000000000000") == "0")
  }

  @Test func `an interrupt breaks off long arithmetic, which can then be done again`() throws {
    let calculate = Calculator()
    let (machine, vm) = (calculate.machine, calculate.vm)
    let big = vm.bigIntOperation(.exponentiate, try calculate.number("3"), try calculate.number("100000"))
    let divisor = try calculate.number("1" + String(repeating: "0", count: 30000))
    machine.interruptFlag.pointee = 1
    #expect(vm.bigIntOperation(.multiply, big, big) == .retry)
    #expect(vm.bigIntOperation(.divide, big, divisor) == .retry)
    #expect(vm.bigIntToString(big) == .retry)
    machine.interruptFlag.pointee = 0
    #expect(vm.bigIntOperation(.multiply, big, big).isBigInt)
    #expect(vm.stringLength(vm.bigIntToString(big)) == 47713)
  }
}
