import Glibc

/// Numbers as text, exactly as ECMA-262 asks. Everything is written as ASCII into memory of the caller.
enum NumberFormatting {
  /// What a buffer must hold for any of the forms here: base 2 of the smallest numbers is the longest.
  static let maximumLength = 2304
  /// Enough for `write(_:to:)`.
  static let maximumDecimalLength = 32

  /// Number::toString with radix 10; answers the number of bytes written.
  static func write(_ number: Double, to target: UnsafeMutablePointer<UInt8>) -> Int {
    if let int = Int32(exactly: number) { return write(Int(int), to: target) }
    if let length = writeNonFinite(number, to: target) { return length }
    var text = TextWriter(target)
    if number < 0 { text.put(minus) }
    let digits = ShortestDigits(number.magnitude)
    digits.withDigits { text.putShortest($0, point: digits.point) }
    return text.count
  }

  /// A decimal integer.
  static func write(_ number: Int, to target: UnsafeMutablePointer<UInt8>) -> Int {
    var magnitude = number.magnitude
    var count = number < 0 ? 1 : 0
    if number < 0 { target[0] = minus }
    var power: UInt = 10
    count += 1
    while magnitude >= power {
      count += 1
      let (next, overflow) = power.multipliedReportingOverflow(by: 10)
      if overflow { break }
      power = next
    }
    var index = count
    repeat {
      let quotient = magnitude / 10
      index -= 1
      target[index] = zero + UInt8(truncatingIfNeeded: magnitude - quotient * 10)
      magnitude = quotient
    } while magnitude > 0
    return count
  }

