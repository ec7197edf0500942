/// Natural numbers as decimal digits, least significant first, with the methods of school: slow and plain.
struct DecimalOracle: Equatable {
  var digits: [Int]

  init(_ digits: [Int]) {
    self.digits = digits
    while self.digits.last == 0 { self.digits.removeLast() }
  }

  init(_ text: String) { self.init(text.reversed().map { $0.wholeNumberValue ?? 0 }) }

  var text: String { digits.isEmpty ? "0" : digits.reversed().map { String($0) }.joined() }

  static func < (a: DecimalOracle, b: DecimalOracle) -> Bool {
    if a.digits.count != b.digits.count { return a.digits.count < b.digits.count }
    return a.digits.reversed().lexicographicallyPrecedes(b.digits.reversed())
  }

  static func + (a: DecimalOracle, b: DecimalOracle) -> DecimalOracle {
    var result: [Int] = []
    var carry = 0
    for i in 0...max(a.digits.count, b.digits.count) {
      let sum =
        (i < a.digits.count ? a.digits[i] : 0) + (i < b.digits.count ? b.digits[i] : 0) + carry
      result.append(sum % 10)
      carry = sum / 10
    }
    return DecimalOracle(result)
  }

  /// a - b where a is not smaller.
  static func - (a: DecimalOracle, b: DecimalOracle) -> DecimalOracle {
    var result: [Int] = []
    var borrow = 0
    for i in 0..<a.digits.count {
      var digit = a.digits[i] - (i < b.digits.count ? b.digits[i] : 0) - borrow
      borrow = digit < 0 ? 1 : 0
      if digit < 0 { digit += 10 }
      result.append(digit)
    }
    return DecimalOracle(result)
  }

  static func * (a: DecimalOracle, b: DecimalOracle) -> DecimalOracle {
    var result = [Int](repeating: 0, count: a.digits.count + b.digits.count + 1)
    for (i, x) in a.digits.enumerated() {
      for (j, y) in b.digits.enumerated() { result[i + j] += x * y }
      for k in 0..<(result.count - 1) where result[k] > 9 {
        result[k + 1] += result[k] / 10
        result[k] %= 10
      }
    }
    return DecimalOracle(result)
  }

  /// Quotient and remainder by taking the divisor away, digit by digit.
  func divided(by divisor: DecimalOracle) -> (quotient: DecimalOracle, rest: DecimalOracle) {
    var quotient: [Int] = []
    var rest = DecimalOracle([])
    for digit in digits.reversed() {
      rest = DecimalOracle([digit] + rest.digits)
      var count = 0
      while !(rest < divisor) {
        rest = rest - divisor
        count += 1
      }
      quotient.append(count)
    }
    return (DecimalOracle(quotient.reversed()), rest)
  }
}