  /// Number::toString with a radix from 2 to 36: fractions stop at the digit that tells the number from its neighbours.
  static func write(_ number: Double, radix: Int, to target: UnsafeMutablePointer<UInt8>) -> Int {
    if radix == 10 { return write(number, to: target) }
    if let length = writeNonFinite(number, to: target) { return length }
    var value = number.magnitude
    if number < 0 { target[0] = minus }
    let start = number < 0 ? 1 : 0
    if value < 9_007_199_254_740_992, value == value.rounded(.down) {
      return start + write(UInt64(value), radix: UInt64(radix), to: target + start)
    }
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: maximumLength) { scratch in
      let middle = maximumLength / 2
      let buffer = scratch.baseAddress!
      let fractionEnd = writeFraction(&value, radix: radix, to: buffer + middle) + middle
      let integerStart = writeInteger(value, radix: radix, endingAt: middle, in: buffer)
      (target + start).update(from: buffer + integerStart, count: fractionEnd - integerStart)
      return start + fractionEnd - integerStart
    }
  }

  /// Enough for the integers of 32 bits in any radix.
  static let maximumIntegerLength = 33

  /// An integer in a radix, at the end of a buffer.
  static func write(
    _ number: Int32, radix: UInt32, into buffer: UnsafeMutableBufferPointer<UInt8>
  ) -> UnsafeBufferPointer<UInt8> {
    var start = buffer.count
    var rest = number.magnitude
    repeat {
      start -= 1
      let quotient = rest / radix
      buffer[start] = digitCharacter(Int(rest - quotient * radix))
      rest = quotient
    } while rest > 0
    if number < 0 {
      start -= 1
      buffer[start] = minus
    }
    return UnsafeBufferPointer(rebasing: buffer[start...])
  }

  private static func write(_ number: UInt64, radix: UInt64, to target: UnsafeMutablePointer<UInt8>) -> Int {
    var count = 0
    var rest = number
    repeat {
      target[count] = digitCharacter(Int(rest % radix))
      count += 1
      rest /= radix
    } while rest > 0
    var digits = UnsafeMutableBufferPointer(start: target, count: count)
    digits.reverse()
    return count
  }

  /// Number.prototype.toFixed for numbers below 1e21 in magnitude and at most 100 digits.
  static func writeFixed(_ number: Double, fractionDigits: Int, to target: UnsafeMutablePointer<UInt8>) -> Int {
    if !(number.magnitude < 1e21) { return write(number, to: target) }
    if let count = writeFixedExactly(number, fractionDigits, to: target) { return count }
    var text = TextWriter(target)
    if number < 0 { text.put(minus) }
    withExactDigits(number.magnitude) { digits in
      digits.round(toCount: digits.point + fractionDigits)
      if digits.point <= 0 { text.put(zero) } else { text.put(digits, 0..<digits.point) }
      if fractionDigits > 0 {
        text.put(dot)
        text.put(digits, digits.point..<digits.point + fractionDigits)
      }
    }
    return text.count
  }

  /// As `writeFixed` where the scaled number is told exactly by a double and the error of its multiplication; nil where
  /// it is not.
  private static func writeFixedExactly(
    _ number: Double, _ fractionDigits: Int, to target: UnsafeMutablePointer<UInt8>
  ) -> Int? {
    guard fractionDigits <= 15 else { return nil }
    var power: UInt64 = 1
    for _ in 0..<fractionDigits { power *= 10 }
    let scale = Double(power)
    let magnitude = number.magnitude
    let product = magnitude * scale
    guard product < 4_503_599_627_370_496 else { return nil }
    let error = (-product).addingProduct(magnitude, scale)
    let whole = product.rounded(.down)
    // A multiple of the product's last place, like the half: only at 0 the error decides.
    let overHalf = product - whole - 0.5
    let roundsUp = overHalf > 0 || (overHalf == 0 && error >= 0)
    let scaled = UInt64(whole) + (roundsUp ? 1 : 0)
    var count = 0
    if number < 0 {
      target[0] = minus
      count = 1
    }
    count += write(Int(scaled / power), to: target + count)
    guard fractionDigits > 0 else { return count }
    target[count] = dot
    var fraction = scaled % power
    for i in stride(from: fractionDigits, to: 0, by: -1) {
      target[count + i] = zero + UInt8(truncatingIfNeeded: fraction % 10)
      fraction /= 10
    }
    return count + 1 + fractionDigits
  }

  /// Number.prototype.toExponential; without a number of digits, as many as necessary.
  static func writeExponential(
    _ number: Double, fractionDigits: Int?, to target: UnsafeMutablePointer<UInt8>
  ) -> Int {
    if let length = writeNonFinite(number, to: target) { return length }
    var text = TextWriter(target)
    if number < 0 { text.put(minus) }
    if let fractionDigits {
      withExactDigits(number.magnitude) { digits in
        digits.round(toCount: fractionDigits + 1)
        text.putExponential(digits, count: fractionDigits + 1)
      }
    } else if number == 0 {
      text.put("0e+0")
    } else {
      let digits = ShortestDigits(number.magnitude)
      digits.withDigits { text.putExponential(ExactDigits(borrowing: $0, point: digits.point), count: $0.count) }
    }
    return text.count
  }

  /// Number.prototype.toPrecision with 1 to 100 digits.
  static func writePrecision(_ number: Double, digits precision: Int, to target: UnsafeMutablePointer<UInt8>) -> Int {
    if let length = writeNonFinite(number, to: target) { return length }
    var text = TextWriter(target)
    if number < 0 { text.put(minus) }
    withExactDigits(number.magnitude) { digits in
      digits.round(toCount: precision)
      let exponent = digits.point - 1
      if exponent < -6 || exponent >= precision {
        text.putExponential(digits, count: precision)
      } else if exponent < 0 {
        text.put("0.")
        text.put(digits, digits.point..<precision)
      } else {
        text.put(digits, 0..<digits.point)
        if precision > digits.point {
          text.put(dot)
          text.put(digits, digits.point..<precision)
        }
      }
    }
    return text.count
  }

  /// Number::toString as a Swift string, for messages and output.
  static func string(_ number: Double) -> String {
    text(capacity: maximumDecimalLength) { write(number, to: $0) }
  }

  /// What one of the writers writes, as a Swift string.
  static func text(
    capacity: Int = maximumLength, _ write: (UnsafeMutablePointer<UInt8>) -> Int
  ) -> String {
    String(unsafeUninitializedCapacity: capacity) { write($0.baseAddress!) }
  }

  private static func writeNonFinite(_ number: Double, to target: UnsafeMutablePointer<UInt8>) -> Int? {
    if number.isFinite { return nil }
    var text = TextWriter(target)
    text.put(number.isNaN ? "NaN" : number < 0 ? "-Infinity" : "Infinity")
    return text.count
  }
}

private let minus = UInt8(ascii: "-")
private let plus = UInt8(ascii: "+")
private let zero = UInt8(ascii: "0")
private let dot = UInt8(ascii: ".")
private let exponentMark = UInt8(ascii: "e")

@inline(__always) private func digitCharacter(_ digit: Int) -> UInt8 {
  UInt8(truncatingIfNeeded: digit < 10 ? digit + 48 : digit + 87)
}

/// Bytes put one after the other.
private struct TextWriter {
  private let target: UnsafeMutablePointer<UInt8>
  private(set) var count = 0

  init(_ target: UnsafeMutablePointer<UInt8>) { self.target = target }

  mutating func put(_ byte: UInt8) {
    target[count] = byte
    count += 1
  }

  mutating func put(_ text: StaticString) {
    text.withUTF8Buffer { for byte in $0 { put(byte) } }
  }

  mutating func put(_ digits: ExactDigits, _ range: Range<Int>) {
    for index in range { put(digits[index]) }
  }

  /// The digits as Number::toString lays them out, the decimal point standing after the first `point` ones.
  mutating func putShortest(_ digits: UnsafeBufferPointer<UInt8>, point: Int) {
    let all = ExactDigits(borrowing: digits, point: point)
    if point > 21 || point < -5 {
      putExponential(all, count: digits.count)
    } else if point <= 0 {
      put("0.")
      for _ in 0..<(-point) { put(zero) }
      put(all, 0..<digits.count)
    } else {
      put(all, 0..<point)
      if point < digits.count {
        put(dot)
        put(all, point..<digits.count)
      }
    }
  }

  /// d.ddde±x
  mutating func putExponential(_ digits: ExactDigits, count digitCount: Int) {
    put(digits[0])
    if digitCount > 1 {
      put(dot)
      put(digits, 1..<digitCount)
    }
    let exponent = digits.point - 1
    put(exponentMark)
    put(exponent < 0 ? minus : plus)
    count += NumberFormatting.write(Int(exponent.magnitude), to: target + count)
  }
}

/// The fewest digits that read back as the same number: 0.d1d2d3... * 10^point.
private struct ShortestDigits {
  private var digits: (UInt64, UInt64, UInt64) = (0, 0, 0)
  private var count = 0
  private(set) var point = 0

  init(_ number: Double) {
    var text = number.description
    var bytes: (UInt64, UInt64, UInt64) = (0, 0, 0)
    var count = 0
    var point: Int?
    var exponent = 0
    withUnsafeMutableBytes(of: &bytes) { target in
      text.withUTF8 { source in
        var index = 0
        while index < source.count {
          let byte = source[index]
          index += 1
          if byte == dot {
            point = count
          } else if byte == exponentMark {
            exponent = readExponent(source, from: index)
            break
          } else if byte == zero && count == 0 {
            // Leading zeros only move the point.
            if let known = point { point = known - 1 }
          } else {
            target[count] = byte
            count += 1
          }
        }
        let integerDigits = point ?? count
        while count > 0 && target[count - 1] == zero { count -= 1 }
        self.point = integerDigits + exponent
      }
    }
    self.digits = bytes
    self.count = count
  }

  func withDigits(_ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    withUnsafeBytes(of: digits) { body(UnsafeBufferPointer(rebasing: $0.bindMemory(to: UInt8.self)[0..<count])) }
  }
}

private func readExponent(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
  var value = 0
  for index in start..<text.count where text[index] >= zero { value = value * 10 + Int(text[index] - zero) }
  return text[start] == minus ? -value : value
}

/// All decimal digits of a number, as ASCII: 0.d1d2d3... * 10^point; positions outside are zeros.
private struct ExactDigits {
  private let base: UnsafeMutablePointer<UInt8>
  private var count: Int
  var point: Int

  init(base: UnsafeMutablePointer<UInt8>, count: Int, point: Int) {
    self.base = base
    self.count = count
    self.point = point
  }

  /// Digits that are only read.
  init(borrowing digits: UnsafeBufferPointer<UInt8>, point: Int) {
    self.init(base: UnsafeMutablePointer(mutating: digits.baseAddress!), count: digits.count, point: point)
  }

  subscript(index: Int) -> UInt8 { index >= 0 && index < count ? base[index] : zero }

  /// Keeps the first digits, rounding half up; one more digit may appear in front and moves the point.
  mutating func round(toCount kept: Int) {
    if kept >= count { return }
    if kept < 0 {
      count = 0
      return
    }
    let up = base[kept] >= zero + 5
    count = kept
    if !up { return }
    var index = kept - 1
    while index >= 0 && base[index] == zero + 9 {
      base[index] = zero
      index -= 1
    }
    if index >= 0 {
      base[index] += 1
      return
    }
    base[0] = zero + 1
    for position in 1..<max(kept + 1, 2) { base[position] = zero }
    count = kept + 1
    point += 1
  }
}

/// Calls `body` with the exact decimal expansion of a finite number that is not negative.
private func withExactDigits(_ number: Double, _ body: (inout ExactDigits) -> Void) {
  // 2^1024 and 2^-1074 both need fewer than 90 limbs of nine digits.
  withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 128) { limbs in
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 128 * 9) { text in
      var digits = expandExactly(number, limbs: limbs.baseAddress!, text: text.baseAddress!)
      body(&digits)
    }
  }
}

private func expandExactly(
  _ number: Double, limbs: UnsafeMutablePointer<UInt32>, text: UnsafeMutablePointer<UInt8>
) -> ExactDigits {
  if number == 0 {
    text[0] = zero
    return ExactDigits(base: text, count: 1, point: 1)
  }
  var mantissa = number.significandBitPattern
  var exponent = Int(number.exponentBitPattern) - 1075
  if number.exponentBitPattern == 0 { exponent += 1 } else { mantissa |= 1 << 52 }
  let trailing = mantissa.trailingZeroBitCount
  mantissa >>= UInt64(trailing)
  exponent += trailing
  var count = 0
  while mantissa > 0 {
    limbs[count] = UInt32(mantissa % 1_000_000_000)
    mantissa /= 1_000_000_000
    count += 1
  }
  // m * 2^e is an integer, or m * 5^-e with -e decimal places.
  var steps = exponent.magnitude
  let (stepSize, factor): (UInt, UInt64) = exponent >= 0 ? (29, 1 << 29) : (12, 244_140_625)
  let unit: UInt64 = exponent >= 0 ? 2 : 5
  while steps >= stepSize {
    multiply(limbs, &count, by: factor)
    steps -= stepSize
  }
  while steps > 0 {
    multiply(limbs, &count, by: unit)
    steps -= 1
  }
  return layOut(limbs, count, places: exponent < 0 ? -exponent : 0, text: text)
}

private func multiply(_ limbs: UnsafeMutablePointer<UInt32>, _ count: inout Int, by factor: UInt64) {
  var carry: UInt64 = 0
  for index in 0..<count {
    let product = UInt64(limbs[index]) * factor + carry
    limbs[index] = UInt32(truncatingIfNeeded: product % 1_000_000_000)
    carry = product / 1_000_000_000
  }
  if carry > 0 {
    limbs[count] = UInt32(truncatingIfNeeded: carry)
    count += 1
  }
}

private func layOut(
  _ limbs: UnsafeMutablePointer<UInt32>, _ limbCount: Int, places: Int, text: UnsafeMutablePointer<UInt8>
) -> ExactDigits {
  var count = NumberFormatting.write(Int(limbs[limbCount - 1]), to: text)
  for index in stride(from: limbCount - 2, through: 0, by: -1) {
    var limb = limbs[index]
    for position in stride(from: count + 8, through: count, by: -1) {
      text[position] = zero + UInt8(limb % 10)
      limb /= 10
    }
    count += 9
  }
  return ExactDigits(base: text, count: count, point: count - places)
}

/// Writes the fraction of `value`, with its point, and leaves the integer part there, which a carry may have raised.
private func writeFraction(_ value: inout Double, radix: Int, to target: UnsafeMutablePointer<UInt8>) -> Int {
  let scale = Double(radix)
  var integer = value.rounded(.down)
  var fraction = value - integer
  var delta = max(0.5 * (value.nextUp - value), Double.leastNonzeroMagnitude)
  var count = 0
  if fraction >= delta {
    target[0] = dot
    count = 1
    repeat {
      fraction *= scale
      delta *= scale
      let digit = Int(fraction)
      target[count] = digitCharacter(digit)
      count += 1
      fraction -= Double(digit)
      if (fraction > 0.5 || (fraction == 0.5 && digit & 1 == 1)) && fraction + delta > 1 {
        if carry(in: target, &count, radix: radix) { integer += 1 }
        break
      }
    } while fraction >= delta
  }
  value = integer
  return count
}

/// Adds one to the last of the written digits; whether it ran over into the integer part.
private func carry(in target: UnsafeMutablePointer<UInt8>, _ count: inout Int, radix: Int) -> Bool {
  while true {
    count -= 1
    if count == 0 { return true }
    let character = Int(target[count])
    let digit = character > 57 ? character - 87 : character - 48
    if digit + 1 < radix {
      target[count] = digitCharacter(digit + 1)
      count += 1
      return false
    }
  }
}

/// Writes the digits of an integer so that they end before `end`; answers where they start.
private func writeInteger(_ number: Double, radix: Int, endingAt end: Int, in buffer: UnsafeMutablePointer<UInt8>)
  -> Int
{
  let scale = Double(radix)
  var integer = number
  var start = end
  // Digits that the precision of the number does not determine are zeros.
  while integer / scale >= 9_007_199_254_740_992 {
    integer /= scale
    start -= 1
    buffer[start] = zero
  }
  repeat {
    let remainder = fmod(integer, scale)
    start -= 1
    buffer[start] = digitCharacter(Int(remainder))
    integer = (integer - remainder) / scale
  } while integer > 0
  return start
}
